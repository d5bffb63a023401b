-- title: How completely dosing is reported
-- topic: dosing
-- question: In how many studies does the document that speaks for the study state dose, route, infusion time, number
--     and frequency of treatments?
-- note: A study states an item when one of its regimens does. Infusion times are asked of intravenous regimens only.
-- answer: item varchar, studies bigint, stated bigint, not_understood bigint, not_reported bigint, pct_stated double
with items as (
    select study_id, 'drug' as item, drug_absence as absence from evidence.dosing_protocols where is_preferred
    union all
    select study_id, 'route', route_absence from evidence.dosing_protocols where is_preferred
    union all
    select study_id, 'dose', dose_absence from evidence.dosing_protocols where is_preferred
    union all
    select study_id, 'infusion time', infusion_minutes_absence
    from evidence.dosing_protocols
    where is_preferred and route = 'iv'
    union all
    select study_id, 'number of treatments', sessions_absence from evidence.dosing_protocols where is_preferred
    union all
    select study_id, 'treatments a week', per_week_absence from evidence.dosing_protocols where is_preferred
    union all
    select study_id, 'length of the course', course_days_absence from evidence.dosing_protocols where is_preferred
),

studies as (
    select
        item,
        study_id,
        bool_or(absence is null) as is_stated,
        bool_or(absence = 'not understood') as is_not_understood
    from items
    join evidence.study_overview using (study_id)
    where is_own_sample
    group by item, study_id
)

select
    item,
    count(*) as studies,
    count(*) filter (is_stated) as stated,
    count(*) filter (not is_stated and is_not_understood) as not_understood,
    count(*) filter (not is_stated and not coalesce(is_not_understood, false)) as not_reported,
    round(100.0 * count(*) filter (is_stated) / count(*), 1) as pct_stated
from studies
group by item
order by pct_stated desc, item;
