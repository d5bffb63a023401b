-- core.run
-- grain: one row per refresh or import whose documents the release holds
-- answers: which strategy was run when, and did it bring everything that the service promised?
create table core.run (
    run_id           varchar not null,
    source           varchar not null,
    kind             varchar not null,
    mode             varchar,
    mode_reason      varchar,
    since            date,
    strategy         varchar,
    strategy_version varchar,
    strategy_digest  varchar,
    started_at       timestamp not null,
    finished_at      timestamp,
    promised         integer not null,
    stored           integer not null,
    unchanged        integer not null,
    explained        integer not null,
    status           varchar not null,
    ketalit_version  varchar not null
);

comment on table core.run is
    'One row per refresh or import whose documents the release holds: which strategy was run when, and did it bring everything that the service promised?';
comment on column core.run.run_id is 'Id of the run: the name of its folder under snapshots.';
comment on column core.run.source is 'Service that was asked: pubmed or ctgov.';
comment on column core.run.kind is 'refresh when the service was queried, import when local files were read.';
comment on column core.run.mode is
    'full when everything that the search finds was asked for, incremental when only what was added or revised; NULL for an import.';
comment on column core.run.mode_reason is
    'Why the run was full, or from when on an incremental one asked; NULL for an import and for runs before this was kept.';
comment on column core.run.since is
    'First day of the window of an incremental run, which has no last day: CRDT, EDAT or MDAT in PubMed, LastUpdatePostDate in the registry.';
comment on column core.run.strategy is 'Name of the search strategy; NULL for an import.';
comment on column core.run.strategy_version is 'Version of the search strategy as its file states it.';
comment on column core.run.strategy_digest is 'Digest of the strategy file.';
comment on column core.run.started_at is 'When the run started (UTC).';
comment on column core.run.finished_at is 'When the run ended (UTC).';
comment on column core.run.promised is 'Number of ids that the run has to account for: those that the service listed, and those that it listed before and no longer does.';
comment on column core.run.stored is 'Documents written in this run: new, or changed since they were last stored.';
comment on column core.run.unchanged is 'Promised documents that came byte for byte as they were stored before.';
comment on column core.run.explained is
    'Promised ids without a document for which there is a reason, in core.unobtained_document.';
comment on column core.run.status is
    'complete when promised = stored + unchanged + explained; nothing is built from other runs.';
comment on column core.run.ketalit_version is 'Version of ketalit that ran.';
