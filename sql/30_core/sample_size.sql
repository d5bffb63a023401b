-- core.sample_size
-- grain: one row per number of people that a document states
-- answers: how many people, counted on which basis?
create table core.sample_size (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    n         integer not null,
    basis     varchar not null,
    arm       varchar,
    is_total  boolean not null
);

comment on table core.sample_size is
    'One row per number of people that a document states: how many people, counted on which basis?';
comment on column core.sample_size.entity_id is 'Id: <source>:<id>/sample_size/<place>.';
comment on column core.sample_size.source is 'pubmed or ctgov.';
comment on column core.sample_size.source_id is 'PMID or NCT id.';
comment on column core.sample_size.n is 'Number of people.';
comment on column core.sample_size.basis is
    'screened, planned, enrolled, randomised, treated, analysed, completed or unspecified.';
comment on column core.sample_size.arm is 'Label of the arm as written; NULL for the whole sample.';
comment on column core.sample_size.is_total is 'Whether this is the size of the patient sample under study.';
