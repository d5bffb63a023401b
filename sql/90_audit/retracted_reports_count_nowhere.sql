-- retracted_reports_count_nowhere
-- question: where does a retracted report speak for its study, or give it its number?
-- why: What was withdrawn stays visible and marked, and is never counted.
select row_id as id, 'preferred' as problem
from evidence.dosing_protocols
where is_preferred and integrity = 'retracted'
union all
select overview.study_id, 'counted'
from evidence.study_overview as overview
join bridge._report as report on report.study_id = overview.study_id and report.is_shown
group by overview.study_id, overview.is_included, overview.n
having not bool_or(report.is_standing) and (overview.is_included or overview.n is not null)
order by all;
