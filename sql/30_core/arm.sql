-- core.arm
-- grain: one row per arm of a registration
-- answers: which groups does the trial compare?
create table core.arm (
    arm_id      varchar not null,
    nct_id      varchar not null,
    ordinal     integer not null,
    label       varchar not null,
    kind        varchar,
    description varchar,
    pointer     varchar not null
);

comment on table core.arm is
    'One row per arm of a registration: which groups does the trial compare?';
comment on column core.arm.arm_id is 'Id of the arm: ctgov:<NCT id>/arm/<place>.';
comment on column core.arm.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.arm.ordinal is 'Place of the arm, from 1.';
comment on column core.arm.label is 'Label as written.';
comment on column core.arm.kind is 'EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, …';
comment on column core.arm.description is 'Description, the registry''s markdown kept.';
comment on column core.arm.pointer is 'JSON pointer of the arm.';
