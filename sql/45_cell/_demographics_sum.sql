-- bridge._demographics_sum
-- grain: one row per row of evidence.trial_demographics from a posted table and item: age, sex, race, ethnicity or country
-- reads: core.baseline_value, bridge._baseline_measurement, bridge._demographics_row, bridge._posted_baseline
-- answers: do the counts of the columns add up to what the registry shows, and to the number of the group? If not, why?
create table bridge._demographics_sum as
with counted as (
    select
        nct_id,
        ordinal,
        case
            when column_name = 'country_counts' then 'country'
            when starts_with(column_name, 'n_age') then 'age'
            when column_name in ('n_female', 'n_male', 'n_other_gender', 'n_sex_unknown') then 'sex'
            when regexp_matches(column_name, 'hispanic|ethnicity') then 'ethnicity'
            else 'race'
        end as item,
        measure_place,
        title,
        block
    from bridge._posted_baseline
    where starts_with(column_name, 'n_') or column_name = 'country_counts'
),

-- the tables that the columns count, else the first that could not be read
candidates as (
    select distinct nct_id, item, measure_place, title, block, 1 as rank from counted
    union all
    select distinct nct_id, case item when 'race_ethnicity' then 'race' else item end, measure_place, title, block, 2
    from bridge._baseline_measurement
    where item in ('age', 'sex', 'race', 'ethnicity', 'race_ethnicity', 'country')
        and group_id is not null and value_text is not null
        and (is_count or is_share)
        and term is not null
),

tables as (
    select * exclude (rank)
    from candidates
    qualify rank = min(rank) over (partition by nct_id, item)
        and (rank = 1 or dense_rank() over (partition by nct_id, item order by rank, measure_place, title) = 1)
),

cells as (
    select
        tables.item,
        measurement.nct_id,
        measurement.group_id,
        measurement.ordinal,
        measurement.value,
        measurement.value_text,
        measurement.is_share,
        measurement.is_people_count,
        posted.unit,
        posted.denominator,
        coalesce(posted.category_title, posted.class_title, posted.measure) as heading,
        read.item is not null as is_counted,
        elsewhere.item is not null as is_counted_elsewhere
    from tables
    join bridge._baseline_measurement as measurement using (nct_id, measure_place, title, block)
    join core.baseline_value as posted using (nct_id, ordinal)
    left join counted as read on read.nct_id = measurement.nct_id and read.ordinal = measurement.ordinal and read.item = tables.item
    left join (select distinct nct_id, ordinal, 'another' as item from counted) as elsewhere
        on elsewhere.nct_id = measurement.nct_id and elsewhere.ordinal = measurement.ordinal
    where measurement.value_text is not null and (measurement.is_count or measurement.is_share)
),

-- the rows of a sum of arms are those of its arms
groups as (
    select row_id, source_id as nct_id, group_id, n from bridge._demographics_row where group_id is not null
    union all
    select total.row_id, arm.source_id, arm.group_id, total.n
    from bridge._demographics_row as total
    join bridge._demographics_row as arm using (source, source_id)
    where total.is_sum_of_arms and not arm.is_sum_of_arms
),

sums as (
    select
        row_id,
        item,
        any_value(n) as n,
        sum(value) filter (is_people_count) as n_in_table,
        sum(value) filter (is_counted and is_people_count) as n_counted,
        string_agg(heading || ' ' || value_text, ', ' order by cells.group_id, ordinal)
            filter (value > 0 and is_people_count and not is_counted and not is_counted_elsewhere) as unread,
        string_agg(heading || ' ' || value_text, ', ' order by cells.group_id, ordinal)
            filter (value > 0 and is_people_count and not is_counted and is_counted_elsewhere) as read_elsewhere,
        string_agg(heading || ' ' || value_text, ', ' order by cells.group_id, ordinal)
            filter (value is null) as without_number,
        bool_and(is_share) as is_share,
        any_value(unit) filter (is_people_count is false and is_share is false) as other_unit,
        max(denominator) as table_denominator
    from groups
    join cells using (nct_id, group_id)
    group by row_id, item
)

select
    row_id,
    item,
    n_in_table::integer as n_in_table,
    n_counted::integer as n_counted,
    unread is not null as has_unread,
    coalesce(
        n_counted = n_in_table and n_in_table > 0 and n_in_table in (n, table_denominator) and without_number is null,
        false
    ) as is_comparable,
    nullif(concat_ws('; ',
        case when is_share then 'posted as shares, not as counts' end,
        case when other_unit is not null then 'posted in ' || other_unit || ', not in people' end,
        case when unread is not null then 'without a column: ' || unread end,
        case when read_elsewhere is not null then 'under another item: ' || read_elsewhere end,
        case when without_number is not null then 'no plain number: ' || without_number end,
        case when n is null and n_in_table is not null then 'the number of the group is not posted' end,
        case when n_in_table < n then 'the table counts ' || n_in_table::integer || ' of ' || n || ' people' end,
        case when n_in_table > n then 'the table counts ' || n_in_table::integer || ' where the group has ' || n || ' people' end
    ), '') as note
from sums;

comment on table bridge._demographics_sum is
    'One row per row of evidence.trial_demographics from a posted table and item: do the counts add up to what the registry shows? If not, why?';
comment on column bridge._demographics_sum.row_id is 'Row of evidence.trial_demographics.';
comment on column bridge._demographics_sum.item is 'age, sex, race, ethnicity or country.';
comment on column bridge._demographics_sum.n_in_table is 'Sum of all counts of the posted table.';
comment on column bridge._demographics_sum.n_counted is 'Sum of the counts that a column stands for.';
comment on column bridge._demographics_sum.has_unread is 'Whether the table counts people under words that no column stands for.';
comment on column bridge._demographics_sum.is_comparable is 'Whether every person of the group, or of those that the table rests on, stands in one column of the item, so that shares may be pooled.';
comment on column bridge._demographics_sum.note is 'Why the columns do not add up to the number of the group; NULL when they do.';
