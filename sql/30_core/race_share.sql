-- core.race_share
-- grain: one row per race or ethnic group whose share a document states
-- answers: which races and ethnic groups took part?
create table core.race_share (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    group_name varchar not null,
    pct        double not null
);

comment on table core.race_share is
    'One row per race or ethnic group whose share a document states: which races and ethnic groups took part?';
comment on column core.race_share.entity_id is 'Id: <source>:<id>/race_share/<place>.';
comment on column core.race_share.source is 'pubmed or ctgov.';
comment on column core.race_share.source_id is 'PMID or NCT id.';
comment on column core.race_share.group_name is 'Race or ethnic group as the document names it.';
comment on column core.race_share.pct is 'Share in per cent.';
