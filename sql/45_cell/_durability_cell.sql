-- bridge._durability_cell
-- grain: one row per filled cell of evidence.durability_of_effect and place that it rests on
-- reads: ref.plausible_range, core.reading, core.rate, core.time_to_relapse,
--        core.outcome_value, bridge._durability_row, bridge._follow_up, bridge._outcome_measure, bridge._posted_outcome,
--        bridge._posted_score, bridge._treatment_time
-- answers: what stands in each cell, and which words say so?
-- The evidence view is made of these rows, so a cell without a source cannot be. A table: view, cell_source and audits
-- read it.
create table bridge._durability_cell as
with readings as (
    select
        durability.row_id,
        durability.statement,
        reading.* replace (
            case
                when durability.statement = 'time_to_relapse' and reading.attribute = 'days' then 'time_to_relapse_days'
                when durability.statement = 'effect_duration' and reading.attribute = 'days' then 'effect_until_days'
                else reading.attribute
            end as attribute
        )
    from bridge._durability_row as durability
    join core.reading using (entity_id)
    where durability.statement != 'follow_up'
),

-- what was read together with the value stands on the same words
categories as (
    select readings.* replace ('outcome_kind' as attribute, rate.kind as value_text, null as value_number)
    from readings join core.rate using (entity_id) where attribute = 'pct' and ordinal = 1
    union all
    select readings.* replace ('at_risk' as attribute, rate.at_risk as value_text, null as value_number)
    from readings join core.rate using (entity_id) where attribute = 'pct' and ordinal = 1
    union all
    select readings.* replace ('outcome_kind' as attribute, 'relapse' as value_text, null as value_number)
    from readings where attribute = 'time_to_relapse_days' and ordinal = 1
    union all
    select readings.* replace ('statistic' as attribute, time.statistic as value_text, null as value_number)
    from readings join core.time_to_relapse as time using (entity_id)
    where attribute = 'time_to_relapse_days' and ordinal = 1
    union all
    select readings.* replace ('value_verbatim' as attribute, quote as value_text, null as value_number)
    from readings where attribute in ('pct', 'time_to_relapse_days', 'effect_until_days') and ordinal = 1
),

-- the follow-up of the document stands beside each of its statements
follow_ups as (
    select durability.row_id, follow_up.*
    from bridge._durability_row as durability
    join bridge._follow_up as follow_up using (source, source_id)
),

from_readings as (
    select * from readings
    union all
    select * from categories
),

-- what is posted of people with an event and of scores, each with the numbers beside its value
results as (
    select * exclude (kind_place), kind_place, null::boolean as is_baseline from bridge._posted_outcome
    union all by name
    select * from bridge._posted_score
),

posted as (
    select
        durability.row_id,
        outcome.* exclude (instrument, instrument_place),
        coalesce(outcome.instrument, measure.instrument) as instrument,
        case when outcome.instrument is null then measure.instrument_place else outcome.instrument_place end
            as instrument_place,
        measure.description as outcome_description,
        number.unit,
        number.dispersion_type,
        number.spread_text,
        number.spread,
        number.lower_text,
        number.lower as lower_limit,
        number.upper_text,
        number.upper as upper_limit,
        number.comment,
        case outcome.measure
            when 'share' then outcome.value
            when 'proportion' then round(100 * outcome.value, 2)
            when 'count' then round(100 * outcome.value / nullif(outcome.denominator, 0), 2)
        end as pct,
        case
            when outcome.measure = 'time' then outcome.value * case
                when starts_with(unit_in_lower_case, 'day') then 1
                when starts_with(unit_in_lower_case, 'week') then 7
                when starts_with(unit_in_lower_case, 'month') then 30
                when starts_with(unit_in_lower_case, 'year') then 365
            end
        end as time_to_relapse_days
    from bridge._durability_row as durability
    join results as outcome using (entity_id)
    join core.outcome_value as number on number.nct_id = outcome.nct_id and number.ordinal = outcome.ordinal
    left join bridge._outcome_measure as measure
        on measure.nct_id = outcome.nct_id and measure.is_posted and measure.pointer = outcome.outcome_pointer
),

-- when it was seen relative to the doses: on the time, on what that counts from, and on the course that was reckoned with
times as (
    select durability.row_id, durability.source, durability.source_id, durability.statement, time.*
    from bridge._durability_row as durability
    join bridge._treatment_time as time using (entity_id)
    where time.days_after_first_dose is not null or time.days_after_last_dose is not null
),

time_columns as (
    select *, 'days_after_first_dose' as column_name, days_after_first_dose as days, is_first_derived as is_derived
    from times where days_after_first_dose is not null
    union all
    select *, 'days_after_last_dose', days_after_last_dose, is_last_derived
    from times where days_after_last_dose is not null
),

time_places as (
    select row_id, column_name, 1 as place, days, source, source_id, time_field as field, 0 as span_start,
        length(time_words) as span_end, time_words as quote, 'registry.outcome_time' as rule, is_derived, 1.0 as confidence
    from time_columns where time_field is not null
    union all
    select row_id, column_name, 2, days, source, source_id, anchor_field, 0, length(anchor_words), anchor_words,
        'registry.outcome_time', is_derived, 1.0
    from time_columns where anchor_field is not null and anchor_field != time_field
    union all
    select time_columns.row_id, time_columns.column_name, 1, days, reading.source, reading.source_id, reading.field,
        reading.span_start, reading.span_end, reading.quote, reading.rule,
        time_columns.is_derived or reading.is_derived, reading.confidence
    from time_columns
    join core.reading using (entity_id)
    where time_columns.time_field is null
        and reading.ordinal = 1
        and reading.attribute = case statement when 'rate' then 'time_days' else 'days' end
    union all
    select time_columns.row_id, time_columns.column_name, 3, days, reading.source, reading.source_id, reading.field,
        reading.span_start, reading.span_end, reading.quote, reading.rule, true, reading.confidence
    from time_columns
    join core.reading as reading
        on reading.entity_id = time_columns.course_entity_id
        and reading.attribute = time_columns.course_attribute
        and reading.ordinal = 1
    where time_columns.is_derived
),

-- the scale in which an abstract's definition is stated
scales_of_rates as (
    select readings.* replace ('instrument' as attribute, ref.instrument_in(quote) as value_text, null as value_number)
    from readings
    where attribute = 'threshold' and ordinal = 1 and ref.instrument_in(quote) is not null
),

posted_cells as (
    select row_id, 'outcome_kind' as column_name, 1 as ordinal, outcome_kind as value_text,
        null::double as value_number, nct_id,
        case kind_place
            when 'title' then outcome_pointer || '/title'
            when 'time_frame' then outcome_pointer || '/timeFrame'
            else heading_field
        end as field,
        case kind_place when 'title' then title when 'time_frame' then time_frame
            else coalesce(category_title, class_title) end as in_text,
        case kind_place when 'title' then title when 'time_frame' then time_frame
            else coalesce(category_title, class_title) end as quote,
        false as is_derived
    from posted
    union all
    select row_id, 'outcome_title', 1, title, null, nct_id, outcome_pointer || '/title', title, title, false from posted
    union all
    select row_id, 'row_heading', 1, heading, null, nct_id,
        case when class_title is null then category_pointer else class_pointer end || '/title',
        coalesce(class_title, category_title), coalesce(class_title, category_title), false
    from posted where heading != ''
    union all
    select row_id, 'row_heading', 2, heading, null, nct_id, category_pointer || '/title', category_title, category_title,
        false
    from posted where class_title is not null and category_title is not null
    union all
    select row_id, 'threshold', 1, threshold, null, nct_id, threshold_field, threshold_text, threshold, false
    from posted
    union all
    select row_id, 'at_risk', 1, at_risk, null, nct_id, at_risk_field, at_risk_text, at_risk_words, false from posted
    union all
    select row_id, 'value_verbatim', 1, value_text, null, nct_id, pointer, value_text, value_text, false from posted
    union all
    select row_id, 'pct', 1, pct::varchar, pct, nct_id, pointer, value_text, value_text, measure != 'share' from posted
    union all
    select row_id, 'pct', 2, pct::varchar, pct, nct_id, denominator_pointer, denominator_text, denominator_text, true
    from posted where measure = 'count'
    union all
    select row_id, 'n', 1, value_text, value, nct_id, pointer, value_text, value_text, false
    from posted where measure = 'count'
    union all
    select row_id, 'denominator', 1, denominator_text, denominator, nct_id, denominator_pointer, denominator_text,
        denominator_text, false
    from posted where denominator_pointer is not null
    union all
    select row_id, 'time_frame', 1, time_frame, null, nct_id, outcome_pointer || '/timeFrame', time_frame, time_frame,
        false
    from posted
    union all
    select row_id, 'time_anchor', 1, time_anchor, null, nct_id, outcome_pointer || '/timeFrame', time_frame, time_frame,
        false
    from posted
    union all
    select row_id, 'time_days', 1, time_days::varchar, time_days, nct_id, time_field, time_words, time_words, true
    from posted where measure != 'time'
    union all
    select row_id, 'time_to_relapse_days', 1, time_to_relapse_days::varchar, time_to_relapse_days,
        nct_id, pointer, value_text, value_text, not starts_with(unit_in_lower_case, 'day')
    from posted
    union all
    select row_id, 'statistic', 1, statistic, null, nct_id, outcome_pointer || '/paramType', upper(statistic),
        upper(statistic), false
    from posted where measure in ('time', 'score')
    union all
    select row_id, 'instrument', 1, instrument, null, nct_id,
        case instrument_place
            when 'title' then outcome_pointer || '/title'
            when 'description' then outcome_pointer || '/description'
            else heading_field
        end,
        case instrument_place
            when 'title' then title
            when 'description' then outcome_description
            else coalesce(category_title, class_title)
        end,
        case instrument_place
            when 'title' then title
            when 'description' then outcome_description
            else coalesce(category_title, class_title)
        end,
        false
    from posted
    union all
    select row_id, 'value', 1, value_text, value, nct_id, pointer, value_text, value_text, false
    from posted where value is not null
    union all
    select row_id, 'unit', 1, unit, null, nct_id, outcome_pointer || '/unitOfMeasure', unit, unit, false from posted
    union all
    select row_id, 'dispersion_type', 1, dispersion_type, null, nct_id, outcome_pointer || '/dispersionType',
        dispersion_type, dispersion_type, false
    from posted
    union all
    select row_id, unnest(['dispersion_verbatim', 'dispersion']), 1, spread_text, unnest([null, spread]), nct_id,
        regexp_replace(pointer, '/value$', '/spread'), spread_text, spread_text, false
    from posted
    union all
    select row_id, unnest(['lower_verbatim', 'lower_limit']), 1, lower_text, unnest([null, lower_limit]), nct_id,
        regexp_replace(pointer, '/value$', '/lowerLimit'), lower_text, lower_text, false
    from posted
    union all
    select row_id, unnest(['upper_verbatim', 'upper_limit']), 1, upper_text, unnest([null, upper_limit]), nct_id,
        regexp_replace(pointer, '/value$', '/upperLimit'), upper_text, upper_text, false
    from posted
    union all
    select row_id, 'value_comment', 1, comment, null, nct_id, regexp_replace(pointer, '/value$', '/comment'), comment,
        comment, false
    from posted
),

cells as (
    select
        row_id,
        attribute as column_name,
        ordinal,
        value_text,
        value_number,
        source,
        source_id,
        field,
        span_start,
        span_end,
        quote,
        rule,
        is_derived,
        confidence
    from from_readings
    union all
    select
        row_id, attribute, ordinal, value_text, value_number, source, source_id, field, span_start, span_end, quote,
        rule, is_derived, confidence
    from scales_of_rates
    union all
    select
        row_id, column_name, row_number() over (partition by row_id, column_name order by place), days::varchar, days,
        source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence
    from time_places
    union all
    select
        row_id, unnest(['follow_up_days', 'follow_up_anchor']), ordinal,
        unnest([case when days = floor(days) then days::bigint::varchar else days::varchar end, anchor]),
        unnest([days, null]), source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence
    from follow_ups
    where ordinal = 1
    union all
    select
        row_id, 'follow_up_days', ordinal, days::varchar, days,
        source, source_id, field, span_start, span_end, quote, rule, is_derived, confidence
    from follow_ups
    where ordinal > 1
    union all
    -- a definition or a population is quoted where it stands within the title or description
    select
        row_id, column_name, ordinal, value_text, value_number, 'ctgov', nct_id, field,
        strpos(in_text, quote) - 1, strpos(in_text, quote) - 1 + length(quote), quote,
        'registry.outcome_' || column_name, is_derived, 1.0
    from posted_cells
    where value_text is not null and quote is not null
)

select
    cells.*,
    coalesce(
        value_number between lowest and highest
            -- more people affected than at risk: the two are of different groups
            and (
                column_name not in ('n', 'denominator')
                or coalesce(
                    max(value_number) filter (column_name = 'n') over one_row
                        <= min(value_number) filter (column_name = 'denominator') over one_row,
                    true
                )
            ),
        true
    ) as is_plausible
from cells
left join ref.plausible_range using (column_name)
window one_row as (partition by row_id);

comment on table bridge._durability_cell is
    'One row per filled cell of evidence.durability_of_effect and place that it rests on: what stands there, and which words say so?';
comment on column bridge._durability_cell.row_id is 'Row of the evidence view.';
comment on column bridge._durability_cell.column_name is 'Column of the evidence view.';
comment on column bridge._durability_cell.ordinal is '1 for the value itself, 2 and more for further places that it rests on.';
comment on column bridge._durability_cell.value_text is 'Value as text.';
comment on column bridge._durability_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._durability_cell.source is 'pubmed or ctgov.';
comment on column bridge._durability_cell.source_id is 'PMID or NCT id of the document that says so.';
comment on column bridge._durability_cell.field is 'title, abstract or a JSON pointer.';
comment on column bridge._durability_cell.span_start is 'Offset of the first character in the field.';
comment on column bridge._durability_cell.span_end is 'Offset behind the last character.';
comment on column bridge._durability_cell.quote is 'Text that stands there.';
comment on column bridge._durability_cell.rule is 'Rule or structured field that was read.';
comment on column bridge._durability_cell.is_derived is 'Whether the value is arithmetic on stated values.';
comment on column bridge._durability_cell.confidence is 'How sure the rule is, between 0 and 1.';
comment on column bridge._durability_cell.is_plausible is 'Whether the value lies within ref.plausible_range; a cell whose value does not stays empty as not understood.';
