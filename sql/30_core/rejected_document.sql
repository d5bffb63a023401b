-- core.rejected_document
-- grain: one row per document that could not be read
-- answers: what did we obtain, but could not use, and why?
create table core.rejected_document (
    source    varchar not null,
    source_id varchar not null,
    sha256    varchar not null,
    reason    varchar not null
);

comment on table core.rejected_document is
    'One row per document that could not be read: what did we obtain, but could not use, and why?';
comment on column core.rejected_document.source is 'Service that the record came from: pubmed or ctgov.';
comment on column core.rejected_document.source_id is 'PMID or NCT id.';
comment on column core.rejected_document.sha256 is 'Digest of the record''s bytes.';
comment on column core.rejected_document.reason is 'Why the record could not be read, one sentence.';
