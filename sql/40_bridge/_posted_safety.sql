-- bridge._posted_safety
-- grain: one row per posted count of people of one group: with one event, with any serious or any other event, who died,
--        or who left because of an adverse event in one period
-- reads: core.adverse_event, core.adverse_event_group, core.participant_flow
-- answers: in how many of how many did harm occur, and where does the record say so?
-- A table: the reasons are matched once, the rows and their cells read it.
create table bridge._posted_safety as
with events as (
    select
        nct_id,
        'event' as item,
        1 as part,
        ordinal,
        group_id,
        group_title,
        is_serious,
        term,
        regexp_extract(pointer, '^.*Events/\d+') as about,
        n_events,
        n_affected,
        n_affected::varchar as n_affected_text,
        pointer || '/numAffected' as n_affected_pointer,
        n_at_risk,
        n_at_risk::varchar as n_at_risk_text,
        pointer || '/numAtRisk' as n_at_risk_pointer,
        pointer || '/numEvents' as n_events_pointer,
        organ_system,
        source_vocabulary,
        assessment_type,
        notes
    from core.adverse_event
),

groups as (
    select *, row_number() over (partition by nct_id order by length(pointer), pointer) as place
    from core.adverse_event_group
),

totals as (
    select
        nct_id,
        unnest(['any_serious', 'any_other', 'death']) as item,
        unnest([2, 3, 4]) as part,
        place as ordinal,
        nullif(group_id, '') as group_id,
        title as group_title,
        unnest([true, false, null]) as is_serious,
        unnest([serious_affected, other_affected, deaths_affected]) as n_affected,
        pointer || '/' || unnest(['serious', 'other', 'deaths']) || 'NumAffected' as n_affected_pointer,
        unnest([serious_at_risk, other_at_risk, deaths_at_risk]) as n_at_risk,
        pointer || '/' || unnest(['serious', 'other', 'deaths']) || 'NumAtRisk' as n_at_risk_pointer
    from groups
),

flow as (
    select
        *,
        regexp_extract(pointer, '^.*/periods/\d+') as period_pointer
    from core.participant_flow
),

-- people of a group at the start of a period: those at risk of leaving it
started as (
    select
        nct_id,
        period_pointer,
        group_id,
        any_value(n order by ordinal) as n,
        any_value(n_text order by ordinal) as n_text,
        any_value(pointer order by ordinal) as pointer
    from flow
    where not is_drop_out and upper(trim(event)) = 'STARTED'
    group by nct_id, period_pointer, group_id
),

discontinuations as (
    select
        flow.*,
        started.n as n_at_risk,
        started.n_text as n_at_risk_text,
        started.pointer as n_at_risk_pointer
    from flow
    left join started using (nct_id, period_pointer, group_id)
    where flow.is_drop_out and ref.is_adverse_event_reason(flow.event)
),

module as (
    select
        nct_id,
        any_value(time_frame) as time_frame,
        any_value(frequency_threshold_text) as frequency_threshold_text,
        any_value(frequency_threshold_pct) as frequency_threshold_pct
    from core.adverse_event_group
    group by nct_id
),

counts as (
    select
        events.*,
        null as period,
        null as period_pointer
    from events
    union all by name
    select
        totals.*,
        n_affected::varchar as n_affected_text,
        n_at_risk::varchar as n_at_risk_text
    from totals
    union all by name
    select
        nct_id,
        'discontinuation' as item,
        5 as part,
        ordinal,
        group_id,
        group_title,
        event as term,
        regexp_extract(pointer, '^.*/dropWithdraws/\d+') as about,
        n as n_affected,
        n_text as n_affected_text,
        pointer as n_affected_pointer,
        n_at_risk,
        n_at_risk_text,
        n_at_risk_pointer,
        period,
        period_pointer
    from discontinuations
)

select
    'ctgov:' || counts.nct_id || '/' || counts.item || '/' || counts.ordinal as entity_id,
    counts.nct_id,
    counts.item,
    counts.part,
    counts.ordinal,
    counts.group_id,
    counts.group_title,
    counts.is_serious,
    ---------- what
    counts.term,
    case counts.item
        when 'event' then counts.about || '/term'
        when 'discontinuation' then counts.about || '/type'
    end as term_pointer,
    counts.about,
    counts.organ_system,
    counts.period,
    counts.period_pointer,
    ---------- how many
    counts.n_affected,
    counts.n_affected_text,
    counts.n_affected_pointer,
    counts.n_at_risk,
    counts.n_at_risk_text,
    counts.n_at_risk_pointer,
    counts.n_events,
    counts.n_events_pointer,
    ---------- how it was collected
    case when counts.item != 'discontinuation' then module.time_frame end as time_frame,
    case when not counts.is_serious then module.frequency_threshold_pct end as frequency_threshold_pct,
    case when not counts.is_serious then module.frequency_threshold_text end as frequency_threshold_text,
    counts.source_vocabulary,
    counts.assessment_type,
    counts.notes
from counts
left join module using (nct_id);

comment on table bridge._posted_safety is
    'One row per posted count of people of one group with an event, with any event, who died, or who left because of an adverse event: in how many of how many did harm occur?';
comment on column bridge._posted_safety.entity_id is 'Id: ctgov:<NCT id>/<item>/<place>.';
comment on column bridge._posted_safety.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_safety.item is 'event, any_serious, any_other, death or discontinuation.';
comment on column bridge._posted_safety.part is 'Order of the items of one record.';
comment on column bridge._posted_safety.ordinal is 'Place among the items of its kind.';
comment on column bridge._posted_safety.group_id is 'Registry''s id of the group in its module.';
comment on column bridge._posted_safety.group_title is 'Title of the group.';
comment on column bridge._posted_safety.is_serious is 'Whether the count is of serious events; NULL for deaths and discontinuations.';
comment on column bridge._posted_safety.term is 'Event or reason for leaving as written.';
comment on column bridge._posted_safety.term_pointer is 'JSON pointer of the term.';
comment on column bridge._posted_safety.about is 'JSON pointer of the event or reason.';
comment on column bridge._posted_safety.organ_system is 'Organ system as written.';
comment on column bridge._posted_safety.period is 'Period in which people left.';
comment on column bridge._posted_safety.period_pointer is 'JSON pointer of the period.';
comment on column bridge._posted_safety.n_affected is 'People with the event.';
comment on column bridge._posted_safety.n_affected_text is 'That number as written.';
comment on column bridge._posted_safety.n_affected_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_safety.n_at_risk is 'People at risk; of leaving: who started the period.';
comment on column bridge._posted_safety.n_at_risk_text is 'That number as written.';
comment on column bridge._posted_safety.n_at_risk_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_safety.n_events is 'Number of events.';
comment on column bridge._posted_safety.n_events_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_safety.time_frame is 'Over which time events were counted, as written.';
comment on column bridge._posted_safety.frequency_threshold_pct is 'Threshold of other events in per cent.';
comment on column bridge._posted_safety.frequency_threshold_text is 'That threshold as written.';
comment on column bridge._posted_safety.source_vocabulary is 'Vocabulary of the term as written.';
comment on column bridge._posted_safety.assessment_type is 'SYSTEMATIC_ASSESSMENT or NON_SYSTEMATIC_ASSESSMENT.';
comment on column bridge._posted_safety.notes is 'Notes on the event as written.';
