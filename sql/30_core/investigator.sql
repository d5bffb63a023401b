-- core.investigator
-- grain: one row per person who answers for a registered trial
-- answers: who led the trial, so that a paper can be recognised by its authors?
create table core.investigator (
    nct_id      varchar not null,
    ordinal     integer not null,
    name        varchar not null,
    role        varchar,
    affiliation varchar,
    pointer     varchar not null
);

comment on table core.investigator is
    'One row per person who answers for a registered trial: who led the trial, so that a paper can be recognised by its authors?';
comment on column core.investigator.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.investigator.ordinal is 'Place in the list, from 1: overall officials, then the responsible party.';
comment on column core.investigator.name is 'Name as written, degrees and titles kept.';
comment on column core.investigator.role is 'PRINCIPAL_INVESTIGATOR, STUDY_CHAIR, STUDY_DIRECTOR, SPONSOR_INVESTIGATOR, … as the registry says it; NULL in old records.';
comment on column core.investigator.affiliation is 'Institution as written.';
comment on column core.investigator.pointer is 'JSON pointer of the name.';
