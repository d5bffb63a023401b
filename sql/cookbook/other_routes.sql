-- title: Ketamine by routes other than infusion and nasal spray
-- topic: dosing
-- question: Which studies gave the drug by mouth, under the tongue, under the skin, into a muscle or rectally, and
--     how much?
-- answer: route varchar, study_id varchar, title varchar, year bigint, drug varchar, dose double, dose_max double,
--         dose_unit varchar, sessions double, per_week double, course_days double, arm_label varchar, n integer,
--         n_basis varchar, source_id varchar, needs_review boolean
select
    regimen.route,
    regimen.study_id,
    study.title,
    study.year,
    regimen.drug,
    regimen.dose,
    regimen.dose_max,
    regimen.dose_unit,
    regimen.sessions,
    regimen.per_week,
    regimen.course_days,
    regimen.arm_label,
    regimen.n,
    regimen.n_basis,
    regimen.source_id,
    regimen.needs_review
from evidence.dosing_protocols as regimen
join evidence.study_overview as study using (study_id)
where regimen.is_preferred and regimen.route not in ('iv', 'intranasal')
order by all;
