-- title: Relapse rates on and off the drug
-- topic: durability
-- question: How many statements on relapse were made while treatment went on, how many after it had stopped, and what
--     do they range over?
-- note: The range is of rates with other definitions, times and people at risk: a map of what there is, no estimate.
-- answer: treatment_status varchar, at_risk varchar, studies bigint, statements bigint, lowest_pct double, highest_pct
--         double, study_ids varchar[]
select
    treatment_status,
    at_risk,
    count(distinct study_id) as studies,
    count(*) as statements,
    min(pct) as lowest_pct,
    max(pct) as highest_pct,
    list(distinct study_id order by study_id) as study_ids
from evidence.durability_of_effect
where outcome_kind = 'relapse' and pct is not null and integrity <> 'retracted'
group by treatment_status, at_risk
order by treatment_status, at_risk;
