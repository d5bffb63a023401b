-- title: Schedules of maintenance treatment
-- topic: dosing
-- question: How often and for how long was treatment kept up after the first course?
-- note: Rows are regimens that the document itself calls maintenance; all standing documents speak, since abstracts
--     often name one that the registration does not.
-- answer: study_id varchar, title varchar, year bigint, design varchar, drug varchar, route varchar, dose double,
--         dose_max double, dose_unit varchar, per_week double, course_days double, n integer, n_basis varchar,
--         source_id varchar, needs_review boolean
select
    regimen.study_id,
    study.title,
    study.year,
    study.design,
    regimen.drug,
    regimen.route,
    regimen.dose,
    regimen.dose_max,
    regimen.dose_unit,
    regimen.per_week,
    regimen.course_days,
    regimen.n,
    regimen.n_basis,
    regimen.source_id,
    regimen.needs_review
from evidence.dosing_protocols as regimen
join evidence.study_overview as study using (study_id)
where regimen.phase = 'maintenance' and regimen.integrity <> 'retracted'
order by all;
