-- one_report_is_preferred
-- question: which studies have regimens preferred from several reports, or only some regimens of one report?
-- why: Whoever takes the preferred rows gets each study once, as one document describes it.
with reports as (
    select study_id, source_id, bool_or(is_preferred) as is_any, bool_and(is_preferred) as is_whole
    from evidence.dosing_protocols
    group by study_id, source_id
)

select study_id, count(*) as preferred_reports, count(*) filter (not is_whole) as in_part
from reports
where is_any
group by study_id
having preferred_reports > 1 or in_part > 0
order by study_id;
