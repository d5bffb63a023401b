-- evidence.outcome_measures
-- grain: one row per study, registration and outcome of its protocol or of its results section
-- reads: bridge._outcome_measures_row, bridge._outcome_measures_cell, bridge._report
-- answers: what did each trial plan to measure, what did it report, with which instrument, when, counted from where?
-- Protocol and results are never merged: titles are reworded between the two, and what was planned but never reported, or
-- reported but never planned, is what a reader looks for.
create view evidence.outcome_measures as
with cells as (
    select
        row_id,
        max(value_text) filter (column_name = 'outcome_type') as outcome_type,
        max(value_text) filter (column_name = 'outcome_title') as outcome_title,
        max(value_text) filter (column_name = 'outcome_description') as outcome_description,
        max(value_text) filter (column_name = 'instrument') as instrument,
        max(value_text) filter (column_name = 'time_frame') as time_frame,
        max(value_number) filter (column_name = 'time_days') as time_days,
        max(value_text) filter (column_name = 'time_anchor') as time_anchor
    from bridge._outcome_measures_cell
    where ordinal = 1 and is_plausible
    group by row_id
)

select
    ---------- ids
    outcomes.row_id,
    outcomes.study_id,
    'registry' as source,
    outcomes.source_id,
    outcomes.source_id as nct_id,
    null::varchar as pmid,
    ---------- what
    outcomes.is_posted,
    cells.outcome_type,
    cells.outcome_title,
    cells.outcome_description,
    cells.instrument,
    outcomes.is_about_mood,
    ---------- when
    cells.time_frame,
    cells.time_days,
    cells.time_anchor,
    ---------- why cells are empty
    case when not outcomes.has_outcome then 'not reported' end as outcome_absence,
    case
        when cells.instrument is not null or not outcomes.has_outcome then null
        when outcomes.names_several then 'not understood'
        else 'not reported'
    end as instrument_absence,
    case
        when cells.time_days is not null or not outcomes.has_outcome then null
        when cells.time_frame is null then 'not reported'
        else 'not understood'
    end as time_days_absence,
    case
        when outcomes.reporting_status = 'POSTED' then 'posted'
        when outcomes.reporting_status = 'NOT_POSTED' then 'not posted'
        else lower(outcomes.reporting_status)
    end as results_status,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._outcome_measures_row as outcomes
join bridge._report as reports
    on reports.study_id = outcomes.study_id and reports.source = 'ctgov' and reports.source_id = outcomes.source_id
left join cells using (row_id)
order by outcomes.study_id, outcomes.source_id, outcomes.is_posted, outcomes.ordinal, outcomes.row_id;

comment on view evidence.outcome_measures is
    'One row per study, registration and outcome of its protocol or results section: what did each trial plan to measure, what did it report, with which instrument and when? A registration without outcomes has one row of reasons.';
comment on column evidence.outcome_measures.row_id is 'Id of the row: study, document and outcome; unique. evidence.cell_source cites by it.';
comment on column evidence.outcome_measures.study_id is 'Study of evidence.study_overview.';
comment on column evidence.outcome_measures.source is 'registry: abstracts list no outcomes.';
comment on column evidence.outcome_measures.source_id is 'NCT id of the registration.';
comment on column evidence.outcome_measures.nct_id is 'NCT id of the registration.';
comment on column evidence.outcome_measures.pmid is 'Always NULL: outcomes are those of registrations. Kept so that the views line up.';
comment on column evidence.outcome_measures.is_posted is 'Whether the outcome stands in the results section (true) or in the protocol (false). Protocol and results are not matched: their titles differ.';
comment on column evidence.outcome_measures.outcome_type is 'primary, secondary, other or post_hoc, as the registry lists it; a word unknown to us stands as it is, in lower case.';
comment on column evidence.outcome_measures.outcome_title is 'Title as written, the registry''s markdown kept.';
comment on column evidence.outcome_measures.outcome_description is 'Description as written; NULL when the registry has none.';
comment on column evidence.outcome_measures.instrument is 'Rating instrument of a closed list (madrs, hamd17, qids, phq9, cssrs, cadss, …) that the title names, or, where the title speaks of a rating and names none, the only one that the description names; NULL with instrument_absence.';
comment on column evidence.outcome_measures.is_about_mood is 'Whether title or description names depression, suicidality, their scales or their course. A judgement by words.';
comment on column evidence.outcome_measures.time_frame is 'Time frame as written.';
comment on column evidence.outcome_measures.time_days is 'Latest time that the time frame names, in days (week = 7, month = 30, year = 365; day n is n).';
comment on column evidence.outcome_measures.time_anchor is 'What the time frame is counted from, as it says: first_dose (baseline and randomisation too), last_dose or unspecified.';
comment on column evidence.outcome_measures.outcome_absence is 'not reported when the registration lists no outcome; NULL otherwise.';
comment on column evidence.outcome_measures.instrument_absence is 'Why there is no instrument: not reported (none of the list is named; many outcomes rate nothing) or not understood (several are named).';
comment on column evidence.outcome_measures.time_days_absence is 'Why there are no days: not reported (no time frame) or not understood (a frame that names no time, such as `through study completion`).';
comment on column evidence.outcome_measures.results_status is 'posted or not posted, as the results section says of the outcome; NULL for outcomes of the protocol.';
comment on column evidence.outcome_measures.integrity is 'Whether the source report stands; registrations are current.';
comment on column evidence.outcome_measures.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.outcome_measures.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.outcome_measures.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.outcome_measures.reported_year is 'Year of registration.';
