-- every_value_cell_has_a_source
-- question: which filled cells of the evidence tables cite nothing?
-- why: The cells are taken from the views themselves, whatever they are made of.
with cells as (
    select 'baseline_characteristics' as view_name, row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.baseline_characteristics)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'dosing_protocols', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.dosing_protocols)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'durability_of_effect', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.durability_of_effect)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'outcome_comparisons', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.outcome_comparisons)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'outcome_measures', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.outcome_measures)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'participant_flow', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.participant_flow)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'patient_selection', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.patient_selection)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'registry_changes', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.registry_changes)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'registry_comparisons', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.registry_comparisons)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'registry_discrepancies', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.registry_discrepancies)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'safety', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.safety)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'topics', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.topics)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'trial_demographics', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.trial_demographics)
        on columns(* exclude row_id) into name column_name value cell
    )
    union all
    select 'trial_pipeline', row_id, column_name, cell
    from (
        unpivot (select row_id, columns(* exclude row_id)::varchar from evidence.trial_pipeline)
        on columns(* exclude row_id) into name column_name value cell
    )
),

sources as (
    select distinct view_name, row_id, column_name
    from evidence.cell_source
    where trim(quote) != '' and is_plausible
)

select cells.view_name, cells.row_id, cells.column_name, cells.cell
from cells
semi join ref.value_column using (view_name, column_name)
anti join sources using (view_name, row_id, column_name)
order by all;
