-- evidence.link_candidates
-- grain: one row per publication without any registry id and study that it may belong to
-- reads: core.link_candidate, core.link_candidate_part, core.publication, core.study_member, bridge._report
-- answers: which papers may report which trials although no id says so, and what speaks for it?
create view evidence.link_candidates as
with parts as (
    select
        pmid,
        study_id,
        list(
            part || ' ' || printf('%+g', points) || ': ' || reason || ' [' || report_quote || ' | ' || record_quote || ']'
            order by ordinal
        ) as reasons,
        max(points) filter (part = 'name') as points_name,
        max(points) filter (part = 'person') as points_person,
        max(points) filter (part = 'size') as points_size,
        max(points) filter (part = 'date') as points_date,
        round(coalesce(sum(points) filter (part in ('title', 'text')), 0), 2) as points_words,
        round(coalesce(
            sum(points) filter (part in ('drug', 'route', 'dose', 'comparator', 'population', 'follow_up', 'organisation')), 0
        ), 2) as points_other
    from core.link_candidate_part
    group by pmid, study_id
),

reports as (
    select
        source_id as pmid,
        min(study_id) as own_study_id,
        arg_min(title, study_id) as title,
        arg_min(role, study_id) as role,
        arg_min(integrity, study_id) as integrity,
        any_value(integrity_source) as integrity_source,
        arg_min(is_doubtful, study_id) as needs_review,
        arg_min(reported_year, study_id) as reported_year
    from bridge._report
    where source = 'pubmed'
    group by source_id
),

records as (
    select source, source_id, min(title) as title
    from bridge._report
    group by source, source_id
)

select
    ---------- ids
    candidate.study_id || '/pubmed:' || candidate.pmid as row_id,
    candidate.study_id,
    candidate.pmid,
    candidate.source as compared_source,
    candidate.source_id as compared_source_id,
    case when candidate.source = 'ctgov' then candidate.source_id end as nct_id,
    ---------- the offer
    'candidate' as link_status,
    row_number() over (partition by candidate.pmid order by candidate.score desc, candidate.study_id) as place,
    candidate.score,
    parts.points_name,
    parts.points_person,
    parts.points_size,
    parts.points_date,
    parts.points_words,
    parts.points_other,
    parts.reasons,
    ---------- both sides
    reports.title,
    records.title as compared_title,
    reports.own_study_id,
    reports.role,
    reports.reported_year,
    ---------- standing
    reports.integrity,
    reports.integrity_source,
    reports.needs_review
from core.link_candidate as candidate
join parts using (pmid, study_id)
join reports using (pmid)
join records on records.source = candidate.source and records.source_id = candidate.source_id
order by candidate.score desc, candidate.pmid, candidate.study_id;

comment on view evidence.link_candidates is
    'One row per publication without any registry id and study that it may belong to: which papers may report which trials although no id says so, and what speaks for it? Offers for a human: no study, number or other table changes because of them.';
comment on column evidence.link_candidates.row_id is 'Key: study and publication.';
comment on column evidence.link_candidates.study_id is 'Study that is offered; the publication is no member of it.';
comment on column evidence.link_candidates.pmid is 'Publication.';
comment on column evidence.link_candidates.compared_source is 'ctgov or pubmed: with which kind of record of that study the publication was compared.';
comment on column evidence.link_candidates.compared_source_id is 'NCT id or PMID of that record.';
comment on column evidence.link_candidates.nct_id is 'NCT id where that record is a registration.';
comment on column evidence.link_candidates.link_status is 'Always candidate.';
comment on column evidence.link_candidates.place is '1 for the best offer of the publication; at most 3, and none that falls 4 points behind the best.';
comment on column evidence.link_candidates.score is
    'Sum of the points of all reasons; 12 and more are offered. Measured precision and recall: docs/linkage.md. No probability.';
comment on column evidence.link_candidates.points_name is 'Points for the trial''s acronym or sponsor''s code in the paper (6, or 2 where many records print it), against for another trial of the same series (-8). NULL: nothing to compare.';
comment on column evidence.link_candidates.points_person is 'Points for an author who leads the trial, or for authors in common: 4, 1.5 for each further, 7 at most; 1 for names that many share. NULL: none in common.';
comment on column evidence.link_candidates.points_size is 'Points for the number of people: 4 for the actual enrolment or the number of the other paper, 1.5 within 3 per cent or for the planned number, -1 for another number, -3 for many more. NULL: not stated on both sides.';
comment on column evidence.link_candidates.points_date is 'Points for the date of publication: 1 within 8 years after completion, -2 later, -8 before the trial began. NULL: not known, or in between.';
comment on column evidence.link_candidates.points_words is 'Points for words in common in titles (10 at most) and texts (16 at most), rare words counting more.';
comment on column evidence.link_candidates.points_other is 'Points for drug (1 or -4), route (1 or -3), dose (1.5 or -2), comparator (1.5 or -2), population (1 or -2), follow-up (0.5) and institution (1.5).';
comment on column evidence.link_candidates.reasons is 'Each reason with its points and the words of both records: part, points, why [publication | record]. core.link_candidate_part has their places.';
comment on column evidence.link_candidates.title is 'Title of the publication.';
comment on column evidence.link_candidates.compared_title is 'Title of the record that it was compared with.';
comment on column evidence.link_candidates.own_study_id is 'Study in which the publication stands now.';
comment on column evidence.link_candidates.role is 'Role of the publication in that study.';
comment on column evidence.link_candidates.reported_year is 'Year of publication.';
comment on column evidence.link_candidates.integrity is 'Whether the report stands: current, updated, corrected, duplicate, expression_of_concern or retracted.';
comment on column evidence.link_candidates.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.link_candidates.needs_review is 'Whether it is doubtful that the publication belongs into the evidence at all.';
