-- core.time_to_relapse
-- grain: one row per time to relapse that a document states
-- answers: how long did the effect last?
create table core.time_to_relapse (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    arm       varchar,
    days      double not null,
    statistic varchar not null
);

comment on table core.time_to_relapse is
    'One row per time to relapse that a document states: how long did the effect last?';
comment on column core.time_to_relapse.entity_id is 'Id: <source>:<id>/time_to_relapse/<place>.';
comment on column core.time_to_relapse.source is 'pubmed or ctgov.';
comment on column core.time_to_relapse.source_id is 'PMID or NCT id.';
comment on column core.time_to_relapse.arm is 'Label of the arm as written.';
comment on column core.time_to_relapse.days is 'Time in days.';
comment on column core.time_to_relapse.statistic is 'mean, median, minimum or maximum.';
