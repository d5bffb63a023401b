-- core.adverse_event_group
-- grain: one row per group of the posted adverse events
-- answers: how many people had serious, other and fatal events?
create table core.adverse_event_group (
    nct_id                   varchar not null,
    group_id                 varchar not null,
    title                    varchar,
    description              varchar,
    time_frame               varchar,
    frequency_threshold_text varchar,
    frequency_threshold_pct  double,
    serious_affected         integer,
    serious_at_risk          integer,
    other_affected           integer,
    other_at_risk            integer,
    deaths_affected          integer,
    deaths_at_risk           integer,
    pointer                  varchar not null
);

comment on table core.adverse_event_group is
    'One row per group of the posted adverse events: how many people had serious, other and fatal events?';
comment on column core.adverse_event_group.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.adverse_event_group.group_id is 'Registry''s id of the group in this module.';
comment on column core.adverse_event_group.title is 'Title of the group.';
comment on column core.adverse_event_group.description is 'Description of the group.';
comment on column core.adverse_event_group.time_frame is 'Over which time events were counted.';
comment on column core.adverse_event_group.frequency_threshold_text is 'Threshold of the other events as written.';
comment on column core.adverse_event_group.frequency_threshold_pct is 'Other events are posted when more than so many per cent of one group had them.';
comment on column core.adverse_event_group.serious_affected is 'People with a serious event.';
comment on column core.adverse_event_group.serious_at_risk is 'People at risk of a serious event.';
comment on column core.adverse_event_group.other_affected is 'People with another event.';
comment on column core.adverse_event_group.other_at_risk is 'People at risk of another event.';
comment on column core.adverse_event_group.deaths_affected is 'People who died.';
comment on column core.adverse_event_group.deaths_at_risk is 'People at risk of death.';
comment on column core.adverse_event_group.pointer is 'JSON pointer of the group.';
