-- core.stated_role
-- grain: one row per role that a document gives itself
-- answers: does the paper call itself a pooled, follow-up or secondary report?
create table core.stated_role (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    role      varchar not null
);

comment on table core.stated_role is
    'One row per role that a document gives itself: does the paper call itself a pooled, follow-up or secondary report?';
comment on column core.stated_role.entity_id is 'Key of core.reading.';
comment on column core.stated_role.source is 'pubmed or ctgov.';
comment on column core.stated_role.source_id is 'PMID or NCT id.';
comment on column core.stated_role.role is 'pooled, follow_up or secondary.';
