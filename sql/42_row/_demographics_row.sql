-- bridge._demographics_row
-- grain: one row per study, source document and group (arm or total)
-- reads: core.baseline_value, bridge._posted_baseline, bridge._report
-- answers: of which groups does each shown report say who they were?
-- A registration without a baseline table, and every abstract, has one row for its whole sample.
-- A table: the evidence view, its cells and its audit read it.
create table bridge._demographics_row as
with posted as (
    select
        nct_id,
        group_id,
        any_value(group_title order by ordinal) as group_title,
        bool_or(is_total) as is_total,
        max(denominator) as n,
        arg_max(denominator_text, denominator) as n_text,
        arg_max(denominator_pointer, denominator) as n_pointer
    from core.baseline_value
    where group_id is not null
    group by nct_id, group_id
),

-- people whom a race table counts under words that no column stands for: `Non-Hispanic White`, `Han Chinese`
unread as (
    select value.nct_id, value.group_id
    from core.baseline_value as value
    left join bridge._posted_baseline as read using (nct_id, ordinal)
    where value.value > 0 and read.ordinal is null and regexp_matches(ref.plain_text(value.measure), '\b(race|racial)\b')
        -- a customised table beside a standard one was left aside on purpose
        and regexp_matches(ref.plain_text(value.measure), 'customi[sz]ed') = coalesce(
            (
                select bool_and(regexp_matches(ref.plain_text(chosen.measure), 'customi[sz]ed'))
                from bridge._posted_baseline as chosen
                where chosen.nct_id = value.nct_id and chosen.item = 'race'
            ),
            regexp_matches(ref.plain_text(value.measure), 'customi[sz]ed')
        )
    group by value.nct_id, value.group_id
),

groups as (
    select
        'ctgov' as source,
        nct_id as source_id,
        group_id,
        group_title,
        -- the only group of a record is its total, and so is one that is called so in other words
        is_total
        or count(*) over (partition by nct_id) = 1
        or not bool_or(is_total) over (partition by nct_id)
            and regexp_matches(group_title, '(?i)^\W*(overall( total)?|grand total|total .*|all( \w+)? (participants|patients|subjects))\W*$')
            as is_total,
        unread.nct_id is not null as has_unread_race,
        n,
        n_text,
        n_pointer
    from posted
    left join unread using (nct_id, group_id)
)

select
    report.study_id || '/' || report.source || ':' || report.source_id || '/baseline/' || coalesce(group_id, 'total')
        as row_id,
    report.study_id,
    report.source,
    report.source_id,
    groups.group_id,
    groups.group_title,
    coalesce(groups.is_total, true) as is_total,
    coalesce(groups.has_unread_race, false) as has_unread_race,
    groups.n,
    groups.n_text,
    groups.n_pointer
from bridge._report as report
left join groups using (source, source_id)
where report.is_shown and report.study_id is not null;

comment on table bridge._demographics_row is
    'One row per study, source document and group: of which groups does each shown report say who they were?';
comment on column bridge._demographics_row.row_id is 'Id of the row: study, document and group.';
comment on column bridge._demographics_row.study_id is 'Study of core.study.';
comment on column bridge._demographics_row.source is 'pubmed or ctgov.';
comment on column bridge._demographics_row.source_id is 'PMID or NCT id.';
comment on column bridge._demographics_row.group_id is 'Registry''s id of the group; NULL for a whole sample without a baseline table.';
comment on column bridge._demographics_row.group_title is 'Title of the group.';
comment on column bridge._demographics_row.is_total is 'Whether the row is about the whole sample.';
comment on column bridge._demographics_row.has_unread_race is 'Whether its race table counts people under words that no column stands for.';
comment on column bridge._demographics_row.n is 'Number of people of the group in the baseline table.';
comment on column bridge._demographics_row.n_text is 'That number as written.';
comment on column bridge._demographics_row.n_pointer is 'JSON pointer of that number.';
