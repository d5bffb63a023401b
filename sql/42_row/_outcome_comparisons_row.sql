-- bridge._outcome_comparisons_row
-- grain: one row per study, registration and posted statistical comparison
-- reads: core.outcome_analysis, bridge._outcome_measure, bridge._report
-- answers: which comparisons of outcomes does each shown registration post?
-- A table: the evidence view, its cells and its audit read it.
create table bridge._outcome_comparisons_row as
select
    report.study_id || '/ctgov:' || report.source_id || '/outcome_analysis/' || analysis.ordinal as row_id,
    report.study_id,
    report.source_id,
    analysis.* exclude (nct_id),
    outcome.kind as outcome_type,
    outcome.title as outcome_title,
    outcome.instrument,
    outcome.instrument_place,
    outcome.time_frame,
    outcome.time_days,
    outcome.is_about_mood,
    outcome.pointer as outcome_pointer
from bridge._report as report
join core.outcome_analysis as analysis on analysis.nct_id = report.source_id
join bridge._outcome_measure as outcome
    on outcome.nct_id = analysis.nct_id and outcome.is_posted and outcome.outcome_index = analysis.outcome_index
where report.is_shown and report.study_id is not null and report.source = 'ctgov';

comment on table bridge._outcome_comparisons_row is
    'One row per study, registration and posted statistical comparison: which comparisons of outcomes does each shown registration post?';
comment on column bridge._outcome_comparisons_row.row_id is 'Id of the row: study, then comparison.';
comment on column bridge._outcome_comparisons_row.study_id is 'Study of core.study.';
comment on column bridge._outcome_comparisons_row.source_id is 'NCT id.';
comment on column bridge._outcome_comparisons_row.ordinal is 'Place of the row, from 1.';
comment on column bridge._outcome_comparisons_row.outcome_index is 'Outcome of core.outcome_value.';
comment on column bridge._outcome_comparisons_row.group_ids is 'Groups compared.';
comment on column bridge._outcome_comparisons_row.group_titles is 'Titles of the groups.';
comment on column bridge._outcome_comparisons_row.group_description is 'Comparison as described.';
comment on column bridge._outcome_comparisons_row.method is 'Statistical method.';
comment on column bridge._outcome_comparisons_row.p_value_text is 'p value as written.';
comment on column bridge._outcome_comparisons_row.p_value is 'Number in the p value.';
comment on column bridge._outcome_comparisons_row.p_value_bound is '<, >, <= or >= when only a bound is stated.';
comment on column bridge._outcome_comparisons_row.param_type is 'Kind of estimate.';
comment on column bridge._outcome_comparisons_row.param_value_text is 'Estimate as written.';
comment on column bridge._outcome_comparisons_row.param_value is 'Estimate.';
comment on column bridge._outcome_comparisons_row.dispersion_type is 'Kind of spread.';
comment on column bridge._outcome_comparisons_row.dispersion_value_text is 'Spread as written.';
comment on column bridge._outcome_comparisons_row.dispersion_value is 'Spread.';
comment on column bridge._outcome_comparisons_row.ci_sides is 'One or two sides.';
comment on column bridge._outcome_comparisons_row.ci_pct_text is 'Level of the confidence interval as written.';
comment on column bridge._outcome_comparisons_row.ci_pct is 'Level of the confidence interval in per cent.';
comment on column bridge._outcome_comparisons_row.ci_lower_text is 'Lower limit as written.';
comment on column bridge._outcome_comparisons_row.ci_lower is 'Lower limit.';
comment on column bridge._outcome_comparisons_row.ci_upper_text is 'Upper limit as written.';
comment on column bridge._outcome_comparisons_row.ci_upper is 'Upper limit.';
comment on column bridge._outcome_comparisons_row.non_inferiority_type is 'SUPERIORITY, NON_INFERIORITY, …';
comment on column bridge._outcome_comparisons_row.comment is 'Comment as written.';
comment on column bridge._outcome_comparisons_row.pointer is 'JSON pointer of the analysis.';
comment on column bridge._outcome_comparisons_row.outcome_type is 'primary, secondary, other or post_hoc.';
comment on column bridge._outcome_comparisons_row.outcome_title is 'Title of the outcome.';
comment on column bridge._outcome_comparisons_row.instrument is 'Rating instrument of the outcome.';
comment on column bridge._outcome_comparisons_row.instrument_place is 'title or description.';
comment on column bridge._outcome_comparisons_row.time_frame is 'Time frame of the outcome as written.';
comment on column bridge._outcome_comparisons_row.time_days is 'Latest time of the time frame in days.';
comment on column bridge._outcome_comparisons_row.is_about_mood is 'Whether the outcome measures depression, suicidal thoughts or their course.';
comment on column bridge._outcome_comparisons_row.outcome_pointer is 'JSON pointer of the outcome.';
