-- core.care
-- grain: one row per document that states how people are chosen by earlier treatment or watched after a dose
-- answers: how many treatments must have failed, and how long are people watched?
create table core.care (
    entity_id             varchar not null,
    source                varchar not null,
    source_id             varchar not null,
    failed_treatments_min double,
    observation_minutes   double
);

comment on table core.care is
    'One row per document that states how people are chosen by earlier treatment or watched after a dose.';
comment on column core.care.entity_id is 'Id: <source>:<id>/care/<place>.';
comment on column core.care.source is 'pubmed or ctgov.';
comment on column core.care.source_id is 'PMID or NCT id.';
comment on column core.care.failed_treatments_min is 'The least number of treatments that must have failed.';
comment on column core.care.observation_minutes is 'Minutes for which people are watched after a dose.';
