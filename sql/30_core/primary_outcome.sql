-- core.primary_outcome
-- grain: one row per rating scale that a document names as its primary outcome
-- answers: with which instrument, and when, was the primary outcome measured?
create table core.primary_outcome (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    scale     varchar,
    time_days double
);

comment on table core.primary_outcome is
    'One row per rating scale that a document names as its primary outcome: with which instrument, and when, was it measured?';
comment on column core.primary_outcome.entity_id is 'Id: <source>:<id>/primary_outcome/<place>.';
comment on column core.primary_outcome.source is 'pubmed or ctgov.';
comment on column core.primary_outcome.source_id is 'PMID or NCT id.';
comment on column core.primary_outcome.scale is 'Rating scale; NULL where only the time is stated.';
comment on column core.primary_outcome.time_days is 'When it was measured, in days from the dose or baseline; NULL where several times or none are stated.';
