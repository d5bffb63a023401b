-- bridge._dosing_agreement
-- grain: one row per row of evidence.dosing_protocols that states a dose, route or number of sessions
-- reads: bridge._comparison, bridge._match, bridge._stated_regimen
-- answers: does the other source of the study state the same dose, route and sessions?
-- The verdict on a whole document is that of bridge._comparison. A row agrees with it by its own value: of two documents
-- that differ, an arm may be the same in both.
create table bridge._dosing_agreement as
with matches as (
    select
        registry.stated_in as row_id, pair_id, item, is_same, paper is not null as is_in_other, is_comparable
    from bridge._match
    where item in ('dose', 'route', 'sessions') and registry is not null
    union all
    select paper.stated_in, pair_id, item, is_same, registry is not null, is_comparable
    from bridge._match
    where item in ('dose', 'route', 'sessions') and paper is not null
),

by_item as (
    select
        matches.row_id,
        matches.item,
        matches.pair_id,
        case
            when comparison.verdict = 'not comparable' then 'not comparable'
            when bool_or(is_same) then 'agrees'
            when comparison.verdict = 'differs' and bool_or(is_comparable) then 'differs'
            when not bool_or(is_in_other) or bool_or(is_comparable) then 'only here'
            else 'not comparable'
        end as agreement
    from matches
    join bridge._comparison as comparison using (pair_id, item)
    group by matches.row_id, matches.item, matches.pair_id, comparison.verdict
),

of_rows as (
    select
        row_id,
        case
            when bool_or(agreement = 'differs') then 'differs'
            when bool_or(agreement = 'agrees') then 'agrees'
            when bool_or(agreement = 'not comparable') then 'not comparable'
            else 'only here'
        end as agreement,
        list(distinct item order by item) filter (agreement = 'differs') as differs_in
    from by_item
    group by row_id
)

select
    stated.row_id,
    coalesce(of_rows.agreement, 'only here') as agreement,
    array_to_string(of_rows.differs_in, ', ') as differs_in
from (select distinct stated_in as row_id from bridge._stated_regimen) as stated
left join of_rows using (row_id);

comment on table bridge._dosing_agreement is
    'One row per row of evidence.dosing_protocols that states a dose, route or number of sessions: does the other source of the study state the same?';
comment on column bridge._dosing_agreement.row_id is 'Row of evidence.dosing_protocols.';
comment on column bridge._dosing_agreement.agreement is 'agrees, differs, not comparable or only here.';
comment on column bridge._dosing_agreement.differs_in is 'What differs: dose, route, sessions.';
