-- evidence.dosing_protocols
-- grain: one row per study, source document and regimen (arm and phase)
-- reads: bridge._dosing_row, bridge._dosing_cell, bridge._dosing_agreement, bridge._report
-- answers: which dose, route, duration and schedule of (es)ketamine was given to whom, and who says so?
create view evidence.dosing_protocols as
with cells as (
    select
        row_id,
        ---------- drug
        max(value_text) filter (column_name = 'drug') as drug,
        max(value_text) filter (column_name = 'route') as route,
        ---------- dose
        max(value_number) filter (column_name = 'dose') as dose,
        max(value_number) filter (column_name = 'dose_max') as dose_max,
        max(value_text) filter (column_name = 'dose_unit') as dose_unit,
        max(value_text) filter (column_name = 'dose_verbatim') as dose_verbatim,
        ---------- schedule
        max(value_number) filter (column_name = 'infusion_minutes') as infusion_minutes,
        max(value_number) filter (column_name = 'sessions') as sessions,
        max(value_number) filter (column_name = 'sessions_max') as sessions_max,
        max(value_number) filter (column_name = 'per_week') as per_week,
        max(value_number) filter (column_name = 'course_days') as course_days,
        max(value_text) filter (column_name = 'phase') as phase,
        ---------- people
        list(distinct value_text order by value_text) filter (column_name = 'comparators') as comparators,
        max(value_number) filter (column_name = 'n')::integer as n,
        max(value_text) filter (column_name = 'n_basis') as n_basis
    from bridge._dosing_cell
    where ordinal = 1 and is_plausible
    group by row_id
),

gaps as (
    select
        regimens.row_id,
        reports.not_understood
        || coalesce(list(misread.column_name) filter (misread.column_name is not null), []) as items
    from bridge._dosing_row as regimens
    join bridge._report as reports using (study_id, source, source_id)
    left join bridge._dosing_cell as misread on misread.row_id = regimens.row_id and not misread.is_plausible
    group by regimens.row_id, reports.not_understood
)

select
    ---------- ids
    regimens.row_id,
    regimens.study_id,
    case when regimens.source = 'ctgov' then 'registry' else 'abstract' end as source,
    regimens.source_id,
    case when regimens.source = 'ctgov' then regimens.source_id end as nct_id,
    case when regimens.source = 'pubmed' then regimens.source_id end as pmid,
    regimens.arm as arm_label,
    cells.phase,
    ---------- drug
    cells.drug,
    cells.route,
    ---------- dose
    cells.dose,
    cells.dose_max,
    cells.dose_unit,
    cells.dose_verbatim,
    ---------- schedule
    cells.infusion_minutes,
    cells.sessions,
    cells.sessions_max,
    cells.per_week,
    cells.course_days,
    ---------- people
    cells.comparators,
    cells.n,
    cells.n_basis,
    ---------- why cells are empty
    ref.absence(cells.drug, 'drug', gaps.items) as drug_absence,
    ref.absence(cells.route, 'route', gaps.items) as route_absence,
    ref.absence(coalesce(cells.dose, cells.dose_max), 'dose', gaps.items) as dose_absence,
    ref.absence(cells.infusion_minutes, 'infusion_minutes', gaps.items) as infusion_minutes_absence,
    ref.absence(coalesce(cells.sessions, cells.sessions_max), 'sessions', gaps.items) as sessions_absence,
    ref.absence(cells.per_week, 'per_week', gaps.items) as per_week_absence,
    ref.absence(cells.course_days, 'course_days', gaps.items) as course_days_absence,
    ref.absence(cells.comparators, 'comparators', gaps.items) as comparators_absence,
    ref.absence(cells.n, 'n', gaps.items) as n_absence,
    ---------- beside the other source of the study
    agreements.agreement,
    agreements.differs_in,
    ---------- standing of the row
    regimens.is_preferred,
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._dosing_row as regimens
join bridge._report as reports using (study_id, source, source_id)
join gaps using (row_id)
left join cells using (row_id)
left join bridge._dosing_agreement as agreements using (row_id)
order by regimens.study_id, regimens.source, regimens.source_id, regimens.ordinal, regimens.row_id;

comment on view evidence.dosing_protocols is
    'One row per study, source document and regimen: which dose, route, duration and schedule of (es)ketamine was given to whom, and who says so? A report that is shown but states no regimen has one row of reasons.';
comment on column evidence.dosing_protocols.row_id is 'Id of the row: study, document and regimen; unique. evidence.cell_source cites by it.';
comment on column evidence.dosing_protocols.study_id is 'Study of evidence.study_overview.';
comment on column evidence.dosing_protocols.source is 'registry (ClinicalTrials.gov) or abstract (PubMed title and abstract). Both are kept, side by side.';
comment on column evidence.dosing_protocols.source_id is 'NCT id or PMID of the document that states the regimen.';
comment on column evidence.dosing_protocols.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.dosing_protocols.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.dosing_protocols.arm_label is 'Label of the arm as written; NULL when the document does not say which arm, or states one regimen for all.';
comment on column evidence.dosing_protocols.phase is 'acute or maintenance. Filled by rules; NULL when the text does not tell phases apart.';
comment on column evidence.dosing_protocols.drug is 'ketamine (racemic or of unstated form), esketamine or arketamine. Filled by rules, from the registry''s intervention name when its text states no regimen.';
comment on column evidence.dosing_protocols.route is 'iv, im, sc, intranasal, oral, sublingual or rectal. Filled by rules; NULL when not stated.';
comment on column evidence.dosing_protocols.dose is 'Dose, or the lowest of a stated range or titration, in dose_unit as reported; never converted with an assumed weight.';
comment on column evidence.dosing_protocols.dose_max is 'Highest dose of a stated range, titration or flexible dose, in dose_unit; NULL for a fixed dose.';
comment on column evidence.dosing_protocols.dose_unit is 'mg/kg, mg, mg/kg/h, mg/kg/min or ug/kg/min: the unit as written, in normalised spelling.';
comment on column evidence.dosing_protocols.dose_verbatim is 'Words of the document from which the dose was read.';
comment on column evidence.dosing_protocols.infusion_minutes is 'Length of one administration in minutes (the lower value of a range).';
comment on column evidence.dosing_protocols.sessions is 'Doses that one patient is planned or stated to get in this phase; derived from frequency and length only when both are stated and fixed.';
comment on column evidence.dosing_protocols.sessions_max is 'Most doses that one patient may get in this phase (up to six = 6).';
comment on column evidence.dosing_protocols.per_week is 'Doses a week; every two weeks = 0.5, daily = 7; NULL for single doses.';
comment on column evidence.dosing_protocols.course_days is 'Length of this treatment phase in days (week = 7, month = 30).';
comment on column evidence.dosing_protocols.comparators is 'What the drug was compared with in the document: placebo, midazolam, ect, ketamine_other, none, …';
comment on column evidence.dosing_protocols.n is 'Number of people: of the arm where the document states it, else of its whole sample; see n_basis.';
comment on column evidence.dosing_protocols.n_basis is 'Whom n counts: screened, planned, enrolled, randomised, treated, analysed, completed or unspecified. The registry''s ACTUAL enrolment is enrolled, its ESTIMATED is planned; those who started in one of several posted groups of a randomised trial are randomised.';
comment on column evidence.dosing_protocols.drug_absence is 'Why drug is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.route_absence is 'Why route is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.dose_absence is 'Why dose and dose_max are empty: not reported or not understood; NULL when one is filled.';
comment on column evidence.dosing_protocols.infusion_minutes_absence is 'Why infusion_minutes is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.sessions_absence is 'Why sessions and sessions_max are empty: not reported or not understood; NULL when one is filled.';
comment on column evidence.dosing_protocols.per_week_absence is 'Why per_week is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.course_days_absence is 'Why course_days is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.comparators_absence is 'Why comparators is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.n_absence is 'Why n is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.dosing_protocols.agreement is 'Whether the other source of the study (registry for a paper, papers for a registration) states the same dose, route and sessions, of those that this row states: agrees, differs, not comparable (other units, phases, or a paper on several trials) or only here; NULL when the row states none of the three. As in evidence.registry_comparisons.';
comment on column evidence.dosing_protocols.differs_in is 'Which of dose, route and sessions differ; NULL when none does.';
comment on column evidence.dosing_protocols.is_preferred is 'Whether the row comes from the one document that speaks for the study: one with a dose, registry before abstract, primary report before secondary analysis; never a retracted report.';
comment on column evidence.dosing_protocols.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.dosing_protocols.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.dosing_protocols.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.dosing_protocols.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.dosing_protocols.reported_year is 'Year of publication, or of registration.';
