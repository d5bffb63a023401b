-- title: Trials that gave six or more infusions
-- topic: dosing
-- question: Which studies planned or gave at least six treatments by the chosen route?
-- parameter least_sessions: fewest treatments in one phase of the study
-- parameter route: iv, im, sc, intranasal, oral, sublingual or rectal
-- note: A row is a regimen of the one document that speaks for its study. A range counts with its upper end: up to
--     six is six.
-- answer: study_id varchar, title varchar, year bigint, design varchar, drug varchar, dose double, dose_max double,
--         dose_unit varchar, sessions double, sessions_max double, per_week double, n integer, n_basis varchar,
--         source_id varchar, needs_review boolean
select
    regimen.study_id,
    study.title,
    study.year,
    study.design,
    regimen.drug,
    regimen.dose,
    regimen.dose_max,
    regimen.dose_unit,
    regimen.sessions,
    regimen.sessions_max,
    regimen.per_week,
    regimen.n,
    regimen.n_basis,
    regimen.source_id,
    regimen.needs_review
from evidence.dosing_protocols as regimen
join evidence.study_overview as study using (study_id)
where
    regimen.is_preferred
    and regimen.route = coalesce(getvariable('route'), 'iv')
    and coalesce(regimen.sessions_max, regimen.sessions) >= coalesce(getvariable('least_sessions'), 6)
order by all;
