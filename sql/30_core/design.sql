-- core.design
-- grain: one row per document whose design could be read
-- answers: how was the report's study designed?
create table core.design (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    design    varchar not null
);

comment on table core.design is
    'One row per document whose design could be read: how was the report''s study designed?';
comment on column core.design.entity_id is 'Id: <source>:<id>/design/1.';
comment on column core.design.source is 'pubmed or ctgov.';
comment on column core.design.source_id is 'PMID or NCT id.';
comment on column core.design.design is
    'rct_parallel, rct_crossover, rct_withdrawal, open_label, observational, case_series, secondary_analysis, protocol, meta_analysis, review or other.';
