-- bridge._posted_baseline
-- grain: one row per posted measurement that fills a column of evidence.trial_demographics
-- reads: core.baseline_value, ref.baseline_term, ref.value_column
-- answers: what does the registry's baseline table say on age, sex, race, ethnicity and severity, group by group?
-- A table: the matching of titles is done once. Where a record posts race twice (NIH/OMB and customised), the NIH/OMB
-- measure counts, so nobody is counted twice.
create table bridge._posted_baseline as
with measurements as (
    select
        *,
        ref.plain_text(measure) as measure_title,
        coalesce(ref.plain_text(category_title), ref.plain_text(class_title)) as term,
        lower(unit) as unit_in_lower_case,
        param_type in ('COUNT_OF_PARTICIPANTS', 'NUMBER') as is_count
    from core.baseline_value
    where value_text is not null and group_id is not null
),

itemised as (
    select
        *,
        case
            when regexp_matches(measure_title, '^age') and param_type in ('MEAN', 'MEDIAN', 'LEAST_SQUARES_MEAN')
                and regexp_matches(unit_in_lower_case, '^(year|month)') then 'age'
            when is_count and regexp_matches(measure_title, '^(sex|gender)\b') then 'sex'
            when is_count and regexp_matches(measure_title, '\b(race|racial)\b') then 'race'
            when is_count and regexp_matches(measure_title, '\bethnicity\b') then 'ethnicity'
            when param_type = 'MEAN' and ref.scale_in(measure_title) is not null then 'severity'
        end as item
    from measurements
),

placed as (
    select
        *,
        try_cast(regexp_extract(pointer, '/measures/(\d+)', 1) as integer) as measure_place,
        regexp_matches(measure_title, 'customi[sz]ed') as is_customised,
        case when starts_with(unit_in_lower_case, 'month') then 12 else 1 end as units_per_year,
        contains(unit_in_lower_case, 'percent') or unit_in_lower_case = '%' as is_share
    from itemised
    where item is not null
),

-- one measure speaks for each item: the standard one before a customised one, then the first of the record
chosen as (
    select *
    from placed
    where item in ('age', 'severity')
    qualify dense_rank() over (
        partition by nct_id, item
        order by is_customised, measure_place, measure
    ) = 1
),

ages as (
    select chosen.*, part.column_name, part.value_text as cell_text, part.value / units_per_year as cell_value, part.key
    from chosen, lateral (
        select unnest([
            {
                'column_name': case when param_type = 'MEDIAN' then 'age_median' else 'age_mean' end,
                'value_text': chosen.value_text, 'value': chosen.value, 'key': 'value'
            },
            {
                'column_name': case when dispersion_type = 'STANDARD_DEVIATION' then 'age_sd' end,
                'value_text': spread_text, 'value': spread, 'key': 'spread'
            },
            {
                'column_name': case when dispersion_type = 'FULL_RANGE' then 'age_min' end,
                'value_text': lower_text, 'value': lower, 'key': 'lowerLimit'
            },
            {
                'column_name': case when dispersion_type = 'FULL_RANGE' then 'age_max' end,
                'value_text': upper_text, 'value': upper, 'key': 'upperLimit'
            }
        ], recursive := true)
    ) as part
    where item = 'age' and class_title is null
),

severities as (
    select chosen.*, part.column_name, part.value_text as cell_text, part.value as cell_value, part.key
    from chosen, lateral (
        select unnest([
            {
                'column_name': 'baseline_score_mean',
                'value_text': chosen.value_text, 'value': chosen.value, 'key': 'value'
            },
            {
                'column_name': case when dispersion_type = 'STANDARD_DEVIATION' then 'baseline_score_sd' end,
                'value_text': spread_text, 'value': spread, 'key': 'spread'
            }
        ], recursive := true)
    ) as part
    where item = 'severity' and class_title is null
),

-- customised race tables mix in ethnicity: `Hispanic or Latino` is never a race
terms as (
    select item, item as counted, term, column_name from ref.baseline_term
    union all
    select 'race', 'ethnicity', term, column_name
    from ref.baseline_term
    where column_name in ('n_hispanic', 'n_not_hispanic')
),

-- sex, race and ethnicity are chosen apart: a race table that mixes in ethnicity gives way to an ethnicity table, and of
-- two tables under one title the one that counts race speaks for race
people as (
    select
        placed.*,
        case when is_share then 'pct' || ltrim(terms.column_name, 'n') else terms.column_name end as column_name,
        placed.value_text as cell_text,
        placed.value as cell_value,
        'value' as key
    from placed
    join terms using (item, term)
    qualify dense_rank() over (
        partition by nct_id, terms.counted
        order by item != terms.counted, is_customised, measure_place, measure
    ) = 1
),

filled as (
    select * from ages
    union all by name
    select * from severities
    union all by name
    select * from people
)

select
    nct_id, ordinal, item, measure, group_id, group_title, is_total, column_name, cell_text, cell_value,
    regexp_replace(pointer, '/value$', '/' || key) as field,
    denominator, denominator_text, denominator_pointer, class_title,
    units_per_year != 1 as is_derived
from filled
where cell_text is not null
    and cell_value is not null
    -- men in per cent, and the like, have no column
    and column_name in (select column_name from ref.value_column where view_name = 'trial_demographics');

comment on table bridge._posted_baseline is
    'One row per posted measurement that fills a column of evidence.trial_demographics: what does the baseline table say, group by group?';
comment on column bridge._posted_baseline.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_baseline.ordinal is 'Place in core.baseline_value.';
comment on column bridge._posted_baseline.item is 'age, sex, race, ethnicity or severity.';
comment on column bridge._posted_baseline.measure is 'Title of the characteristic as written.';
comment on column bridge._posted_baseline.group_id is 'Registry''s id of the group.';
comment on column bridge._posted_baseline.group_title is 'Title of the group.';
comment on column bridge._posted_baseline.is_total is 'Whether the group sums the others.';
comment on column bridge._posted_baseline.column_name is 'Column of evidence.trial_demographics that it fills.';
comment on column bridge._posted_baseline.cell_text is 'Value as written.';
comment on column bridge._posted_baseline.cell_value is 'Value; ages in years.';
comment on column bridge._posted_baseline.field is 'JSON pointer of the value.';
comment on column bridge._posted_baseline.denominator is 'Number of people that the measurement rests on.';
comment on column bridge._posted_baseline.denominator_text is 'That number as written.';
comment on column bridge._posted_baseline.denominator_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_baseline.class_title is 'Title of the class, such as a country.';
comment on column bridge._posted_baseline.is_derived is 'Whether months were turned into years.';
