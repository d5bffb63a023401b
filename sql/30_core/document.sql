-- core.document
-- grain: one row per document that the release was built from
-- answers: where, when and by which request was each record obtained?
create table core.document (
    source     varchar not null,
    source_id  varchar not null,
    sha256     varchar not null,
    fetched_at timestamp not null,
    request    varchar not null,
    run_id     varchar
);

comment on table core.document is
    'One row per document that the release was built from: where, when and by which request was each record obtained?';
comment on column core.document.source is 'Service that the record came from: pubmed or ctgov.';
comment on column core.document.source_id is 'PMID or NCT id.';
comment on column core.document.sha256 is 'Digest of the record''s bytes as stored in the snapshot, hexadecimal.';
comment on column core.document.fetched_at is 'When the record was obtained (UTC), as the snapshot says.';
comment on column core.document.request is
    'Request that brought it, without secrets, or the name of the imported file.';
comment on column core.document.run_id is
    'Run of core.run that stored this version; NULL when the record was built without a manifest.';
