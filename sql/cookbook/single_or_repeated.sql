-- title: Single doses against repeated treatment
-- topic: dosing
-- question: How many studies gave one dose only, how many a course, and how many do not say?
-- answer: drug varchar, course varchar, studies bigint, study_ids varchar[]
with studies as (
    select
        study_id,
        drug,
        max(coalesce(sessions_max, sessions)) as most_sessions,
        bool_or(per_week is not null) as has_schedule
    from evidence.dosing_protocols
    join evidence.study_overview using (study_id)
    where is_preferred and is_own_sample and drug is not null
    group by study_id, drug
),

grouped as (
    select
        *,
        case
            when most_sessions = 1 then 'single dose'
            when most_sessions <= 6 then '2 to 6 doses'
            when most_sessions > 6 then 'more than 6 doses'
            when has_schedule then 'repeated, number not stated'
            else 'not stated'
        end as course
    from studies
)

select drug, course, count(*) as studies, list(study_id order by study_id) as study_ids
from grouped
group by drug, course
order by drug, course;
