-- bridge._participant_flow_cell
-- grain: one row per filled cell of evidence.participant_flow and place that it rests on
-- reads: ref.plausible_range, bridge._participant_flow_row, bridge._posted_flow
-- answers: what stands in each cell, and which words say so?
-- A table: view, cell_source and audits read it. Several reasons of one kind have one row each; the cell holds their sum.
create table bridge._participant_flow_cell as
with counts as (
    select flow.row_id, flow.source_id, posted.*
    from bridge._participant_flow_row as flow
    join bridge._posted_flow as posted
        on posted.nct_id = flow.source_id
        and posted.period_place = flow.period_place
        and posted.group_id = flow.group_id
    where posted.n_text is not null
),

cells as (
    select row_id, source_id, 'period' as column_name, period as value_text, null::double as value_number,
        period_pointer || '/title' as field, period as quote, 0 as place
    from bridge._participant_flow_row
    where has_flow
    union all
    select row_id, source_id, column_name, n_text, n, pointer, n_text, ordinal
    from counts where column_name is not null and n is not null
    union all
    -- the verbatim reason or milestone with its count rests on the name and on the number
    select row_id, source_id, case when is_drop_out then 'reasons_verbatim' else 'other_milestones' end,
        event || ': ' || n_text, null, event_pointer || '/type', event, 2 * ordinal
    from counts where (is_drop_out or column_name is null) and n is distinct from 0
    union all
    select row_id, source_id, case when is_drop_out then 'reasons_verbatim' else 'other_milestones' end,
        event || ': ' || n_text, null, pointer, n_text, 2 * ordinal + 1
    from counts where (is_drop_out or column_name is null) and n is distinct from 0
)

select
    row_id,
    column_name,
    row_number() over (partition by row_id, column_name order by place) as ordinal,
    value_text,
    value_number,
    'ctgov' as source,
    source_id,
    field,
    0 as span_start,
    length(quote) as span_end,
    quote,
    'registry.participant_flow' as rule,
    false as is_derived,
    1.0 as confidence,
    coalesce(value_number between lowest and highest, true) as is_plausible
from cells
left join ref.plausible_range using (column_name)
where value_text is not null and quote is not null;

comment on table bridge._participant_flow_cell is
    'One row per filled cell of evidence.participant_flow and place that it rests on: what stands there, and which words say so?';
comment on column bridge._participant_flow_cell.row_id is 'Row of the evidence view.';
comment on column bridge._participant_flow_cell.column_name is 'Column of the evidence view.';
comment on column bridge._participant_flow_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._participant_flow_cell.value_text is 'Value as text.';
comment on column bridge._participant_flow_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._participant_flow_cell.source is 'pubmed or ctgov.';
comment on column bridge._participant_flow_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._participant_flow_cell.field is 'JSON pointer.';
comment on column bridge._participant_flow_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._participant_flow_cell.span_end is 'Offset behind the last character.';
comment on column bridge._participant_flow_cell.quote is 'Text that stands there.';
comment on column bridge._participant_flow_cell.rule is 'Structured field that was read.';
comment on column bridge._participant_flow_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._participant_flow_cell.confidence is 'How sure the reading is, between 0 and 1.';
comment on column bridge._participant_flow_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty.';
