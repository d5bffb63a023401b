-- title: How ill people were at the start
-- topic: people
-- question: Which scores of depression did people have at baseline, on which scale?
-- note: Scales are never converted into one another.
-- answer: baseline_scale varchar, study_id varchar, n integer, baseline_score_mean double, baseline_score_sd double,
--         baseline_score_median double, source varchar, source_id varchar
select
    baseline_scale,
    study_id,
    n,
    baseline_score_mean,
    baseline_score_sd,
    baseline_score_median,
    source,
    source_id
from evidence.trial_demographics
where
    is_total
    and baseline_scale is not null
    and coalesce(baseline_score_mean, baseline_score_median) is not null
    and integrity <> 'retracted'
order by baseline_scale, study_id, source desc, source_id;
