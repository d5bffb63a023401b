-- core.criterion
-- grain: one row per document and condition that its eligibility criteria name
-- answers: which conditions keep people out, and which are let in?
create table core.criterion (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    subject   varchar not null,
    decision  varchar not null
);

comment on table core.criterion is
    'One row per document and condition that its eligibility criteria name: which keep people out, and which are let in?';
comment on column core.criterion.entity_id is 'Id: <source>:<id>/criterion/<place>.';
comment on column core.criterion.source is 'pubmed or ctgov.';
comment on column core.criterion.source_id is 'PMID or NCT id.';
comment on column core.criterion.subject is
    'psychosis, bipolar, substance_use, uncontrolled_hypertension, pregnancy or prior_ketamine.';
comment on column core.criterion.decision is 'excluded or allowed.';
