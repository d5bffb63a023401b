-- bridge._posted_outcome
-- grain: one row per posted measurement that counts people with an event of response, remission or relapse, or times relapse
-- reads: core.outcome_value
-- answers: which posted results say how many responded, remitted or relapsed, or how long until relapse?
-- Recognised by title, headings, unit and kind of parameter; a mean score under a title that mentions responders is none.
-- A table: the titles are matched once, the rows and their cells read it.
create table bridge._posted_outcome as
with titled as (
    select
        *,
        ref.plain_text(title) as plain_title,
        lower(unit) as unit_in_lower_case,
        coalesce(category_title, class_title) as heading,
        regexp_extract(pointer, '^.*?/outcomeMeasures/\d+') as outcome_pointer,
        regexp_extract(pointer, '^.*/classes/\d+') as class_pointer,
        regexp_extract(pointer, '^.*/categories/\d+') as category_pointer
    from core.outcome_value
    where value_text is not null and ref.is_on_outcome(ref.plain_text(title))
),

kinds as (
    select
        *,
        ref.outcome_kind_in(plain_title) as title_kind,
        ref.outcome_kind_in(ref.plain_text(heading)) as heading_kind,
        ref.counts_others(category_title) or ref.counts_others(class_title) as heading_is_others,
        ref.counts_event(category_title)
        or ref.counts_event(class_title) and not ref.counts_others(category_title) as heading_is_event
    from titled
),

-- the headings of one outcome in one group: the categories share one class, the classes one outcome
compared as (
    select
        *,
        case
            -- `Response` and `Remission` under one title; under a title on relapse such a heading says in whom
            when heading_kind in ('relapse', 'relapse_free') then heading_kind
            when title_kind is null or title_kind in ('response', 'remission') then coalesce(heading_kind, title_kind)
            else title_kind
        end as outcome_kind,
        count(distinct category_title) over one_class > 1 as is_divided,
        count(*) filter (not heading_is_others) over one_class = 1 as is_only_candidate
    from kinds
    window one_class as (partition by nct_id, outcome_index, group_id, class_pointer)
),

-- of categories that divide a group only those with the event count; a heading that counts others never does, except
-- that `No relapse` counts the people who are free of it
affirmed as (
    select * from compared
    where heading_kind is not distinct from 'relapse_free'
        or not heading_is_others and (not is_divided or heading_is_event or is_only_candidate)
),

measured as (
    select
        *,
        -- people, and nothing else that a participant can have several of
        regexp_matches(
            unit_in_lower_case,
            'participant|patient|subject|people|person|individual|responder|remitter|veteran|adult'
        )
        and not regexp_matches(
            unit_in_lower_case,
            'event|episode|visit|infusion|score|year|month|week|day|change|reduction|improvement'
        ) as is_of_people,
        coalesce(
            regexp_matches(lower(denominator_unit), 'participant|patient|subject|people|person|individual'),
            true
        ) as is_denominator_of_people
    from affirmed
),

typed as (
    select
        *,
        case
            when regexp_matches(plain_title, '\b(time|days?|weeks?|months?)\b.{0,30}\b(to|until|till)\b|time-to|duration')
                and regexp_matches(unit_in_lower_case, '^(day|week|month|year)s?\b') then 'time'
            when regexp_matches(unit_in_lower_case, 'percent|%')
                and (
                    is_of_people
                    or param_type != 'MEAN' and regexp_matches(unit_in_lower_case, '^\W*(%|percent|percentage)\W*$')
                )
                and value between 0 and 100 then 'share'
            when regexp_matches(unit_in_lower_case, 'proportion|probability')
                and (is_of_people or regexp_matches(unit_in_lower_case, '^\W*(proportion|probability)\W*$'))
                and value between 0 and 1 then 'proportion'
            when is_of_people and not regexp_matches(unit_in_lower_case, 'percent|%|proportion|probability')
                and param_type in ('COUNT_OF_PARTICIPANTS', 'NUMBER') and value = floor(value) then 'count'
        end as measure
    from measured
),

timed as (
    select
        *,
        -- what lasted over a time was counted at its end; else the row's own time goes before the frame's
        case
            when outcome_kind in ('sustained_response', 'sustained_remission') and ref.days_in(time_frame) is not null
                then time_frame
            when ref.days_in(class_title) is not null then class_title
            when ref.days_in(category_title) is not null then category_title
            else time_frame
        end as time_words
    from typed
    where measure in ('share', 'proportion', 'count') or measure = 'time' and outcome_kind = 'relapse'
),

-- the title says in whom and by which definition, else the heading, else the description
defined as (
    select
        *,
        case
            when ref.at_risk_in(title, outcome_kind) is not null then 'title'
            when outcome_kind = 'relapse' and ref.at_risk_in(heading, outcome_kind) is not null then 'heading'
        end as at_risk_place,
        case
            when ref.threshold_in(title, outcome_kind) is not null then 'title'
            when ref.threshold_in(description, outcome_kind) is not null then 'description'
        end as threshold_place,
        case when category_title is not null then category_pointer else class_pointer end || '/title' as heading_field
    from timed
)

select
    'ctgov:' || nct_id || '/outcome_value/' || ordinal as entity_id,
    nct_id,
    ordinal,
    outcome_kind,
    measure,
    group_title as arm,
    value,
    value_text,
    unit_in_lower_case,
    lower(param_type) as statistic,
    ---------- of how many
    case when is_denominator_of_people then denominator end as denominator,
    case when is_denominator_of_people then denominator_text end as denominator_text,
    case when is_denominator_of_people then denominator_pointer end as denominator_pointer,
    ---------- when
    ref.days_in(time_words) as time_days,
    time_words,
    case
        when time_words = time_frame then outcome_pointer || '/timeFrame'
        when time_words = class_title then class_pointer || '/title'
        when time_words = category_title then category_pointer || '/title'
    end as time_field,
    time_frame,
    ref.anchor_in(time_frame) as time_anchor,
    ---------- what, in whom, by which definition
    title,
    concat_ws(': ', class_title, category_title) as heading,
    class_title,
    category_title,
    class_pointer,
    category_pointer,
    case when heading is not null then heading_field end as heading_field,
    case
        when heading_kind is not distinct from outcome_kind and title_kind is distinct from outcome_kind then 'heading'
        else 'title'
    end as kind_place,
    case at_risk_place
        when 'title' then ref.at_risk_in(title, outcome_kind)
        when 'heading' then ref.at_risk_in(heading, outcome_kind)
    end as at_risk,
    case at_risk_place
        when 'title' then ref.at_risk_words(title, outcome_kind)
        when 'heading' then ref.at_risk_words(heading, outcome_kind)
    end as at_risk_words,
    case at_risk_place when 'title' then title when 'heading' then heading end as at_risk_text,
    case at_risk_place when 'title' then outcome_pointer || '/title' when 'heading' then heading_field end as at_risk_field,
    case threshold_place
        when 'title' then ref.threshold_in(title, outcome_kind)
        when 'description' then ref.threshold_in(description, outcome_kind)
    end as threshold,
    case threshold_place when 'title' then title when 'description' then description end as threshold_text,
    outcome_pointer || '/' || threshold_place as threshold_field,
    ---------- where
    pointer,
    outcome_pointer
from defined;

comment on table bridge._posted_outcome is
    'One row per posted measurement that counts people with an event of response, remission or relapse, or times relapse: how many, or how long?';
comment on column bridge._posted_outcome.entity_id is 'Id: ctgov:<NCT id>/outcome_value/<place>.';
comment on column bridge._posted_outcome.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_outcome.ordinal is 'Place in core.outcome_value.';
comment on column bridge._posted_outcome.outcome_kind is
    'response, remission, relapse, relapse_free, sustained_response or sustained_remission; NULL where title and heading leave it open.';
comment on column bridge._posted_outcome.measure is 'share (per cent), proportion (of one), count (people) or time (until relapse).';
comment on column bridge._posted_outcome.arm is 'Title of the group.';
comment on column bridge._posted_outcome.value is 'Value; NULL where the text is not a plain number.';
comment on column bridge._posted_outcome.value_text is 'Value as written; NA in a median means that it was not reached.';
comment on column bridge._posted_outcome.unit_in_lower_case is 'Unit.';
comment on column bridge._posted_outcome.statistic is 'Kind of parameter in lower case: mean, median, number, …';
comment on column bridge._posted_outcome.denominator is 'Number of people analysed; NULL where the registry counts infusions or other units.';
comment on column bridge._posted_outcome.denominator_text is 'That number as written.';
comment on column bridge._posted_outcome.denominator_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_outcome.time_days is
    'Time point in days: that of the row heading, else the latest of the time frame; of a sustained event the end of the frame.';
comment on column bridge._posted_outcome.time_words is 'Words from which time_days was read.';
comment on column bridge._posted_outcome.time_field is 'JSON pointer of those words.';
comment on column bridge._posted_outcome.time_frame is 'Time frame as written.';
comment on column bridge._posted_outcome.time_anchor is 'What the time frame is counted from: first_dose, last_dose or unspecified.';
comment on column bridge._posted_outcome.title is 'Title of the outcome.';
comment on column bridge._posted_outcome.heading is 'Headings of the row within the outcome: class, then category; empty without any.';
comment on column bridge._posted_outcome.class_title is 'Title of the class.';
comment on column bridge._posted_outcome.category_title is 'Title of the category.';
comment on column bridge._posted_outcome.class_pointer is 'JSON pointer of the class.';
comment on column bridge._posted_outcome.category_pointer is 'JSON pointer of the category.';
comment on column bridge._posted_outcome.heading_field is 'JSON pointer of the innermost heading.';
comment on column bridge._posted_outcome.kind_place is 'Whether title or heading tells outcome_kind.';
comment on column bridge._posted_outcome.at_risk is 'In whom it was counted, where title or heading says so: responders or remitters.';
comment on column bridge._posted_outcome.at_risk_words is 'Words that say so.';
comment on column bridge._posted_outcome.at_risk_text is 'Title or heading in which they stand.';
comment on column bridge._posted_outcome.at_risk_field is 'JSON pointer of that title or heading.';
comment on column bridge._posted_outcome.threshold is 'Definition of the event as written.';
comment on column bridge._posted_outcome.threshold_text is 'Title or description in which it stands.';
comment on column bridge._posted_outcome.threshold_field is 'JSON pointer of that title or description.';
comment on column bridge._posted_outcome.pointer is 'JSON pointer of the value.';
comment on column bridge._posted_outcome.outcome_pointer is 'JSON pointer of the outcome.';
