-- core.arm_count
-- grain: one row per document that says how many arms its trial has
-- answers: how many groups does the report say that people were assigned to?
create table core.arm_count (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    n         integer not null
);

comment on table core.arm_count is
    'One row per document that says how many arms its trial has: how many groups were people assigned to?';
comment on column core.arm_count.entity_id is 'Id: <source>:<id>/arm_count/1.';
comment on column core.arm_count.source is 'pubmed or ctgov.';
comment on column core.arm_count.source_id is 'PMID or NCT id.';
comment on column core.arm_count.n is 'Number of arms.';
