-- core.registry_version
-- grain: one row per stored version of a registration of which several were seen
-- answers: which versions of a registration did we see, when were they posted, and where did the trial stand?
create table core.registry_version (
    nct_id                      varchar not null,
    version                     integer not null,
    sha256                      varchar not null,
    fetched_at                  timestamp not null,
    request                     varchar not null,
    run_id                      varchar not null,
    is_from_service             boolean not null,
    posted                      date,
    status                      varchar,
    start_earliest              date,
    start_latest                date,
    start_kind                  varchar,
    primary_completion_earliest date,
    primary_completion_latest   date,
    primary_completion_kind     varchar,
    completion_earliest         date,
    completion_latest           date,
    completion_kind             varchar,
    unreadable                  varchar
);

comment on table core.registry_version is
    'One row per stored version of a registration of which several were seen: when was it posted and seen, and where did the trial stand? The newest is the last.';
comment on column core.registry_version.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.registry_version.version is 'Number among the versions that we saw, from 1, oldest first; the registry may have had others between.';
comment on column core.registry_version.sha256 is 'Digest of the version''s bytes as stored in the snapshot, hexadecimal.';
comment on column core.registry_version.fetched_at is 'When this version was obtained (UTC).';
comment on column core.registry_version.request is 'Request that brought it, without secrets, or the name of the imported file.';
comment on column core.registry_version.run_id is 'Run of core.run that stored it.';
comment on column core.registry_version.is_from_service is 'Whether the registry itself gave it on that day; a file that was imported may be old.';
comment on column core.registry_version.posted is 'LastUpdatePostDate: the day on which the registry showed this version.';
comment on column core.registry_version.status is 'Overall status in the registry''s words.';
comment on column core.registry_version.start_earliest is 'First day that the start may mean.';
comment on column core.registry_version.start_latest is 'Last day that the start may mean.';
comment on column core.registry_version.start_kind is 'ACTUAL or ESTIMATED; NULL when the registry does not say.';
comment on column core.registry_version.primary_completion_earliest is 'First day that the primary completion may mean.';
comment on column core.registry_version.primary_completion_latest is 'Last day that the primary completion may mean.';
comment on column core.registry_version.primary_completion_kind is 'ACTUAL or ESTIMATED; NULL when the registry does not say.';
comment on column core.registry_version.completion_earliest is 'First day that the completion may mean.';
comment on column core.registry_version.completion_latest is 'Last day that the completion may mean.';
comment on column core.registry_version.completion_kind is 'ACTUAL or ESTIMATED; NULL when the registry does not say.';
comment on column core.registry_version.unreadable is 'Why the version could not be read; NULL when it could. Changes are then told from the version before it.';
