-- bridge._baseline_cell
-- grain: one row per filled value cell of evidence.baseline_characteristics and place that it rests on
-- reads: bridge._baseline_row
-- answers: which place of the record says so?
-- A view: it is as plain as the rows are; cell_source and audits read it.
create view bridge._baseline_cell as
with rows_with_place as (
    select *, regexp_replace(pointer, '/value$', '') as place
    from bridge._baseline_row
),

parts as (
    select row_id, source, source_id, cell.*
    from rows_with_place, lateral (
        select unnest([
            {'column_name': 'value_verbatim', 'ordinal': 1, 'number': null, 'quote': value_text, 'field': pointer, 'is_derived': false},
            {'column_name': 'value', 'ordinal': 1, 'number': value, 'quote': value_text, 'field': pointer, 'is_derived': false},
            {'column_name': 'n_participants', 'ordinal': 1, 'number': n_participants, 'quote': value_text, 'field': pointer, 'is_derived': false},
            {
                'column_name': 'pct_reported', 'ordinal': 1, 'number': pct_reported, 'quote': value_text, 'field': pointer,
                'is_derived': pct_reported is distinct from value
            },
            {'column_name': 'pct_computed', 'ordinal': 1, 'number': pct_computed, 'quote': value_text, 'field': pointer, 'is_derived': true},
            {
                'column_name': 'pct_computed', 'ordinal': 2, 'number': pct_computed, 'quote': denominator_text,
                'field': denominator_pointer, 'is_derived': true
            },
            {'column_name': 'spread_verbatim', 'ordinal': 1, 'number': null, 'quote': spread_text, 'field': place || '/spread', 'is_derived': false},
            {'column_name': 'spread', 'ordinal': 1, 'number': spread, 'quote': spread_text, 'field': place || '/spread', 'is_derived': false},
            {'column_name': 'lower_limit_verbatim', 'ordinal': 1, 'number': null, 'quote': lower_text, 'field': place || '/lowerLimit', 'is_derived': false},
            {'column_name': 'lower_limit', 'ordinal': 1, 'number': lower, 'quote': lower_text, 'field': place || '/lowerLimit', 'is_derived': false},
            {'column_name': 'upper_limit_verbatim', 'ordinal': 1, 'number': null, 'quote': upper_text, 'field': place || '/upperLimit', 'is_derived': false},
            {'column_name': 'upper_limit', 'ordinal': 1, 'number': upper, 'quote': upper_text, 'field': place || '/upperLimit', 'is_derived': false},
            {
                'column_name': 'denominator_verbatim', 'ordinal': 1, 'number': null, 'quote': denominator_text,
                'field': denominator_pointer, 'is_derived': false
            },
            {
                'column_name': 'denominator', 'ordinal': 1, 'number': denominator, 'quote': denominator_text,
                'field': denominator_pointer, 'is_derived': false
            }
        ], recursive := true)
    ) as cell
)

select
    row_id,
    column_name,
    ordinal,
    case when ends_with(column_name, 'verbatim') then quote else number::varchar end as value_text,
    number as value_number,
    source,
    source_id,
    field,
    0 as span_start,
    length(quote) as span_end,
    quote,
    'registry.baseline_' || column_name as rule,
    is_derived,
    1.0 as confidence,
    true as is_plausible
from parts
where quote is not null and (ends_with(column_name, 'verbatim') or number is not null);

comment on view bridge._baseline_cell is
    'One row per filled value cell of evidence.baseline_characteristics and place that it rests on: which place of the record says so?';
comment on column bridge._baseline_cell.row_id is 'Row of the evidence view.';
comment on column bridge._baseline_cell.column_name is 'Column of the evidence view.';
comment on column bridge._baseline_cell.ordinal is '1 for the value itself, 2 for the denominator that a computed share rests on.';
comment on column bridge._baseline_cell.value_text is 'Value as text.';
comment on column bridge._baseline_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._baseline_cell.source is 'ctgov.';
comment on column bridge._baseline_cell.source_id is 'NCT id of the document that says so.';
comment on column bridge._baseline_cell.field is 'JSON pointer.';
comment on column bridge._baseline_cell.span_start is '0: a structured value is quoted whole.';
comment on column bridge._baseline_cell.span_end is 'Length of the quote.';
comment on column bridge._baseline_cell.quote is 'Text that stands there.';
comment on column bridge._baseline_cell.rule is 'Structured field that was read.';
comment on column bridge._baseline_cell.is_derived is 'Whether the value is arithmetic on posted values.';
comment on column bridge._baseline_cell.confidence is '1: posted in a field of its own.';
comment on column bridge._baseline_cell.is_plausible is 'True: what the registry posts is shown as posted.';
