-- notices_are_no_reports
-- question: which notices stand in an evidence table?
-- why: A retraction notice, erratum or expression of concern is about a report and is none.
with shown as (
    select row_id, pmid from evidence.dosing_protocols
    union all
    select row_id, pmid from evidence.durability_of_effect
    union all
    select row_id, pmid from evidence.trial_demographics
)

select shown.row_id, shown.pmid
from shown
join core.publication using (pmid)
where publication.integrity = 'notice'
order by all;
