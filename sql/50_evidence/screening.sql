-- evidence.screening
-- grain: one row per document that was obtained, rejected ones among them
-- reads: bridge._report, core.document, core.rejected_document, core.withdrawn_document
-- answers: what was found, what was included, and why was the rest not? Nothing is lost in silence.
create view evidence.screening as
with reports as (
    select
        source,
        source_id,
        any_value(title) as title,
        any_value(integrity) as integrity,
        any_value(integrity_source) as integrity_source,
        any_value(registry_status) as registry_status,
        any_value(reported_year) as reported_year,
        bool_or(is_notice) as is_notice,
        bool_or(is_included) as is_included,
        bool_or(is_doubtful) as is_doubtful,
        any_value(reason) as reason,
        any_value(design) as design,
        list(study_id order by study_id) filter (study_id is not null) as study_ids
    from bridge._report
    group by source, source_id
),

rejected as (
    select source, source_id, min(reason) as reason
    from core.rejected_document
    group by source, source_id
),

obtained as (
    select source, source_id from core.document
    union
    select source, source_id from reports
    union
    select source, source_id from rejected
    union
    select source, source_id from core.withdrawn_document
)

select
    ---------- the document
    obtained.source,
    obtained.source_id,
    coalesce(reports.title, withdrawn.title) as title,
    reports.reported_year,
    coalesce(reports.study_ids, []) as study_ids,
    ---------- the decision
    case
        when withdrawn.source_id is not null then 'withdrawn'
        when reports.source_id is null and rejected.source_id is not null then 'unreadable'
        when reports.is_notice then 'notice'
        when reports.integrity = 'retracted' and (reports.is_included or reports.is_doubtful) then 'retracted'
        when reports.is_doubtful then 'needs review'
        when reports.is_included then 'included'
        else 'excluded'
    end as decision,
    case
        when withdrawn.source_id is not null then 'withdrawn by its source: ' || withdrawn.reason
        when reports.source_id is null then coalesce(rejected.reason, 'not read')
        when reports.is_notice then 'notice about another report: ' || reports.reason
        when reports.integrity = 'retracted' and (reports.is_included or reports.is_doubtful)
            then 'retracted: ' || reports.reason
        else reports.reason
    end as reason,
    reports.design,
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    ---------- where it came from
    coalesce(document.sha256, withdrawn.sha256) as sha256,
    coalesce(document.fetched_at, withdrawn.fetched_at) as fetched_at,
    coalesce(document.request, withdrawn.request) as request
from obtained
left join reports using (source, source_id)
left join rejected using (source, source_id)
left join core.document using (source, source_id)
left join core.withdrawn_document as withdrawn using (source, source_id)
order by obtained.source, obtained.source_id;

comment on view evidence.screening is
    'One row per document that was obtained, rejected ones among them: what was found, what was included, and why was the rest not?';
comment on column evidence.screening.source is 'pubmed or ctgov.';
comment on column evidence.screening.source_id is 'PMID or NCT id.';
comment on column evidence.screening.title is 'Title of the publication or registration; NULL when the document could not be read.';
comment on column evidence.screening.reported_year is 'Year of publication, or of registration.';
comment on column evidence.screening.study_ids is 'Studies that the document belongs to; more than one when a paper reports several trials.';
comment on column evidence.screening.decision is 'included, needs review (shown in the evidence tables and flagged), retracted (shown, marked and counted nowhere), excluded, notice (retraction, erratum or concern: no report), withdrawn (deleted or merged by its source: kept, and left out of the tables) or unreadable.';
comment on column evidence.screening.reason is 'Why, in a few words.';
comment on column evidence.screening.design is 'Design as read in the document.';
comment on column evidence.screening.integrity is 'Whether the report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern, retracted, or notice; registrations are current.';
comment on column evidence.screening.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.screening.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.screening.sha256 is 'Digest of the document''s bytes as stored in the snapshot.';
comment on column evidence.screening.fetched_at is 'When the document was obtained (UTC).';
comment on column evidence.screening.request is 'Request that brought it, without secrets, or the name of the imported file.';
