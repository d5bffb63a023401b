-- core.location
-- grain: one row per site of a registration
-- answers: where was the trial done?
create table core.location (
    nct_id   varchar not null,
    ordinal  integer not null,
    facility varchar,
    city     varchar,
    state    varchar,
    country  varchar,
    status   varchar
);

comment on table core.location is
    'One row per site of a registration: where was the trial done?';
comment on column core.location.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.location.ordinal is 'Place in the list, from 1.';
comment on column core.location.facility is 'Facility.';
comment on column core.location.city is 'City.';
comment on column core.location.state is 'State or region.';
comment on column core.location.country is 'Country.';
comment on column core.location.status is 'Status of the site.';
