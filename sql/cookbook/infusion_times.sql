-- title: How long infusions took
-- topic: dosing
-- question: Over how many minutes was the drug infused, at which doses, and in how many studies?
-- answer: infusion_minutes double, drug varchar, studies bigint, doses_mg_per_kg double[], study_ids varchar[]
select
    infusion_minutes,
    drug,
    count(distinct study_id) as studies,
    list(distinct dose order by dose) filter (dose_unit = 'mg/kg') as doses_mg_per_kg,
    list(distinct study_id order by study_id) as study_ids
from evidence.dosing_protocols
join evidence.study_overview using (study_id)
where is_preferred and is_own_sample and route = 'iv' and infusion_minutes is not null
group by all
order by infusion_minutes, drug;
