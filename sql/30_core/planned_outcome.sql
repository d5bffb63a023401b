-- core.planned_outcome
-- grain: one row per outcome of a registered protocol
-- answers: what did the trial plan to measure, and when?
create table core.planned_outcome (
    nct_id      varchar not null,
    ordinal     integer not null,
    kind        varchar not null,
    measure     varchar not null,
    description varchar,
    time_frame  varchar,
    pointer     varchar not null
);

comment on table core.planned_outcome is
    'One row per outcome of a registered protocol: what did the trial plan to measure, and when?';
comment on column core.planned_outcome.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.planned_outcome.ordinal is 'Place of the outcome over all kinds, from 1.';
comment on column core.planned_outcome.kind is 'primary, secondary or other.';
comment on column core.planned_outcome.measure is 'What is measured.';
comment on column core.planned_outcome.description is 'How it is measured.';
comment on column core.planned_outcome.time_frame is 'When, as written.';
comment on column core.planned_outcome.pointer is 'JSON pointer of the outcome.';
