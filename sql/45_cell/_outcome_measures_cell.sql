-- bridge._outcome_measures_cell
-- grain: one row per filled cell of evidence.outcome_measures and place that it rests on
-- reads: ref.plausible_range, bridge._outcome_measures_row
-- answers: what stands in each cell, and which words say so?
-- A table: view, cell_source and audits read it. The list in which a planned outcome stands says its kind: there the title
-- is quoted, whose pointer names the list.
create table bridge._outcome_measures_cell as
with outcomes as (
    select * from bridge._outcome_measures_row where has_outcome
),

cells as (
    select row_id, source_id, 'outcome_title' as column_name, title as value_text, null::double as value_number,
        pointer || '/' || title_field as field, title as quote, false as is_derived
    from outcomes
    union all
    select row_id, source_id, 'outcome_type', kind, null, pointer || '/' || coalesce(kind_field, title_field),
        case
            when kind_field is null then title
            when kind = 'other' then 'OTHER_PRE_SPECIFIED'
            else upper(kind)
        end,
        false
    from outcomes
    union all
    select row_id, source_id, 'outcome_description', description, null, pointer || '/description', description, false
    from outcomes
    union all
    select row_id, source_id, 'instrument', instrument, null,
        pointer || '/' || case instrument_place when 'title' then title_field else 'description' end,
        case instrument_place when 'title' then title else description end, false
    from outcomes
    union all
    select row_id, source_id, 'time_frame', time_frame, null, pointer || '/timeFrame', time_frame, false from outcomes
    union all
    select row_id, source_id, 'time_days', time_days::varchar, time_days, pointer || '/timeFrame', time_frame, true
    from outcomes
    union all
    select row_id, source_id, 'time_anchor', time_anchor, null, pointer || '/timeFrame', time_frame, false from outcomes
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
    'registry.' || column_name as rule,
    is_derived,
    1.0 as confidence,
    coalesce(value_number between lowest and highest, true) as is_plausible
from cells
left join ref.plausible_range using (column_name)
where value_text is not null and quote is not null;

comment on table bridge._outcome_measures_cell is
    'One row per filled cell of evidence.outcome_measures and place that it rests on: what stands there, and which words say so?';
comment on column bridge._outcome_measures_cell.row_id is 'Row of the evidence view.';
comment on column bridge._outcome_measures_cell.column_name is 'Column of the evidence view.';
comment on column bridge._outcome_measures_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._outcome_measures_cell.value_text is 'Value as text.';
comment on column bridge._outcome_measures_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._outcome_measures_cell.source is 'pubmed or ctgov.';
comment on column bridge._outcome_measures_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._outcome_measures_cell.field is 'JSON pointer.';
comment on column bridge._outcome_measures_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._outcome_measures_cell.span_end is 'Offset behind the last character.';
comment on column bridge._outcome_measures_cell.quote is 'Text that stands there.';
comment on column bridge._outcome_measures_cell.rule is 'Structured field that was read.';
comment on column bridge._outcome_measures_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._outcome_measures_cell.confidence is 'How sure the reading is, between 0 and 1.';
comment on column bridge._outcome_measures_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty.';
