-- title: Finished trials without results
-- topic: registry
-- question: Which trials are over and have told nobody, or only the readers of a paper, what they found?
-- answer: study_id varchar, nct_id varchar, title varchar, sponsor_class varchar, status varchar, enrollment integer,
--         enrollment_kind varchar, completion varchar, gap varchar, months_overdue bigint, is_bound_by_fdaaa varchar,
--         as_of date
select
    study_id,
    nct_id,
    title,
    sponsor_class,
    status,
    enrollment,
    enrollment_kind,
    completion,
    gap,
    months_overdue,
    is_bound_by_fdaaa,
    as_of
from evidence.trial_pipeline
where gap is not null
order by months_overdue desc nulls last, study_id, nct_id;
