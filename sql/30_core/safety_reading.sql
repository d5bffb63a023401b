-- core.safety_reading
-- grain: one row per adverse effect that a document names as occurring
-- answers: which harms does the report name?
create table core.safety_reading (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    term      varchar not null
);

comment on table core.safety_reading is
    'One row per adverse effect that a document names as occurring: which harms does the report name?';
comment on column core.safety_reading.entity_id is 'Id: <source>:<id>/safety/<place>.';
comment on column core.safety_reading.source is 'pubmed or ctgov.';
comment on column core.safety_reading.source_id is 'PMID or NCT id.';
comment on column core.safety_reading.term is 'Adverse effect in simple terms.';
