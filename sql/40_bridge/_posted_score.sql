-- bridge._posted_score
-- grain: one row per posted mean, median or other score of depression or suicidality in one group at one time
-- reads: core.outcome_measure, core.outcome_value
-- answers: which posted results say how depressed or suicidal people were, or by how much that changed?
-- A score is recognised by its instrument, its unit and its kind of parameter; areas under a curve, times and counts are
-- none. Headings go before the title: under a title on mood a row on anxiety is none of ours. A table: texts are matched
-- once an outcome and heading.
create table bridge._posted_score as
with outcomes as (
    select
        nct_id,
        outcome_index,
        pointer as outcome_pointer,
        ref.instruments_in(title) as in_title,
        case
            when regexp_matches(title, '(?i)depress|mood|suicid|score|scale|rating') then ref.instruments_in(description)
        end as in_description
    from core.outcome_measure
),

scored as (
    select
        value.*,
        outcomes.outcome_pointer,
        outcomes.in_title,
        outcomes.in_description,
        lower(unit) as unit_in_lower_case,
        coalesce(category_title, class_title) as heading_words,
        regexp_extract(value.pointer, '^.*/classes/\d+') as class_pointer,
        regexp_extract(value.pointer, '^.*/categories/\d+') as category_pointer,
        coalesce(
            regexp_matches(lower(denominator_unit), 'participant|patient|subject|people|person|individual'),
            true
        ) as is_denominator_of_people
    from core.outcome_value as value
    join outcomes using (nct_id, outcome_index)
    where value_text is not null
        and (
            regexp_matches(param_type, 'MEAN|MEDIAN')
            or param_type = 'NUMBER' and regexp_matches(lower(unit), 'scale|score|point')
        )
        and regexp_matches(lower(unit), 'scale|score|point|unit|percent|%')
        and not regexp_matches(lower(unit),
            'participant|patient|subject|people|person|day|week|month|year|hour|minute|event|\bmg|\bml|/m?l\b|probability')
        -- a percentage under a title on response is a rate
        and not (
            ref.is_on_outcome(ref.plain_text(title))
            and regexp_matches(lower(unit), '^\W*(%|percent|percentage)\W*$')
        )
),

headed as (
    select *, ref.instruments_in(concat_ws(' ', class_title, category_title)) as in_heading
    from scored
),

named as (
    select
        *,
        case
            when len(in_heading) > 0 then in_heading
            when len(in_title) > 0 then in_title
            else in_description
        end as instruments,
        case
            when len(in_heading) > 0 then 'heading'
            when len(in_title) > 0 then 'title'
            else 'description'
        end as instrument_place,
        coalesce(
            regexp_matches(
                heading_words, '(?i)^\W*(baseline|pre-?(dose|treatment|infusion)|screening)\W*(\([^)]*\))?\W*$'
            ),
            false
        ) as is_baseline
    from headed
),

on_mood as (
    select
        *,
        case when len(instruments) = 1 then instruments[1] end as instrument
    from named
    where case
        when instrument_place = 'description' or len(instruments) = 0
            then regexp_matches(title, '(?i)depress|suicid|anhedoni|\bmood\b')
                and not regexp_matches(
                    coalesce(concat_ws(' ', class_title, category_title), ''),
                    '(?i)anxi|global|general|health|function|quality|pain|sleep|stress'
                )
        else list_bool_or(list_transform(instruments, lambda instrument: ref.is_mood_instrument(instrument)))
    end
),

timed as (
    select
        *,
        case
            when is_baseline then heading_words
            when ref.days_in(class_title) is not null then class_title
            when ref.days_in(category_title) is not null then category_title
            else time_frame
        end as time_words
    from on_mood
)

select
    'ctgov:' || nct_id || '/outcome_value/' || ordinal as entity_id,
    nct_id,
    ordinal,
    outcome_index,
    ---------- what: the words say whether it is a change; a sign never does
    case
        when is_baseline then 'score'
        when regexp_matches(concat_ws(' ', title, class_title, category_title, time_frame), ref.change_words())
            then 'score_change'
        when not regexp_matches(concat_ws(' ', title, class_title, category_title), '(?i)baseline') then 'score'
    end as outcome_kind,
    case
        when is_baseline then 'heading'
        when regexp_matches(title, ref.change_words()) then 'title'
        when regexp_matches(concat_ws(' ', class_title, category_title), ref.change_words()) then 'heading'
        when regexp_matches(time_frame, ref.change_words()) then 'time_frame'
        else 'title'
    end as kind_place,
    'score' as measure,
    instrument,
    case when instrument is not null then instrument_place end as instrument_place,
    group_title as arm,
    value,
    value_text,
    unit_in_lower_case,
    lower(param_type) as statistic,
    ---------- in whom, and of how many
    ref.at_risk_in(title, 'score') as at_risk,
    ref.at_risk_words(title, 'score') as at_risk_words,
    title as at_risk_text,
    outcome_pointer || '/title' as at_risk_field,
    case when is_denominator_of_people then denominator end as denominator,
    case when is_denominator_of_people then denominator_text end as denominator_text,
    case when is_denominator_of_people then denominator_pointer end as denominator_pointer,
    ---------- when
    case when is_baseline then 0 else ref.days_in(time_words) end as time_days,
    is_baseline,
    time_words,
    case
        when time_words = time_frame and not is_baseline then outcome_pointer || '/timeFrame'
        when time_words = class_title then class_pointer || '/title'
        when time_words = category_title then category_pointer || '/title'
    end as time_field,
    time_frame,
    ref.anchor_in(time_frame) as time_anchor,
    ---------- of what
    title,
    description,
    concat_ws(': ', class_title, category_title) as heading,
    class_title,
    category_title,
    class_pointer,
    category_pointer,
    case
        when heading_words is null then null
        when category_title is not null then category_pointer || '/title'
        else class_pointer || '/title'
    end as heading_field,
    pointer,
    outcome_pointer
from timed;

comment on table bridge._posted_score is
    'One row per posted mean, median or other score of depression or suicidality in one group at one time: how ill were people, or by how much did that change?';
comment on column bridge._posted_score.entity_id is 'Id: ctgov:<NCT id>/outcome_value/<place>.';
comment on column bridge._posted_score.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_score.ordinal is 'Place in core.outcome_value.';
comment on column bridge._posted_score.outcome_index is 'Place of the outcome in the results section, from 0.';
comment on column bridge._posted_score.outcome_kind is 'score or score_change, as the words say; NULL where they leave it open.';
comment on column bridge._posted_score.kind_place is 'title, heading or time_frame: which words say whether it is a change.';
comment on column bridge._posted_score.at_risk is 'In whom it was rated, where the title says so: responders or remitters.';
comment on column bridge._posted_score.at_risk_words is 'Words that say so.';
comment on column bridge._posted_score.at_risk_text is 'Title in which they stand.';
comment on column bridge._posted_score.at_risk_field is 'JSON pointer of that title.';
comment on column bridge._posted_score.measure is 'score.';
comment on column bridge._posted_score.instrument is 'Rating instrument of ref.instruments_in; NULL when none or several are named.';
comment on column bridge._posted_score.instrument_place is 'heading, title or description: where the instrument is named.';
comment on column bridge._posted_score.arm is 'Title of the group.';
comment on column bridge._posted_score.value is 'Value; NULL where the text is not a plain number.';
comment on column bridge._posted_score.value_text is 'Value as written.';
comment on column bridge._posted_score.unit_in_lower_case is 'Unit.';
comment on column bridge._posted_score.statistic is 'Kind of parameter in lower case: mean, least_squares_mean, median, …';
comment on column bridge._posted_score.denominator is 'Number of people analysed; NULL where the registry counts other units.';
comment on column bridge._posted_score.denominator_text is 'That number as written.';
comment on column bridge._posted_score.denominator_pointer is 'JSON pointer of that number.';
comment on column bridge._posted_score.time_days is 'Time point in days: 0 for a row that is headed Baseline, else that of the heading, else the latest of the time frame.';
comment on column bridge._posted_score.is_baseline is 'Whether the heading says that it was measured before the first dose.';
comment on column bridge._posted_score.time_words is 'Words from which time_days was read.';
comment on column bridge._posted_score.time_field is 'JSON pointer of those words.';
comment on column bridge._posted_score.time_frame is 'Time frame as written.';
comment on column bridge._posted_score.time_anchor is 'What the time frame is counted from: first_dose, last_dose or unspecified.';
comment on column bridge._posted_score.title is 'Title of the outcome.';
comment on column bridge._posted_score.description is 'Description of the outcome.';
comment on column bridge._posted_score.heading is 'Headings of the row within the outcome: class, then category; empty without any.';
comment on column bridge._posted_score.class_title is 'Title of the class.';
comment on column bridge._posted_score.category_title is 'Title of the category.';
comment on column bridge._posted_score.class_pointer is 'JSON pointer of the class.';
comment on column bridge._posted_score.category_pointer is 'JSON pointer of the category.';
comment on column bridge._posted_score.heading_field is 'JSON pointer of the innermost heading.';
comment on column bridge._posted_score.pointer is 'JSON pointer of the value.';
comment on column bridge._posted_score.outcome_pointer is 'JSON pointer of the outcome.';
