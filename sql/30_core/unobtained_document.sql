-- core.unobtained_document
-- grain: one row per promised id without a document
-- answers: which records did a service list, but not give, and why?
create table core.unobtained_document (
    run_id    varchar not null,
    source    varchar not null,
    source_id varchar not null,
    reason    varchar not null
);

comment on table core.unobtained_document is
    'One row per promised id without a document: which records did a service list, but not give, and why?';
comment on column core.unobtained_document.run_id is 'Run of core.run.';
comment on column core.unobtained_document.source is 'pubmed or ctgov.';
comment on column core.unobtained_document.source_id is 'PMID or NCT id.';
comment on column core.unobtained_document.reason is 'Why there is no document.';
