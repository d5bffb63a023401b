-- bridge._posted_baseline
-- grain: one row per posted measurement and column of evidence.trial_demographics that it fills
-- reads: core.baseline_value, bridge._baseline_measurement, ref.baseline_term, ref.value_column
-- answers: what does the registry's baseline table say on age, sex, race, ethnicity, country and severity, group by group?
-- A table: the matching of titles is done once. Where a record posts race twice (NIH/OMB and customised), the NIH/OMB
-- measure counts, so nobody is counted twice.
create table bridge._posted_baseline as
with measurements as (
    select
        measurement.*,
        posted.* exclude (nct_id, ordinal, group_id, param_type, dispersion_type, value, value_text),
        count(*) over (partition by nct_id, measure_place, title, measurement.group_id) as n_rows_of_group
    from bridge._baseline_measurement as measurement
    join core.baseline_value as posted using (nct_id, ordinal)
    where measurement.value_text is not null and measurement.group_id is not null
),

-- a mean or median of the whole group has one row in it; of several, one measure speaks for each: the standard one before
-- a customised one, then the first of the record
averages as (
    select
        *,
        case
            when item = 'age' then 'age'
            when item = 'severity' then 'baseline_score'
            when item = 'failed_treatments' then 'failed_treatments'
        end as stem,
        case when param_type = 'MEDIAN' then 'median' else 'mean' end as average
    from measurements
    where param_type in ('MEAN', 'MEDIAN', 'LEAST_SQUARES_MEAN')
        and n_rows_of_group = 1
        and (
            item = 'age' and units_per_year is not null
            or item = 'severity' and ref.scale_in(title) is not null
            or item = 'failed_treatments' and units_per_year is null and not is_share
                and not ref.is_rated(title, coalesce(ref.plain_text(unit), ''))
        )
    qualify dense_rank() over (
        partition by nct_id, item, case when item = 'severity' then 'one scale' else average end
        order by is_customised, measure_place, title
    ) = 1
),

averaged as (
    select
        averages.*,
        part.column_name,
        part.value_text as cell_text,
        part.value / case when stem = 'age' then units_per_year else 1 end as cell_value,
        part.key
    from averages, lateral (
        select unnest([
            {'column_name': stem || '_' || average, 'value_text': value_text, 'value': value, 'key': 'value'},
            {
                'column_name': case when dispersion_type = 'STANDARD_DEVIATION' then stem || '_sd' end,
                'value_text': spread_text, 'value': spread, 'key': 'spread'
            },
            {
                'column_name': case dispersion_type when 'FULL_RANGE' then stem || '_min' when 'INTER_QUARTILE_RANGE' then stem || '_q1' end,
                'value_text': lower_text, 'value': lower, 'key': 'lowerLimit'
            },
            {
                'column_name': case dispersion_type when 'FULL_RANGE' then stem || '_max' when 'INTER_QUARTILE_RANGE' then stem || '_q3' end,
                'value_text': upper_text, 'value': upper, 'key': 'upperLimit'
            }
        ], recursive := true)
    ) as part
    -- a mean and a median of one characteristic may both come with a range
    qualify row_number() over (
        partition by nct_id, group_id, part.column_name
        order by is_customised, measure_place, average
    ) = 1
),

-- customised race tables mix in ethnicity: `Hispanic or Latino` is never a race; tables called ethnicity may list races
terms as (
    select item, item as counted, term, column_name from ref.baseline_term
    union all
    select 'race', 'ethnicity', term, column_name
    from ref.baseline_term
    where column_name in ('n_hispanic', 'n_not_hispanic')
    union all
    select 'race_ethnicity', item, term, column_name
    from ref.baseline_term
    where item = 'race' or column_name in ('n_hispanic', 'n_not_hispanic')
    union all
    select 'ethnicity', 'race', term, column_name
    from ref.baseline_term
    where item = 'race' and column_name not in ('n_other_race', 'n_race_unknown')
),

-- sex, race and ethnicity are chosen apart: a race table that mixes in ethnicity gives way to an ethnicity table, and of
-- two tables under one title the one that counts race speaks for race
people as (
    select
        measurements.*,
        case when is_share then 'pct' || ltrim(terms.column_name, 'n') else terms.column_name end as column_name,
        value_text as cell_text,
        case when is_share then share_pct else value end as cell_value,
        'value' as key,
        terms.counted
    from measurements
    join terms using (item, term)
    where is_people_count or is_share
    qualify dense_rank() over (
        partition by nct_id, terms.counted
        order by
            case item when terms.counted then 1 when 'race_ethnicity' then 2 else 3 end,
            is_customised, item = 'sex' and not starts_with(title, 'sex'), measure_place, title
    ) = 1
),

age_groups as (
    select
        *,
        ref.age_group_in(term) as column_name,
        value_text as cell_text,
        value as cell_value,
        'value' as key
    from measurements
    where item = 'age' and is_people_count and ref.age_group_in(term) is not null
    qualify dense_rank() over (partition by nct_id order by is_customised, measure_place, title) = 1
),

places as (
    select
        *,
        unnest(['countries', 'country_counts']) as column_name,
        coalesce(class_title, category_title) as cell_text,
        value as cell_value,
        'value' as key
    from (
        select *
        from measurements
        where item = 'country' and is_people_count and value > 0 and term is not null
        qualify dense_rank() over (partition by nct_id order by is_customised, measure_place, title) = 1
    )
),

failures as (
    select
        *,
        'failed_treatments_groups' as column_name,
        coalesce(category_title, class_title) as cell_text,
        value as cell_value,
        'value' as key
    from measurements
    where item = 'failed_treatments' and is_people_count and term is not null
    qualify dense_rank() over (partition by nct_id order by is_customised, measure_place, title) = 1
),

filled as (
    select * from averaged
    union all by name
    select * from people
    union all by name
    select * from age_groups
    union all by name
    select * from places
    union all by name
    select * from failures
)

select
    nct_id, ordinal,
    coalesce(counted, item) as item,
    measure, measure_place, title, block, group_id, group_title, is_total, column_name, cell_text, cell_value,
    case
        when column_name != 'countries' then regexp_replace(pointer, '/value$', '/' || key)
        when class_title is not null then regexp_replace(pointer, '/categories/.*$', '/title')
        else regexp_replace(pointer, '/measurements/.*$', '/title')
    end as field,
    case when column_name in ('country_counts', 'failed_treatments_groups') then value_text else cell_text end as quote,
    denominator, denominator_text, denominator_pointer, class_title,
    coalesce(item = 'age' and units_per_year != 1 and starts_with(column_name, 'age'), false)
    or is_share and share_pct is distinct from value
        as is_derived
from filled
where cell_text is not null
    and cell_value is not null
    -- men in per cent, and the like, have no column
    and column_name in (select column_name from ref.value_column where view_name = 'trial_demographics');

comment on table bridge._posted_baseline is
    'One row per posted measurement and column of evidence.trial_demographics that it fills: what does the baseline table say, group by group?';
comment on column bridge._posted_baseline.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_baseline.ordinal is 'Place in core.baseline_value.';
comment on column bridge._posted_baseline.item is 'age, sex, race, ethnicity, country, severity or failed_treatments.';
comment on column bridge._posted_baseline.measure is 'Title of the characteristic as written.';
comment on column bridge._posted_baseline.measure_place is 'Place of the characteristic in the table, from 0.';
comment on column bridge._posted_baseline.title is 'Title of the characteristic in plain text.';
comment on column bridge._posted_baseline.block is 'Block of categories that together describe a group; see bridge._baseline_measurement.';
comment on column bridge._posted_baseline.group_id is 'Registry''s id of the group.';
comment on column bridge._posted_baseline.group_title is 'Title of the group.';
comment on column bridge._posted_baseline.is_total is 'Whether the group sums the others.';
comment on column bridge._posted_baseline.column_name is 'Column of evidence.trial_demographics that it fills.';
comment on column bridge._posted_baseline.cell_text is 'Value as written; of a country or a number of failed treatments its heading.';
comment on column bridge._posted_baseline.cell_value is 'Value; ages in years.';
comment on column bridge._posted_baseline.field is 'JSON pointer of the value, or of the name of a country.';
comment on column bridge._posted_baseline.quote is 'Text that stands there.';
comment on column bridge._posted_baseline.denominator is 'Number of people that the measurement rests on.';
comment on column bridge._posted_baseline.denominator_text is 'That number as written.';
comment on column bridge._posted_baseline.denominator_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_baseline.class_title is 'Title of the class, such as a country.';
comment on column bridge._posted_baseline.is_derived is 'Whether months, weeks or days were turned into years, or a proportion into per cent.';
