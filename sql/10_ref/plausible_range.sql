-- ref.plausible_range
-- grain: one row per number column of an evidence table that has limits
-- answers: which values can only be a misreading, or a slip of the source?
-- A value outside is flagged, not deleted: the cell stays empty as `not understood`, and evidence.cell_source shows what
-- was read and where. The limits are wide on purpose; they catch slips, not outliers.
create table ref.plausible_range (
    column_name varchar not null,
    lowest      double not null,
    highest     double not null
);

insert into ref.plausible_range values
    ('n', 0, 100000000),                    -- claims databases count millions
    ('n_female', 0, 100000000),
    ('n_male', 0, 100000000),
    ('denominator', 0, 100000000),
    ('pct', 0, 100),
    ('n_affected', 0, 100000000),
    ('n_at_risk', 0, 100000000),
    ('n_events', 0, 100000000),
    ('frequency_threshold_pct', 0, 100),
    ('dose', 0.0001, 2000),                 -- mg/kg/min at the low end, oral milligrams at the high one
    ('dose_max', 0.0001, 2000),
    ('infusion_minutes', 0.05, 14400),      -- a slow push to ten days
    ('sessions', 1, 1000),
    ('sessions_max', 1, 1000),
    ('per_week', 0.05, 70),                 -- from every few months to ten a day
    ('course_days', 0.01, 7300),
    ('time_days', 0, 18250),
    ('time_to_relapse_days', 0, 18250),
    ('effect_until_days', 0, 18250),
    ('follow_up_days', 0, 18250),
    ('age_mean', 0, 120),
    ('age_sd', 0, 60),
    ('age_median', 0, 120),
    ('age_min', 0, 120),
    ('age_max', 0, 120),
    ('age_q1', 0, 120),
    ('age_q3', 0, 120),
    ('eligible_age_min', 0, 150),
    ('eligible_age_max', 0, 150),           -- some registrations write 130 or 150 for no limit
    ('baseline_score_mean', 0, 100),
    ('baseline_score_sd', 0, 60),
    ('baseline_score_median', 0, 100),
    ('failed_treatments_min', 0, 50),
    ('failed_treatments_mean', 0, 50),
    ('failed_treatments_sd', 0, 50),
    ('failed_treatments_median', 0, 50),
    ('observation_minutes', 1, 10080);        -- a minute to a week on a ward

insert into ref.plausible_range
select
    unnest([
        'pct_female', 'pct_white', 'pct_black', 'pct_asian', 'pct_american_indian', 'pct_pacific_islander',
        'pct_multiple_races', 'pct_other_race', 'pct_race_unknown', 'pct_hispanic', 'pct_not_hispanic',
        'pct_ethnicity_unknown'
    ]),
    0,
    100;

comment on table ref.plausible_range is
    'One row per number column of an evidence table that has limits: which values can only be a misreading, or a slip of the source?';
comment on column ref.plausible_range.column_name is 'Column of an evidence table.';
comment on column ref.plausible_range.lowest is 'Lowest plausible value.';
comment on column ref.plausible_range.highest is 'Highest plausible value.';
