-- title: Does the effect of a longer course last longer?
-- topic: durability
-- question: What course was given, how long were people followed, and how many relapsed, study beside study?
-- note: A table to look at, not an analysis: studies differ in all but the course.
-- answer: study_id varchar, drug varchar, routes varchar[], most_sessions double, longest_course_days double,
--         follow_up_days double, counted_from varchar[], relapse_pcts double[], times_to_relapse_days double[]
with courses as (
    select
        study_id,
        drug,
        list(distinct route order by route) as routes,
        max(coalesce(sessions_max, sessions)) as most_sessions,
        max(course_days) as longest_course_days
    from evidence.dosing_protocols
    where is_preferred and drug is not null
    group by study_id, drug
),

relapses as (
    select
        study_id,
        max(follow_up_days) as follow_up_days,
        list(distinct follow_up_anchor order by follow_up_anchor) as counted_from,
        list(distinct pct order by pct) filter (outcome_kind = 'relapse') as relapse_pcts,
        list(distinct time_to_relapse_days order by time_to_relapse_days) as times_to_relapse_days
    from evidence.durability_of_effect
    where integrity <> 'retracted'
    group by study_id
)

select
    courses.study_id,
    courses.drug,
    courses.routes,
    courses.most_sessions,
    courses.longest_course_days,
    relapses.follow_up_days,
    relapses.counted_from,
    relapses.relapse_pcts,
    relapses.times_to_relapse_days
from courses
join relapses using (study_id)
join evidence.study_overview as study using (study_id)
where study.is_own_sample and (courses.most_sessions is not null or courses.longest_course_days is not null)
order by courses.most_sessions desc, courses.study_id, courses.drug;
