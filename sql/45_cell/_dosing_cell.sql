-- bridge._dosing_cell
-- grain: one row per filled cell of evidence.dosing_protocols and place that it rests on
-- reads: ref.plausible_range, core.reading, core.comparator, bridge._dosing_row, bridge._registry_regimen, bridge._sample
-- answers: what stands in each cell, and which words say so?
-- The evidence view is made of these rows, so a cell without a source cannot be. A table: view, cell_source and audits
-- read it.
create table bridge._dosing_cell as
with readings as (
    select
        dosing.row_id,
        reading.* replace (
            case when reading.attribute = 'unit' then 'dose_unit' else reading.attribute end as attribute
        )
    from bridge._dosing_row as dosing
    join core.reading using (entity_id)
),

-- the words of the dose, and the phase that was read from the regimen as a whole
accompanying as (
    select readings.* replace ('dose_verbatim' as attribute, quote as value_text, null as value_number)
    from readings
    where attribute = 'dose' and ordinal = 1
    union all
    select readings.* replace ('phase' as attribute, dosing.phase as value_text, null as value_number)
    from readings
    join bridge._dosing_row as dosing using (row_id)
    where attribute = 'drug' and readings.ordinal = 1 and dosing.phase is not null
),

comparators as (
    select dosing.row_id, reading.* replace ('comparators' as attribute)
    from bridge._dosing_row as dosing
    join core.comparator using (source, source_id)
    join core.reading on reading.entity_id = comparator.entity_id and reading.attribute = 'comparator'
),

from_readings as (
    select * from readings
    union all
    select * from accompanying
    union all
    select * from comparators
),

-- the arm's own number before that of the whole sample
samples as (
    select dosing.row_id, sample.*
    from bridge._dosing_row as dosing
    join bridge._sample as sample using (source, source_id)
    where sample.is_total or lower(trim(sample.arm)) = lower(trim(dosing.arm))
    qualify row_number() over (
        partition by dosing.row_id
        order by sample.arm is null, not sample.is_total, sample.entity_id
    ) = 1
),

structured as (
    select dosing.row_id, regimen.*
    from bridge._dosing_row as dosing
    join bridge._registry_regimen as regimen using (entity_id)
),

cells as (
    select
        row_id,
        attribute as column_name,
        ordinal,
        value_text,
        value_number,
        source,
        source_id,
        field,
        span_start,
        span_end,
        quote,
        rule,
        is_derived,
        confidence
    from from_readings
    union all
    select
        row_id, unnest(['n', 'n_basis']), 1, unnest([n::varchar, basis]), unnest([n, null]),
        source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence
    from samples
    union all
    select
        row_id, 'drug', 1, drug, null,
        'ctgov', nct_id, field, 0, length(quote), quote, 'registry.intervention_name', false, 1.0
    from structured
)

select
    cells.*,
    coalesce(
        value_number between lowest and highest
            -- a highest dose below the lowest, and a number without its unit, are misreadings
            and not (
                column_name = 'dose_max'
                and value_number < max(value_number) filter (column_name = 'dose') over one_row
            )
            and (column_name not in ('dose', 'dose_max') or bool_or(column_name = 'dose_unit') over one_row),
        true
    ) as is_plausible
from cells
left join ref.plausible_range using (column_name)
window one_row as (partition by row_id);

comment on table bridge._dosing_cell is
    'One row per filled cell of evidence.dosing_protocols and place that it rests on: what stands there, and which words say so?';
comment on column bridge._dosing_cell.row_id is 'Row of the evidence view.';
comment on column bridge._dosing_cell.column_name is 'Column of the evidence view.';
comment on column bridge._dosing_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._dosing_cell.value_text is 'Value as text.';
comment on column bridge._dosing_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._dosing_cell.source is 'pubmed or ctgov.';
comment on column bridge._dosing_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._dosing_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._dosing_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._dosing_cell.span_end is 'Offset behind the last character.';
comment on column bridge._dosing_cell.quote is 'Text that stands there.';
comment on column bridge._dosing_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._dosing_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._dosing_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._dosing_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty as not understood.';
