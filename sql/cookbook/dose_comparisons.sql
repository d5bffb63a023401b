-- title: Trials that compared two or more doses
-- topic: dosing
-- question: Which studies gave two or more fixed doses of the same drug in the same unit?
-- note: Titrated and flexible doses are left out: their range is one arm.
-- answer: study_id varchar, title varchar, year bigint, design varchar, drug varchar, routes varchar[], doses
--         double[], dose_unit varchar, n integer, n_basis varchar
with fixed_doses as (
    select study_id, drug, route, dose_unit, dose
    from evidence.dosing_protocols
    where is_preferred and dose is not null and (dose_max is null or dose_max = dose)
),

ranges as (
    select
        study_id,
        drug,
        dose_unit,
        list(distinct dose order by dose) as doses,
        list(distinct route order by route) as routes
    from fixed_doses
    group by study_id, drug, dose_unit
    having count(distinct dose) >= 2
)

select
    ranges.study_id,
    study.title,
    study.year,
    study.design,
    ranges.drug,
    ranges.routes,
    ranges.doses,
    ranges.dose_unit,
    study.n,
    study.n_basis
from ranges
join evidence.study_overview as study using (study_id)
order by ranges.study_id, ranges.drug, ranges.dose_unit;
