-- bridge._safety_event
-- grain: one row per wording of an adverse event in any source
-- reads: ref.safety_group, core.adverse_event, core.safety_reading
-- answers: which group of ketamine's known harms does it belong to?
-- A table: each wording is looked up once, however many groups of people it is posted for.
create table bridge._safety_event as
with wordings as (
    select term from core.adverse_event where term is not null
    union
    select term from core.safety_reading
),

-- `57600-Nausea`, `NAUSEA` and `Nausea ` are one event
plain as (
    select
        term,
        trim(regexp_replace(regexp_replace(ref.plain_text(term), '^\d{3,}\s*[-:]\s*', ''), '\s+', ' ', 'g')) as event
    from wordings
),

worded as materialized (
    select term, event, ' ' || regexp_replace(strip_accents(event), '[^a-z0-9]+', ' ', 'g') || ' ' as words
    from plain
),

met as (
    select
        worded.term,
        first(known.event_group order by known.place, known.pattern) as event_group,
        first(known.pattern order by known.place, known.pattern) as pattern
    from worded
    join ref.safety_group as known on worded.words like '% ' || known.pattern || ' %'
    group by worded.term
)

select
    worded.term,
    worded.event,
    coalesce(met.event_group, 'other') as event_group,
    met.pattern
from worded
left join met using (term);

comment on table bridge._safety_event is
    'One row per wording of an adverse event in any source: which group of ketamine''s known harms does it belong to?';
comment on column bridge._safety_event.term is 'Event as written, or the simple term of a rule.';
comment on column bridge._safety_event.event is 'Event in plain words.';
comment on column bridge._safety_event.event_group is 'Group of ref.safety_group; other where no pattern is met.';
comment on column bridge._safety_event.pattern is 'Pattern that decided; NULL where none is met.';
