-- core.intervention
-- grain: one row per intervention of a registration
-- answers: what is given in the trial?
create table core.intervention (
    intervention_id varchar not null,
    nct_id          varchar not null,
    ordinal         integer not null,
    kind            varchar,
    name            varchar not null,
    description     varchar,
    other_names     varchar[] not null,
    pointer         varchar not null
);

comment on table core.intervention is
    'One row per intervention of a registration: what is given in the trial?';
comment on column core.intervention.intervention_id is 'Id of the intervention: ctgov:<NCT id>/intervention/<place>.';
comment on column core.intervention.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.intervention.ordinal is 'Place of the intervention, from 1.';
comment on column core.intervention.kind is
    'DRUG, DEVICE, BEHAVIORAL, COMBINATION_PRODUCT, … Ketamine is registered under several.';
comment on column core.intervention.name is 'Name as written.';
comment on column core.intervention.description is 'Description, the registry''s markdown kept.';
comment on column core.intervention.other_names is 'Other names.';
comment on column core.intervention.pointer is 'JSON pointer of the intervention.';
