-- title: Doses above 0.5 mg/kg IV
-- topic: dosing
-- question: Which studies gave more than 0.5 mg/kg, the usual dose, and to whom?
-- parameter dose: dose that must be exceeded
-- parameter dose_unit: mg/kg, mg, mg/kg/h, mg/kg/min or ug/kg/min; units are never converted
-- parameter route: iv, im, sc, intranasal, oral, sublingual or rectal
-- note: Of a range or a titration the highest dose counts.
-- answer: study_id varchar, title varchar, year bigint, drug varchar, dose double, dose_max double, dose_unit varchar,
--         infusion_minutes double, sessions double, per_week double, arm_label varchar, n integer, n_basis varchar,
--         source_id varchar, needs_review boolean
select
    regimen.study_id,
    study.title,
    study.year,
    regimen.drug,
    regimen.dose,
    regimen.dose_max,
    regimen.dose_unit,
    regimen.infusion_minutes,
    regimen.sessions,
    regimen.per_week,
    regimen.arm_label,
    regimen.n,
    regimen.n_basis,
    regimen.source_id,
    regimen.needs_review
from evidence.dosing_protocols as regimen
join evidence.study_overview as study using (study_id)
where
    regimen.is_preferred
    and regimen.route = coalesce(getvariable('route'), 'iv')
    and regimen.dose_unit = coalesce(getvariable('dose_unit'), 'mg/kg')
    and coalesce(regimen.dose_max, regimen.dose) > coalesce(getvariable('dose'), 0.5)
order by all;
