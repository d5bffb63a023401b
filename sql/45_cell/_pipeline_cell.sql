-- bridge._pipeline_cell
-- grain: one row per filled cell of evidence.trial_pipeline and place that it rests on
-- reads: core.registration, bridge._pipeline_row
-- answers: what stands in each cell, and which registry field says so?
create view bridge._pipeline_cell as
with stated as (
    select pipeline.row_id, pipeline.source_id, field.*
    from bridge._pipeline_row as pipeline
    join core.registration on registration.nct_id = pipeline.source_id,
    lateral (
        select unnest([
            {
                'column_name': 'status', 'quote': registration.status, 'number': null::double,
                'field': 'statusModule/overallStatus'
            },
            {
                'column_name': 'why_stopped', 'quote': why_stopped, 'number': null,
                'field': 'statusModule/whyStopped'
            },
            {
                'column_name': 'started', 'quote': start_text, 'number': null,
                'field': 'statusModule/startDateStruct/date'
            },
            {
                'column_name': 'primary_completion', 'quote': primary_completion_text, 'number': null,
                'field': 'statusModule/primaryCompletionDateStruct/date'
            },
            {
                'column_name': 'completion', 'quote': completion_text, 'number': null,
                'field': 'statusModule/completionDateStruct/date'
            },
            {
                'column_name': 'enrollment', 'quote': enrollment::varchar, 'number': enrollment,
                'field': 'designModule/enrollmentInfo/count'
            },
            {
                'column_name': 'enrollment_kind', 'quote': enrollment_kind, 'number': null,
                'field': 'designModule/enrollmentInfo/type'
            },
            {
                'column_name': 'is_fda_regulated_drug', 'quote': is_fda_regulated_drug::varchar, 'number': null,
                'field': 'oversightModule/isFdaRegulatedDrug'
            }
        ], recursive := true)
    ) as field
    where field.quote is not null
),

-- the day when results are due is arithmetic on the date of completion
due as (
    select stated.* replace ('results_due_on' as column_name), results_due_on::varchar as value_text
    from stated
    join bridge._pipeline_row using (row_id)
    where results_due_on is not null
    qualify row_number() over (
        partition by row_id order by column_name != 'primary_completion', column_name != 'completion'
    ) = 1
)

select
    row_id,
    column_name,
    1 as ordinal,
    value_text,
    number as value_number,
    'ctgov' as source,
    source_id,
    '/protocolSection/' || field as field,
    0 as span_start,
    length(quote)::integer as span_end,
    quote,
    'registry.' || regexp_extract(field, '^(\w+)Module', 1) as rule,
    is_derived,
    1.0 as confidence,
    true as is_plausible
from (
    select *, quote as value_text, false as is_derived from stated
    union all by name
    select *, true as is_derived from due
);

comment on view bridge._pipeline_cell is
    'One row per filled cell of evidence.trial_pipeline and place that it rests on: which registry field says so?';
comment on column bridge._pipeline_cell.row_id is 'Row of the evidence view.';
comment on column bridge._pipeline_cell.column_name is 'Column of the evidence view.';
comment on column bridge._pipeline_cell.ordinal is '1: each value has one source.';
comment on column bridge._pipeline_cell.value_text is 'Value as text.';
comment on column bridge._pipeline_cell.value_number is 'Value as number; NULL for words.';
comment on column bridge._pipeline_cell.source is 'ctgov.';
comment on column bridge._pipeline_cell.source_id is 'NCT id of the registration.';
comment on column bridge._pipeline_cell.field is 'JSON pointer of the value.';
comment on column bridge._pipeline_cell.span_start is '0: the whole value is quoted.';
comment on column bridge._pipeline_cell.span_end is 'Length of the value.';
comment on column bridge._pipeline_cell.quote is 'Value as written.';
comment on column bridge._pipeline_cell.rule is 'Module of the registry''s record.';
comment on column bridge._pipeline_cell.is_derived is 'Whether the value is arithmetic on the quoted one.';
comment on column bridge._pipeline_cell.confidence is '1: structured values are not guessed.';
comment on column bridge._pipeline_cell.is_plausible is 'true: no column has limits.';
