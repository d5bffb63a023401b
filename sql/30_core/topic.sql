-- core.topic
-- grain: one row per topic that a document says its study takes up
-- answers: what else is studied beside dose, effect and safety?
create table core.topic (
    entity_id    varchar not null,
    source       varchar not null,
    source_id    varchar not null,
    topic        varchar not null,
    outcome_kind varchar
);

comment on table core.topic is
    'One row per topic that a document says its study takes up: what else is studied beside dose, effect and safety?';
comment on column core.topic.entity_id is 'Id: <source>:<id>/topic/<place>.';
comment on column core.topic.source is 'pubmed or ctgov.';
comment on column core.topic.source_id is 'PMID or NCT id.';
comment on column core.topic.topic is 'Topic of ref.topic.';
comment on column core.topic.outcome_kind is 'primary, secondary or other, where a planned outcome of a registration is the place; else NULL.';
