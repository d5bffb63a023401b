-- core.baseline_value
-- grain: one row per posted measurement of one baseline characteristic in one group
-- answers: who was studied, in the registry's own table?
-- A characteristic without any measurement has one row without group and value: `Race and Ethnicity Not Collected`.
create table core.baseline_value (
    nct_id                 varchar not null,
    ordinal                integer not null,
    measure                varchar,
    description            varchar,
    population_description varchar,
    param_type             varchar,
    dispersion_type        varchar,
    unit                   varchar,
    class_title            varchar,
    category_title         varchar,
    group_id               varchar,
    group_title            varchar,
    is_total               boolean not null,
    value_text             varchar,
    value                  double,
    spread_text            varchar,
    spread                 double,
    lower_text             varchar,
    lower                  double,
    upper_text             varchar,
    upper                  double,
    denominator_text       varchar,
    denominator            integer,
    denominator_unit       varchar,
    denominator_pointer    varchar,
    comment                varchar,
    pointer                varchar not null
);

comment on table core.baseline_value is
    'One row per posted measurement of one baseline characteristic in one group: who was studied, in the registry''s own table?';
comment on column core.baseline_value.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.baseline_value.ordinal is 'Place of the row, from 1.';
comment on column core.baseline_value.measure is
    'Characteristic: Age, Continuous; Sex: Female, Male; Race (NIH/OMB); …';
comment on column core.baseline_value.description is 'Description of the characteristic.';
comment on column core.baseline_value.population_description is 'In whom it was measured.';
comment on column core.baseline_value.param_type is 'MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, …';
comment on column core.baseline_value.dispersion_type is 'STANDARD_DEVIATION, FULL_RANGE, INTER_QUARTILE_RANGE, …';
comment on column core.baseline_value.unit is 'Unit as written.';
comment on column core.baseline_value.class_title is 'Row heading, such as a country or a race.';
comment on column core.baseline_value.category_title is 'Category, such as Female.';
comment on column core.baseline_value.group_id is 'Registry''s id of the group in this module.';
comment on column core.baseline_value.group_title is 'Title of the group.';
comment on column core.baseline_value.is_total is 'Whether the group is the column that sums the others.';
comment on column core.baseline_value.value_text is 'Value as written.';
comment on column core.baseline_value.value is 'Value; NULL where the text is not a plain number.';
comment on column core.baseline_value.spread_text is 'Spread as written.';
comment on column core.baseline_value.spread is 'Spread.';
comment on column core.baseline_value.lower_text is 'Lower limit as written.';
comment on column core.baseline_value.lower is 'Lower limit.';
comment on column core.baseline_value.upper_text is 'Upper limit as written.';
comment on column core.baseline_value.upper is 'Upper limit.';
comment on column core.baseline_value.denominator_text is 'Number of people that the measurement rests on, as written.';
comment on column core.baseline_value.denominator is
    'Number of people that the measurement rests on: that of the class, else of the measure, else of the module.';
comment on column core.baseline_value.denominator_unit is 'What the denominator counts.';
comment on column core.baseline_value.denominator_pointer is 'JSON pointer of the denominator.';
comment on column core.baseline_value.comment is 'Comment as written.';
comment on column core.baseline_value.pointer is 'JSON pointer of the value, of which spread and limits are siblings; of the characteristic itself where it has no measurement.';
