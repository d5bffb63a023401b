-- core.stated_registry_id
-- grain: one row per registry id that the rules read in the text
-- answers: which trial does the text name?
create table core.stated_registry_id (
    entity_id   varchar not null,
    source      varchar not null,
    source_id   varchar not null,
    registry_id varchar not null
);

comment on table core.stated_registry_id is
    'One row per registry id that the rules read in the text: which trial does the text name?';
comment on column core.stated_registry_id.entity_id is 'Id: <source>:<id>/registry_id/<place>.';
comment on column core.stated_registry_id.source is 'pubmed or ctgov.';
comment on column core.stated_registry_id.source_id is 'PMID or NCT id.';
comment on column core.stated_registry_id.registry_id is 'Registry id.';
