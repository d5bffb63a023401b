-- bridge._demographics_row
-- grain: one row per study, source document and group (arm or total)
-- reads: core.baseline_group, core.baseline_value, core.registration, bridge._report
-- answers: of which groups does each shown report say who they were?
-- A registration without a baseline table, and every abstract, has one row for its whole sample.
-- A table: the evidence view, its cells and its audit read it.
create table bridge._demographics_row as
with headed as (
    select
        nct_id,
        group_id,
        title as group_title,
        is_total,
        case when lower(n_unit) = 'participants' then n end as n,
        n_text,
        n_pointer
    from core.baseline_group
),

-- what the measurements themselves rest on, where the head of the table counts no people
measured as (
    select
        nct_id,
        group_id,
        any_value(group_title order by ordinal) as group_title,
        bool_or(is_total) as is_total,
        max(denominator) as n,
        arg_max(denominator_text, denominator) as n_text,
        arg_max(denominator_pointer, denominator) as n_pointer
    from (
        select * replace (case when lower(denominator_unit) = 'participants' then denominator end as denominator)
        from core.baseline_value
        where group_id is not null
    )
    group by nct_id, group_id
),

groups as (
    select
        nct_id,
        group_id,
        coalesce(headed.group_title, measured.group_title) as group_title,
        coalesce(headed.is_total, false) or coalesce(measured.is_total, false) as is_called_total,
        coalesce(headed.n, measured.n) as n,
        case when headed.n is not null then headed.n_text else measured.n_text end as n_text,
        case when headed.n is not null then headed.n_pointer else measured.n_pointer end as n_pointer
    from headed
    full join measured using (nct_id, group_id)
),

placed as (
    select
        *,
        -- the only group of a record is its total, and so is one that is called so in other words
        is_called_total
        or count(*) over (partition by nct_id) = 1
        or not bool_or(is_called_total) over (partition by nct_id)
            and regexp_matches(group_title, '(?i)^\W*(overall( total)?|grand total|total .*|all( \w+)? (participants|patients|subjects))\W*$')
            as is_total
    from groups
),

-- where no column sums the others, their counts are summed, unless they hold more people than were enrolled
unsummed as (
    select placed.nct_id, sum(placed.n) as n
    from placed
    join core.registration using (nct_id)
    group by placed.nct_id
    having not bool_or(placed.is_total)
        and bool_and(placed.n is not null)
        and sum(placed.n) > 0
        and sum(placed.n) <= any_value(registration.enrollment)
),

tabled as (
    select nct_id as source_id, group_id, group_title, is_total, false as is_sum_of_arms, n, n_text, n_pointer
    from placed
    union all
    select nct_id, null, 'Total (sum of the arms)', true, true, n, null, null
    from unsummed
)

select
    report.study_id || '/' || report.source || ':' || report.source_id || '/baseline/'
    || case when tabled.is_sum_of_arms then 'sum_of_arms' else coalesce(tabled.group_id, 'total') end
        as row_id,
    report.study_id,
    report.source,
    report.source_id,
    tabled.group_id,
    tabled.group_title,
    coalesce(tabled.is_total, true) as is_total,
    coalesce(tabled.is_sum_of_arms, false) as is_sum_of_arms,
    tabled.source_id is not null as is_posted,
    tabled.n::integer as n,
    tabled.n_text,
    tabled.n_pointer
from bridge._report as report
left join tabled on report.source = 'ctgov' and tabled.source_id = report.source_id
where report.is_shown and report.study_id is not null;

comment on table bridge._demographics_row is
    'One row per study, source document and group: of which groups does each shown report say who they were?';
comment on column bridge._demographics_row.row_id is 'Id of the row: study, document and group.';
comment on column bridge._demographics_row.study_id is 'Study of core.study.';
comment on column bridge._demographics_row.source is 'pubmed or ctgov.';
comment on column bridge._demographics_row.source_id is 'PMID or NCT id.';
comment on column bridge._demographics_row.group_id is 'Registry''s id of the group; NULL for a sum of arms, and for a whole sample without a baseline table.';
comment on column bridge._demographics_row.group_title is 'Title of the group.';
comment on column bridge._demographics_row.is_total is 'Whether the row is about the whole sample.';
comment on column bridge._demographics_row.is_sum_of_arms is 'Whether the row sums the posted arms because the record posts no total.';
comment on column bridge._demographics_row.is_posted is 'Whether the row is of a posted baseline table.';
comment on column bridge._demographics_row.n is 'Number of people of the group in the baseline table.';
comment on column bridge._demographics_row.n_text is 'That number as written.';
comment on column bridge._demographics_row.n_pointer is 'JSON pointer of that number.';
