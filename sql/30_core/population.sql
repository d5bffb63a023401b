-- core.population
-- grain: one row per population that a document names
-- answers: who was studied?
create table core.population (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    population varchar not null
);

comment on table core.population is
    'One row per population that a document names: who was studied?';
comment on column core.population.entity_id is 'Id: <source>:<id>/population/<place>.';
comment on column core.population.source is 'pubmed or ctgov.';
comment on column core.population.source_id is 'PMID or NCT id.';
comment on column core.population.population is
    'trd, mdd, bipolar, suicidal, postpartum, late_life, adolescent, healthy or other.';
