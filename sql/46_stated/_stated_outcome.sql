-- bridge._stated_outcome
-- grain: one row per rating scale, or time, that a document states of its primary outcome
-- reads: core.planned_outcome, core.primary_outcome, core.reading, bridge._report
-- answers: with which scale, and when, was the primary outcome to be measured, as each document says?
-- The registry's secondary outcomes are here too: a paper's primary outcome that was registered as secondary is told so.
create table bridge._stated_outcome as
with planned as (
    select
        nct_id,
        kind,
        pointer,
        measure,
        time_frame,
        -- a title that names no scale is explained by its description
        case when ref.scale_in(measure) is not null then 'measure' else 'description' end as key,
        case when ref.scale_in(measure) is not null then measure else description end as words,
        coalesce(ref.scale_in(measure), ref.scale_in(description)) as scale,
        count(*) over (partition by nct_id, kind) as n_outcomes
    from core.planned_outcome
    where kind in ('primary', 'secondary')
),

frames as (
    select *, unnest(ref.times_in(time_frame)) as days
    from planned
    where kind = 'primary'
),

stated as (
    select
        'ctgov' as source,
        nct_id as source_id,
        'primary_outcome' as item,
        pointer as stated_in,
        'scale' as unit,
        kind as basis,
        null::double as value,
        scale as word,
        [ref.place(pointer || '/' || key, 0, length(words), words, 'registry.outcome', false, 1.0)] as places
    from planned
    where scale is not null
    union all
    -- one that names no scale of depression may be measured with any other
    select
        'ctgov', nct_id, 'primary_outcome', pointer, 'scale', 'unnamed', null, null,
        [ref.place(pointer || '/measure', 0, length(measure), measure, 'registry.outcome', false, 1.0)]
    from planned
    where kind = 'primary' and scale is null
    union all
    select
        'ctgov', nct_id, 'primary_outcome_time', pointer,
        -- the only primary outcome is that of the paper, whatever it is called
        coalesce(scale, case when n_outcomes = 1 then 'any' else 'unnamed' end),
        case when regexp_matches(time_frame, '(?i)\b(through(out)?|up to|over|during|within|until)\b') then 'span' else 'point' end,
        days, null,
        [ref.place(pointer || '/timeFrame', 0, length(time_frame), time_frame, 'registry.time_frame', false, 1.0)]
    from frames
    union all
    select
        outcome.source, outcome.source_id, 'primary_outcome', outcome.entity_id, 'scale', 'primary', null, outcome.scale,
        [ref.place(field, span_start, span_end, quote, rule, is_derived, confidence)]
    from core.primary_outcome as outcome
    join core.reading on reading.entity_id = outcome.entity_id and reading.attribute = 'scale' and reading.ordinal = 1
    union all
    select
        outcome.source, outcome.source_id, 'primary_outcome_time', outcome.entity_id, coalesce(outcome.scale, 'any'),
        'point', outcome.time_days, null,
        [ref.place(field, span_start, span_end, quote, rule, is_derived, confidence)]
    from core.primary_outcome as outcome
    join core.reading
        on reading.entity_id = outcome.entity_id and reading.attribute = 'time_days' and reading.ordinal = 1
)

select
    report.study_id,
    report.source,
    report.source_id,
    stated.item,
    stated.stated_in,
    stated.unit,
    stated.basis,
    stated.value as low,
    stated.value as high,
    stated.word,
    0::double as step,
    stated.places
from bridge._report as report
join stated using (source, source_id)
where report.is_standing and report.study_id is not null;

comment on table bridge._stated_outcome is
    'One row per rating scale, or time, that a document states of its primary outcome: with which scale, and when, was it to be measured?';
comment on column bridge._stated_outcome.study_id is 'Study of core.study.';
comment on column bridge._stated_outcome.source is 'pubmed or ctgov.';
comment on column bridge._stated_outcome.source_id is 'PMID or NCT id.';
comment on column bridge._stated_outcome.item is 'primary_outcome or primary_outcome_time.';
comment on column bridge._stated_outcome.stated_in is 'Row of the evidence table, entity or JSON pointer that states it.';
comment on column bridge._stated_outcome.unit is 'scale; of a time the scale that is measured then, any where there is only one outcome, unnamed where the registry names none of several.';
comment on column bridge._stated_outcome.basis is 'Of a scale: primary, secondary, or unnamed for a primary outcome that names no scale of depression. Of a time: point, or span for one that runs up to it.';
comment on column bridge._stated_outcome.low is 'Value, or the lowest of a range; NULL for words.';
comment on column bridge._stated_outcome.high is 'Value, or the highest of a range; NULL for words.';
comment on column bridge._stated_outcome.word is 'Word of the vocabulary; NULL for numbers.';
comment on column bridge._stated_outcome.step is '0: these numbers are not rounded.';
comment on column bridge._stated_outcome.places is 'Where it stands: field, offsets, quote, rule, whether it is arithmetic, confidence.';
