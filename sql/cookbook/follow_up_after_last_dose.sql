-- title: Follow-up of at least 12 weeks after the last dose
-- topic: durability
-- question: Which studies followed people for at least so many weeks after the last dose?
-- parameter weeks: shortest follow-up, in weeks
-- note: Only follow-up that is counted from the last dose; one that is counted from the first dose holds the
--     treatment itself.
-- answer: study_id varchar, title varchar, year bigint, design varchar, drugs varchar[], follow_up_days double,
--         follow_up_weeks double, n integer, n_basis varchar, source_ids varchar[]
select
    effect.study_id,
    study.title,
    study.year,
    study.design,
    study.drugs,
    max(effect.follow_up_days) as follow_up_days,
    round(max(effect.follow_up_days) / 7, 1) as follow_up_weeks,
    study.n,
    study.n_basis,
    list(distinct effect.source_id order by effect.source_id) as source_ids
from evidence.durability_of_effect as effect
join evidence.study_overview as study using (study_id)
where
    effect.follow_up_anchor = 'last_dose'
    and effect.follow_up_days >= 7 * coalesce(getvariable('weeks'), 12)
    and effect.integrity <> 'retracted'
group by all
order by follow_up_days desc, effect.study_id;
