-- bridge._comparison_cell
-- grain: one row per filled cell of evidence.registry_comparisons and place that it rests on
-- reads: bridge._comparison, bridge._match
-- answers: what does each side state, and which words say so?
-- The value of a cell lists all that the document states on the item, so each cell rests on the places of all of it.
create table bridge._comparison_cell as
with stated as (
    select distinct pair_id, item, 'registry_value' as column_name, 'ctgov' as source, registry as value
    from bridge._match
    where registry is not null
    union all
    select distinct pair_id, item, 'paper_value', 'pubmed', paper
    from bridge._match
    where paper is not null
),

places as (
    select distinct pair_id, item, column_name, source, ref.stated_text(item, value) as value_text, value.high as value_number, unnest(value.places) as place
    from stated
)

select
    comparison.row_id,
    places.column_name,
    row_number() over (
        partition by comparison.row_id, places.column_name
        order by
            -- the words that decide come first
            not coalesce(list_contains(deciding.places, places.place), false),
            places.place.field, places.place.span_start, places.place.span_end, places.value_text, places.place.rule
    )::integer as ordinal,
    places.value_text,
    places.value_number,
    places.source,
    case places.source when 'ctgov' then comparison.nct_id else comparison.pmid end as source_id,
    places.place.field,
    places.place.span_start,
    places.place.span_end,
    places.place.quote,
    places.place.rule,
    places.place.is_derived,
    places.place.confidence,
    true as is_plausible
from bridge._comparison as comparison
join places using (pair_id, item),
lateral (
    select case places.column_name when 'registry_value' then comparison.registry.places else comparison.paper.places end as places
) as deciding;

comment on table bridge._comparison_cell is
    'One row per filled cell of evidence.registry_comparisons and place that it rests on: what does each side state, and which words say so?';
comment on column bridge._comparison_cell.row_id is 'Row of the evidence view.';
comment on column bridge._comparison_cell.column_name is 'registry_value or paper_value.';
comment on column bridge._comparison_cell.ordinal is '1 for the words that decide, 2 and more for further places.';
comment on column bridge._comparison_cell.value_text is 'Value that is stated there.';
comment on column bridge._comparison_cell.value_number is 'Value as number, the highest of a range; NULL for words.';
comment on column bridge._comparison_cell.source is 'pubmed or ctgov.';
comment on column bridge._comparison_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._comparison_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._comparison_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._comparison_cell.span_end is 'Offset behind the last character.';
comment on column bridge._comparison_cell.quote is 'Text that stands there.';
comment on column bridge._comparison_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._comparison_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._comparison_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._comparison_cell.is_plausible is 'Always true: only plausible values are compared.';
