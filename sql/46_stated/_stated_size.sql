-- bridge._stated_size
-- grain: one row per number of people, or of arms, that a document states of the whole trial
-- reads: core.arm, core.registration, core.arm_count, core.reading, bridge._report, bridge._sample
-- answers: how many people, on which basis, and how many arms does each document state?
create table bridge._stated_size as
with stated as (
    select
        source,
        source_id,
        'n' as item,
        entity_id as stated_in,
        'people' as unit,
        -- a number beside that of the sample may be of other people: it can confirm, and never contradict
        case when source = 'ctgov' or is_total then basis else 'beside' end as basis,
        n as value,
        [ref.place(field, span_start, span_end, quote, rule, is_derived, confidence)] as places
    from bridge._sample
    where arm is null
    union all
    -- healthy controls are a group of the registration, but no arm of the trial
    select
        'ctgov', arm.nct_id, 'arms', arm.nct_id, 'arms', any_value(registration.intervention_model), count(*),
        list(
            ref.place(arm.pointer || '/label', 0, length(arm.label), arm.label, 'registry.arms', true, 1.0)
            order by arm.ordinal
        )
    from core.arm
    join core.registration using (nct_id)
    where not regexp_matches(arm.label, '(?i)\bhealthy\b')
    group by arm.nct_id
    union all
    select
        arms.source, arms.source_id, 'arms', arms.entity_id, 'arms', null, arms.n,
        [ref.place(field, span_start, span_end, quote, rule, is_derived, confidence)]
    from core.arm_count as arms
    join core.reading on reading.entity_id = arms.entity_id and reading.attribute = 'n' and reading.ordinal = 1
)

select
    report.study_id,
    report.source,
    report.source_id,
    stated.item,
    stated.stated_in,
    stated.unit,
    stated.basis,
    stated.value::double as low,
    stated.value::double as high,
    null::varchar as word,
    0::double as step,
    stated.places
from bridge._report as report
join stated using (source, source_id)
where report.is_standing and report.study_id is not null;

comment on table bridge._stated_size is
    'One row per number of people, or of arms, that a document states of the whole trial: how many, and on which basis?';
comment on column bridge._stated_size.study_id is 'Study of core.study.';
comment on column bridge._stated_size.source is 'pubmed or ctgov.';
comment on column bridge._stated_size.source_id is 'PMID or NCT id.';
comment on column bridge._stated_size.item is 'n or arms.';
comment on column bridge._stated_size.stated_in is 'Row of the evidence table, entity or JSON pointer that states it.';
comment on column bridge._stated_size.unit is 'people or arms.';
comment on column bridge._stated_size.basis is 'Of people: whom they count, as in bridge._sample, or beside for a number that is not that of the sample. Of arms: the registry''s model of the trial.';
comment on column bridge._stated_size.low is 'Value, or the lowest of a range; NULL for words.';
comment on column bridge._stated_size.high is 'Value, or the highest of a range; NULL for words.';
comment on column bridge._stated_size.word is 'Word of the vocabulary; NULL for numbers.';
comment on column bridge._stated_size.step is '0: these numbers are not rounded.';
comment on column bridge._stated_size.places is 'Where it stands: field, offsets, quote, rule, whether it is arithmetic, confidence.';
