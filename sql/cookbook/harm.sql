-- title: How often a harm occurred
-- topic: safety
-- question: How many people had dissociation, or another group of harms, in each arm?
-- parameter event_group: dissociation, blood_pressure, sedation, nausea_or_dizziness, suicidality, urinary,
--     abuse_or_misuse, mania_or_psychosis, cognition or other
-- note: Rows are never to be added up: a person with two events stands in two rows. Without a number the source names
--     the harm and counts nobody.
-- answer: study_id varchar, arm_label varchar, term varchar, is_serious boolean, n_affected integer, n_at_risk
--         integer, pct double, n_affected_absence varchar, time_frame varchar, assessment_type varchar, source
--         varchar, source_id varchar
select
    study_id,
    arm_label,
    term,
    is_serious,
    n_affected,
    n_at_risk,
    pct,
    n_affected_absence,
    time_frame,
    assessment_type,
    source,
    source_id
from evidence.safety
where item = 'event' and event_group = coalesce(getvariable('event_group'), 'dissociation') and integrity <> 'retracted'
order by study_id, source desc, arm_label, term, row_id;
