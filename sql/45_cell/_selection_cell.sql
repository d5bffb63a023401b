-- bridge._selection_cell
-- grain: one row per filled cell of evidence.patient_selection and place that it rests on
-- reads: ref.plausible_range, core.care, core.criterion, core.demographics, core.eligibility, core.monitoring,
--        core.reading, bridge._selection_row
-- answers: what stands in each cell, and which words say so?
create table bridge._selection_cell as
with entities as (
    select source, source_id, entity_id, subject as column_name, 'decision' as attribute from core.criterion
    union all
    select source, source_id, entity_id, unnest(['failed_treatments_min', 'observation_minutes']) as column_name,
        column_name as attribute
    from core.care
    union all
    select source, source_id, entity_id, 'monitoring', 'sign' from core.monitoring
    union all
    -- an abstract states its criteria where it describes its sample
    select source, source_id, entity_id, 'failed_treatments_min', 'failed_treatments_min'
    from core.demographics
    where source = 'pubmed'
    union all
    select source, source_id, entity_id, unnest(['age_min', 'age_max']) as column_name, column_name
    from core.demographics
    where source = 'pubmed' and is_age_range_eligibility
),

from_readings as (
    select who.row_id, entities.column_name, reading.* exclude (entity_id, attribute, reason)
    from bridge._selection_row as who
    join entities using (source, source_id)
    join core.reading using (entity_id, attribute)
),

from_fields as (
    select who.row_id, who.source_id, limits.*
    from bridge._selection_row as who
    join core.eligibility on who.source = 'ctgov' and eligibility.nct_id = who.source_id,
    lateral (
        select unnest([
            {'column_name': 'age_min', 'words': min_age_text, 'number': min_age_years, 'key': 'minimumAge'},
            {'column_name': 'age_max', 'words': max_age_text, 'number': max_age_years, 'key': 'maximumAge'},
            {'column_name': 'sex', 'words': sex, 'number': null, 'key': 'sex'}
        ], recursive := true)
    ) as limits
    where limits.words is not null and (limits.number is not null or limits.column_name = 'sex')
),

cells as (
    select
        row_id, column_name, ordinal, value_text, value_number, source, source_id, field, span_start, span_end, quote,
        rule, is_derived, confidence
    from from_readings
    union all
    select
        row_id, column_name, 1, words, number, 'ctgov', source_id, '/protocolSection/eligibilityModule/' || key,
        0, length(words), words, 'registry.eligibility', false, 1.0
    from from_fields
)

select
    cells.*,
    coalesce(value_number between lowest and highest, true) as is_plausible
from cells
left join ref.plausible_range using (column_name);

comment on table bridge._selection_cell is
    'One row per filled cell of evidence.patient_selection and place that it rests on: what stands there, and which words say so?';
comment on column bridge._selection_cell.row_id is 'Row of the evidence view.';
comment on column bridge._selection_cell.column_name is 'Column of the evidence view.';
comment on column bridge._selection_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._selection_cell.value_text is 'Value as text.';
comment on column bridge._selection_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._selection_cell.source is 'pubmed or ctgov.';
comment on column bridge._selection_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._selection_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._selection_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._selection_cell.span_end is 'Offset behind the last character.';
comment on column bridge._selection_cell.quote is 'Text that stands there.';
comment on column bridge._selection_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._selection_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._selection_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._selection_cell.is_plausible is 'Whether the value lies within ref.plausible_range.';
