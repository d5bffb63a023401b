-- title: Trials that were stopped early
-- topic: registry
-- question: Which trials were terminated, withdrawn or suspended, after how many people, and why?
-- answer: study_id varchar, nct_id varchar, title varchar, status varchar, enrollment integer, enrollment_kind
--         varchar, why_stopped varchar, has_results boolean
select
    study_id,
    nct_id,
    title,
    status,
    enrollment,
    enrollment_kind,
    why_stopped,
    has_results
from evidence.trial_pipeline
where stage in ('stopped', 'paused')
order by study_id, nct_id;
