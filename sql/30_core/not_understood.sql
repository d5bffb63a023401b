-- core.not_understood
-- grain: one row per item that a document mentions but no rule could read
-- answers: where should a human look?
create table core.not_understood (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    item       varchar not null,
    field      varchar not null,
    span_start integer not null,
    span_end   integer not null,
    quote      varchar not null
);

comment on table core.not_understood is
    'One row per item that a document mentions but no rule could read: where should a human look?';
comment on column core.not_understood.entity_id is 'Id: <source>:<id>/not_understood/<place>.';
comment on column core.not_understood.source is 'pubmed or ctgov.';
comment on column core.not_understood.source_id is 'PMID or NCT id.';
comment on column core.not_understood.item is 'Item that is mentioned.';
comment on column core.not_understood.field is 'Field or JSON pointer.';
comment on column core.not_understood.span_start is 'Offset of the first character.';
comment on column core.not_understood.span_end is 'Offset behind the last character.';
comment on column core.not_understood.quote is 'Text that stands there.';
