-- core.participant_flow
-- grain: one row per posted count of people of one group at one milestone or reason for leaving
-- answers: how many started, completed and left, and why?
create table core.participant_flow (
    nct_id      varchar not null,
    ordinal     integer not null,
    period      varchar,
    event       varchar,
    is_drop_out boolean not null,
    group_id    varchar,
    group_title varchar,
    n_text      varchar,
    n           integer,
    comment     varchar,
    pointer     varchar not null
);

comment on table core.participant_flow is
    'One row per posted count of people of one group at one milestone or reason for leaving: how many started, completed and left, and why?';
comment on column core.participant_flow.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.participant_flow.ordinal is 'Place of the row, from 1.';
comment on column core.participant_flow.period is 'Period of the study.';
comment on column core.participant_flow.event is 'Milestone (STARTED, COMPLETED, …) or reason for leaving.';
comment on column core.participant_flow.is_drop_out is 'Whether the event is a reason for leaving.';
comment on column core.participant_flow.group_id is 'Registry''s id of the group in this module.';
comment on column core.participant_flow.group_title is 'Title of the group.';
comment on column core.participant_flow.n_text is 'Count as written.';
comment on column core.participant_flow.n is 'Count; NULL where the text is not a plain number.';
comment on column core.participant_flow.comment is 'Comment as written.';
comment on column core.participant_flow.pointer is 'JSON pointer of the count.';
