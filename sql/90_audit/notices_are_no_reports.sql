-- notices_are_no_reports
-- question: which notices stand in an evidence table?
-- why: A retraction notice, erratum or expression of concern is about a report and is none.
with shown as (
    select row_id, pmid from evidence.dosing_protocols
    union all
    select row_id, pmid from evidence.durability_of_effect
    union all
    select row_id, pmid from evidence.patient_selection
    union all
    select row_id, pmid from evidence.registry_comparisons
    union all
    select row_id, pmid from evidence.safety
    union all
    select row_id, pmid from evidence.topics
    union all
    select row_id, pmid from evidence.trial_demographics
),

notices as (
    select pmid from core.publication where integrity = 'notice'
    union
    select pmid from bridge._integrity_statement where is_notice
)

select shown.row_id, shown.pmid
from shown
semi join notices using (pmid)
order by all;
