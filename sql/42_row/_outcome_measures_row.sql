-- bridge._outcome_measures_row
-- grain: one row per study, registration and outcome of its protocol or results
-- reads: bridge._outcome_measure, bridge._report
-- answers: which outcomes does each shown registration plan or post?
-- A table: the evidence view, its cells and its audit read it. A registration without outcomes keeps a row.
create table bridge._outcome_measures_row as
select
    report.study_id || '/' || coalesce(outcome.entity_id, 'ctgov:' || report.source_id || '/planned_outcome/0') as row_id,
    report.study_id,
    report.source_id,
    outcome.* exclude (nct_id),
    outcome.nct_id is not null as has_outcome
from bridge._report as report
left join bridge._outcome_measure as outcome on outcome.nct_id = report.source_id
where report.is_shown and report.study_id is not null and report.source = 'ctgov';

comment on table bridge._outcome_measures_row is
    'One row per study, registration and outcome of its protocol or results: which outcomes does each shown registration plan or post?';
comment on column bridge._outcome_measures_row.row_id is 'Id of the row: study, then outcome.';
comment on column bridge._outcome_measures_row.study_id is 'Study of core.study.';
comment on column bridge._outcome_measures_row.source_id is 'NCT id.';
comment on column bridge._outcome_measures_row.entity_id is 'Outcome of bridge._outcome_measure.';
comment on column bridge._outcome_measures_row.ordinal is 'Place of the outcome.';
comment on column bridge._outcome_measures_row.outcome_index is 'Place in the results section, from 0.';
comment on column bridge._outcome_measures_row.is_posted is 'Whether it stands in the results section.';
comment on column bridge._outcome_measures_row.kind is 'primary, secondary, other or post_hoc.';
comment on column bridge._outcome_measures_row.kind_field is 'Field that says the kind.';
comment on column bridge._outcome_measures_row.title is 'Title as written.';
comment on column bridge._outcome_measures_row.title_field is 'Field of the title.';
comment on column bridge._outcome_measures_row.description is 'Description as written.';
comment on column bridge._outcome_measures_row.time_frame is 'Time frame as written.';
comment on column bridge._outcome_measures_row.reporting_status is 'POSTED or NOT_POSTED; NULL for planned outcomes.';
comment on column bridge._outcome_measures_row.instrument is 'Rating instrument.';
comment on column bridge._outcome_measures_row.instrument_place is 'title or description.';
comment on column bridge._outcome_measures_row.names_several is 'Whether the title names several instruments.';
comment on column bridge._outcome_measures_row.time_days is 'Latest time of the time frame in days.';
comment on column bridge._outcome_measures_row.time_anchor is 'What the time frame is counted from.';
comment on column bridge._outcome_measures_row.is_about_mood is 'Whether it measures depression, suicidal thoughts or their course.';
comment on column bridge._outcome_measures_row.pointer is 'JSON pointer of the outcome.';
comment on column bridge._outcome_measures_row.has_outcome is 'Whether the registration states an outcome at all.';
