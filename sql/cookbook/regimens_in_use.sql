-- title: The regimens that were studied most
-- topic: dosing
-- question: Which combinations of drug, route and dose were studied most often, and in how many studies?
-- note: A study with several doses counts once for each. People are not summed: arms of one study share its number.
-- answer: drug varchar, route varchar, dose double, dose_max double, dose_unit varchar, studies bigint, study_ids
--         varchar[]
select
    drug,
    route,
    dose,
    dose_max,
    dose_unit,
    count(distinct study_id) as studies,
    list(distinct study_id order by study_id) as study_ids
from evidence.dosing_protocols
join evidence.study_overview using (study_id)
where is_preferred and is_own_sample and coalesce(dose, dose_max) is not null
group by all
order by studies desc, drug, route, dose_unit, dose, dose_max;
