-- title: Where paper and registry state different dosing
-- topic: dosing
-- question: In which studies do paper and registration differ in dose, route or number of treatments?
-- answer: study_id varchar, source varchar, source_id varchar, arm_label varchar, drug varchar, route varchar, dose
--         double, dose_max double, dose_unit varchar, sessions double, differs_in varchar
select
    study_id,
    source,
    source_id,
    arm_label,
    drug,
    route,
    dose,
    dose_max,
    dose_unit,
    sessions,
    differs_in
from evidence.dosing_protocols
where agreement = 'differs' and integrity <> 'retracted'
order by all;
