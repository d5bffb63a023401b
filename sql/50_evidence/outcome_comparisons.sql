-- evidence.outcome_comparisons
-- grain: one row per study, registration and posted statistical comparison of an outcome
-- reads: bridge._outcome_comparisons_row, bridge._outcome_comparisons_cell, bridge._report
-- answers: how do the arms differ, by which estimate and interval, with which p value?
-- An estimate is only what its type says: `Odds Ratio (OR)` and `LS Mean Difference` are never pooled, and its sign depends
-- on which arm was subtracted from which; see comparison and arms_compared.
create view evidence.outcome_comparisons as
with cells as (
    select
        row_id,
        max(value_text) filter (column_name = 'outcome_type') as outcome_type,
        max(value_text) filter (column_name = 'outcome_title') as outcome_title,
        max(value_text) filter (column_name = 'instrument') as instrument,
        max(value_text) filter (column_name = 'time_frame') as time_frame,
        max(value_number) filter (column_name = 'time_days') as time_days,
        max(value_text) filter (column_name = 'comparison') as comparison,
        max(value_text) filter (column_name = 'hypothesis') as hypothesis,
        max(value_text) filter (column_name = 'method') as method,
        max(value_number) filter (column_name = 'p_value') as p_value,
        max(value_text) filter (column_name = 'p_value_bound') as p_value_bound,
        max(value_text) filter (column_name = 'p_value_verbatim') as p_value_verbatim,
        max(value_text) filter (column_name = 'effect_type') as effect_type,
        max(value_number) filter (column_name = 'effect') as effect,
        max(value_text) filter (column_name = 'effect_verbatim') as effect_verbatim,
        max(value_text) filter (column_name = 'effect_dispersion_type') as effect_dispersion_type,
        max(value_number) filter (column_name = 'effect_dispersion') as effect_dispersion,
        max(value_text) filter (column_name = 'ci_sides') as ci_sides,
        max(value_number) filter (column_name = 'ci_pct') as ci_pct,
        max(value_number) filter (column_name = 'ci_lower') as ci_lower,
        max(value_text) filter (column_name = 'ci_lower_verbatim') as ci_lower_verbatim,
        max(value_number) filter (column_name = 'ci_upper') as ci_upper,
        max(value_text) filter (column_name = 'ci_upper_verbatim') as ci_upper_verbatim
    from bridge._outcome_comparisons_cell
    where is_plausible
    group by row_id
)

select
    ---------- ids
    compared.row_id,
    compared.study_id,
    'registry' as source,
    compared.source_id,
    compared.source_id as nct_id,
    null::varchar as pmid,
    array_to_string(compared.group_titles, ' | ') as arms_compared,
    ---------- of what
    cells.outcome_type,
    cells.outcome_title,
    cells.instrument,
    compared.is_about_mood,
    cells.time_frame,
    cells.time_days,
    ---------- how compared
    cells.comparison,
    cells.hypothesis,
    cells.method,
    ---------- with which result
    cells.p_value,
    cells.p_value_bound,
    cells.p_value_verbatim,
    cells.effect_type,
    cells.effect,
    cells.effect_verbatim,
    cells.effect_dispersion_type,
    cells.effect_dispersion,
    cells.ci_sides,
    cells.ci_pct,
    cells.ci_lower,
    cells.ci_lower_verbatim,
    cells.ci_upper,
    cells.ci_upper_verbatim,
    ---------- why cells are empty
    case
        when cells.p_value is not null then null
        when cells.p_value_verbatim is null then 'not posted'
        else 'not understood'
    end as p_value_absence,
    case
        when cells.effect is not null then null
        when cells.effect_verbatim is null then 'not posted'
        else 'not understood'
    end as effect_absence,
    case
        when cells.ci_lower is not null or cells.ci_upper is not null then null
        when coalesce(cells.ci_lower_verbatim, cells.ci_upper_verbatim) is null then 'not posted'
        else 'not understood'
    end as ci_absence,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._outcome_comparisons_row as compared
join bridge._report as reports
    on reports.study_id = compared.study_id and reports.source = 'ctgov' and reports.source_id = compared.source_id
left join cells using (row_id)
order by compared.study_id, compared.source_id, compared.ordinal, compared.row_id;

comment on view evidence.outcome_comparisons is
    'One row per study, registration and posted statistical comparison of an outcome: how do the arms differ, by which estimate and interval, with which p value? A registration that posts none has no row.';
comment on column evidence.outcome_comparisons.row_id is 'Id of the row: study, document and comparison; unique. evidence.cell_source cites by it.';
comment on column evidence.outcome_comparisons.study_id is 'Study of evidence.study_overview.';
comment on column evidence.outcome_comparisons.source is 'registry: the comparisons are those that ClinicalTrials.gov posts.';
comment on column evidence.outcome_comparisons.source_id is 'NCT id of the registration.';
comment on column evidence.outcome_comparisons.nct_id is 'NCT id of the registration.';
comment on column evidence.outcome_comparisons.pmid is 'Always NULL: comparisons are those of registrations. Kept so that the views line up.';
comment on column evidence.outcome_comparisons.arms_compared is 'Titles of the compared groups in the order of the registry, parted by |. The order does not tell which was subtracted from which.';
comment on column evidence.outcome_comparisons.outcome_type is 'primary, secondary, other or post_hoc.';
comment on column evidence.outcome_comparisons.outcome_title is 'Title of the outcome as written.';
comment on column evidence.outcome_comparisons.instrument is 'Rating instrument of the outcome, as in evidence.outcome_measures.';
comment on column evidence.outcome_comparisons.is_about_mood is 'Whether title or description of the outcome names depression, suicidality, their scales or their course. A judgement by words.';
comment on column evidence.outcome_comparisons.time_frame is 'Time frame of the outcome as written.';
comment on column evidence.outcome_comparisons.time_days is 'Latest time that the time frame names, in days. A comparison may be of an earlier one: see comparison.';
comment on column evidence.outcome_comparisons.comparison is 'The comparison as the registry describes it; NULL when it does not.';
comment on column evidence.outcome_comparisons.hypothesis is 'superiority, non_inferiority, equivalence, other, … as posted, in lower case.';
comment on column evidence.outcome_comparisons.method is 'Statistical method as written.';
comment on column evidence.outcome_comparisons.p_value is 'Number in the p value, between 0 and 1; with p_value_bound it is a bound and no value.';
comment on column evidence.outcome_comparisons.p_value_bound is '<, >, <= or >= where the p value is only bounded; NULL where it is stated.';
comment on column evidence.outcome_comparisons.p_value_verbatim is 'p value as written, such as <0.001.';
comment on column evidence.outcome_comparisons.effect_type is 'Kind of estimate as written: Odds Ratio (OR), LS Mean Difference, Hazard Ratio (HR), or a mere test statistic such as F.';
comment on column evidence.outcome_comparisons.effect is 'Estimate; its unit is that of the outcome or none, as effect_type says.';
comment on column evidence.outcome_comparisons.effect_verbatim is 'Estimate as written.';
comment on column evidence.outcome_comparisons.effect_dispersion_type is 'Kind of spread of the estimate in lower case, such as standard_error_of_mean.';
comment on column evidence.outcome_comparisons.effect_dispersion is 'Spread of the estimate.';
comment on column evidence.outcome_comparisons.ci_sides is 'two_sided or one_sided.';
comment on column evidence.outcome_comparisons.ci_pct is 'Level of the confidence interval in per cent.';
comment on column evidence.outcome_comparisons.ci_lower is 'Lower limit of the confidence interval; NULL for NA.';
comment on column evidence.outcome_comparisons.ci_lower_verbatim is 'Lower limit as written.';
comment on column evidence.outcome_comparisons.ci_upper is 'Upper limit of the confidence interval; NULL for NA.';
comment on column evidence.outcome_comparisons.ci_upper_verbatim is 'Upper limit as written.';
comment on column evidence.outcome_comparisons.p_value_absence is 'Why there is no p value: not posted, or not understood (words, or a number that is no probability).';
comment on column evidence.outcome_comparisons.effect_absence is 'Why there is no estimate: not posted, or not understood (NA or words).';
comment on column evidence.outcome_comparisons.ci_absence is 'Why there is no interval: not posted, or not understood (NA in both limits).';
comment on column evidence.outcome_comparisons.integrity is 'Whether the source report stands; registrations are current.';
comment on column evidence.outcome_comparisons.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.outcome_comparisons.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.outcome_comparisons.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.outcome_comparisons.reported_year is 'Year of registration.';
