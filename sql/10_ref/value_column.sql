-- ref.value_column
-- grain: one row per column of an evidence view that holds a value read in a document
-- answers: which cells must cite a source?
-- The other columns are ids, labels of the source, reasons for absence, or judgements that evidence.screening explains.
create table ref.value_column (
    view_name   varchar not null,
    column_name varchar not null
);

insert into ref.value_column
select 'baseline_characteristics', unnest([
    'value_verbatim', 'value', 'spread_verbatim', 'spread', 'lower_limit_verbatim', 'lower_limit',
    'upper_limit_verbatim', 'upper_limit', 'n_participants', 'pct_reported', 'pct_computed',
    'denominator_verbatim', 'denominator'
]);

insert into ref.value_column
select 'dosing_protocols', unnest([
    'drug', 'route', 'dose', 'dose_max', 'dose_unit', 'dose_verbatim', 'infusion_minutes', 'sessions', 'sessions_max',
    'per_week', 'course_days', 'phase', 'comparators', 'n', 'n_basis'
]);

insert into ref.value_column
select 'durability_of_effect', unnest([
    'outcome_kind', 'outcome_title', 'row_heading', 'pct', 'n', 'denominator', 'time_days', 'time_frame',
    'time_anchor', 'at_risk', 'threshold',
    'instrument', 'value', 'unit', 'dispersion_type', 'dispersion', 'dispersion_verbatim', 'lower_limit',
    'lower_verbatim', 'upper_limit', 'upper_verbatim', 'value_comment', 'days_after_first_dose', 'days_after_last_dose',
    'time_to_relapse_days', 'statistic', 'effect_until_days', 'value_verbatim', 'follow_up_days', 'follow_up_anchor'
]);

insert into ref.value_column
select 'patient_selection', unnest([
    'age_min', 'age_max', 'sex', 'failed_treatments_min', 'psychosis', 'bipolar', 'substance_use',
    'uncontrolled_hypertension', 'pregnancy', 'prior_ketamine', 'observation_minutes', 'monitoring'
]);

insert into ref.value_column
select 'topics', unnest(['topic', 'outcome_kind', 'quote', 'sentence']);

insert into ref.value_column
select 'outcome_comparisons', unnest([
    'outcome_type', 'outcome_title', 'instrument', 'time_frame', 'time_days', 'comparison', 'hypothesis', 'method',
    'p_value', 'p_value_bound', 'p_value_verbatim', 'effect_type', 'effect', 'effect_verbatim',
    'effect_dispersion_type', 'effect_dispersion', 'ci_sides', 'ci_pct',
    'ci_lower', 'ci_lower_verbatim', 'ci_upper', 'ci_upper_verbatim'
]);

insert into ref.value_column
select 'outcome_measures', unnest([
    'outcome_type', 'outcome_title', 'outcome_description', 'instrument', 'time_frame', 'time_days', 'time_anchor'
]);

insert into ref.value_column
select 'participant_flow', unnest([
    'period', 'n_started', 'n_completed', 'n_not_completed',
    'n_left_adverse_event', 'n_left_lack_of_efficacy', 'n_left_withdrawal_by_subject', 'n_left_lost_to_follow_up',
    'n_left_death', 'n_left_physician_decision', 'n_left_protocol_violation', 'n_left_other',
    'reasons_verbatim', 'other_milestones'
]);

insert into ref.value_column
select unnest(['registry_comparisons', 'registry_comparisons', 'registry_discrepancies', 'registry_discrepancies']),
    unnest(['registry_value', 'paper_value', 'registry_value', 'paper_value']);

insert into ref.value_column
select 'trial_demographics', unnest([
    'n', 'n_basis', 'age_mean', 'age_sd', 'age_median', 'age_min', 'age_max', 'age_q1', 'age_q3',
    'n_age_under_18', 'n_age_18_to_64', 'n_age_65_and_over', 'eligible_age_min', 'eligible_age_max',
    'n_female', 'n_male', 'n_other_gender', 'n_sex_unknown', 'pct_female',
    'n_white', 'n_black', 'n_asian', 'n_american_indian', 'n_pacific_islander', 'n_multiple_races', 'n_other_race',
    'n_race_unknown', 'n_hispanic', 'n_not_hispanic', 'n_ethnicity_unknown',
    'pct_white', 'pct_black', 'pct_asian', 'pct_american_indian', 'pct_pacific_islander', 'pct_multiple_races',
    'pct_other_race', 'pct_race_unknown', 'pct_hispanic', 'pct_not_hispanic', 'pct_ethnicity_unknown',
    'countries', 'country_counts',
    'baseline_scale', 'baseline_score_mean', 'baseline_score_sd', 'baseline_score_median',
    'failed_treatments_min', 'failed_treatments_mean', 'failed_treatments_sd', 'failed_treatments_median',
    'failed_treatments_groups'
]);

insert into ref.value_column
select 'trial_pipeline', unnest([
    'status', 'why_stopped', 'started', 'primary_completion', 'completion', 'enrollment', 'enrollment_kind',
    'is_fda_regulated_drug', 'results_due_on'
]);

insert into ref.value_column
select 'registry_changes', unnest(['old_value', 'new_value']);

insert into ref.value_column
select 'safety', unnest([
    'event_group', 'term', 'event', 'organ_system', 'period', 'n_affected', 'n_at_risk', 'pct', 'n_events', 'time_frame',
    'frequency_threshold_pct', 'source_vocabulary', 'assessment_type', 'notes'
]);

comment on table ref.value_column is
    'One row per column of an evidence view that holds a value read in a document: which cells must cite a source?';
comment on column ref.value_column.view_name is 'View of the schema evidence.';
comment on column ref.value_column.column_name is 'Column of that view.';
