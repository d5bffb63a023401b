-- title: Response and remission 24 hours after the first dose
-- topic: durability
-- question: Which rates of response and remission were counted about so many days after the first dose?
-- parameter days: days after the first dose
-- parameter tolerance: how many days earlier or later still count
-- note: Day 1 is the dosing day in some trials and the day after in others; the words of each time stand in
--     evidence.cell_source.
-- answer: study_id varchar, outcome_kind varchar, arm_label varchar, at_risk varchar, n integer, denominator integer,
--         pct double, days_after_first_dose double, instrument varchar, threshold varchar, source varchar, source_id
--         varchar
select
    study_id,
    outcome_kind,
    arm_label,
    at_risk,
    n,
    denominator,
    pct,
    days_after_first_dose,
    instrument,
    threshold,
    source,
    source_id
from evidence.durability_of_effect
where
    outcome_kind in ('response', 'remission')
    and pct is not null
    and integrity <> 'retracted'
    and abs(days_after_first_dose - coalesce(getvariable('days'), 1)) <= coalesce(getvariable('tolerance'), 0.5)
order by outcome_kind, study_id, source desc, arm_label, row_id;
