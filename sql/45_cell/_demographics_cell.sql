-- bridge._demographics_cell
-- grain: one row per filled cell of evidence.trial_demographics and place that it rests on
-- reads: ref.plausible_range, core.reading, core.demographics, core.race_share, core.baseline_severity, core.eligibility,
--        bridge._demographics_row, bridge._posted_baseline, bridge._sample
-- answers: what stands in each cell, and which words say so?
-- The evidence view is made of these rows, so a cell without a source cannot be. A table: view, cell_source and audits
-- read it.
create table bridge._demographics_cell as
with whole_samples as (
    select row_id, source, source_id from bridge._demographics_row where group_id is null
),

-- a range of who could take part is not the range of who did
readings as (
    select
        who.row_id,
        reading.* replace (
            case
                when reading.attribute in ('age_min', 'age_max')
                    and coalesce(demographics.is_age_range_eligibility, false)
                    then 'eligible_' || reading.attribute
                else reading.attribute
            end as attribute
        )
    from whole_samples as who
    join core.demographics using (source, source_id)
    join core.reading using (entity_id)
    -- the registry states eligible ages in fields of their own
    where who.source = 'pubmed' or not coalesce(demographics.is_age_range_eligibility, false)
),

races as (
    select who.row_id, reading.* replace ('pct' || ltrim(baseline_term.column_name, 'n') as attribute)
    from whole_samples as who
    join core.race_share using (source, source_id)
    join ref.baseline_term on baseline_term.term = ref.plain_text(race_share.group_name)
    join core.reading on reading.entity_id = race_share.entity_id and reading.attribute = 'pct'
    where baseline_term.item = 'race' or baseline_term.column_name in ('n_hispanic', 'n_not_hispanic')
    qualify row_number() over (
        partition by who.row_id, baseline_term.column_name, reading.ordinal order by race_share.entity_id
    ) = 1
),

-- the scale named first speaks for the severity
severities as (
    select who.row_id, severity.scale, reading.*
    from whole_samples as who
    join (
        select *, row_number() over (partition by source, source_id order by entity_id) as place
        from core.baseline_severity
    ) as severity using (source, source_id)
    join core.reading on reading.entity_id = severity.entity_id
    where severity.place = 1
),

from_readings as (
    select * from readings
    union all
    select * from races
    union all
    select severities.* exclude (scale) replace ('baseline_score_' || attribute as attribute) from severities
    union all
    select
        severities.* exclude (scale)
        replace ('baseline_scale' as attribute, scale as value_text, null as value_number)
    from severities
    where attribute = 'mean' and ordinal = 1
),

samples as (
    select who.row_id, sample.*
    from whole_samples as who
    join bridge._sample as sample using (source, source_id)
    where sample.is_total
    qualify row_number() over (partition by who.row_id order by sample.entity_id) = 1
),

posted as (
    select who.row_id, who.n, who.source_id as nct_id, baseline.* exclude (nct_id)
    from bridge._demographics_row as who
    join bridge._posted_baseline as baseline on baseline.nct_id = who.source_id and baseline.group_id = who.group_id
),

eligible as (
    select who.row_id, who.source_id as nct_id, age.*
    from bridge._demographics_row as who
    join core.eligibility on eligibility.nct_id = who.source_id,
    lateral (
        select unnest([
            {'column_name': 'eligible_age_min', 'words': min_age_text, 'years': min_age_years, 'key': 'minimumAge'},
            {'column_name': 'eligible_age_max', 'words': max_age_text, 'years': max_age_years, 'key': 'maximumAge'}
        ], recursive := true)
    ) as age
    where age.words is not null and age.years is not null
),

structured as (
    select row_id, column_name, cell_text as value_text, cell_value as value_number, nct_id, field, cell_text as quote,
        is_derived
    from posted
    union all
    -- counts only: the share of women is arithmetic on the count and the group's number
    select row_id, 'pct_female', round(100 * sum(cell_value) / any_value(n), 2)::varchar,
        round(100 * sum(cell_value) / any_value(n), 2), nct_id,
        arg_min(field, ordinal), arg_min(cell_text, ordinal), true
    from posted
    where column_name = 'n_female' and n > 0
        and row_id not in (select row_id from posted where column_name = 'pct_female')
    group by row_id, nct_id
    union all
    select row_id, 'baseline_scale', ref.scale_in(measure), null, nct_id,
        regexp_extract(field, '^.*?/measures/\d+') || '/title', measure, false
    from posted
    where column_name = 'baseline_score_mean'
    union all
    select row_id, unnest(['n', 'n_basis']), unnest([n_text, 'analysed']), unnest([n, null]), source_id,
        n_pointer, n_text, false
    from bridge._demographics_row
    where n_pointer is not null
    union all
    select row_id, column_name, words, years, nct_id, '/protocolSection/eligibilityModule/' || key, words, false
    from eligible
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
        row_id, column_name, 1, value_text, value_number,
        'ctgov', nct_id, field, 0, length(quote), quote, 'registry.' || column_name, is_derived, 1.0
    from structured
)

select
    cells.*,
    coalesce(
        value_number between lowest and highest
            -- a range that does not hold the mean or median is another group's
            and (
                column_name not in ('age_min', 'age_max')
                or coalesce(
                    max(value_number) filter (column_name = 'age_min') over one_row
                        <= min(value_number) filter (column_name in ('age_mean', 'age_median', 'age_max')) over one_row,
                    true
                )
                and coalesce(
                    min(value_number) filter (column_name = 'age_max') over one_row
                        >= max(value_number) filter (column_name in ('age_mean', 'age_median', 'age_min')) over one_row,
                    true
                )
            ),
        true
    ) as is_plausible
from cells
left join ref.plausible_range using (column_name)
window one_row as (partition by row_id);

comment on table bridge._demographics_cell is
    'One row per filled cell of evidence.trial_demographics and place that it rests on: what stands there, and which words say so?';
comment on column bridge._demographics_cell.row_id is 'Row of the evidence view.';
comment on column bridge._demographics_cell.column_name is 'Column of the evidence view.';
comment on column bridge._demographics_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._demographics_cell.value_text is 'Value as text.';
comment on column bridge._demographics_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._demographics_cell.source is 'pubmed or ctgov.';
comment on column bridge._demographics_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._demographics_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._demographics_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._demographics_cell.span_end is 'Offset behind the last character.';
comment on column bridge._demographics_cell.quote is 'Text that stands there.';
comment on column bridge._demographics_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._demographics_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._demographics_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._demographics_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty as not understood.';
