-- core.baseline_group
-- grain: one row per column of the baseline table of a registration
-- answers: whom does the registry's baseline table set side by side, and how many are they?
create table core.baseline_group (
    nct_id      varchar not null,
    ordinal     integer not null,
    group_id    varchar not null,
    title       varchar,
    description varchar,
    is_total    boolean not null,
    n_text      varchar,
    n           integer,
    n_unit      varchar,
    n_pointer   varchar,
    pointer     varchar not null
);

comment on table core.baseline_group is
    'One row per column of the baseline table of a registration: whom does it set side by side, and how many are they?';
comment on column core.baseline_group.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.baseline_group.ordinal is 'Place of the column, from 1.';
comment on column core.baseline_group.group_id is 'Registry''s id of the group in this module.';
comment on column core.baseline_group.title is 'Title of the group.';
comment on column core.baseline_group.description is 'Description of the group.';
comment on column core.baseline_group.is_total is 'Whether the registry calls it the sum of the other groups.';
comment on column core.baseline_group.n_text is 'Number of the group in the head of the table, as written.';
comment on column core.baseline_group.n is 'Number of the group in the head of the table.';
comment on column core.baseline_group.n_unit is 'What that number counts: Participants wherever the record counts people.';
comment on column core.baseline_group.n_pointer is 'JSON pointer of that number.';
comment on column core.baseline_group.pointer is 'JSON pointer of the group.';
