-- title: Trials that are still to come
-- topic: registry
-- question: Which trials recruit, run or are planned, with how many people, and when are they expected to end?
-- note: To wait for one of them may be wiser than to vote now.
-- empty in the sample: its registrations are of trials that are over
-- answer: study_id varchar, nct_id varchar, title varchar, stage varchar, n_expected integer, primary_completion
--         varchar, sponsor_class varchar, as_of date
select
    study_id,
    nct_id,
    title,
    stage,
    n_expected,
    primary_completion,
    sponsor_class,
    as_of
from evidence.trial_pipeline
where stage in ('to come', 'recruiting', 'running')
order by primary_completion nulls last, study_id, nct_id;
