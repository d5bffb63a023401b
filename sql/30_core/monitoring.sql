-- core.monitoring
-- grain: one row per document and sign that is watched around a dose
-- answers: what is monitored?
create table core.monitoring (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    sign      varchar not null
);

comment on table core.monitoring is 'One row per document and sign that is watched around a dose: what is monitored?';
comment on column core.monitoring.entity_id is 'Id: <source>:<id>/monitoring/<place>.';
comment on column core.monitoring.source is 'pubmed or ctgov.';
comment on column core.monitoring.source_id is 'PMID or NCT id.';
comment on column core.monitoring.sign is 'blood_pressure, heart, oxygen, sedation or dissociation.';
