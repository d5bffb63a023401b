-- bridge._follow_up
-- grain: one row per document that says how long mood was followed, and place that it rests on
-- reads: core.follow_up, core.reading, core.planned_outcome
-- answers: what is the longest time at which mood was assessed, from when, and where does it say so?
-- An abstract is read by rules. A registration says it in the time frames of its planned outcomes on mood: the longest
-- counts. Its other texts name ages, lengths of illness and of treatment, which are no follow-up. A table: time frames are
-- read once, for the rows and for their cells.
create table bridge._follow_up as
with planned as (
    select
        *,
        ref.days_in(time_frame) as days
    from core.planned_outcome
    where time_frame is not null and ref.is_about_mood(concat_ws(' ', measure, description))
),

longest as (
    select * from planned
    where days is not null
    qualify row_number() over (partition by nct_id order by days desc, ordinal) = 1
)

select
    follow_up.entity_id,
    follow_up.source,
    follow_up.source_id,
    follow_up.days,
    follow_up.anchor,
    reading.ordinal,
    reading.field,
    reading.span_start,
    reading.span_end,
    reading.quote,
    reading.rule,
    reading.is_derived,
    reading.confidence
from core.follow_up
join core.reading on reading.entity_id = follow_up.entity_id and reading.attribute = 'days'
where follow_up.source = 'pubmed'
union all
select
    'ctgov:' || nct_id || '/follow_up/1',
    'ctgov',
    nct_id,
    days,
    ref.anchor_in(time_frame),
    1,
    pointer || '/timeFrame',
    0,
    length(time_frame),
    time_frame,
    'registry.planned_time_frame',
    true,
    1.0
from longest;

comment on table bridge._follow_up is
    'One row per document that says how long mood was followed and place that it rests on: the longest time at which mood was assessed, and from when.';
comment on column bridge._follow_up.entity_id is 'Id of the follow-up.';
comment on column bridge._follow_up.source is 'pubmed or ctgov.';
comment on column bridge._follow_up.source_id is 'PMID or NCT id.';
comment on column bridge._follow_up.days is 'Days; of a registration the longest time frame of its planned outcomes on mood.';
comment on column bridge._follow_up.anchor is 'first_dose, last_dose or unspecified, as the words say.';
comment on column bridge._follow_up.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._follow_up.field is 'Field or JSON pointer.';
comment on column bridge._follow_up.span_start is 'Offset of the first character.';
comment on column bridge._follow_up.span_end is 'Offset behind the last character.';
comment on column bridge._follow_up.quote is 'Text that stands there.';
comment on column bridge._follow_up.rule is 'Rule or structured field.';
comment on column bridge._follow_up.is_derived is 'Whether days were computed from the words.';
comment on column bridge._follow_up.confidence is 'How sure the rule is, between 0 and 1.';
