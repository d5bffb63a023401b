-- bridge._outcome_measure
-- grain: one row per outcome of a protocol and per outcome of a results section
-- reads: core.planned_outcome, core.outcome_measure
-- answers: what was to be measured, or was reported, with which instrument, when, counted from where?
-- The instrument is read in the title; the description is asked only where the title says that something is rated and
-- names no instrument itself, and only where the description names a single one. A table: each text is matched once.
create table bridge._outcome_measure as
with outcomes as (
    select
        nct_id, ordinal, null::integer as outcome_index, kind, measure as title, description, time_frame,
        null as reporting_status, pointer, false as is_posted
    from core.planned_outcome
    union all
    select
        nct_id, ordinal, outcome_index,
        case kind when 'OTHER_PRE_SPECIFIED' then 'other' else lower(kind) end,
        title, description, time_frame, reporting_status, pointer, true
    from core.outcome_measure
),

named as (
    select
        *,
        ref.instruments_in(title) as in_title,
        case
            when regexp_matches(
                title, '(?i)scale|score|rating|rated|symptom|severity|depress|suicid|mood|anxi|dissoci|respon|remi|relaps'
            ) then ref.instruments_in(description)
        end as in_description
    from outcomes
)

select
    'ctgov:' || nct_id || case when is_posted then '/outcome_measure/' else '/planned_outcome/' end || ordinal
        as entity_id,
    nct_id,
    ordinal,
    outcome_index,
    is_posted,
    kind,
    case when is_posted then 'type' end as kind_field,
    title,
    case when is_posted then 'title' else 'measure' end as title_field,
    description,
    time_frame,
    reporting_status,
    case
        when len(in_title) = 1 then in_title[1]
        when len(in_title) = 0 and len(in_description) = 1 then in_description[1]
    end as instrument,
    case
        when len(in_title) = 1 then 'title'
        when len(in_title) = 0 and len(in_description) = 1 then 'description'
    end as instrument_place,
    len(in_title) > 1 as names_several,
    ref.days_in(time_frame) as time_days,
    ref.anchor_in(time_frame) as time_anchor,
    ref.is_about_mood(concat_ws(' ', title, description)) as is_about_mood,
    pointer
from named;

comment on table bridge._outcome_measure is
    'One row per outcome of a protocol and per outcome of a results section: what, with which instrument, when, counted from where?';
comment on column bridge._outcome_measure.entity_id is 'Id: ctgov:<NCT id>/planned_outcome/<place> or …/outcome_measure/<place>.';
comment on column bridge._outcome_measure.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._outcome_measure.ordinal is 'Place in core.planned_outcome or core.outcome_measure.';
comment on column bridge._outcome_measure.outcome_index is 'Place in the results section, from 0; NULL for planned outcomes.';
comment on column bridge._outcome_measure.is_posted is 'Whether it stands in the results section.';
comment on column bridge._outcome_measure.kind is 'primary, secondary, other or post_hoc; a word unknown to us in lower case.';
comment on column bridge._outcome_measure.kind_field is 'Field that says the kind of a posted outcome; NULL for planned ones, whose list says it.';
comment on column bridge._outcome_measure.title is 'Title as written.';
comment on column bridge._outcome_measure.title_field is 'Field of the title: measure in the protocol, title in the results.';
comment on column bridge._outcome_measure.description is 'Description as written.';
comment on column bridge._outcome_measure.time_frame is 'Time frame as written.';
comment on column bridge._outcome_measure.reporting_status is 'POSTED or NOT_POSTED; NULL for planned outcomes.';
comment on column bridge._outcome_measure.instrument is 'Rating instrument of ref.instruments_in; NULL when none or several are named.';
comment on column bridge._outcome_measure.instrument_place is 'title or description: where the instrument is named.';
comment on column bridge._outcome_measure.names_several is 'Whether the title names several instruments.';
comment on column bridge._outcome_measure.time_days is 'Latest time that the time frame names, in days.';
comment on column bridge._outcome_measure.time_anchor is 'What the time frame is counted from: first_dose, last_dose or unspecified.';
comment on column bridge._outcome_measure.is_about_mood is 'Whether it measures depression, suicidal thoughts or their course.';
comment on column bridge._outcome_measure.pointer is 'JSON pointer of the outcome.';
