-- bridge._topic_cell
-- grain: one row per filled cell of evidence.topics and place that it rests on
-- reads: core.reading, bridge._topic_row
-- answers: what stands in each cell, and which words say so?
-- The evidence view is made of these rows, so a cell without a source cannot be. A table: view, cell_source and audits
-- read it.
create table bridge._topic_cell as
with readings as (
    select topics.row_id, reading.*
    from bridge._topic_row as topics
    join core.reading using (entity_id)
),

-- the words themselves, and the sentence in which they stand
words as (
    select readings.* replace (
        case ordinal when 1 then 'quote' else 'sentence' end as attribute,
        1 as ordinal,
        quote as value_text
    )
    from readings
    where attribute = 'topic' and ordinal <= 2
),

cells as (
    select * from readings
    union all
    select * from words
)

select
    row_id,
    attribute as column_name,
    ordinal,
    value_text,
    value_number,
    source,
    source_id,
    field,
    span_start,
    span_end,
    quote,
    rule,
    is_derived,
    confidence,
    true as is_plausible
from cells;

comment on table bridge._topic_cell is
    'One row per filled cell of evidence.topics and place that it rests on: what stands there, and which words say so?';
comment on column bridge._topic_cell.row_id is 'Row of the evidence view.';
comment on column bridge._topic_cell.column_name is 'Column of the evidence view.';
comment on column bridge._topic_cell.ordinal is '1 for the value itself, 2 for the sentence around it.';
comment on column bridge._topic_cell.value_text is 'Value as text.';
comment on column bridge._topic_cell.value_number is 'Always NULL: topics are words.';
comment on column bridge._topic_cell.source is 'pubmed or ctgov.';
comment on column bridge._topic_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._topic_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._topic_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._topic_cell.span_end is 'Offset behind the last character.';
comment on column bridge._topic_cell.quote is 'Text that stands there.';
comment on column bridge._topic_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._topic_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._topic_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._topic_cell.is_plausible is 'Always true: a topic has no limits.';
