-- title: Relapse after randomised withdrawal, by maintenance frequency
-- topic: durability
-- question: In trials that withdrew treatment or compared maintenance schedules at random, how many relapsed in each
--     arm, and how often was the drug given there?
-- note: doses_a_week is that of the arm of the same name, else NULL; those of the whole study stand beside it (0.5 is
--     every two weeks). Responders and remitters stay apart, and so do registry and abstract of one trial: never add
--     them up.
-- answer: study_id varchar, design varchar, arm_label varchar, doses_a_week double, doses_a_week_in_study double[],
--         at_risk varchar, treatment_status varchar, outcome_kind varchar, n integer, denominator integer, pct double,
--         time_to_relapse_days double, statistic varchar, value_absence varchar, time_frame varchar, source varchar,
--         source_id varchar
with schedules as (
    select study_id, arm_label, per_week
    from evidence.dosing_protocols
    where integrity <> 'retracted' and per_week is not null
),

arms as (
    select study_id, arm_label, max(per_week) as doses_a_week
    from schedules
    where arm_label is not null
    group by study_id, arm_label
    having count(distinct per_week) = 1
),

studies as (
    select study_id, list(distinct per_week order by per_week) as doses_a_week_in_study
    from schedules
    group by study_id
),

of_maintenance as (
    select distinct study_id
    from evidence.topics
    where topic = 'maintenance' and integrity <> 'retracted'
)

select
    effect.study_id,
    study.design,
    effect.arm_label,
    arms.doses_a_week,
    studies.doses_a_week_in_study,
    effect.at_risk,
    effect.treatment_status,
    effect.outcome_kind,
    effect.n,
    effect.denominator,
    effect.pct,
    effect.time_to_relapse_days,
    effect.statistic,
    effect.value_absence,
    effect.time_frame,
    effect.source,
    effect.source_id
from evidence.durability_of_effect as effect
join evidence.study_overview as study using (study_id)
left join of_maintenance using (study_id)
left join arms using (study_id, arm_label)
left join studies using (study_id)
where
    (
        study.design = 'rct_withdrawal'
        or (study.design in ('rct_parallel', 'rct_crossover') and of_maintenance.study_id is not null)
    )
    and effect.outcome_kind in ('relapse', 'relapse_free')
    and effect.integrity <> 'retracted'
order by effect.study_id, effect.source desc, effect.at_risk, effect.arm_label, effect.row_id;
