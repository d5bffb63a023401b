-- title: How long people are watched after a dose
-- topic: safety
-- question: For how many minutes does each study observe, and what does it monitor?
-- note: The US label of esketamine asks for at least two hours.
-- answer: study_id varchar, observation_minutes double, monitoring varchar[], source varchar, source_id varchar
select
    study_id,
    observation_minutes,
    monitoring,
    source,
    source_id
from evidence.patient_selection
where (observation_minutes is not null or monitoring is not null) and integrity <> 'retracted'
order by observation_minutes desc nulls last, study_id, source desc, source_id;
