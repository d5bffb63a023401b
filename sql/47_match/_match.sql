-- bridge._match
-- grain: one row per pair, value of the registration and value of the paper on the same item
-- reads: bridge._pair, bridge._stated_size, bridge._stated_regimen, bridge._stated_outcome, bridge._stated_person,
--        bridge._stated_harm
-- answers: can the two values be compared at all, and if so, are they the same?
-- Like is held against like: enrolment against the number randomised, a dose against doses in its unit, a mean against
-- a mean. A value without a partner has one row, so that it is seen that only one side speaks.
create table bridge._match as
with statements as (
    select * from bridge._stated_size
    union all
    select * from bridge._stated_regimen
    union all
    select * from bridge._stated_outcome
    union all
    select * from bridge._stated_person
    union all
    select * from bridge._stated_harm
),

registered as (
    select pair.pair_id, statement.* exclude (study_id, source, source_id)
    from bridge._pair as pair
    join statements as statement
        on statement.study_id = pair.study_id and statement.source = 'ctgov' and statement.source_id = pair.nct_id
),

reported as (
    select pair.pair_id, statement.* exclude (study_id, source, source_id)
    from bridge._pair as pair
    join statements as statement
        on statement.study_id = pair.study_id and statement.source = 'pubmed' and statement.source_id = pair.pmid
),

beside as (
    select *
    from (select pair_id, item, registered as registry from registered)
    full join (select pair_id, item, reported as paper from reported) using (pair_id, item)
),

weighed as (
    select
        *,
        coalesce(
            case item
                when 'n' then case registry.basis
                    when 'enrolled' then case
                        when paper.basis in ('enrolled', 'randomised') then true
                        -- people are lost between enrolment and analysis, but none are won
                        when paper.basis in ('treated', 'analysed', 'completed') then paper.low >= registry.low
                        when paper.basis in ('unspecified', 'beside') then paper.low = registry.low
                    end
                    when 'planned' then paper.basis in ('enrolled', 'randomised', 'planned')
                end
                -- the arms of a crossover are sequences, or what each person gets
                when 'arms' then registry.basis is distinct from 'CROSSOVER'
                when 'route' then true
                when 'sessions' then registry.basis = paper.basis or registry.basis is null or paper.basis is null
                when 'primary_outcome' then registry.basis = 'primary'
                when 'primary_outcome_time' then
                    (registry.unit = paper.unit or registry.unit = 'any' or paper.unit = 'any')
                    -- a frame that runs past the paper's time may hold it
                    and (registry.basis = 'point' or paper.low >= registry.low)
                else registry.unit = paper.unit
            end,
            false
        ) as is_comparable
    from beside
),

compared as (
    select
        *,
        case item
            when 'n' then
                registry.low = paper.low
                -- recruitment reached its target from 80 % of it on (Sully et al., Trials 2013;14:166)
                or registry.basis = 'planned' and paper.basis != 'planned'
                    and abs(paper.low - registry.low) <= 0.2 * registry.low
            when 'arms' then registry.low = paper.low
            when 'route' then registry.word = paper.word
            when 'primary_outcome' then registry.word = paper.word
            -- trials number the dosing day as 0 or 1, and a month is 28 to 31 days
            when 'primary_outcome_time' then
                abs(registry.low - paper.low) <= 0.1 * registry.low
                or abs(registry.low - paper.low) <= 1
                    and regexp_matches(registry.places[1].quote || paper.places[1].quote, '(?i)\bdays?\b')
            when 'age' then
                abs(registry.low - paper.low) <= 0.5 * greatest(registry.step, paper.step) + 0.000001
            when 'sex' then
                abs(registry.low - paper.low) <= case registry.unit when 'women' then 0 else 1 end + 0.000001
            when 'race' then abs(registry.low - paper.low) <= 1.000001
            when 'serious_events' then paper.low between registry.low and registry.high
            -- doses and sessions: two ranges are the same or not; a fixed number may be one of a range
            else case
                when registry.low < registry.high and paper.low < paper.high
                    then registry.low = paper.low and registry.high = paper.high
                when registry.low < registry.high then paper.low between registry.low and registry.high
                else registry.low between paper.low and paper.high
            end
        end as is_same
    from weighed
)

select
    pair_id,
    item,
    -- doses are held against doses in their unit, and each share against its own
    case when item in ('dose', 'age', 'sex', 'race') then coalesce(registry.unit, paper.unit) else item end as part,
    registry,
    paper,
    is_comparable,
    is_comparable and coalesce(is_same, false) as is_same
from compared;

comment on table bridge._match is
    'One row per pair, value of the registration and value of the paper on the same item: can they be compared, and are they the same?';
comment on column bridge._match.pair_id is 'Pair of bridge._pair.';
comment on column bridge._match.item is
    'n, arms, dose, route, sessions, primary_outcome, primary_outcome_time, age, sex, race or serious_events.';
comment on column bridge._match.part is 'What is judged apart within the item: the unit of doses, ages and shares; else the item.';
comment on column bridge._match.registry is 'What the registration states: a row of bridge._stated_…; NULL where it states nothing on the item.';
comment on column bridge._match.paper is 'What the paper states, likewise.';
comment on column bridge._match.is_comparable is 'Whether both state it in the same unit and of the same people, phase or outcome.';
comment on column bridge._match.is_same is 'Whether they are comparable and the same within the tolerance of the item.';
