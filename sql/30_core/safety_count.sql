-- core.safety_count
-- grain: one row per adverse effect that a document states a number for
-- answers: how many people had the effect, as the sentence says?
create table core.safety_count (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    term       varchar not null,
    n_affected integer,
    n_at_risk  integer,
    pct        double
);

comment on table core.safety_count is
    'One row per adverse effect that a document states a number for: how many people had the effect, as the sentence says?';
comment on column core.safety_count.entity_id is 'Id: <source>:<id>/safety_count/<place>.';
comment on column core.safety_count.source is 'pubmed or ctgov.';
comment on column core.safety_count.source_id is 'PMID or NCT id.';
comment on column core.safety_count.term is 'Adverse effect in simple terms, as in core.safety_reading.';
comment on column core.safety_count.n_affected is 'People with the effect.';
comment on column core.safety_count.n_at_risk is 'People among whom they were counted.';
comment on column core.safety_count.pct is 'Share of people in per cent, as stated or computed from the two.';
