-- core.outcome_measure
-- grain: one row per outcome of the results section
-- answers: which outcomes did the trial report, or announce for its report?
create table core.outcome_measure (
    nct_id           varchar not null,
    ordinal          integer not null,
    outcome_index    integer not null,
    kind             varchar,
    title            varchar,
    description      varchar,
    time_frame       varchar,
    reporting_status varchar,
    pointer          varchar not null
);

comment on table core.outcome_measure is
    'One row per outcome of the results section: which outcomes did the trial report, or announce for its report?';
comment on column core.outcome_measure.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.outcome_measure.ordinal is 'Place of the row, from 1.';
comment on column core.outcome_measure.outcome_index is 'Place of the outcome in the results section, from 0; core.outcome_value names it.';
comment on column core.outcome_measure.kind is 'PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED or POST_HOC.';
comment on column core.outcome_measure.title is 'Title of the outcome.';
comment on column core.outcome_measure.description is 'How it was measured.';
comment on column core.outcome_measure.time_frame is 'When, as written.';
comment on column core.outcome_measure.reporting_status is 'POSTED or NOT_POSTED.';
comment on column core.outcome_measure.pointer is 'JSON pointer of the outcome.';
