-- title: Relapse once treatment has stopped
-- topic: durability
-- question: How many relapsed off the drug, and how many days after the last dose?
-- note: Never pooled: definitions, people at risk and times differ, and stand beside each rate.
-- answer: study_id varchar, arm_label varchar, at_risk varchar, n integer, denominator integer, pct double,
--         days_after_last_dose double, time_to_relapse_days double, statistic varchar, threshold varchar,
--         treatment_basis varchar, source varchar, source_id varchar
select
    study_id,
    arm_label,
    at_risk,
    n,
    denominator,
    pct,
    days_after_last_dose,
    time_to_relapse_days,
    statistic,
    threshold,
    treatment_basis,
    source,
    source_id
from evidence.durability_of_effect
where outcome_kind = 'relapse' and treatment_status = 'drug_free' and integrity <> 'retracted'
order by study_id, source desc, at_risk, arm_label, row_id;
