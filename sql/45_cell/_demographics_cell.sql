-- bridge._demographics_cell
-- grain: one row per filled cell of evidence.trial_demographics and place that it rests on
-- reads: ref.plausible_range, core.reading, core.demographics, core.race_share, core.baseline_severity, core.eligibility,
--        bridge._demographics_row, bridge._posted_baseline, bridge._sample
-- answers: what stands in each cell, and which words say so?
-- The evidence view is made of these rows, so a cell without a source cannot be. A table: view, cell_source and audits
-- read it.
create table bridge._demographics_cell as
with whole_samples as (
    select row_id, source, source_id from bridge._demographics_row where not is_posted
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

of_groups as (
    select who.row_id, who.n, who.n_text, who.n_pointer, who.source_id as nct_id, baseline.* exclude (nct_id)
    from bridge._demographics_row as who
    join bridge._posted_baseline as baseline on baseline.nct_id = who.source_id and baseline.group_id = who.group_id
),

arms as (
    select total.row_id, total.n as n_of_all, arm.*
    from bridge._demographics_row as total
    join bridge._demographics_row as arm using (source, source_id)
    where total.is_sum_of_arms and not arm.is_sum_of_arms
),

-- counts of the arms, and nothing else, add up to a total that the record does not post; a count that an arm lacks does not
sums_of_arms as (
    select
        arms.row_id, arms.n_of_all as n, null as n_text, null as n_pointer, arms.source_id as nct_id,
        baseline.* exclude (nct_id, is_derived), true as is_derived
    from arms
    join bridge._posted_baseline as baseline on baseline.nct_id = arms.source_id and baseline.group_id = arms.group_id
    where starts_with(column_name, 'n_') or column_name in ('countries', 'country_counts', 'failed_treatments_groups')
    qualify not starts_with(column_name, 'n_')
        or count(distinct arms.group_id) over (partition by arms.row_id, column_name)
            = (select count(*) from arms as every where every.row_id = arms.row_id and every.n > 0)
),

posted as (
    select * from of_groups
    union all by name
    select * from sums_of_arms
),

-- a table that is split by country and also posts the sum would count everybody twice: more people than the group has
counted as (
    select
        *,
        coalesce(
            column_sum > n
            or sum(cell_value) over (partition by row_id, kind) > n
                and (kind in ('sex', 'age') or max(n_parts) over (partition by row_id, kind) > 1),
            false
        ) as is_overcount
    from (
        select
            *,
            case
                when column_name in ('n_female', 'n_male', 'n_other_gender', 'n_sex_unknown') then 'sex'
                when starts_with(column_name, 'n_age') then 'age'
                when regexp_matches(column_name, 'hispanic|ethnicity') then 'ethnicity'
                else 'race'
            end as kind,
            sum(cell_value) over (partition by row_id, column_name) as column_sum,
            count(*) over (partition by row_id, column_name) as n_parts
        from posted
        where starts_with(column_name, 'n_')
    )
),

-- a share is arithmetic on the posted count and the number that it rests on, where the record states none itself
shares as (
    select
        row_id,
        'pct' || ltrim(column_name, 'n') as column_name,
        nct_id,
        round(100 * any_value(column_sum) / any_value(whole), 2) as pct,
        arg_min(field, ordinal) as field,
        arg_min(cell_text, ordinal) as quote,
        any_value(whole_pointer) as whole_pointer,
        any_value(whole_text) as whole_text
    from (
        select
            *,
            case when n_parts = 1 then coalesce(denominator, n) else n end as whole,
            case when n_parts = 1 and denominator is not null then denominator_pointer else n_pointer end
                as whole_pointer,
            case when n_parts = 1 and denominator is not null then denominator_text else n_text end as whole_text
        from counted
        where not is_overcount
    )
    where whole > 0
    group by row_id, column_name, nct_id
),

derived as (
    select * from shares
    where column_name in (select column_name from ref.value_column where view_name = 'trial_demographics')
        and (row_id, column_name) not in (select (row_id, column_name) from posted)
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
    select row_id, column_name, 1 as ordinal, cell_text as value_text, cell_value as value_number, nct_id, field,
        quote, is_derived, false as is_overcount
    from posted
    where not starts_with(column_name, 'n_')
    union all
    select row_id, column_name, 1, cell_text, cell_value, nct_id, field, quote, is_derived, is_overcount
    from counted
    union all
    select row_id, column_name, 1, pct::varchar, pct, nct_id, field, quote, true, false
    from derived
    union all
    select row_id, column_name, 2, pct::varchar, pct, nct_id, whole_pointer, whole_text, true, false
    from derived
    where whole_pointer is not null
    union all
    select row_id, 'baseline_scale', 1, ref.scale_in(measure), null, nct_id,
        regexp_extract(field, '^.*?/measures/\d+') || '/title', measure, false, false
    from posted
    where column_name in ('baseline_score_mean', 'baseline_score_median')
    union all
    select
        row_id, unnest(['n', 'n_basis']), row_number() over (partition by row_id order by group_id),
        unnest([n_of_all::varchar, 'analysed']), unnest([n_of_all, null]), source_id, n_pointer, n_text, true, false
    from arms
    where n_pointer is not null
    union all
    select row_id, unnest(['n', 'n_basis']), 1, unnest([n_text, 'analysed']), unnest([n, null]), source_id,
        n_pointer, n_text, false, false
    from bridge._demographics_row
    where n_pointer is not null
    union all
    select row_id, column_name, 1, words, years, nct_id, '/protocolSection/eligibilityModule/' || key, words, false,
        false
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
        confidence,
        false as is_overcount
    from from_readings
    union all
    select
        row_id, unnest(['n', 'n_basis']), 1, unnest([n::varchar, basis]), unnest([n, null]),
        source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence, false
    from samples
    union all
    select
        row_id, column_name, ordinal, value_text, value_number,
        'ctgov', nct_id, field, 0, length(quote), quote, 'registry.' || column_name, is_derived, 1.0, is_overcount
    from structured
)

select
    cells.* exclude (is_overcount),
    not is_overcount and coalesce(
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
