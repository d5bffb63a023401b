-- only_shown_reports_are_in_the_tables
-- question: which rows come from reports that the rules exclude?
-- why: Excluded reports stay visible in evidence.screening, not in the tables.
with shown as (
    select row_id, source_id from evidence.baseline_characteristics
    union all
    select row_id, source_id from evidence.dosing_protocols
    union all
    select row_id, source_id from evidence.durability_of_effect
    union all
    select row_id, source_id from evidence.outcome_comparisons
    union all
    select row_id, source_id from evidence.outcome_measures
    union all
    select row_id, source_id from evidence.participant_flow
    union all
    select row_id, source_id from evidence.patient_selection
    union all
    select row_id, source_id from evidence.registry_changes
    union all
    select row_id, source_id from evidence.safety
    union all
    select row_id, source_id from evidence.topics
    union all
    select row_id, source_id from evidence.trial_demographics
    union all
    select row_id, source_id from evidence.trial_pipeline
)

select shown.row_id, screening.decision
from shown
join evidence.screening using (source_id)
where screening.decision not in ('included', 'needs review', 'retracted')
order by all;
