-- core.adverse_event
-- grain: one row per adverse event in one group
-- answers: which adverse events occurred, in how many?
create table core.adverse_event (
    nct_id            varchar not null,
    ordinal           integer not null,
    term              varchar,
    organ_system      varchar,
    source_vocabulary varchar,
    assessment_type   varchar,
    notes             varchar,
    is_serious        boolean not null,
    group_id          varchar,
    group_title       varchar,
    n_events          integer,
    n_affected        integer,
    n_at_risk         integer,
    pointer           varchar not null
);

comment on table core.adverse_event is
    'One row per adverse event in one group: which adverse events occurred, in how many?';
comment on column core.adverse_event.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.adverse_event.ordinal is 'Place of the row, from 1.';
comment on column core.adverse_event.term is 'Event as written.';
comment on column core.adverse_event.organ_system is 'Organ system.';
comment on column core.adverse_event.source_vocabulary is 'Vocabulary of the term as written, such as MedDRA (23.1).';
comment on column core.adverse_event.assessment_type is 'SYSTEMATIC_ASSESSMENT or NON_SYSTEMATIC_ASSESSMENT, in the registry''s words.';
comment on column core.adverse_event.notes is 'Notes on the event as written.';
comment on column core.adverse_event.is_serious is 'Whether the event is listed as serious.';
comment on column core.adverse_event.group_id is 'Group of core.adverse_event_group.';
comment on column core.adverse_event.group_title is 'Title of the group.';
comment on column core.adverse_event.n_events is 'Number of events.';
comment on column core.adverse_event.n_affected is 'People with the event.';
comment on column core.adverse_event.n_at_risk is 'People at risk.';
comment on column core.adverse_event.pointer is 'JSON pointer of the counts.';
