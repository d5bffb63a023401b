-- evidence.patient_selection
-- grain: one row per study and source document
-- reads: bridge._selection_row, bridge._selection_cell, bridge._report, core.eligibility
-- answers: who may be treated, who is kept out, and how are people watched after a dose?
-- A condition is `excluded` or `allowed` only where the criteria name it; one that they do not name is not reported, and
-- never to be taken as allowed: registrations and abstracts leave out most of a protocol's criteria.
create view evidence.patient_selection as
with cells as (
    select
        row_id,
        ---------- who
        max(value_number) filter (column_name = 'age_min') as age_min,
        max(value_number) filter (column_name = 'age_max') as age_max,
        max(value_text) filter (column_name = 'sex') as sex,
        max(value_number) filter (column_name = 'failed_treatments_min') as failed_treatments_min,
        ---------- conditions
        max(value_text) filter (column_name = 'psychosis') as psychosis,
        max(value_text) filter (column_name = 'bipolar') as bipolar,
        max(value_text) filter (column_name = 'substance_use') as substance_use,
        max(value_text) filter (column_name = 'uncontrolled_hypertension') as uncontrolled_hypertension,
        max(value_text) filter (column_name = 'pregnancy') as pregnancy,
        max(value_text) filter (column_name = 'prior_ketamine') as prior_ketamine,
        ---------- watching
        max(value_number) filter (column_name = 'observation_minutes') as observation_minutes,
        list(distinct value_text order by value_text) filter (column_name = 'monitoring') as monitoring
    from bridge._selection_cell
    where ordinal = 1 and is_plausible
    group by row_id
),

gaps as (
    select row_id, list(column_name) filter (not is_plausible) as items
    from bridge._selection_cell
    group by row_id
)

select
    ---------- ids
    who.row_id,
    who.study_id,
    case when who.source = 'ctgov' then 'registry' else 'abstract' end as source,
    who.source_id,
    case when who.source = 'ctgov' then who.source_id end as nct_id,
    case when who.source = 'pubmed' then who.source_id end as pmid,
    ---------- who
    cells.age_min,
    cells.age_max,
    cells.sex,
    cells.failed_treatments_min,
    ---------- conditions
    cells.psychosis,
    cells.bipolar,
    cells.substance_use,
    cells.uncontrolled_hypertension,
    cells.pregnancy,
    cells.prior_ketamine,
    ---------- watching
    cells.observation_minutes,
    cells.monitoring,
    ---------- why cells are empty
    case
        when cells.age_max is not null then null
        when who.source = 'ctgov' and cells.age_min is not null then 'no limit stated'
        else 'not reported'
    end as age_max_absence,
    ref.absence(cells.failed_treatments_min, 'failed_treatments_min', coalesce(gaps.items, [])) as failed_treatments_min_absence,
    case
        when coalesce(
            cells.psychosis, cells.bipolar, cells.substance_use, cells.uncontrolled_hypertension,
            cells.pregnancy, cells.prior_ketamine
        ) is not null then null
        when who.source = 'pubmed' then 'not read in abstracts'
        when eligibility.criteria is null then 'no criteria registered'
        else 'not reported'
    end as conditions_absence,
    ref.absence(cells.observation_minutes, 'observation_minutes', coalesce(gaps.items, [])) as observation_minutes_absence,
    case when cells.monitoring is null then 'not reported' end as monitoring_absence,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._selection_row as who
join bridge._report as reports using (study_id, source, source_id)
left join core.eligibility on who.source = 'ctgov' and eligibility.nct_id = who.source_id
left join cells using (row_id)
left join gaps using (row_id)
order by who.study_id, who.source, who.source_id;

comment on view evidence.patient_selection is
    'One row per study and source document: who may be treated, who is kept out, and how are people watched after a dose?';
comment on column evidence.patient_selection.row_id is 'Id of the row: study and document; unique. evidence.cell_source cites by it.';
comment on column evidence.patient_selection.study_id is 'Study of evidence.study_overview.';
comment on column evidence.patient_selection.source is 'registry (eligibility criteria and protocol text of ClinicalTrials.gov) or abstract (PubMed title and abstract).';
comment on column evidence.patient_selection.source_id is 'NCT id or PMID of the document.';
comment on column evidence.patient_selection.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.patient_selection.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.patient_selection.age_min is 'Lowest age in years that may take part: the registry''s field, or what an abstract states.';
comment on column evidence.patient_selection.age_max is 'Highest age in years that may take part; NULL also where there is no limit, see age_max_absence.';
comment on column evidence.patient_selection.sex is 'ALL, FEMALE or MALE in the registry''s words; NULL for abstracts.';
comment on column evidence.patient_selection.failed_treatments_min is 'The least number of treatments that must have failed before; what treatment resistance means in this study (FDA and EMA: two adequate trials; CHMP/EWP/518/97 Rev. 2, 2013).';
comment on column evidence.patient_selection.psychosis is 'Psychosis, of the depression itself or another psychotic disorder: excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.bipolar is 'Bipolar disorder, mania or hypomania: excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.substance_use is 'Alcohol or drug use disorder, abuse or dependence, or a positive drug screen: excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.uncontrolled_hypertension is 'High blood pressure: uncontrolled, above a stated limit, or any (the quote in evidence.cell_source says which): excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.pregnancy is 'Pregnancy or breast-feeding: excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.prior_ketamine is 'Ketamine or esketamine taken or given before: excluded or allowed, as the eligibility criteria say; NULL where they do not name it, which never means allowed.';
comment on column evidence.patient_selection.observation_minutes is 'Longest stated time for which people are watched after a dose, in minutes. For comparison: the US label of esketamine asks for at least two hours (Spravato prescribing information, section 5.1).';
comment on column evidence.patient_selection.monitoring is 'What is watched around the dose: blood_pressure, heart, oxygen, sedation, dissociation; only where a sentence says that it is monitored.';
comment on column evidence.patient_selection.age_max_absence is 'Why age_max is empty: no limit stated (the registry gives only a lowest age) or not reported; NULL when it is filled.';
comment on column evidence.patient_selection.failed_treatments_min_absence is 'Why failed_treatments_min is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.patient_selection.conditions_absence is 'Why no condition is decided: not reported (criteria name none of them), no criteria registered, or not read in abstracts (they rarely list criteria); NULL when at least one is.';
comment on column evidence.patient_selection.observation_minutes_absence is 'Why observation_minutes is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.patient_selection.monitoring_absence is 'Why monitoring is empty: not reported; NULL when it is filled.';
comment on column evidence.patient_selection.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.patient_selection.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.patient_selection.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.patient_selection.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.patient_selection.reported_year is 'Year of publication, or of registration.';
