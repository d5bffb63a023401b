-- bridge._safety_cell
-- grain: one row per filled cell of evidence.safety and place that it rests on
-- reads: ref.plausible_range, core.reading, core.safety_count, core.safety_reading, core.safety_total,
--        bridge._posted_safety, bridge._safety_event, bridge._safety_row
-- answers: what stands in each cell, and which words say so?
-- A table: view, cell_source and audits read it. Nothing is summed: a person with two events counts once in each of
-- their rows, and the registry's own totals count that person once.
create table bridge._safety_cell as
with posted as (
    select
        safety.row_id,
        count.*,
        case count.item
            when 'event' then known.event_group
            when 'death' then 'death'
            when 'discontinuation' then 'discontinuation'
        end as event_group,
        case count.item when 'event' then known.event else ref.plain_text(count.term) end as event,
        round(100.0 * count.n_affected / nullif(count.n_at_risk, 0), 2) as pct
    from bridge._safety_row as safety
    join bridge._posted_safety as count using (entity_id)
    left join bridge._safety_event as known using (term)
),

posted_cells as (
    select row_id, nct_id, 'term' as column_name, 1 as ordinal, term as value_text, null::double as value_number,
        term_pointer as field, term as quote, 'registry.term' as rule, false as is_derived
    from posted
    union all
    select row_id, nct_id, 'event', 1, event, null, term_pointer, term, 'registry.term', false from posted
    union all
    select row_id, nct_id, 'event_group', 1, event_group, null,
        coalesce(term_pointer, n_affected_pointer), coalesce(term, n_affected_text),
        'safety_group.' || event_group, false
    from posted where event_group is not null
    union all
    select row_id, nct_id, 'organ_system', 1, organ_system, null, about || '/organSystem', organ_system,
        'registry.organ_system', false
    from posted
    union all
    select row_id, nct_id, 'period', 1, period, null, period_pointer || '/title', period, 'registry.period', false
    from posted
    union all
    select row_id, nct_id, 'n_affected', 1, n_affected_text, n_affected, n_affected_pointer, n_affected_text,
        'registry.n_affected', false
    from posted where n_affected is not null
    union all
    select row_id, nct_id, 'n_at_risk', 1, n_at_risk_text, n_at_risk, n_at_risk_pointer, n_at_risk_text,
        'registry.n_at_risk', false
    from posted where n_at_risk is not null
    union all
    select row_id, nct_id, 'pct', unnest([1, 2]), pct::varchar, pct,
        unnest([n_affected_pointer, n_at_risk_pointer]), unnest([n_affected_text, n_at_risk_text]),
        'registry.n_affected_of_n_at_risk', true
    from posted where pct is not null
    union all
    select row_id, nct_id, 'n_events', 1, n_events::varchar, n_events, n_events_pointer, n_events::varchar,
        'registry.n_events', false
    from posted where n_events is not null
    union all
    select row_id, nct_id, 'time_frame', 1, time_frame, null, '/resultsSection/adverseEventsModule/timeFrame',
        time_frame, 'registry.time_frame', false
    from posted
    union all
    select row_id, nct_id, 'frequency_threshold_pct', 1, frequency_threshold_text, frequency_threshold_pct,
        '/resultsSection/adverseEventsModule/frequencyThreshold', frequency_threshold_text,
        'registry.frequency_threshold', false
    from posted where frequency_threshold_pct is not null
    union all
    select row_id, nct_id, 'source_vocabulary', 1, source_vocabulary, null, about || '/sourceVocabulary',
        source_vocabulary, 'registry.source_vocabulary', false
    from posted
    union all
    select row_id, nct_id, 'assessment_type', 1, assessment_type, null, about || '/assessmentType', assessment_type,
        'registry.assessment_type', false
    from posted
    union all
    select row_id, nct_id, 'notes', 1, notes, null, about || '/notes', notes, 'registry.notes', false from posted
),

-- the words that name an effect in an abstract, and what they stand for
named as (
    select safety.row_id, effect.term as effect, known.event_group, known.event, reading.*
    from bridge._safety_row as safety
    join core.safety_reading as effect using (entity_id)
    join core.reading as reading using (entity_id)
    join bridge._safety_event as known on known.term = effect.term
    where reading.attribute = 'term'
),

-- the numbers of an effect; where a document states two, as for two arms, none is that of the effect
counted as (
    select safety.row_id, reading.*
    from bridge._safety_row as safety
    join core.safety_reading as effect using (entity_id)
    join core.safety_count as counts
        on (counts.source, counts.source_id, counts.term) = (effect.source, effect.source_id, effect.term)
    join core.reading as reading on reading.entity_id = counts.entity_id
    union all
    select safety.row_id, reading.*
    from bridge._safety_row as safety
    join core.safety_total using (entity_id)
    join core.reading as reading using (entity_id)
),

-- the words that say how many left are those that say that anybody did
left_for_events as (
    select counted.*
    from counted
    join bridge._safety_row as safety using (row_id)
    where safety.item = 'discontinuation'
    qualify attribute = min(attribute) over (partition by row_id)
),

cells as (
    select
        row_id, column_name, ordinal, value_text, value_number, 'ctgov' as source, nct_id as source_id,
        field, 0 as span_start, length(quote) as span_end, quote, rule, is_derived, 1.0 as confidence
    from posted_cells
    where trim(value_text) != '' and trim(quote) != ''
    union all
    select
        row_id, unnest(['term', 'event', 'event_group']), ordinal, unnest([quote, event, event_group]), null,
        source, source_id, field, span_start, span_end, quote,
        unnest([rule, rule, 'safety_group.' || event_group]), is_derived, confidence
    from named
    union all
    select
        row_id, attribute, ordinal, value_text, value_number,
        source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence
    from counted
    union all
    select
        row_id, 'event_group', ordinal, 'discontinuation', null,
        source, source_id, field, span_start, span_end, quote, 'safety_group.discontinuation', is_derived, confidence
    from left_for_events
)

select
    cells.*,
    coalesce(
        value_number between lowest and highest
            -- more people affected than at risk: the two are of different groups
            and (
                column_name not in ('n_affected', 'n_at_risk')
                or coalesce(
                    max(value_number) filter (column_name = 'n_affected') over one_row
                        <= min(value_number) filter (column_name = 'n_at_risk') over one_row,
                    true
                )
            ),
        true
    ) as is_plausible
from cells
left join ref.plausible_range using (column_name)
window one_row as (partition by row_id);

comment on table bridge._safety_cell is
    'One row per filled cell of evidence.safety and place that it rests on: what stands there, and which words say so?';
comment on column bridge._safety_cell.row_id is 'Row of the evidence view.';
comment on column bridge._safety_cell.column_name is 'Column of the evidence view.';
comment on column bridge._safety_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._safety_cell.value_text is 'Value as text.';
comment on column bridge._safety_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._safety_cell.source is 'pubmed or ctgov.';
comment on column bridge._safety_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._safety_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._safety_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._safety_cell.span_end is 'Offset behind the last character.';
comment on column bridge._safety_cell.quote is 'Text that stands there.';
comment on column bridge._safety_cell.rule is 'Rule or structured field that was read; safety_group.<group> where ref.safety_group decided.';
comment on column bridge._safety_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._safety_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._safety_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty as not understood.';
