-- evidence.prisma_flow
-- grain: one row per box of the PRISMA 2020 flow diagram, source and reason
-- reads: core.document, core.unobtained_document, core.withdrawn_document, core.rejected_document, core.judgement,
--        bridge._report
-- answers: how many records were found, removed, screened, excluded and why, and how many reports and studies remain?
-- Page MJ, et al. The PRISMA 2020 statement. BMJ 2021;372:n71. Each box is counted by itself and none by subtraction:
-- 90_audit/prisma_boxes_add_up.sql refuses the build when they do not add up.
-- A record is a PMID or NCT id. Rules, a tool of automation in the words of PRISMA, read titles, abstracts and
-- registrations; full texts are not sought, so the report that is assessed is the abstract or the registration itself.
create view evidence.prisma_flow as
with records as (
    select
        source,
        source_id,
        min(reason) as reason,
        bool_or(is_notice) as is_notice,
        bool_or(is_shown) as is_shown,
        bool_or(is_standing) as is_standing,
        bool_or(is_doubtful) as is_doubtful
    from bridge._report
    group by source, source_id
),

not_supplied as (
    select distinct unobtained.source, unobtained.source_id
    from core.unobtained_document as unobtained
    left join core.document using (source, source_id)
    left join core.withdrawn_document as withdrawn using (source, source_id)
    where document.source_id is null and withdrawn.source_id is null
),

identified as (
    select source, source_id from core.document
    union
    select source, source_id from core.withdrawn_document
    union
    select source, source_id from not_supplied
),

screened as (
    select distinct judgement.source, judgement.source_id
    from core.judgement
    left join records using (source, source_id)
    where not coalesce(records.is_notice, false)
),

-- a box per row of evidence: what stands here twice would be counted twice
filled as (
    select 'identified' as box, source, null as reason, source_id from identified
    union all
    select
        'removed', source,
        case
            when merged_into is null then 'deleted by its source'
            else 'duplicate: its source merged it into another record'
        end,
        source_id
    from core.withdrawn_document
    union all
    select 'removed', source, 'listed by its source, but not supplied', source_id from not_supplied
    union all
    select distinct 'removed', source, 'unreadable', source_id from core.rejected_document
    union all
    select 'removed', source, 'notice about another report (retraction, erratum or concern)', source_id
    from records
    where is_notice
    union all
    select 'screened', source, null, source_id from screened
    union all
    select 'excluded', source, reason, source_id from records where not is_notice and not is_shown
    union all
    select 'sought', source, null, source_id from records where is_shown
    union all
    select 'assessed', source, null, source_id from records where is_shown
    union all
    select 'reports excluded', source, 'retracted', source_id from records where is_shown and not is_standing
    union all
    select 'reports included', source, null, source_id from records where is_standing
    union all
    select 'reports to be checked', source, null, source_id from records where is_standing and is_doubtful
    union all
    select distinct 'studies included', null, null, study_id from bridge._report where is_standing
    union all
    select distinct 'studies with people of their own', null, null, study_id
    from bridge._report
    where is_standing and not is_secondary
),

sources as (
    select unnest(['pubmed', 'ctgov']) as source
),

-- what is shown although it may be empty; a reason for exclusion stands only where it was given
boxes as (
    select *
    from (
        values
            (1, 'identification', 'identified', null),
            (2, 'identification', 'removed', 'duplicate: its source merged it into another record'),
            (2, 'identification', 'removed', 'marked as ineligible by automation before screening'),
            (2, 'identification', 'removed', 'deleted by its source'),
            (2, 'identification', 'removed', 'listed by its source, but not supplied'),
            (2, 'identification', 'removed', 'unreadable'),
            (2, 'identification', 'removed', 'notice about another report (retraction, erratum or concern)'),
            (3, 'screening', 'screened', null),
            (5, 'screening', 'sought', null),
            (6, 'screening', 'not retrieved', null),
            (7, 'screening', 'assessed', null),
            (8, 'screening', 'reports excluded', 'retracted'),
            (9, 'included', 'reports included', null),
            (10, 'included', 'reports to be checked', null)
    ) as named (place, stage, box, reason)
    cross join sources
    union all
    select *, null
    from (
        values
            (11, 'included', 'studies included', null),
            (12, 'included', 'studies with people of their own', null)
    ) as of_all (place, stage, box, reason)
    union all
    select distinct 4, 'screening', 'excluded', reason, source from filled where box = 'excluded'
)

select
    boxes.place,
    boxes.stage,
    boxes.box,
    boxes.source,
    boxes.reason,
    count(filled.source_id)::integer as n
from boxes
left join filled
    on filled.box = boxes.box
    and coalesce(filled.source, '') = coalesce(boxes.source, '')
    and coalesce(filled.reason, '') = coalesce(boxes.reason, '')
group by boxes.place, boxes.stage, boxes.box, boxes.source, boxes.reason
order by boxes.place, boxes.box, boxes.source desc, n desc, boxes.reason;

comment on view evidence.prisma_flow is
    'One row per box of the PRISMA 2020 flow diagram, source and reason: how many records were found, removed, screened, excluded and why, and how many reports and studies remain?';
comment on column evidence.prisma_flow.place is 'Place of the box in the diagram, from 1.';
comment on column evidence.prisma_flow.stage is 'identification, screening or included: the part of the diagram.';
comment on column evidence.prisma_flow.box is 'identified, removed (before screening), screened, excluded, sought, not retrieved, assessed, reports excluded, reports included, reports to be checked (of those included: a person should look), studies included, studies with people of their own (of those included). Reports are papers by their abstract and registrations; full texts are not sought.';
comment on column evidence.prisma_flow.source is 'pubmed (database) or ctgov (register); NULL for studies, which join reports of both.';
comment on column evidence.prisma_flow.reason is 'Why records were removed or excluded, as in evidence.screening; NULL for boxes without a reason. All exclusions are made by rules; none by a person.';
comment on column evidence.prisma_flow.n is 'Number of records, reports or studies. identified = removed + screened; screened = excluded + sought; sought = not retrieved + assessed; assessed = reports excluded + reports included.';
