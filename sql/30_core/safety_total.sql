-- core.safety_total
-- grain: one row per total over all adverse events that a document states
-- answers: how many people had a serious event, or left because of one?
create table core.safety_total (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    item       varchar not null,
    n_affected integer,
    n_at_risk  integer,
    pct        double
);

comment on table core.safety_total is
    'One row per total over all adverse events that a document states: how many people had a serious event, or left because of one?';
comment on column core.safety_total.entity_id is 'Id: <source>:<id>/safety_total/<place>.';
comment on column core.safety_total.source is 'pubmed or ctgov.';
comment on column core.safety_total.source_id is 'PMID or NCT id.';
comment on column core.safety_total.item is 'any_serious or discontinuation.';
comment on column core.safety_total.n_affected is 'People with such an event; 0 where the document says that nobody had one.';
comment on column core.safety_total.n_at_risk is 'People among whom they were counted.';
comment on column core.safety_total.pct is 'Share of people in per cent, as stated or computed from the two.';
