-- title: Posted results of primary outcomes
-- topic: durability
-- question: Which differences between arms, with which intervals and p values, do registrations post for their
--     primary outcomes?
-- answer: study_id varchar, arms_compared varchar, outcome_title varchar, instrument varchar, time_frame varchar,
--         effect_type varchar, effect double, ci_pct double, ci_lower double, ci_upper double, p_value_verbatim
--         varchar, method varchar, nct_id varchar
select
    study_id,
    arms_compared,
    outcome_title,
    instrument,
    time_frame,
    effect_type,
    effect,
    ci_pct,
    ci_lower,
    ci_upper,
    p_value_verbatim,
    method,
    nct_id
from evidence.outcome_comparisons
where outcome_type = 'primary' and integrity <> 'retracted'
order by study_id, outcome_title, arms_compared, row_id;
