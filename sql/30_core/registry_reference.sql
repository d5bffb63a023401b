-- core.registry_reference
-- grain: one row per publication that a registration cites
-- answers: which publications does the registry connect with the trial?
create table core.registry_reference (
    nct_id   varchar not null,
    ordinal  integer not null,
    pmid     varchar,
    kind     varchar,
    citation varchar,
    pointer  varchar not null
);

comment on table core.registry_reference is
    'One row per publication that a registration cites: which publications does the registry connect with the trial?';
comment on column core.registry_reference.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.registry_reference.ordinal is 'Place in the list, from 1.';
comment on column core.registry_reference.pmid is 'PubMed id, whether or not we hold the record.';
comment on column core.registry_reference.kind is 'RESULT, DERIVED or BACKGROUND; background is about other work.';
comment on column core.registry_reference.citation is 'Citation as written.';
comment on column core.registry_reference.pointer is 'JSON pointer of the entry.';
