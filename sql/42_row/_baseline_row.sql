-- bridge._baseline_row
-- grain: one row per study, registration and posted baseline measurement, and per characteristic without one
-- reads: core.baseline_value, bridge._baseline_measurement, bridge._report
-- answers: what does each cell of the baseline table say, of which people, and do its categories add up?
-- A table: the evidence view and its cells read it.
create table bridge._baseline_row as
with measurements as (
    select
        measurement.*,
        posted.measure,
        posted.description,
        posted.population_description,
        posted.unit,
        posted.class_title,
        posted.category_title,
        posted.group_title,
        posted.is_total,
        posted.spread_text,
        posted.spread,
        posted.lower_text,
        posted.lower,
        posted.upper_text,
        posted.upper,
        posted.denominator_text,
        posted.denominator,
        posted.denominator_unit,
        posted.denominator_pointer,
        posted.comment,
        posted.pointer
    from bridge._baseline_measurement as measurement
    join core.baseline_value as posted using (nct_id, ordinal)
),

-- a list of one category asks nothing of its sum: five people smoked, the others are not listed
summed as (
    select
        *,
        case
            when is_people_count and count(*) filter (is_people_count) over block_of_group > 1
                then sum(value) over block_of_group
        end as category_sum,
        coalesce(bool_or(value is null) over block_of_group, false) as has_no_number
    from measurements
    window block_of_group as (partition by nct_id, group_id, measure_place, title, block)
)

select
    report.study_id || '/ctgov:' || summed.nct_id || '/baseline_value/' || summed.ordinal as row_id,
    report.study_id,
    report.source,
    report.source_id,
    summed.ordinal,
    summed.group_id,
    summed.group_title,
    summed.is_total,
    ---------- characteristic
    summed.item,
    case when summed.item in ('severity', 'failed_treatments') then coalesce(summed.instrument, summed.measure) end
        as instrument,
    summed.measure,
    summed.description,
    summed.population_description,
    summed.class_title,
    summed.category_title,
    case when summed.item = 'age' and summed.is_people_count then ref.age_group_in(summed.term) end as age_group,
    summed.param_type,
    summed.dispersion_type,
    summed.unit,
    ---------- value
    summed.value_text,
    summed.value,
    summed.spread_text,
    summed.spread,
    summed.lower_text,
    summed.lower,
    summed.upper_text,
    summed.upper,
    summed.comment,
    ---------- people
    case
        when summed.is_people_count and not summed.is_declined and summed.value = floor(summed.value) then summed.value::bigint
    end
        as n_participants,
    case when summed.share_pct between 0 and 100 then summed.share_pct end as pct_reported,
    case
        when summed.denominator > 0
            and not summed.is_declined
            and summed.value between 0 and summed.denominator
            -- people of people, eyes of eyes
            and (
                summed.is_people_count and lower(summed.denominator_unit) = 'participants'
                or summed.param_type = 'COUNT_OF_UNITS' and lower(summed.denominator_unit) != 'participants'
            )
            then round(100 * summed.value / summed.denominator, 2)
    end as pct_computed,
    summed.denominator_text,
    summed.denominator,
    summed.denominator_unit,
    summed.denominator_level,
    summed.category_sum::bigint as category_sum,
    case
        when summed.category_sum is null then null
        when summed.has_no_number then 'some values are no plain numbers'
        when summed.denominator is null or lower(summed.denominator_unit) is distinct from 'participants' then 'no number of participants is posted beside it'
        when summed.category_sum < summed.denominator then
            'the categories count ' || summed.category_sum::bigint || ' of ' || summed.denominator || ': others are not listed'
        when summed.category_sum > summed.denominator then
            'the categories count ' || summed.category_sum::bigint || ' of ' || summed.denominator || ': one may be in several'
    end as sum_note,
    case
        when summed.is_declined then 'not collected'
        when summed.value_text is null then 'not posted'
        when summed.value is null then 'not understood'
    end as value_absence,
    ---------- places
    summed.pointer,
    summed.denominator_pointer,
    ---------- standing
    report.integrity,
    report.integrity_source,
    report.registry_status,
    report.is_doubtful,
    report.reported_year
from summed
join bridge._report as report on report.source = 'ctgov' and report.source_id = summed.nct_id
where report.is_shown and report.study_id is not null;

comment on table bridge._baseline_row is
    'One row per study, registration and posted baseline measurement: what does it say, of which people, and do its categories add up?';
comment on column bridge._baseline_row.row_id is 'Id of the row: study, document and measurement; unique. evidence.cell_source cites by it.';
comment on column bridge._baseline_row.study_id is 'Study of evidence.study_overview.';
comment on column bridge._baseline_row.source_id is 'NCT id of the document.';
comment on column bridge._baseline_row.group_id is 'Registry''s id of the group in its baseline table (BG000, …); NULL for a characteristic without measurements.';
comment on column bridge._baseline_row.group_title is 'Title of the group as written.';
comment on column bridge._baseline_row.is_total is 'Whether the group sums the others. Arms and total of one registration are never to be added up.';
comment on column bridge._baseline_row.item is 'What the characteristic is about: age, sex, gender_identity, race, ethnicity, race_ethnicity (one table of both), country, region, severity (any rating scale or score), failed_treatments, bmi, weight or other. From its title, and from the heading of a block of its own.';
comment on column bridge._baseline_row.instrument is 'Rating scale of a severity or of a history of treatments: a short name where the title names a known one (madrs, hamd, cgi, …), else the title as written.';
comment on column bridge._baseline_row.measure is 'Title of the characteristic as written.';
comment on column bridge._baseline_row.description is 'Description of the characteristic as written.';
comment on column bridge._baseline_row.population_description is 'In whom it was measured, as written.';
comment on column bridge._baseline_row.class_title is 'Row heading as written, such as a country.';
comment on column bridge._baseline_row.category_title is 'Category as written, such as Female; customised ones are kept verbatim.';
comment on column bridge._baseline_row.age_group is 'Column of evidence.trial_demographics that counts an age category: n_age_under_18, n_age_18_to_64 or n_age_65_and_over; NULL where the category crosses a border, and for other items.';
comment on column bridge._baseline_row.param_type is 'MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, … in the registry''s words.';
comment on column bridge._baseline_row.dispersion_type is 'STANDARD_DEVIATION, FULL_RANGE, INTER_QUARTILE_RANGE, … in the registry''s words.';
comment on column bridge._baseline_row.unit is 'Unit as written.';
comment on column bridge._baseline_row.value_text is 'Value as written.';
comment on column bridge._baseline_row.value is 'Value as number, in unit; NULL where the text is no plain number.';
comment on column bridge._baseline_row.spread_text is 'Spread as written.';
comment on column bridge._baseline_row.spread is 'Spread as number, in unit; dispersion_type says which.';
comment on column bridge._baseline_row.lower_text is 'Lower limit as written.';
comment on column bridge._baseline_row.lower is 'Lower limit as number, in unit; dispersion_type says of what.';
comment on column bridge._baseline_row.upper_text is 'Upper limit as written.';
comment on column bridge._baseline_row.upper is 'Upper limit as number, in unit; dispersion_type says of what.';
comment on column bridge._baseline_row.comment is 'Comment of the registry on the value, as written.';
comment on column bridge._baseline_row.n_participants is 'Number of participants that the value counts; NULL for means, shares, and counts of other units.';
comment on column bridge._baseline_row.pct_reported is 'Value in per cent where the registry posts a share.';
comment on column bridge._baseline_row.pct_computed is 'Share in per cent of the count in denominator, computed, to two decimals. NULL where the count exceeds it.';
comment on column bridge._baseline_row.denominator_text is 'Number that the measurement rests on, as written.';
comment on column bridge._baseline_row.denominator is 'Number that the measurement rests on: that of the class, else of the characteristic, else of the whole table; see denominator_level.';
comment on column bridge._baseline_row.denominator_unit is 'What the denominator counts, as written: Participants, or eyes, teeth, …';
comment on column bridge._baseline_row.denominator_level is 'Where the denominator stands: class, measure or module.';
comment on column bridge._baseline_row.category_sum is 'Sum of the counts of the list of categories that the row belongs to, in its group; NULL for lists of one.';
comment on column bridge._baseline_row.sum_note is 'Why category_sum is not the denominator; NULL when it is.';
comment on column bridge._baseline_row.value_absence is 'Why value is empty: not collected (as the registry says), not posted, or not understood (no plain number); NULL when it is filled.';
comment on column bridge._baseline_row.integrity is 'Whether the source report stands; registrations are current.';
comment on column bridge._baseline_row.integrity_source is 'What says so; NULL for registrations.';
comment on column bridge._baseline_row.registry_status is 'Overall status of the registration in the registry''s words.';
comment on column bridge._baseline_row.is_doubtful is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column bridge._baseline_row.reported_year is 'Year of registration.';
comment on column bridge._baseline_row.source is 'ctgov.';
comment on column bridge._baseline_row.ordinal is 'Place in core.baseline_value.';
comment on column bridge._baseline_row.pointer is 'JSON pointer of the value, of which spread and limits are siblings.';
comment on column bridge._baseline_row.denominator_pointer is 'JSON pointer of the denominator.';
