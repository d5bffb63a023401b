-- bridge._report
-- grain: one row per document and study that it belongs to
-- reads: core.publication, core.registration, core.study_member, core.correction, core.judgement, core.design,
--        core.stated_role, core.link, core.not_understood, bridge._integrity_statement
-- answers: which reports stand for a study, in which role, which do the evidence tables show, and which comes first?
-- A table and not a view: every evidence view starts from it, and its window functions would run anew for each.
create table bridge._report as
with standing as (
    select
        pmid,
        integrity,
        statement || coalesce(' ' || notice_pmid, ' ' || citation, '') || ' (' || said_in || ' ' || said_by || ')' as integrity_source
    from bridge._integrity_statement
    where is_deciding
),

documents as (
    select
        'pubmed' as source,
        pmid as source_id,
        title,
        coalesce(standing.integrity, 'current') as integrity,
        standing.integrity_source,
        null as registry_status,
        published_earliest as reported_on,
        published_latest as reported_by,
        year(published_earliest) as reported_year
    from core.publication
    left join standing using (pmid)
    union all
    select
        'ctgov' as source,
        nct_id as source_id,
        coalesce(brief_title, official_title) as title,
        'current' as integrity,
        null as integrity_source,
        status as registry_status,
        coalesce(first_posted, start_earliest) as reported_on,
        null as reported_by,
        year(coalesce(first_posted, start_earliest)) as reported_year
    from core.registration
),

designs as (
    select source, source_id, min(design) as design
    from core.design
    group by source, source_id
),

-- a reprint shows people who were counted in the article that it repeats, whether or not we hold that article
reprints as (
    select 'pubmed' as source, pmid as source_id
    from core.correction
    where kind in ('RepublishedFrom', 'ReprintOf')
    union
    select 'pubmed', other_pmid
    from core.correction
    where kind in ('RepublishedIn', 'ReprintIn') and other_pmid != pmid
),

-- a later version that we hold, and that stands, speaks for the people: corrected and republished, or the journal
-- article of a preprint (NLM links the two as an update)
versions as (
    select pmid as earlier_id, other_pmid as later_id from core.correction where kind in ('CorrectedandRepublishedIn', 'UpdateIn')
    union
    select other_pmid, pmid from core.correction where kind in ('CorrectedandRepublishedFrom', 'UpdateOf')
),

replaced as (
    select 'pubmed' as source, versions.earlier_id as source_id, min(versions.later_id) as replaced_by
    from versions
    join documents as later on later.source = 'pubmed' and later.source_id = versions.later_id
    join core.judgement on judgement.source = 'pubmed' and judgement.source_id = versions.later_id
    -- two records that each call the other the later one are left as they are
    anti join versions as back on back.earlier_id = versions.later_id and back.later_id = versions.earlier_id
    where versions.earlier_id != versions.later_id
        and later.integrity not in ('notice', 'retracted')
        and (judgement.is_included or judgement.is_doubtful)
    group by versions.earlier_id
),

-- what the text calls itself; several cues may stand in one text
stated_roles as (
    select
        source,
        source_id,
        bool_or(role = 'pooled') as is_pooled,
        bool_or(role = 'follow_up') as is_follow_up,
        bool_or(role = 'secondary') as is_part
    from core.stated_role
    group by source, source_id
),

-- a paper that the sponsor lists as the trial's result, and one that was out before the trial began
trials as (
    select
        study_id,
        min(registration.start_earliest) filter (registration.start_kind = 'ACTUAL') as started_on
    from core.study_member
    join core.registration on study_member.source = 'ctgov' and registration.nct_id = study_member.source_id
    group by study_id
),

results as (
    select distinct study_member.study_id, link.pmid
    from core.link
    join core.study_member on study_member.member_id = link.registry_id
    where link.kind = 'registry_result_reference'
),

memberships as (
    select source, source_id, count(distinct study_id) as n_studies
    from core.study_member
    where source is not null
    group by source, source_id
),

gaps as (
    select source, source_id, list(distinct item order by item) as items
    from core.not_understood
    group by source, source_id
),

judged as (
    select
        study_member.study_id,
        documents.*,
        documents.integrity = 'notice' as is_notice,
        coalesce(judgement.is_included, false) as is_included,
        coalesce(judgement.is_doubtful, false) as is_doubtful,
        coalesce(judgement.reason, 'not judged') as reason,
        designs.design,
        reprints.source_id is not null as is_reprint,
        replaced.replaced_by,
        -- WITHDRAWN is the registry's word for a trial that was stopped before anybody took part
        documents.registry_status is not distinct from 'WITHDRAWN' as is_nobody,
        coalesce(documents.reported_by < trials.started_on, false) as is_before_start,
        results.pmid is not null as is_result,
        coalesce(memberships.n_studies, 0) as n_studies,
        coalesce(stated_roles.is_pooled, false) as is_pooled,
        coalesce(stated_roles.is_follow_up, false) as is_follow_up,
        coalesce(stated_roles.is_part, false) as is_part,
        coalesce(gaps.items, []) as not_understood
    from documents
    left join core.study_member using (source, source_id)
    left join trials using (study_id)
    left join results on results.study_id = study_member.study_id and results.pmid = documents.source_id
        and documents.source = 'pubmed'
    left join memberships using (source, source_id)
    left join stated_roles using (source, source_id)
    left join core.judgement using (source, source_id)
    left join designs using (source, source_id)
    left join reprints using (source, source_id)
    left join replaced using (source, source_id)
    left join gaps using (source, source_id)
),

shown as (
    select
        *,
        not is_notice and (is_included or is_doubtful) as is_shown,
        not is_notice and (is_included or is_doubtful) and integrity != 'retracted' as is_standing,
        is_reprint or replaced_by is not null or is_nobody or is_pooled or is_follow_up or is_part or is_before_start
            or coalesce(design in ('secondary_analysis', 'protocol', 'meta_analysis', 'review', 'other'), false)
            as is_secondary
    from judged
),

placed as (
    select
        *,
        ---------- 1 for the report that speaks for the study: shown, standing, primary, the sponsor's, then the earliest
        row_number() over (
            partition by study_id, source
            order by
                not is_standing, is_secondary, is_doubtful, integrity = 'duplicate', not is_result,
                reported_on nulls last, source_id
        ) as place,
        -- a registration describes the people whom its papers report, so it goes first
        row_number() over (
            partition by study_id
            order by
                not is_standing or is_secondary, source, is_doubtful, integrity = 'duplicate', not is_result,
                reported_on nulls last, source_id
        ) as sample_place
    from shown
)

select
    study_id,
    source,
    source_id,
    title,
    integrity,
    integrity_source,
    registry_status,
    reported_on,
    reported_year,
    is_notice,
    is_included,
    is_doubtful,
    is_shown,
    is_standing,
    is_secondary,
    reason,
    design,
    not_understood,
    place,
    ---------- within the study
    n_studies,
    case
        when source = 'ctgov' then 'registration'
        when is_notice then 'notice'
        when is_reprint then 'reprint'
        when design = 'protocol' then 'protocol'
        when is_pooled then 'pooled'
        when design in ('review', 'meta_analysis') then 'review'
        when design = 'other' then 'other'
        when is_follow_up and design is distinct from 'secondary_analysis' then 'follow_up'
        when design = 'secondary_analysis' or is_part or is_before_start or replaced_by is not null then 'secondary'
        when place = 1 then 'primary'
        else 'secondary'
    end as role,
    case
        when source = 'ctgov' and is_nobody then 'registered trial, withdrawn before anybody took part'
        when source = 'ctgov' and is_follow_up then 'it continues an earlier study'
        when source = 'ctgov' then 'registered trial'
        when is_notice then 'it is about another report'
        when is_reprint then 'it repeats another article'
        when design = 'protocol' then 'a plan without results'
        when is_pooled then 'it says that people of several studies are analysed together'
        when design in ('review', 'meta_analysis', 'other') then 'no study of its own people'
        when is_follow_up and design is distinct from 'secondary_analysis' then 'it says that people of an earlier study are followed further'
        when design = 'secondary_analysis' then 'it analyses a trial that was reported elsewhere'
        when is_part then 'it says that it is part of a larger trial'
        when is_before_start then 'published before the trial began'
        when replaced_by is not null then 'a later version replaced it: ' || replaced_by
        when integrity = 'duplicate' and place > 1 then 'a duplicate publication'
        when place = 1 and is_result then 'the registry lists it as a result, and it is the first of those'
        when place = 1 then 'the first report of the study'
        else 'another report of the study comes first'
    end as role_reason,
    sample_place = 1 and is_standing and not is_secondary as counts_as_sample
from placed;

comment on table bridge._report is
    'One row per document and study that it belongs to: which reports stand for a study, in which role, which are shown, which comes first?';
comment on column bridge._report.study_id is 'Study of core.study; NULL when linkage left the document out (an audit forbids it).';
comment on column bridge._report.source is 'pubmed or ctgov.';
comment on column bridge._report.source_id is 'PMID or NCT id.';
comment on column bridge._report.title is 'Title of the publication or registration.';
comment on column bridge._report.integrity is 'current, updated, corrected, duplicate, expression_of_concern, retracted or notice: the gravest of what its own record and those of notices and later versions say; registrations are current.';
comment on column bridge._report.integrity_source is 'Statement that decides: mark, notice or later version (of a notice its article), and the record that bears it; NULL where nothing is stated.';
comment on column bridge._report.registry_status is 'Overall status of the registration in the registry''s words; NULL for publications.';
comment on column bridge._report.reported_on is 'First day that the date of publication may mean; of a registration the day it was posted.';
comment on column bridge._report.reported_year is 'Year of reported_on.';
comment on column bridge._report.is_notice is 'Whether the record is a retraction notice, erratum or expression of concern, and so no report.';
comment on column bridge._report.is_included is 'Whether the rules include the document.';
comment on column bridge._report.is_doubtful is 'Whether a human should look.';
comment on column bridge._report.is_shown is 'Whether the evidence tables show the document: included or doubtful, and no notice.';
comment on column bridge._report.is_standing is 'Whether it is shown and not retracted: only such reports are counted or preferred.';
comment on column bridge._report.is_secondary is 'Whether it reports no people of its own: a secondary, pooled or follow-up report, protocol, review, meta-analysis, reprint, a version that a later one replaced, no clinical report, or a paper that was out before the trial began; of a registration, whether it continues an earlier study or was withdrawn before anybody took part.';
comment on column bridge._report.reason is 'Why it is included or not.';
comment on column bridge._report.design is 'Design as read in the document.';
comment on column bridge._report.not_understood is 'Items that the document mentions but no rule could read.';
comment on column bridge._report.place is '1 for the report of its source that speaks for the study: shown, standing, primary, listed by the registry as a result, then the earliest.';
comment on column bridge._report.n_studies is 'Number of studies that the document belongs to; more than one when a paper reports several trials.';
comment on column bridge._report.role is 'Role of the report in this study: registration, primary, secondary, follow_up, pooled, protocol, review, reprint, notice or other; one paper at most is primary.';
comment on column bridge._report.role_reason is 'Why, in a few words.';
comment on column bridge._report.counts_as_sample is 'Whether it is the one report by which the people of the study are counted: standing, of people of its own, a registration before papers.';
