-- core.outcome_value
-- grain: one row per posted measurement of one outcome in one group
-- answers: what did the trial find, in the registry's own table?
create table core.outcome_value (
    nct_id                 varchar not null,
    ordinal                integer not null,
    outcome_index          integer not null,
    kind                   varchar,
    title                  varchar,
    description            varchar,
    time_frame             varchar,
    population_description varchar,
    param_type             varchar,
    dispersion_type        varchar,
    unit                   varchar,
    class_title            varchar,
    category_title         varchar,
    group_id               varchar,
    group_title            varchar,
    group_description      varchar,
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

comment on table core.outcome_value is
    'One row per posted measurement of one outcome in one group: what did the trial find, in the registry''s own table?';
comment on column core.outcome_value.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.outcome_value.ordinal is 'Place of the row, from 1.';
comment on column core.outcome_value.outcome_index is 'Place of the outcome among those posted, from 0.';
comment on column core.outcome_value.kind is 'PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED or POST_HOC.';
comment on column core.outcome_value.title is 'Title of the outcome.';
comment on column core.outcome_value.description is 'How it was measured.';
comment on column core.outcome_value.time_frame is 'When, as written.';
comment on column core.outcome_value.population_description is 'In whom.';
comment on column core.outcome_value.param_type is 'MEAN, MEDIAN, NUMBER, COUNT_OF_PARTICIPANTS, …';
comment on column core.outcome_value.dispersion_type is 'Kind of spread, free text.';
comment on column core.outcome_value.unit is 'Unit as written.';
comment on column core.outcome_value.class_title is 'Row heading, often a time point.';
comment on column core.outcome_value.category_title is 'Category.';
comment on column core.outcome_value.group_id is 'Registry''s id of the group in this outcome.';
comment on column core.outcome_value.group_title is 'Title of the group.';
comment on column core.outcome_value.group_description is 'Description of the group.';
comment on column core.outcome_value.value_text is 'Value as written; NA in a median means that it was not reached.';
comment on column core.outcome_value.value is 'Value; NULL where the text is not a plain number.';
comment on column core.outcome_value.spread_text is 'Spread as written.';
comment on column core.outcome_value.spread is 'Spread.';
comment on column core.outcome_value.lower_text is 'Lower limit as written.';
comment on column core.outcome_value.lower is 'Lower limit.';
comment on column core.outcome_value.upper_text is 'Upper limit as written.';
comment on column core.outcome_value.upper is 'Upper limit.';
comment on column core.outcome_value.denominator_text is 'Number of people analysed, as written.';
comment on column core.outcome_value.denominator is 'Number of people analysed.';
comment on column core.outcome_value.denominator_unit is 'What the denominator counts.';
comment on column core.outcome_value.denominator_pointer is 'JSON pointer of the denominator.';
comment on column core.outcome_value.comment is 'Comment as written.';
comment on column core.outcome_value.pointer is 'JSON pointer of the value.';
