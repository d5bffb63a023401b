-- core.withdrawn_document
-- grain: one row per stored record that its source no longer holds
-- answers: which records were deleted or merged by their source, since when, and what says so?
create table core.withdrawn_document (
    source       varchar not null,
    source_id    varchar not null,
    title        varchar,
    reason       varchar not null,
    merged_into  varchar,
    withdrawn_at timestamp not null,
    run_id       varchar not null,
    sha256       varchar not null,
    fetched_at   timestamp not null,
    request      varchar not null
);

comment on table core.withdrawn_document is
    'One row per stored record that its source no longer holds: which records were deleted or merged by their source, since when, and what says so? They stay stored and are left out of the evidence tables.';
comment on column core.withdrawn_document.source is 'pubmed or ctgov.';
comment on column core.withdrawn_document.source_id is 'PMID or NCT id.';
comment on column core.withdrawn_document.title is 'Title in the last stored version; NULL when it could not be read.';
comment on column core.withdrawn_document.reason is
    'What the source says; an absence counts when it was found on two different days.';
comment on column core.withdrawn_document.merged_into is 'Id of the record that it became an alias of; NULL when it was deleted.';
comment on column core.withdrawn_document.withdrawn_at is 'Start of the run that settled it (UTC).';
comment on column core.withdrawn_document.run_id is 'Run of core.run that settled it.';
comment on column core.withdrawn_document.sha256 is 'Digest of the last version''s bytes as stored in the snapshot, hexadecimal.';
comment on column core.withdrawn_document.fetched_at is 'When the last version was obtained (UTC).';
comment on column core.withdrawn_document.request is 'Request that brought it, without secrets, or the name of the imported file.';
