-- bridge._posted_outcome
-- grain: one row per posted measurement that is a rate of response, remission or relapse, or a time to relapse
-- reads: core.outcome_value
-- answers: which posted results say how many responded, remitted or relapsed, or how long until relapse?
-- Recognised by title, unit and kind of parameter; a mean score under a title that mentions responders is none.
create view bridge._posted_outcome as
with recognised as (
    select
        *,
        ref.outcome_kind_in(ref.plain_text(title)) as outcome_kind,
        lower(unit) as unit_in_lower_case,
        coalesce(ref.days_in(class_title), ref.days_in(time_frame)) as time_days,
        case when ref.days_in(class_title) is not null then class_title else time_frame end as time_words
    from core.outcome_value
    where ref.outcome_kind_in(ref.plain_text(title)) is not null and value_text is not null
),

-- a row such as `No`, `Onset of response: No` or `Non-responder` counts the others
affirmed as (
    select * from recognised
    where not ref.is_negated(category_title) and not ref.is_negated(class_title)
),

measured as (
    select
        *,
        case
            when regexp_matches(title, '(?i)time\b.*\b(to|until)\b|time-to|duration')
                and regexp_matches(unit_in_lower_case, '^(day|week|month|year)s?\b') then 'time'
            when regexp_matches(unit_in_lower_case, 'percent|^\s*%') then 'share'
            when regexp_matches(unit_in_lower_case, 'proportion|probability') and value <= 1 then 'proportion'
            when regexp_matches(unit_in_lower_case, 'participant|patient|subject|people|person')
                and param_type in ('COUNT_OF_PARTICIPANTS', 'NUMBER') and value = floor(value) then 'count'
        end as measure
    from affirmed
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
    denominator,
    denominator_text,
    denominator_pointer,
    time_days,
    time_words,
    time_frame,
    title,
    pointer,
    -- outcome_index is the place in the record: the pointer of the outcome stands in front of its cells
    regexp_extract(pointer, '^.*?/outcomeMeasures/\d+') as outcome_pointer
from measured
where measure = 'time' and outcome_kind = 'relapse' or measure in ('share', 'proportion', 'count');

comment on view bridge._posted_outcome is
    'One row per posted measurement that is a rate of response, remission or relapse, or a time to relapse: how many, or how long?';
comment on column bridge._posted_outcome.entity_id is 'Id: ctgov:<NCT id>/outcome_value/<place>.';
comment on column bridge._posted_outcome.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_outcome.ordinal is 'Place in core.outcome_value.';
comment on column bridge._posted_outcome.outcome_kind is 'response, remission or relapse.';
comment on column bridge._posted_outcome.measure is 'share (per cent), proportion (of one), count (people) or time (until relapse).';
comment on column bridge._posted_outcome.arm is 'Title of the group.';
comment on column bridge._posted_outcome.value is 'Value; NULL where the text is not a plain number.';
comment on column bridge._posted_outcome.value_text is 'Value as written; NA in a median means that it was not reached.';
comment on column bridge._posted_outcome.unit_in_lower_case is 'Unit.';
comment on column bridge._posted_outcome.statistic is 'Kind of parameter in lower case: mean, median, number, …';
comment on column bridge._posted_outcome.denominator is 'Number of people analysed.';
comment on column bridge._posted_outcome.denominator_text is 'That number as written.';
comment on column bridge._posted_outcome.denominator_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_outcome.time_days is 'Time point in days: that of the row heading, else the latest of the time frame.';
comment on column bridge._posted_outcome.time_words is 'Words from which time_days was read.';
comment on column bridge._posted_outcome.time_frame is 'Time frame as written.';
comment on column bridge._posted_outcome.title is 'Title of the outcome.';
comment on column bridge._posted_outcome.pointer is 'JSON pointer of the value.';
comment on column bridge._posted_outcome.outcome_pointer is 'JSON pointer of the outcome.';
