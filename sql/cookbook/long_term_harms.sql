-- title: Bladder, memory and misuse
-- topic: safety
-- question: Which studies name harms of long use, and in how many people did they occur?
-- answer: event_group varchar, study_id varchar, arm_label varchar, term varchar, n_affected integer, n_at_risk
--         integer, pct double, time_frame varchar, source varchar, source_id varchar
select
    event_group,
    study_id,
    arm_label,
    term,
    n_affected,
    n_at_risk,
    pct,
    time_frame,
    source,
    source_id
from evidence.safety
where event_group in ('urinary', 'cognition', 'abuse_or_misuse') and item = 'event' and integrity <> 'retracted'
order by event_group, study_id, source desc, arm_label, term, row_id;
