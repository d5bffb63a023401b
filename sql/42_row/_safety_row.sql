-- bridge._safety_row
-- grain: one row per study, source document and statement on harm
-- reads: bridge._posted_safety, bridge._report, core.safety_reading, core.safety_total
-- answers: what does each shown report say about harm?
-- A report that says nothing of adverse events has one row of reasons, also where people are said to have left because
-- of some. A table: the evidence view, its cells and its audits read it.
create table bridge._safety_row as
with statements as (
    select 'ctgov' as source, nct_id as source_id, entity_id, item, part, ordinal from bridge._posted_safety
    union all
    select
        source, source_id, entity_id, 'named' as item, 1 as part, regexp_extract(entity_id, '\d+$')::integer as ordinal
    from core.safety_reading
    union all
    select
        source, source_id, entity_id, item,
        case item when 'any_serious' then 2 else 5 end as part,
        regexp_extract(entity_id, '\d+$')::integer as ordinal
    from core.safety_total
),

silent as (
    select source, source_id, source || ':' || source_id || '/safety/0' as entity_id, 'none' as item, 0 as part, 0 as ordinal
    from bridge._report
    anti join (select source, source_id from statements where item != 'discontinuation') using (source, source_id)
),

all_statements as (
    select * from statements
    union all
    select distinct * from silent
)

select
    report.study_id || '/' || all_statements.entity_id as row_id,
    report.study_id,
    report.source,
    report.source_id,
    all_statements.entity_id,
    all_statements.item,
    all_statements.part,
    all_statements.ordinal
from bridge._report as report
join all_statements using (source, source_id)
where report.is_shown and report.study_id is not null;

comment on table bridge._safety_row is
    'One row per study, source document and statement on harm: what does each shown report say about harm?';
comment on column bridge._safety_row.row_id is 'Id of the row: study, then statement.';
comment on column bridge._safety_row.study_id is 'Study of core.study.';
comment on column bridge._safety_row.source is 'pubmed or ctgov.';
comment on column bridge._safety_row.source_id is 'PMID or NCT id.';
comment on column bridge._safety_row.entity_id is 'Entity of bridge._posted_safety, core.safety_reading or core.safety_total; <document>/safety/0 when the report states none.';
comment on column bridge._safety_row.item is 'event, any_serious, any_other, death, discontinuation, named or none.';
comment on column bridge._safety_row.part is 'Order of the statements of one document.';
comment on column bridge._safety_row.ordinal is 'Place among the statements of its kind.';
