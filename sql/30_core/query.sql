-- core.query
-- grain: one row per query of a run
-- answers: what exactly was asked, what did the service make of it, and how many records did it count?
create table core.query (
    run_id           varchar not null,
    ordinal          integer not null,
    query_sent       varchar not null,
    query_understood varchar,
    n_found          integer not null,
    asked_at         timestamp not null,
    data_version     varchar,
    warnings         varchar[] not null
);

comment on table core.query is
    'One row per query of a run: what exactly was asked, what did the service make of it, and how many records did it count?';
comment on column core.query.run_id is 'Run of core.run.';
comment on column core.query.ordinal is 'Place of the query in its run, from 1.';
comment on column core.query.query_sent is 'Query as it was sent.';
comment on column core.query.query_understood is
    'Query as the service translated it; NULL when the service does not say.';
comment on column core.query.n_found is 'Number of records that the service counted.';
comment on column core.query.asked_at is 'When the query was sent (UTC).';
comment on column core.query.data_version is 'The service''s own stamp of its data; NULL when it has none.';
comment on column core.query.warnings is 'Warnings of the service, such as phrases that it did not find.';
