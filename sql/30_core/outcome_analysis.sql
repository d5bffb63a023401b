-- core.outcome_analysis
-- grain: one row per posted statistical comparison
-- answers: how do the groups differ, by which test?
create table core.outcome_analysis (
    nct_id                varchar not null,
    ordinal               integer not null,
    outcome_index         integer not null,
    group_ids             varchar[] not null,
    group_titles          varchar[] not null,
    group_description     varchar,
    method                varchar,
    p_value_text          varchar,
    p_value               double,
    p_value_bound         varchar,
    param_type            varchar,
    param_value_text      varchar,
    param_value           double,
    dispersion_type       varchar,
    dispersion_value_text varchar,
    dispersion_value      double,
    ci_sides              varchar,
    ci_pct_text           varchar,
    ci_pct                double,
    ci_lower_text         varchar,
    ci_lower              double,
    ci_upper_text         varchar,
    ci_upper              double,
    non_inferiority_type  varchar,
    comment               varchar,
    pointer               varchar not null
);

comment on table core.outcome_analysis is
    'One row per posted statistical comparison: how do the groups differ, by which test?';
comment on column core.outcome_analysis.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.outcome_analysis.ordinal is 'Place of the row, from 1.';
comment on column core.outcome_analysis.outcome_index is 'Outcome of core.outcome_value.';
comment on column core.outcome_analysis.group_ids is 'Groups compared.';
comment on column core.outcome_analysis.group_titles is 'Titles of the groups.';
comment on column core.outcome_analysis.group_description is 'Comparison as described.';
comment on column core.outcome_analysis.method is 'Statistical method.';
comment on column core.outcome_analysis.p_value_text is 'p value as written.';
comment on column core.outcome_analysis.p_value is 'Number in the p value.';
comment on column core.outcome_analysis.p_value_bound is '<, >, <= or >= when only a bound is stated.';
comment on column core.outcome_analysis.param_type is 'Kind of estimate.';
comment on column core.outcome_analysis.param_value_text is 'Estimate as written.';
comment on column core.outcome_analysis.param_value is 'Estimate.';
comment on column core.outcome_analysis.dispersion_type is 'Kind of spread.';
comment on column core.outcome_analysis.dispersion_value_text is 'Spread as written.';
comment on column core.outcome_analysis.dispersion_value is 'Spread.';
comment on column core.outcome_analysis.ci_sides is 'One or two sides.';
comment on column core.outcome_analysis.ci_pct_text is 'Level of the confidence interval as written.';
comment on column core.outcome_analysis.ci_pct is 'Level of the confidence interval in per cent.';
comment on column core.outcome_analysis.ci_lower_text is 'Lower limit as written.';
comment on column core.outcome_analysis.ci_lower is 'Lower limit.';
comment on column core.outcome_analysis.ci_upper_text is 'Upper limit as written.';
comment on column core.outcome_analysis.ci_upper is 'Upper limit.';
comment on column core.outcome_analysis.non_inferiority_type is 'SUPERIORITY, NON_INFERIORITY, …';
comment on column core.outcome_analysis.comment is 'Comment as written.';
comment on column core.outcome_analysis.pointer is 'JSON pointer of the analysis.';
