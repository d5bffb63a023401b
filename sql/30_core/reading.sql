-- core.reading
-- grain: one row per value that was read and span that it rests on
-- answers: which words of which document say so?
create table core.reading (
    entity_id    varchar not null,
    attribute    varchar not null,
    ordinal      integer not null,
    value_text   varchar not null,
    value_number double,
    source       varchar not null,
    source_id    varchar not null,
    field        varchar not null,
    span_start   integer not null,
    span_end     integer not null,
    quote        varchar not null,
    rule         varchar not null,
    is_derived   boolean not null,
    confidence   double not null,
    reason       varchar not null
);

comment on table core.reading is
    'One row per value that was read and span that it rests on: which words of which document say so?';
comment on column core.reading.entity_id is 'Entity that the value belongs to, such as pubmed:23982301/regimen/1.';
comment on column core.reading.attribute is 'Column of the entity''s table that holds the value.';
comment on column core.reading.ordinal is '1 for the span of the value, 2 and more for further spans that it rests on.';
comment on column core.reading.value_text is 'Value as text.';
comment on column core.reading.value_number is 'Value as number; NULL for words.';
comment on column core.reading.source is 'pubmed or ctgov.';
comment on column core.reading.source_id is 'PMID or NCT id.';
comment on column core.reading.field is 'title, abstract or a JSON pointer.';
comment on column core.reading.span_start is 'Offset of the first character in the field.';
comment on column core.reading.span_end is 'Offset behind the last character.';
comment on column core.reading.quote is 'Text that stands there: field[start:end] = quote.';
comment on column core.reading.rule is 'Rule that read it.';
comment on column core.reading.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column core.reading.confidence is 'How sure the rule is, between 0 and 1.';
comment on column core.reading.reason is
    'Why this value was chosen, or what makes it doubtful; empty when there is nothing to say.';
