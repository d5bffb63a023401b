-- bridge._stated_harm
-- grain: one row per number of people with a serious adverse event that a document states of the whole trial
-- reads: core.adverse_event_group, core.arm, core.registration, core.safety_total, core.reading, bridge._report
-- answers: how many people had a serious adverse event, as each document says?
-- Groups of periods and of a crossover overlap: there the number lies between that of the largest group and their sum.
create table bridge._stated_harm as
with groups as (
    select * from core.adverse_event_group
    where serious_affected is not null and not regexp_matches(coalesce(title, ''), '(?i)^\W*(total|overall|all)\b')
),

arms as (
    select nct_id, count(*) as n_arms
    from core.arm
    group by nct_id
),

posted as (
    select
        nct_id,
        sum(serious_affected) as highest,
        case
            when registration.intervention_model = 'CROSSOVER' or count(*) > greatest(coalesce(any_value(n_arms), 1), 1)
                then max(serious_affected)
            else sum(serious_affected)
        end as lowest,
        list(
            ref.place(
                pointer || '/seriousNumAffected', 0, length(serious_affected::varchar), serious_affected::varchar,
                'registry.serious_events', true, 1.0
            )
            order by group_id
        ) as places
    from groups
    join core.registration using (nct_id)
    left join arms using (nct_id)
    group by nct_id, registration.intervention_model
),

stated as (
    select 'ctgov' as source, nct_id as source_id, nct_id as stated_in, lowest, highest, places
    from posted
    union all
    select
        total.source, total.source_id, total.entity_id, total.n_affected, total.n_affected,
        [ref.place(field, span_start, span_end, quote, rule, is_derived, confidence)]
    from core.safety_total as total
    join core.reading
        on reading.entity_id = total.entity_id and reading.attribute = 'n_affected' and reading.ordinal = 1
    -- `no drug-related serious events` says nothing of the others
    where total.item = 'any_serious' and not regexp_matches(reading.quote, '(?i)related')
)

select
    report.study_id,
    report.source,
    report.source_id,
    'serious_events' as item,
    stated.stated_in,
    'people' as unit,
    null::varchar as basis,
    stated.lowest::double as low,
    stated.highest::double as high,
    null::varchar as word,
    0::double as step,
    stated.places
from bridge._report as report
join stated using (source, source_id)
where report.is_standing and report.study_id is not null;

comment on table bridge._stated_harm is
    'One row per number of people with a serious adverse event that a document states of the whole trial: how many?';
comment on column bridge._stated_harm.study_id is 'Study of core.study.';
comment on column bridge._stated_harm.source is 'pubmed or ctgov.';
comment on column bridge._stated_harm.source_id is 'PMID or NCT id.';
comment on column bridge._stated_harm.item is 'serious_events.';
comment on column bridge._stated_harm.stated_in is 'Row of the evidence table, entity or JSON pointer that states it.';
comment on column bridge._stated_harm.unit is 'people.';
comment on column bridge._stated_harm.basis is 'Always NULL.';
comment on column bridge._stated_harm.low is 'Value, or the lowest of a range; NULL for words.';
comment on column bridge._stated_harm.high is 'Value, or the highest of a range; NULL for words.';
comment on column bridge._stated_harm.word is 'Word of the vocabulary; NULL for numbers.';
comment on column bridge._stated_harm.step is '0: these numbers are not rounded.';
comment on column bridge._stated_harm.places is 'Where it stands: field, offsets, quote, rule, whether it is arithmetic, confidence.';
