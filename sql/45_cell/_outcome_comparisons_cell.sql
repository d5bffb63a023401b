-- bridge._outcome_comparisons_cell
-- grain: one row per filled cell of evidence.outcome_comparisons and place that it rests on
-- reads: ref.plausible_range, core.outcome_measure, bridge._outcome_comparisons_row
-- answers: what stands in each cell, and which words say so?
-- A table: view, cell_source and audits read it.
create table bridge._outcome_comparisons_cell as
with comparisons as (
    select compared.*, outcome.description, outcome.kind as outcome_type_text
    from bridge._outcome_comparisons_row as compared
    join core.outcome_measure as outcome
        on outcome.nct_id = compared.source_id and outcome.outcome_index = compared.outcome_index
),

cells as (
    select row_id, source_id, outcome_pointer || '/' || part.key as field, part.*
    from comparisons, lateral (
        select unnest([
            {
                'column_name': 'outcome_title', 'value_text': outcome_title, 'value_number': null::double,
                'key': 'title', 'quote': outcome_title, 'is_derived': false
            },
            {
                'column_name': 'outcome_type', 'value_text': outcome_type, 'value_number': null,
                'key': 'type', 'quote': outcome_type_text, 'is_derived': false
            },
            {
                'column_name': 'instrument', 'value_text': instrument, 'value_number': null,
                'key': instrument_place,
                'quote': case instrument_place when 'title' then outcome_title else description end,
                'is_derived': false
            },
            {
                'column_name': 'time_frame', 'value_text': time_frame, 'value_number': null,
                'key': 'timeFrame', 'quote': time_frame, 'is_derived': false
            },
            {
                'column_name': 'time_days', 'value_text': time_days::varchar, 'value_number': time_days,
                'key': 'timeFrame', 'quote': time_frame, 'is_derived': true
            }
        ], recursive := true)
    ) as part
    union all
    select row_id, source_id, pointer || '/' || part.key, part.*
    from comparisons, lateral (
        select unnest([
            {
                'column_name': 'comparison', 'value_text': group_description, 'value_number': null::double,
                'key': 'groupDescription', 'quote': group_description, 'is_derived': false
            },
            {
                'column_name': 'hypothesis', 'value_text': lower(non_inferiority_type), 'value_number': null,
                'key': 'nonInferiorityType', 'quote': non_inferiority_type, 'is_derived': false
            },
            {
                'column_name': 'method', 'value_text': method, 'value_number': null,
                'key': 'statisticalMethod', 'quote': method, 'is_derived': false
            },
            {
                'column_name': 'p_value', 'value_text': p_value_text,
                -- a bound without a number, or words, is no p value
                'value_number': p_value,
                'key': 'pValue', 'quote': case when p_value is not null then p_value_text end, 'is_derived': false
            },
            {
                'column_name': 'p_value_bound', 'value_text': p_value_bound, 'value_number': null,
                'key': 'pValue', 'quote': p_value_text, 'is_derived': false
            },
            {
                'column_name': 'p_value_verbatim', 'value_text': p_value_text, 'value_number': null,
                'key': 'pValue', 'quote': p_value_text, 'is_derived': false
            },
            {
                'column_name': 'effect_type', 'value_text': param_type, 'value_number': null,
                'key': 'paramType', 'quote': param_type, 'is_derived': false
            },
            {
                'column_name': 'effect', 'value_text': param_value_text, 'value_number': param_value,
                'key': 'paramValue', 'quote': case when param_value is not null then param_value_text end,
                'is_derived': false
            },
            {
                'column_name': 'effect_verbatim', 'value_text': param_value_text, 'value_number': null,
                'key': 'paramValue', 'quote': param_value_text, 'is_derived': false
            },
            {
                'column_name': 'effect_dispersion_type', 'value_text': lower(dispersion_type), 'value_number': null,
                'key': 'dispersionType', 'quote': dispersion_type, 'is_derived': false
            },
            {
                'column_name': 'effect_dispersion', 'value_text': dispersion_value_text,
                'value_number': dispersion_value, 'key': 'dispersionValue',
                'quote': case when dispersion_value is not null then dispersion_value_text end, 'is_derived': false
            },
            {
                'column_name': 'ci_sides', 'value_text': lower(ci_sides), 'value_number': null,
                'key': 'ciNumSides', 'quote': ci_sides, 'is_derived': false
            },
            {
                'column_name': 'ci_pct', 'value_text': ci_pct_text, 'value_number': ci_pct,
                'key': 'ciPctValue', 'quote': case when ci_pct is not null then ci_pct_text end, 'is_derived': false
            },
            {
                'column_name': 'ci_lower', 'value_text': ci_lower_text, 'value_number': ci_lower,
                'key': 'ciLowerLimit', 'quote': case when ci_lower is not null then ci_lower_text end,
                'is_derived': false
            },
            {
                'column_name': 'ci_upper', 'value_text': ci_upper_text, 'value_number': ci_upper,
                'key': 'ciUpperLimit', 'quote': case when ci_upper is not null then ci_upper_text end,
                'is_derived': false
            },
            {
                'column_name': 'ci_lower_verbatim', 'value_text': ci_lower_text, 'value_number': null,
                'key': 'ciLowerLimit', 'quote': ci_lower_text, 'is_derived': false
            },
            {
                'column_name': 'ci_upper_verbatim', 'value_text': ci_upper_text, 'value_number': null,
                'key': 'ciUpperLimit', 'quote': ci_upper_text, 'is_derived': false
            }
        ], recursive := true)
    ) as part
)

select
    row_id,
    column_name,
    1 as ordinal,
    value_text,
    value_number,
    'ctgov' as source,
    source_id,
    field,
    0 as span_start,
    length(quote) as span_end,
    quote,
    'registry.outcome_analysis' as rule,
    is_derived,
    1.0 as confidence,
    coalesce(value_number between lowest and highest, true) as is_plausible
from cells
left join ref.plausible_range using (column_name)
where value_text is not null and quote is not null;

comment on table bridge._outcome_comparisons_cell is
    'One row per filled cell of evidence.outcome_comparisons and place that it rests on: what stands there, and which words say so?';
comment on column bridge._outcome_comparisons_cell.row_id is 'Row of the evidence view.';
comment on column bridge._outcome_comparisons_cell.column_name is 'Column of the evidence view.';
comment on column bridge._outcome_comparisons_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._outcome_comparisons_cell.value_text is 'Value as text.';
comment on column bridge._outcome_comparisons_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._outcome_comparisons_cell.source is 'pubmed or ctgov.';
comment on column bridge._outcome_comparisons_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._outcome_comparisons_cell.field is 'JSON pointer.';
comment on column bridge._outcome_comparisons_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._outcome_comparisons_cell.span_end is 'Offset behind the last character.';
comment on column bridge._outcome_comparisons_cell.quote is 'Text that stands there.';
comment on column bridge._outcome_comparisons_cell.rule is 'Structured field that was read.';
comment on column bridge._outcome_comparisons_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._outcome_comparisons_cell.confidence is 'How sure the reading is, between 0 and 1.';
comment on column bridge._outcome_comparisons_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty.';
