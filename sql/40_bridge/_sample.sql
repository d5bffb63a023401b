-- bridge._sample
-- grain: one row per number of people that a document states
-- reads: core.sample_size, core.reading, core.registration, core.participant_flow
-- answers: how many people, on which basis, in which arm, and where does it say so?
create view bridge._sample as
-- those who started the first period were assigned to the group; later periods count who went on
with started as (
    select flow.*, registration.allocation, registration.enrollment, registration.enrollment_kind
    from core.participant_flow as flow
    join core.registration using (nct_id)
    where flow.event = 'STARTED' and flow.n is not null and flow.group_title is not null
    qualify row_number() over (partition by nct_id, flow.group_id order by flow.ordinal) = 1
),

first_periods as (
    select
        *,
        count(*) over (partition by nct_id) as n_groups,
        sum(n) over (partition by nct_id) as n_started
    from started
)

select
    size.entity_id,
    size.source,
    size.source_id,
    size.n,
    size.basis,
    size.arm,
    -- a registration's own enrolment is its total
    size.is_total and size.source = 'pubmed' as is_total,
    reading.field,
    reading.span_start,
    reading.span_end,
    reading.quote,
    reading.rule,
    reading.is_derived,
    reading.confidence
from core.sample_size as size
join core.reading on reading.entity_id = size.entity_id and reading.attribute = 'n' and reading.ordinal = 1
union all
select
    'ctgov:' || nct_id || '/enrollment',
    'ctgov',
    nct_id,
    enrollment,
    case enrollment_kind when 'ACTUAL' then 'enrolled' when 'ESTIMATED' then 'planned' else 'unspecified' end,
    null,
    true,
    '/protocolSection/designModule/enrollmentInfo/count',
    0,
    length(enrollment::varchar),
    enrollment::varchar,
    'registry.enrollment',
    false,
    1.0
from core.registration
where enrollment is not null
union all
select
    'ctgov:' || nct_id || '/participant_flow/' || ordinal,
    'ctgov',
    nct_id,
    n,
    case
        when regexp_matches(period, '(?i)^\W*(were )?(treated|dosed)\b') then 'treated'
        when allocation = 'RANDOMIZED' and n_groups > 1 then 'randomised'
        when n_started = enrollment and enrollment_kind = 'ACTUAL' then 'enrolled'
        else 'unspecified'
    end,
    group_title,
    false,
    pointer,
    0,
    length(n_text),
    n_text,
    'registry.participant_flow',
    false,
    1.0
from first_periods;

comment on view bridge._sample is
    'One row per number of people that a document states: how many, on which basis, in which arm, and where does it say so?';
comment on column bridge._sample.entity_id is 'Sample size of core.sample_size, enrolment of a registration, or a posted group of its participant flow.';
comment on column bridge._sample.source is 'pubmed or ctgov.';
comment on column bridge._sample.source_id is 'PMID or NCT id.';
comment on column bridge._sample.n is 'Number of people.';
comment on column bridge._sample.basis is 'screened, planned, enrolled, randomised, treated, analysed, completed or unspecified; enrolled and planned are the registry''s ACTUAL and ESTIMATED; those who started in one of several posted groups of a randomised trial are randomised, in a period called Treated treated; a single posted group is enrolled only where its number is the enrolment, else unspecified.';
comment on column bridge._sample.arm is 'Label of the arm; NULL for the whole sample.';
comment on column bridge._sample.is_total is 'Whether this is the size of the sample under study.';
comment on column bridge._sample.field is 'Field or JSON pointer.';
comment on column bridge._sample.span_start is 'Offset of the first character.';
comment on column bridge._sample.span_end is 'Offset behind the last character.';
comment on column bridge._sample.quote is 'Text that stands there.';
comment on column bridge._sample.rule is 'Rule or structured field.';
comment on column bridge._sample.is_derived is 'Whether the number is arithmetic on stated numbers.';
comment on column bridge._sample.confidence is 'How sure the rule is, between 0 and 1.';
