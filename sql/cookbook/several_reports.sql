-- title: One study, several reports
-- topic: evidence
-- question: Which studies have more than one report, and which of them counts the people?
-- note: Only the report with counts_as_sample may be counted; the others are of the same people.
-- answer: study_id varchar, source_id varchar, role varchar, counts_as_sample boolean, link_kinds varchar[], title
--         varchar, reported_on date, integrity varchar
select
    study_id,
    source_id,
    role,
    counts_as_sample,
    link_kinds,
    title,
    reported_on,
    integrity
from evidence.study_reports
where
    integrity in ('current', 'corrected', 'expression_of_concern')
    and study_id in (select study_id from evidence.study_overview where n_reports >= 2)
order by study_id, reported_on, source_id;
