-- bridge._durability_row
-- grain: one row per study, source document and statement on how long or in how many the effect lasted
-- reads: core.rate, core.time_to_relapse, core.effect_duration, bridge._follow_up, bridge._posted_outcome,
--        bridge._posted_score, bridge._report
-- answers: what does each shown report say about response, remission, relapse, their times and scores of depression?
-- A table: the evidence view, its cells and its audit read it.
create table bridge._durability_row as
with statements as (
    select source, source_id, entity_id, arm, 'rate' as statement, 1 as part from core.rate
    union all
    select source, source_id, entity_id, arm, 'time_to_relapse', 2 from core.time_to_relapse
    union all
    select source, source_id, entity_id, null, 'effect_duration', 3 from core.effect_duration
    union all
    select 'ctgov', nct_id, entity_id, arm, 'posted_' || measure, 4 from bridge._posted_outcome
    union all
    select 'ctgov', nct_id, entity_id, arm, 'posted_score', 5 from bridge._posted_score
),

-- a follow-up has a row of its own only where there is nothing else that it could stand beside
alone as (
    select distinct source, source_id, entity_id, null as arm, 'follow_up' as statement, 6 as part
    from bridge._follow_up
    anti join statements using (source, source_id)
),

all_statements as (
    select * from statements
    union all
    select * from alone
)

select
    report.study_id || '/'
    || coalesce(entity_id, report.source || ':' || report.source_id || '/durability/0') as row_id,
    report.study_id,
    report.source,
    report.source_id,
    all_statements.entity_id,
    all_statements.arm,
    all_statements.statement,
    coalesce(all_statements.part, 0) as part,
    coalesce(regexp_extract(entity_id, '\d+$')::integer, 0) as ordinal
from bridge._report as report
left join all_statements using (source, source_id)
where report.is_shown and report.study_id is not null;

comment on table bridge._durability_row is
    'One row per study, source document and statement on durability: what does each shown report say about response, remission, relapse and their times?';
comment on column bridge._durability_row.row_id is 'Id of the row: study, then statement.';
comment on column bridge._durability_row.study_id is 'Study of core.study.';
comment on column bridge._durability_row.source is 'pubmed or ctgov.';
comment on column bridge._durability_row.source_id is 'PMID or NCT id.';
comment on column bridge._durability_row.entity_id is 'Entity of core, bridge._posted_outcome or bridge._posted_score; NULL when the report states none.';
comment on column bridge._durability_row.arm is 'Label of the arm as written.';
comment on column bridge._durability_row.statement is 'rate, time_to_relapse, effect_duration, posted_share, posted_proportion, posted_count, posted_time, posted_score or follow_up.';
comment on column bridge._durability_row.part is 'Order of the statements of one document.';
comment on column bridge._durability_row.ordinal is 'Place among the statements of its kind.';
