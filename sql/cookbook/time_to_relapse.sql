-- title: Time to relapse
-- topic: durability
-- question: After how many days did people relapse, and what is counted?
-- note: A posted median that was not reached is shown with value_absence `not reached` and without days: fewer than
--     half relapsed.
-- answer: study_id varchar, arm_label varchar, at_risk varchar, time_to_relapse_days double, statistic varchar,
--         value_absence varchar, lower_limit double, upper_limit double, denominator integer, treatment_status
--         varchar, threshold varchar, source varchar, source_id varchar
select
    study_id,
    arm_label,
    at_risk,
    time_to_relapse_days,
    statistic,
    value_absence,
    lower_limit,
    upper_limit,
    denominator,
    treatment_status,
    threshold,
    source,
    source_id
from evidence.durability_of_effect
where
    outcome_kind = 'relapse'
    and (time_to_relapse_days is not null or value_absence = 'not reached')
    and integrity <> 'retracted'
order by study_id, source desc, arm_label, row_id;
