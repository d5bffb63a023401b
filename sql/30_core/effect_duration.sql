-- core.effect_duration
-- grain: one row per document that states how long the effect was seen
-- answers: until when was the effect still there?
create table core.effect_duration (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    days      double not null
);

comment on table core.effect_duration is
    'One row per document that states how long the effect was seen: until when was the effect still there?';
comment on column core.effect_duration.entity_id is 'Id: <source>:<id>/effect_duration/1.';
comment on column core.effect_duration.source is 'pubmed or ctgov.';
comment on column core.effect_duration.source_id is 'PMID or NCT id.';
comment on column core.effect_duration.days is 'Latest time at which the effect is stated to persist, in days.';
