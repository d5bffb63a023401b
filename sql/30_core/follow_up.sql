-- core.follow_up
-- grain: one row per document whose follow-up could be read
-- answers: how long were people followed, and from when?
create table core.follow_up (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    days      double not null,
    anchor    varchar not null
);

comment on table core.follow_up is
    'One row per document whose follow-up could be read: how long were people followed, and from when?';
comment on column core.follow_up.entity_id is 'Id: <source>:<id>/follow_up/1.';
comment on column core.follow_up.source is 'pubmed or ctgov.';
comment on column core.follow_up.source_id is 'PMID or NCT id.';
comment on column core.follow_up.days is 'Longest time at which mood was assessed, in days.';
comment on column core.follow_up.anchor is 'What it is counted from: first_dose, last_dose or unspecified.';
