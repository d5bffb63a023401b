-- retracted_reports_count_nowhere
-- question: where does a retracted report speak for its study, give it its number, or stand in a comparison?
-- why: What was withdrawn stays visible and marked, and is in no count, pooled share or comparison.
with retracted as (
    select distinct study_id, source_id as pmid
    from evidence.study_reports
    where integrity = 'retracted'
),

standing as (
    select study_id, count(*) filter (source = 'pubmed') as n_reports
    from evidence.study_reports
    where integrity not in ('retracted', 'notice') and (is_included or needs_review)
    group by study_id
)

select row_id as id, 'preferred' as problem
from evidence.dosing_protocols
where is_preferred and integrity = 'retracted'
union all
select row_id, 'counts as the sample of its study'
from evidence.study_reports
where counts_as_sample and integrity = 'retracted'
union all
select overview.study_id, 'counted'
from evidence.study_overview as overview
join bridge._report as report on report.study_id = overview.study_id and report.is_shown
group by overview.study_id, overview.is_included, overview.n
having not bool_or(report.is_standing) and (overview.is_included or overview.n is not null)
union all
select row_id, 'compared with the registry'
from evidence.registry_comparisons
semi join retracted using (pmid)
union all
select pipeline.row_id, 'counted as a report of the trial'
from evidence.trial_pipeline as pipeline
left join standing using (study_id)
where pipeline.n_reports > coalesce(standing.n_reports, 0)
union all
-- pooled shares: a study is in them by a report of its own that stands
select pooled.study_id, 'pooled'
from (
    select distinct unnest(reporting_study_ids || pooled_study_ids) as study_id
    from evidence.representation
    where dimension = 'overall'
) as pooled
anti join (
    select study_id
    from evidence.study_reports
    where integrity not in ('retracted', 'notice') and (is_included or needs_review)
) as reports using (study_id)
order by all;
