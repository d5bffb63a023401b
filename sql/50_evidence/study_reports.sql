-- evidence.study_reports
-- grain: one row per study and record (publication or registration) that belongs to it
-- reads: bridge._report, core.study_member, core.link, core.correction, core.stated_role, core.reading, core.link_candidate
-- answers: which records are one study, what says so, what is each of them to it, and which one counts as its sample?
create view evidence.study_reports as
with names as (
    select distinct study_id, member_id from core.study_member where kind != 'publication'
),

links as (
    select
        names.study_id,
        link.pmid,
        list(distinct link.kind order by link.kind) as kinds,
        list(
            distinct link.kind || ': ' || link.quote || ' (' || link.source || ' ' || link.source_id || ', ' || link.field || ')'
            order by link.kind || ': ' || link.quote || ' (' || link.source || ' ' || link.source_id || ', ' || link.field || ')'
        ) as quotes
    from core.link
    join names on names.member_id = link.registry_id
    group by names.study_id, link.pmid
),

-- notices, reprints and later versions stand with the article that they are about, whichever of the two says so
words as (
    select pmid, kind, other_pmid from core.correction where other_pmid != pmid
),

followed as (
    select pmid, list(distinct other_pmid order by other_pmid) as pmids
    from (
        select pmid, other_pmid
        from words
        where kind in ('RetractionOf', 'PartialRetractionOf', 'ErratumFor', 'ExpressionOfConcernFor')
            or kind in ('RepublishedFrom', 'ReprintOf', 'UpdateOf', 'CorrectedandRepublishedFrom', 'RetractedandRepublishedFrom')
        union
        select other_pmid, pmid
        from words
        where kind in ('RetractionIn', 'PartialRetractionIn', 'ExpressionOfConcernIn')
            or kind in ('RepublishedIn', 'ReprintIn', 'UpdateIn', 'CorrectedandRepublishedIn', 'RetractedandRepublishedIn')
    )
    group by pmid
),

others as (
    select own.study_id, own.source, own.source_id, list(distinct other.study_id order by other.study_id) as study_ids
    from core.study_member as own
    join core.study_member as other using (source, source_id)
    where other.study_id != own.study_id
    group by own.study_id, own.source, own.source_id
),

cues as (
    select
        stated_role.source,
        stated_role.source_id,
        stated_role.role,
        min(reading.quote) as quote
    from core.stated_role
    join core.reading on reading.entity_id = stated_role.entity_id and reading.attribute = 'role' and reading.ordinal = 1
    group by stated_role.source, stated_role.source_id, stated_role.role
),

designs as (
    select design.source, design.source_id, design.design, min(reading.quote) as quote
    from core.design
    join core.reading on reading.entity_id = design.entity_id and reading.attribute = 'design' and reading.ordinal = 1
    group by design.source, design.source_id, design.design
),

offers as (
    select pmid, list(study_id order by score desc, study_id) as study_ids
    from core.link_candidate
    group by pmid
)

select
    ---------- ids
    report.study_id || '/' || report.source || ':' || report.source_id as row_id,
    report.study_id,
    report.source,
    report.source_id,
    case when report.source = 'ctgov' then report.source_id end as nct_id,
    case when report.source = 'pubmed' then report.source_id end as pmid,
    ---------- the report within the study
    report.role,
    report.role_reason,
    coalesce(
        cues.quote, case when report.role in ('secondary', 'protocol', 'review', 'other') and report.is_secondary then designs.quote end
    ) as role_quote,
    report.counts_as_sample,
    ---------- what joins it
    case
        when report.source = 'ctgov' then 'registration'
        when links.pmid is not null then 'linked'
        when followed.pmid is not null then 'follows'
        else 'alone'
    end as link_status,
    coalesce(links.kinds, []) as link_kinds,
    coalesce(links.quotes, []) as link_quotes,
    coalesce(followed.pmids, []) as follows_pmids,
    coalesce(others.study_ids, []) as other_study_ids,
    coalesce(offers.study_ids, []) as candidate_study_ids,
    ---------- the report
    report.title,
    report.reported_on,
    report.reported_year,
    report.design,
    ---------- standing
    report.integrity,
    report.integrity_source,
    report.registry_status,
    report.is_included,
    report.is_doubtful as needs_review,
    report.reason
from bridge._report as report
left join links on report.source = 'pubmed' and links.study_id = report.study_id and links.pmid = report.source_id
left join followed on report.source = 'pubmed' and followed.pmid = report.source_id
left join others
    on others.study_id = report.study_id and others.source = report.source and others.source_id = report.source_id
left join cues
    on cues.source = report.source and cues.source_id = report.source_id
    and (cues.role = report.role or (report.source = 'ctgov' and cues.role = 'follow_up'))
left join designs
    on designs.source = report.source and designs.source_id = report.source_id and designs.design = report.design
left join offers on report.source = 'pubmed' and offers.pmid = report.source_id
order by report.study_id, report.source, report.place, report.source_id;

comment on view evidence.study_reports is
    'One row per study and record (publication or registration) that belongs to it: which records are one study, what says so, what is each of them to it, and which one counts as its sample?';
comment on column evidence.study_reports.row_id is 'Key: study, source and record.';
comment on column evidence.study_reports.study_id is 'Study of evidence.study_overview.';
comment on column evidence.study_reports.source is 'pubmed or ctgov.';
comment on column evidence.study_reports.source_id is 'PMID or NCT id.';
comment on column evidence.study_reports.nct_id is 'NCT id of a registration.';
comment on column evidence.study_reports.pmid is 'PMID of a publication.';
comment on column evidence.study_reports.role is
    'registration; primary (the one paper that first gives results of the study''s own people); secondary (a further paper on them); follow_up (people of an earlier study followed or treated further); pooled (people of several studies together); protocol; review; reprint; notice (retraction, erratum or concern); other. Filled: reprints and notices from PubMed''s corrections; protocol, review, other and secondary from the design that rules read; pooled, follow_up and parts of a larger trial from the rules `role.…`; among the papers left, the one that stands, is listed by the registry as a RESULT and is the earliest is primary, the others are secondary.';
comment on column evidence.study_reports.role_reason is 'Why it has this role, in a few words.';
comment on column evidence.study_reports.role_quote is
    'Words of the record that say so; NULL where the role follows from links, dates or PubMed''s own marks. Of a registration, the words that say that it continues an earlier study.';
comment on column evidence.study_reports.counts_as_sample is
    'Whether this is the one record by which the people of the study are counted: it stands and is no secondary, follow-up or pooled report. Registration before papers; at most one a study, none where every record is a secondary one.';
comment on column evidence.study_reports.link_status is
    'registration: the trial''s own record; linked: an id or a reference joins it (link_kinds); follows: it stands with the article that it is about (follows_pmids); alone: a paper that no id joins to a trial (candidate_study_ids).';
comment on column evidence.study_reports.link_kinds is
    'Kinds of evidence that join the publication to this study: databank (PubMed''s DataBank list), abstract_id (id in title or abstract), registry_result_reference and registry_derived_reference (the registration cites it as RESULT or DERIVED; BACKGROUND never joins), secondary_id (an id of another registry that the registration names). Each row of core.link has its place.';
comment on column evidence.study_reports.link_quotes is 'Each piece of that evidence: kind, words as written, record and field.';
comment on column evidence.study_reports.follows_pmids is 'Articles that a notice, reprint or later version is about.';
comment on column evidence.study_reports.other_study_ids is 'Further studies that the record belongs to: a paper may report several trials.';
comment on column evidence.study_reports.candidate_study_ids is
    'Studies that evidence.link_candidates offers for a paper without any id, best first. An offer changes nothing here.';
comment on column evidence.study_reports.title is 'Title of the publication or registration.';
comment on column evidence.study_reports.reported_on is 'First day that the date of publication may mean; of a registration the day it was posted.';
comment on column evidence.study_reports.reported_year is 'Year of reported_on.';
comment on column evidence.study_reports.design is 'Design as read in the record.';
comment on column evidence.study_reports.integrity is 'Whether the report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern, retracted, or notice; registrations are current.';
comment on column evidence.study_reports.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.study_reports.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.study_reports.is_included is 'Whether the rules include the record; evidence.screening says more.';
comment on column evidence.study_reports.needs_review is 'Whether a human should look at that decision.';
comment on column evidence.study_reports.reason is 'Why it is included or not.';
