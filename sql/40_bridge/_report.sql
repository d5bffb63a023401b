-- bridge._report
-- grain: one row per document and study that it belongs to
-- reads: core.publication, core.registration, core.study_member, core.correction, core.judgement, core.design,
--        core.not_understood
-- answers: which reports stand for a study, which of them do the evidence tables show, and which comes first?
-- A table and not a view: every evidence view starts from it, and its window functions would run anew for each.
create table bridge._report as
with documents as (
    select
        'pubmed' as source,
        pmid as source_id,
        title,
        integrity,
        published_earliest as reported_on,
        year(published_earliest) as reported_year
    from core.publication
    union all
    select
        'ctgov' as source,
        nct_id as source_id,
        coalesce(brief_title, official_title) as title,
        'current' as integrity,
        coalesce(first_posted, start_earliest) as reported_on,
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
    select distinct 'pubmed' as source, pmid as source_id
    from core.correction
    where kind in ('RepublishedFrom', 'CorrectedandRepublishedFrom', 'RetractedandRepublishedFrom')
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
        coalesce(gaps.items, []) as not_understood
    from documents
    left join core.study_member using (source, source_id)
    left join core.judgement using (source, source_id)
    left join designs using (source, source_id)
    left join reprints using (source, source_id)
    left join gaps using (source, source_id)
),

shown as (
    select
        *,
        not is_notice and (is_included or is_doubtful) as is_shown,
        not is_notice and (is_included or is_doubtful) and integrity != 'retracted' as is_standing,
        is_reprint or coalesce(design in ('secondary_analysis', 'protocol', 'meta_analysis', 'review', 'other'), false)
            as is_secondary
    from judged
)

select
    study_id,
    source,
    source_id,
    title,
    integrity,
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
    ---------- 1 for the report that speaks for the study: shown, standing, primary, then the earliest
    row_number() over (
        partition by study_id, source
        order by not is_standing, is_secondary, is_doubtful, reported_on nulls last, source_id
    ) as place
from shown;

comment on table bridge._report is
    'One row per document and study that it belongs to: which reports stand for a study, which are shown, which comes first?';
comment on column bridge._report.study_id is 'Study of core.study; NULL when linkage left the document out (an audit forbids it).';
comment on column bridge._report.source is 'pubmed or ctgov.';
comment on column bridge._report.source_id is 'PMID or NCT id.';
comment on column bridge._report.title is 'Title of the publication or registration.';
comment on column bridge._report.integrity is 'current, corrected, expression_of_concern, retracted or notice; registrations are current.';
comment on column bridge._report.reported_on is 'First day that the date of publication may mean; of a registration the day it was posted.';
comment on column bridge._report.reported_year is 'Year of reported_on.';
comment on column bridge._report.is_notice is 'Whether the record is a retraction notice, erratum or expression of concern, and so no report.';
comment on column bridge._report.is_included is 'Whether the rules include the document.';
comment on column bridge._report.is_doubtful is 'Whether a human should look.';
comment on column bridge._report.is_shown is 'Whether the evidence tables show the document: included or doubtful, and no notice.';
comment on column bridge._report.is_standing is 'Whether it is shown and not retracted: only such reports are counted or preferred.';
comment on column bridge._report.is_secondary is 'Whether it reports no people of its own: a secondary analysis, protocol, review, meta-analysis, reprint or no clinical report.';
comment on column bridge._report.reason is 'Why it is included or not.';
comment on column bridge._report.design is 'Design as read in the document.';
comment on column bridge._report.not_understood is 'Items that the document mentions but no rule could read.';
comment on column bridge._report.place is '1 for the report of its source that speaks for the study: shown, standing, primary, then the earliest.';
