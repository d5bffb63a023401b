-- every_shown_report_has_its_rows
-- question: which included reports are missing from an evidence table?
-- why: A report that states nothing has a row of reasons: its silence is seen.
with expected as (
    select study_id, source, source_id from bridge._report where is_shown
),

found as (
    select distinct 'dosing_protocols' as view_name, study_id, source_id from evidence.dosing_protocols
    union all
    select distinct 'durability_of_effect', study_id, source_id from evidence.durability_of_effect
    union all
    select distinct 'patient_selection', study_id, source_id from evidence.patient_selection
    union all
    select distinct 'trial_demographics', study_id, source_id from evidence.trial_demographics
    union all
    select distinct 'safety', study_id, source_id from evidence.safety
)

select view_name, study_id, source_id
from expected
cross join (
    select unnest(['dosing_protocols', 'durability_of_effect', 'patient_selection', 'safety', 'trial_demographics'])
        as view_name
)
anti join found using (view_name, study_id, source_id)
order by all;
