-- row_ids_are_unique
-- question: which rows of an evidence table share their id?
-- why: cell_source cites by row id.
select 'baseline_characteristics' as view_name, row_id, count(*) as copies
from evidence.baseline_characteristics group by all having copies > 1
union all
select 'dosing_protocols', row_id, count(*) as copies
from evidence.dosing_protocols group by all having copies > 1
union all
select 'durability_of_effect', row_id, count(*) as copies
from evidence.durability_of_effect group by all having copies > 1
union all
select 'outcome_comparisons', row_id, count(*) as copies
from evidence.outcome_comparisons group by all having copies > 1
union all
select 'outcome_measures', row_id, count(*) as copies
from evidence.outcome_measures group by all having copies > 1
union all
select 'participant_flow', row_id, count(*) as copies
from evidence.participant_flow group by all having copies > 1
union all
select 'patient_selection', row_id, count(*) as copies
from evidence.patient_selection group by all having copies > 1
union all
select 'registry_changes', row_id, count(*) as copies
from evidence.registry_changes group by all having copies > 1
union all
select 'registry_comparisons', row_id, count(*) as copies
from evidence.registry_comparisons group by all having copies > 1
union all
select 'report_integrity', row_id, count(*) as copies
from evidence.report_integrity group by all having copies > 1
union all
select 'safety', row_id, count(*) as copies
from evidence.safety group by all having copies > 1
union all
select 'topics', row_id, count(*) as copies
from evidence.topics group by all having copies > 1
union all
select 'trial_demographics', row_id, count(*) as copies
from evidence.trial_demographics group by all having copies > 1
union all
select 'trial_pipeline', row_id, count(*) as copies
from evidence.trial_pipeline group by all having copies > 1
order by all;
