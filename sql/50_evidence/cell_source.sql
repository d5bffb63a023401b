-- evidence.cell_source
-- grain: one row per value that was read for a cell of the evidence tables, and place that it rests on
-- reads: each bridge._…_cell, bridge._comparison, core.document
-- answers: where exactly does this number come from?
create view evidence.cell_source as
with cells as (
    select 'baseline_characteristics' as view_name, * from bridge._baseline_cell
    union all
    select 'dosing_protocols' as view_name, * from bridge._dosing_cell
    union all
    select 'durability_of_effect' as view_name, * from bridge._durability_cell
    union all
    select 'outcome_comparisons' as view_name, * from bridge._outcome_comparisons_cell
    union all
    select 'outcome_measures' as view_name, * from bridge._outcome_measures_cell
    union all
    select 'participant_flow' as view_name, * from bridge._participant_flow_cell
    union all
    select 'patient_selection' as view_name, * from bridge._selection_cell
    union all
    select 'registry_comparisons' as view_name, * from bridge._comparison_cell
    union all
    select 'registry_discrepancies' as view_name, cell.*
    from bridge._comparison_cell as cell
    semi join (select row_id from bridge._comparison where verdict = 'differs') using (row_id)
    union all
    select 'safety' as view_name, * from bridge._safety_cell
    union all
    select 'topics' as view_name, * from bridge._topic_cell
    union all
    select 'trial_demographics' as view_name, * from bridge._demographics_cell
    union all
    select 'trial_pipeline' as view_name, * from bridge._pipeline_cell
    union all by name
    -- old and new values stand in different versions of one record
    select 'registry_changes' as view_name, * from bridge._registry_changes_cell
)

select
    ---------- the cell
    cells.view_name,
    cells.row_id,
    cells.column_name,
    cells.ordinal,
    cells.value_text,
    cells.value_number,
    ---------- the document
    cells.source,
    cells.source_id,
    coalesce(cells.sha256, document.sha256) as sha256,
    coalesce(cells.fetched_at, document.fetched_at) as fetched_at,
    coalesce(cells.request, document.request) as request,
    ---------- the place
    cells.field,
    cells.span_start,
    cells.span_end,
    cells.quote,
    ---------- the reading
    cells.rule,
    cells.is_derived,
    cells.confidence,
    cells.is_plausible
from cells
left join core.document using (source, source_id)
order by
    cells.view_name, cells.row_id, cells.column_name, cells.ordinal, cells.field, cells.span_start, cells.value_text,
    cells.rule, cells.span_end, cells.source, cells.source_id, cells.quote;

comment on view evidence.cell_source is
    'One row per filled value cell of the evidence tables and place that it rests on: where exactly does this number come from?';
comment on column evidence.cell_source.view_name is 'View of the schema evidence, such as dosing_protocols.';
comment on column evidence.cell_source.row_id is 'Row of that view.';
comment on column evidence.cell_source.column_name is 'Column of that view.';
comment on column evidence.cell_source.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column evidence.cell_source.value_text is 'Value as read, as text. A count over several posted rows has one source a row; the cell holds their sum.';
comment on column evidence.cell_source.value_number is 'Value as read, as number; NULL for words.';
comment on column evidence.cell_source.source is 'pubmed or ctgov.';
comment on column evidence.cell_source.source_id is 'PMID or NCT id of the document that says so.';
comment on column evidence.cell_source.sha256 is 'Digest of the document''s bytes as stored in the snapshot; of registry_changes, of the version that states the value.';
comment on column evidence.cell_source.fetched_at is 'When the document was obtained (UTC).';
comment on column evidence.cell_source.request is 'Request that brought it, without secrets, or the name of the imported file.';
comment on column evidence.cell_source.field is 'title, abstract, or a JSON pointer into the registry''s record.';
comment on column evidence.cell_source.span_start is 'Offset of the first character in the field; 0 for a structured value.';
comment on column evidence.cell_source.span_end is 'Offset behind the last character.';
comment on column evidence.cell_source.quote is 'Text that stands there: field[start:end] = quote.';
comment on column evidence.cell_source.rule is 'Rule that read it (`ketalit rules dose.amount` shows that rule in full), or registry.<field> for a structured value, or safety_group.<group> where ref.safety_group decided.';
comment on column evidence.cell_source.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column evidence.cell_source.confidence is 'How sure the rule is, between 0 and 1.';
comment on column evidence.cell_source.is_plausible is 'Whether the value lies within the wide limits of ref.plausible_range. Where it does not, the cell stays empty as not understood, and this row says what was read.';
