-- bridge._baseline_measurement
-- grain: one row per posted measurement of a baseline table, and per characteristic without one
-- reads: core.baseline_value, ref.baseline_term
-- answers: what is each posted measurement about, and what kind of number is it?
-- A table: titles, headings and units are matched once; the rows and cells of two evidence views read it.
create table bridge._baseline_measurement as
with worded as (
    select
        *,
        coalesce(ref.plain_text(measure), '') as title,
        coalesce(ref.scale_in(ref.plain_text(measure)), ref.baseline_instrument_in(ref.plain_text(measure)))
            as title_instrument,
        nullif(ref.plain_text(class_title), '') as class_words,
        nullif(ref.plain_text(category_title), '') as category_words,
        coalesce(ref.plain_text(unit), '') as unit_words,
        coalesce(try_cast(regexp_extract(pointer, '/measures/(\d+)', 1) as integer), 0) as measure_place,
        coalesce(try_cast(regexp_extract(pointer, '/classes/(\d+)', 1) as integer), 0) as class_place
    from core.baseline_value
),

titled as (
    select
        *,
        ref.baseline_item_in(title, unit_words, title_instrument) as title_item,
        coalesce(
            title_instrument,
            ref.scale_in(class_words), ref.baseline_instrument_in(class_words),
            ref.scale_in(category_words), ref.baseline_instrument_in(category_words)
        ) as instrument,
        regexp_matches(title, 'customi[sz]ed') as is_customised,
        contains(unit_words, 'percent') or contains(unit_words, '%') or contains(unit_words, 'proportion') as is_share,
        ---------- which heading names the people that a row counts
        category_words in (select term from ref.baseline_term) as is_term_category,
        class_words in (select term from ref.baseline_term) as is_term_class
    from worded
),

-- a table of race and ethnicity may have a block for each; a place may be a country or a part of the world
itemised as (
    select
        *,
        case
            when title_item in ('race', 'race_ethnicity') and regexp_matches(class_words, '\bethnic') and not regexp_matches(class_words, '\brac(e|ial)\b')
                then 'ethnicity'
            when title_item in ('ethnicity', 'race_ethnicity') and regexp_matches(class_words, '\brac(e|ial)\b') and not regexp_matches(class_words, '\bethnic')
                then 'race'
            when title_item = 'place' and (
                not regexp_matches(title, 'enrol|countr')
                or ref.is_part_of_the_world(coalesce(class_words, category_words, ''))
            )
                then 'region'
            when title_item = 'place' then 'country'
            when title_item = 'other' and param_type in ('MEAN', 'MEDIAN') and coalesce(ref.scale_in(class_words), ref.scale_in(category_words)) is not null
                then 'severity'
            else title_item
        end as item,
        case
            when class_words is not null and is_term_class and regexp_matches(category_words, '^no\b|^not ')
                then 'not ' || class_words
            when is_term_category then category_words
            when is_term_class then class_words
            when category_words is null and class_words is null and title_item = 'sex'
                then regexp_extract(title, '\b(females?|males?|women|men)\b')
            when title_item = 'place' then coalesce(class_words, category_words)
            else coalesce(category_words, class_words)
        end as term
    from titled
)

select
    nct_id,
    ordinal,
    group_id,
    measure_place,
    class_place,
    -- a block is a list of categories that together describe a group: a class with categories, else the whole measure
    case when bool_or(category_words is not null) over (partition by nct_id, measure_place, measure) then class_place else 0 end
        as block,
    title,
    item,
    instrument,
    term,
    param_type,
    dispersion_type,
    value,
    value_text,
    is_customised,
    coalesce(is_share and param_type in ('NUMBER', 'COUNT_OF_PARTICIPANTS'), false) as is_share,
    case when is_share then value * case when contains(unit_words, 'proportion') then 100 else 1 end end as share_pct,
    coalesce(param_type in ('COUNT_OF_PARTICIPANTS', 'COUNT_OF_UNITS', 'NUMBER') and not is_share, false) as is_count,
    coalesce(
        (
            param_type = 'COUNT_OF_PARTICIPANTS'
            or param_type = 'NUMBER'
            and (
                unit_words in ('', 'n', 'number', 'count', 'counts', 'numbers')
                or regexp_matches(unit_words, 'participant|patient|subject|people|person|individual|volunteer|adult|child|men\b|women|male')
            )
        )
        and not is_share,
        false
    ) as is_people_count,
    case
        when regexp_matches(unit_words, '^(y|yr|yrs|years?)\b') or regexp_matches(unit_words, '\byears?\b') then 1
        when regexp_matches(unit_words, '^months?\b') then 12
        when regexp_matches(unit_words, '^(weeks?|wks?)\b') then 365.25 / 7
        when regexp_matches(unit_words, '^days?\b') then 365.25
        when regexp_matches(title, '\byears?\b') then 1
        when regexp_matches(title, '\bmonths?\b') then 12
    end as units_per_year,
    case
        when denominator is null then null
        when contains(denominator_pointer, '/classes/') then 'class'
        when contains(denominator_pointer, '/measures/') then 'measure'
        else 'module'
    end as denominator_level,
    contains(title, 'not collected') as is_declined
from itemised;

comment on table bridge._baseline_measurement is
    'One row per posted measurement of a baseline table, and per characteristic without one: what is it about, and what kind of number is it?';
comment on column bridge._baseline_measurement.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._baseline_measurement.ordinal is 'Place in core.baseline_value.';
comment on column bridge._baseline_measurement.group_id is 'Registry''s id of the group; NULL for a characteristic without measurements.';
comment on column bridge._baseline_measurement.measure_place is 'Place of the characteristic in the table, from 0.';
comment on column bridge._baseline_measurement.class_place is 'Place of the class in the characteristic, from 0.';
comment on column bridge._baseline_measurement.block is 'Place of the class whose categories together describe a group; 0 where the classes themselves do.';
comment on column bridge._baseline_measurement.title is 'Title of the characteristic in plain text.';
comment on column bridge._baseline_measurement.item is 'age, sex, gender_identity, race, ethnicity, race_ethnicity, region, country, severity, failed_treatments, bmi, weight or other.';
comment on column bridge._baseline_measurement.instrument is 'Known rating scale that the title or a heading names.';
comment on column bridge._baseline_measurement.term is 'Heading that names the people of the row, in plain text: category, else class.';
comment on column bridge._baseline_measurement.param_type is 'MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, …';
comment on column bridge._baseline_measurement.dispersion_type is 'STANDARD_DEVIATION, FULL_RANGE, INTER_QUARTILE_RANGE, …';
comment on column bridge._baseline_measurement.value is 'Value; NULL where the text is not a plain number.';
comment on column bridge._baseline_measurement.value_text is 'Value as written.';
comment on column bridge._baseline_measurement.is_customised is 'Whether the title calls the characteristic customised.';
comment on column bridge._baseline_measurement.is_share is 'Whether the value is a share in per cent.';
comment on column bridge._baseline_measurement.share_pct is 'Value in per cent where the unit is a share.';
comment on column bridge._baseline_measurement.is_count is 'Whether the value counts people or other units.';
comment on column bridge._baseline_measurement.is_people_count is 'Whether the value counts people.';
comment on column bridge._baseline_measurement.units_per_year is 'Units of the value in a year, for ages and durations; NULL where the unit is no time.';
comment on column bridge._baseline_measurement.denominator_level is 'Where its denominator stands: class, measure or module.';
comment on column bridge._baseline_measurement.is_declined is 'Whether the title says that the characteristic was not collected.';
