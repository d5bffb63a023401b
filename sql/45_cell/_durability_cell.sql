-- bridge._durability_cell
-- grain: one row per filled cell of evidence.durability_of_effect and place that it rests on
-- reads: ref.plausible_range, core.reading, core.rate, core.time_to_relapse,
--        bridge._durability_row, bridge._follow_up, bridge._posted_outcome
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

posted as (
    select
        durability.row_id,
        outcome.*,
        case outcome.measure
            when 'share' then value
            when 'proportion' then round(100 * value, 2)
            when 'count' then round(100 * value / nullif(denominator, 0), 2)
        end as pct,
        case
            when outcome.measure = 'time' then value * case
                when starts_with(unit_in_lower_case, 'day') then 1
                when starts_with(unit_in_lower_case, 'week') then 7
                when starts_with(unit_in_lower_case, 'month') then 30
                when starts_with(unit_in_lower_case, 'year') then 365
            end
        end as time_to_relapse_days
    from bridge._durability_row as durability
    join bridge._posted_outcome as outcome using (entity_id)
),

posted_cells as (
    select row_id, 'outcome_kind' as column_name, 1 as ordinal, outcome_kind as value_text,
        null::double as value_number, nct_id,
        case kind_place when 'title' then outcome_pointer || '/title' else heading_field end as field,
        case kind_place when 'title' then title else coalesce(category_title, class_title) end as in_text,
        case kind_place when 'title' then title else coalesce(category_title, class_title) end as quote,
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
    from posted where measure = 'time'
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
