-- evidence.report_integrity
-- grain: one row per publication and statement on whether it stands
-- reads: bridge._integrity_statement, bridge._report, core.document, core.listed_statement, core.publication, core.run
-- answers: which reports were retracted, corrected, doubted, duplicated or replaced, who says so, and when did we look?
create view evidence.report_integrity as
with reports as (
    select
        source_id as pmid,
        any_value(title) as title,
        any_value(integrity) as integrity,
        bool_or(is_shown) as is_shown,
        list(distinct study_id order by study_id) filter (study_id is not null) as study_ids
    from bridge._report
    where source = 'pubmed'
    group by source_id
),

looked as (
    select max(started_at) as checked_at from core.run where source = 'pubmed' and kind = 'refresh'
)

select
    ---------- ids
    'pubmed:' || said.pmid || '/' || row_number() over (
        partition by said.pmid order by said.said_in, said.said_by, said.statement, said.notice_pmid, said.citation, said.integrity
    ) as row_id,
    said.pmid,
    coalesce(reports.study_ids, []) as study_ids,
    reports.title,
    ---------- where it stands
    reports.integrity,
    reports.pmid is not null as is_held,
    coalesce(reports.is_shown, false) as is_shown,
    ---------- what says so
    said.integrity as says,
    said.statement,
    said.said_in,
    said.said_by,
    said.notice_pmid,
    notice.title as notice_title,
    coalesce(said.citation, notice.journal || ', ' || notice.published_text) as notice_citation,
    coalesce(entry.stated_on, case when said.integrity != 'notice' then notice.published_earliest end) as stated_on,
    entry.reasons,
    said.is_deciding,
    case
        when said.void_because is not null then 'void: ' || said.void_because
        when not said.is_deciding then 'another statement is graver or says the same'
    end as why_not_deciding,
    ---------- where and when we looked
    coalesce(document.sha256, entry.sha256) as sha256,
    document.fetched_at,
    case when said.said_in = 'pubmed' then greatest(document.fetched_at, looked.checked_at) end as checked_at
from bridge._integrity_statement as said
cross join looked
left join reports using (pmid)
left join core.publication as notice on notice.pmid = said.notice_pmid
left join core.document as document
    on said.said_in = 'pubmed' and document.source = 'pubmed' and document.source_id = said.said_by
left join core.listed_statement as entry on entry.list = said.said_in and entry.record_id = said.said_by
    and entry.nature = said.statement
order by said.pmid, said.said_in, said.said_by, said.statement, said.notice_pmid, said.citation, said.integrity;

comment on view evidence.report_integrity is
    'One row per publication and statement on whether it stands: which reports were retracted, corrected, doubted, duplicated or replaced, who says so, and when did we look? PubMed is asked, and the Retraction Watch list where a file of it was given; publishers may know of more, and earlier. Articles of which we hold only the notice are here as well.';
comment on column evidence.report_integrity.row_id is 'Key: publication and number of the statement.';
comment on column evidence.report_integrity.pmid is 'PMID of the publication that the statement is about.';
comment on column evidence.report_integrity.study_ids is 'Studies of evidence.study_overview that it belongs to; empty when we do not hold it.';
comment on column evidence.report_integrity.title is 'Its title; NULL when we hold only the notice.';
comment on column evidence.report_integrity.integrity is 'Where it stands, all statements taken together, as in the other views: the gravest that is not void. NULL when we hold only the notice.';
comment on column evidence.report_integrity.is_held is 'Whether the release holds the publication itself.';
comment on column evidence.report_integrity.is_shown is 'Whether the evidence tables show it.';
comment on column evidence.report_integrity.says is 'What the statement says: retracted, expression_of_concern, duplicate, corrected (errata and retractions of a part, which NLM files as errata), updated (a later version replaced it), or notice: the record is itself a notice.';
comment on column evidence.report_integrity.statement is 'Mark in PubMed''s words: a reference type (RetractionIn, ErratumFor, UpdateIn, …), a publication type, or its own record where only its title says so.';
comment on column evidence.report_integrity.said_in is 'pubmed or retraction_watch.';
comment on column evidence.report_integrity.said_by is 'Record that bears the mark: PMID of the publication, the notice or a later version; Record ID of Retraction Watch.';
comment on column evidence.report_integrity.notice_pmid is 'PMID of the notice or later version; of a notice, of the article that it is about; NULL when the mark names none.';
comment on column evidence.report_integrity.notice_title is 'Title of that record; NULL when we do not hold it.';
comment on column evidence.report_integrity.notice_citation is 'Its citation as the mark gives it, else its journal and date.';
comment on column evidence.report_integrity.stated_on is 'First day that the date of the notice may mean; NULL when we do not hold it.';
comment on column evidence.report_integrity.reasons is 'Reasons in the words of Retraction Watch; NULL for PubMed, which gives none.';
comment on column evidence.report_integrity.is_deciding is 'Whether this statement gives the publication its standing.';
comment on column evidence.report_integrity.why_not_deciding is 'Why not; NULL for the deciding one.';
comment on column evidence.report_integrity.sha256 is 'Digest of the record that bears the mark, as stored in the snapshot; of a list, of its file.';
comment on column evidence.report_integrity.fetched_at is 'When that version of it was obtained (UTC); NULL for a list, whose file has no date.';
comment on column evidence.report_integrity.checked_at is 'When PubMed was last asked for changes (UTC): the statement held then. NULL for a list.';
