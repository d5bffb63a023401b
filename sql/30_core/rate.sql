-- core.rate
-- grain: one row per rate of response, remission or relapse that a document states
-- answers: how many responded, remitted or relapsed, in whom, when?
create table core.rate (
    entity_id   varchar not null,
    source      varchar not null,
    source_id   varchar not null,
    kind        varchar not null,
    arm         varchar,
    pct         double not null,
    n           double,
    denominator double,
    time_days   double,
    at_risk     varchar not null,
    threshold   varchar
);

comment on table core.rate is
    'One row per rate of response, remission or relapse that a document states: how many responded, remitted or relapsed, in whom, when?';
comment on column core.rate.entity_id is 'Id: <source>:<id>/rate/<place>.';
comment on column core.rate.source is 'pubmed or ctgov.';
comment on column core.rate.source_id is 'PMID or NCT id.';
comment on column core.rate.kind is 'response, remission or relapse.';
comment on column core.rate.arm is 'Label of the arm as written.';
comment on column core.rate.pct is 'Rate in per cent.';
comment on column core.rate.n is 'Number of people with the event.';
comment on column core.rate.denominator is 'Number of people at risk.';
comment on column core.rate.time_days is 'When it was counted, in days.';
comment on column core.rate.at_risk is 'In whom: all, responders or remitters.';
comment on column core.rate.threshold is 'Definition as written.';
