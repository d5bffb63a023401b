-- core.scale
-- grain: one row per rating scale that a document names
-- answers: with which instruments was the effect measured?
create table core.scale (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    scale     varchar not null
);

comment on table core.scale is
    'One row per rating scale that a document names: with which instruments was the effect measured?';
comment on column core.scale.entity_id is 'Id: <source>:<id>/scale/<place>.';
comment on column core.scale.source is 'pubmed or ctgov.';
comment on column core.scale.source_id is 'PMID or NCT id.';
comment on column core.scale.scale is 'Rating scale.';
