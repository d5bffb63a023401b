-- core.registry_secondary_id
-- grain: one row per secondary id of a registration
-- answers: under which other ids is the trial known?
create table core.registry_secondary_id (
    nct_id       varchar not null,
    ordinal      integer not null,
    secondary_id varchar not null,
    kind         varchar,
    domain       varchar,
    pointer      varchar not null
);

comment on table core.registry_secondary_id is
    'One row per secondary id of a registration: under which other ids is the trial known?';
comment on column core.registry_secondary_id.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.registry_secondary_id.ordinal is 'Place in the list, from 1.';
comment on column core.registry_secondary_id.secondary_id is 'Other id as written.';
comment on column core.registry_secondary_id.kind is
    'Kind in the registry''s words: EUDRACT_NUMBER, REGISTRY, NIH, OTHER, …';
comment on column core.registry_secondary_id.domain is 'Who issues it.';
comment on column core.registry_secondary_id.pointer is 'JSON pointer of the entry.';
