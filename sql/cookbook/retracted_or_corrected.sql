-- title: Retracted and corrected reports
-- topic: evidence
-- question: Which reports were retracted, corrected or met with concern, and which notices say so?
-- note: Retracted reports stand marked in the tables and are counted nowhere; this recipe is the one that shows them.
-- answer: study_id varchar, source_id varchar, title varchar, integrity varchar, role varchar, reported_on date,
--         follows_pmids varchar[]
select
    report.study_id,
    report.source_id,
    report.title,
    report.integrity,
    report.role,
    report.reported_on,
    report.follows_pmids
from evidence.study_reports as report
where report.integrity <> 'current'
order by report.study_id, report.reported_on, report.source_id;
