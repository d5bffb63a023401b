-- bridge._comparison
-- grain: one row per pair of a registration and a paper, and item
-- reads: bridge._pair, bridge._match
-- answers: do registry and paper agree on the item, differ, or can they not be compared, and why?
-- Of sets (doses, routes, numbers of sessions, times) one side may state more than the other: that is no difference. They
-- differ where each states a value that the other does not.
create table bridge._comparison as
with items as (
    select unnest([
        'n', 'arms', 'dose', 'route', 'sessions', 'primary_outcome', 'primary_outcome_time', 'age', 'sex', 'race',
        'serious_events'
    ]) as item,
    generate_subscripts([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1) as place
),

-- has a value its like on the other side?
met as (
    select
        *,
        bool_or(is_same) over (partition by pair_id, item, part, registry) as is_registry_met,
        bool_or(is_same) over (partition by pair_id, item, part, paper) as is_paper_met
    from bridge._match
),

parts as (
    select
        pair_id,
        item,
        part,
        bool_and(is_registry_met) as is_registry_met,
        bool_and(is_paper_met) as is_paper_met,
        bool_or(is_same) as is_any_same
    from met
    where is_comparable
    group by pair_id, item, part
),

judged as (
    select
        pair_id,
        item,
        bool_and(is_registry_met or is_paper_met) as agrees,
        bool_and(is_registry_met and is_paper_met) as is_complete,
        bool_or(is_any_same) as is_any_same
    from parts
    group by pair_id, item
),

stated as (
    select
        pair_id,
        item,
        bool_or(registry is not null) as in_registry,
        bool_or(paper is not null) as in_paper,
        bool_or(registry.basis = 'unnamed') as is_unnamed,
        -- the paper's outcome among the registered secondary ones
        bool_or(registry.basis = 'secondary' and registry.word = paper.word) as is_registered_second,
        list(distinct ref.stated_text(item, registry) order by ref.stated_text(item, registry))
            filter (registry is not null) as registry_values,
        list(distinct ref.stated_text(item, paper) order by ref.stated_text(item, paper))
            filter (paper is not null) as paper_values
    from bridge._match
    group by pair_id, item
),

-- the two values that decide: unmet ones first, then those furthest apart
deciding as (
    select *
    from met
    qualify row_number() over (
        partition by pair_id, item
        order by
            is_comparable desc, is_registry_met, is_paper_met, abs(paper.high - registry.high) desc nulls last,
            registry.word, paper.word, registry.stated_in, paper.stated_in, registry.low, paper.low,
            registry::varchar, paper::varchar -- the same values in several places: always the same one of them
    ) = 1
),

verdicts as (
    select
        pair.*,
        items.item,
        items.place,
        stated.registry_values,
        stated.paper_values,
        deciding.registry,
        deciding.paper,
        coalesce(stated.in_registry, false) as in_registry,
        coalesce(stated.in_paper, false) as in_paper,
        judged.is_complete,
        judged.is_any_same,
        stated.is_registered_second,
        case
            when stated.pair_id is null then 'neither states it'
            when not in_paper then 'only the registry states it'
            when not in_registry then 'only the paper states it'
            when starts_with(pair.scope, 'none')
                or starts_with(pair.scope, 'regimens') and items.item not in ('dose', 'route', 'sessions')
                or judged.pair_id is null
                or not judged.agrees and items.item = 'primary_outcome' and stated.is_unnamed
                then 'not comparable'
            when judged.agrees then 'agrees'
            else 'differs'
        end as verdict
    from bridge._pair as pair
    cross join items
    left join stated using (pair_id, item)
    left join judged using (pair_id, item)
    left join deciding using (pair_id, item)
),

measured as (
    select
        *,
        case when verdict in ('agrees', 'differs') then paper.high - registry.high end as difference,
        case when verdict in ('agrees', 'differs') and registry.high != 0 then paper.high / registry.high end as ratio,
        registry.low < registry.high or paper.low < paper.high as is_of_ranges
    from verdicts
)

select
    pair_id || '/' || item as row_id,
    pair_id,
    study_id,
    nct_id,
    pmid,
    role,
    integrity,
    integrity_source,
    reported_year,
    item,
    place,
    verdict,
    ---------- how they differ, or why they were not compared
    case
        when verdict = 'differs' then case
            when item = 'n' and registry.basis = 'planned' then
                case paper.basis when 'planned' then 'different plan' else 'planned against actual' end
            when item = 'n' and paper.basis not in ('enrolled', 'randomised') then 'more people than were enrolled'
            when item in ('dose', 'sessions') and is_of_ranges
                and (
                    registry.low <= paper.low and paper.high <= registry.high
                    or paper.low <= registry.low and registry.high <= paper.high
                )
                then 'narrower range'
            when item in ('dose', 'sessions') and is_of_ranges then 'different range'
            when item in ('dose', 'route', 'sessions') and is_any_same then 'partly different'
            when item = 'dose' then 'different dose'
            when item = 'route' then 'different route'
            when item = 'primary_outcome' and is_registered_second then 'registered as secondary outcome'
            when item = 'primary_outcome' then 'different outcome'
            when item = 'primary_outcome_time' then 'different time'
            when item = 'serious_events' and paper.high = 0 then 'none in the paper'
            when item = 'serious_events' and registry.high = 0 then 'none in the registry'
            else 'different number'
        end
        when verdict = 'agrees' and not is_complete then 'one side states more'
        when verdict = 'not comparable' then case
            when scope != 'all' and not (starts_with(scope, 'regimens') and item in ('dose', 'route', 'sessions'))
                then regexp_extract(scope, ': (.*)$', 1)
            when item = 'n' then 'they count different people'
            when item = 'arms' then 'the registry lists the sequences of a crossover'
            when item = 'dose' then 'the units differ'
            when item = 'sessions' then 'they are of different phases'
            when item = 'primary_outcome' then 'the registry names an outcome without a scale of depression'
            when item = 'primary_outcome_time' then 'they are of different outcomes, or of a span of time'
            when item = 'age' then 'one is a mean and one a median'
            else 'they are of different groups'
        end
    end as kind,
    ---------- both sides
    array_to_string(registry_values, '; ') as registry_value,
    array_to_string(paper_values, '; ') as paper_value,
    registry,
    paper,
    ---------- how far apart
    difference,
    ratio,
    coalesce(registry.unit, paper.unit) as unit,
    case
        when verdict != 'differs' then null
        when item in ('dose', 'route', 'primary_outcome') then 'check first'
        when item = 'serious_events' and least(registry.high, paper.high) = 0 then 'check first'
        when item = 'n' and registry.basis = 'enrolled' and abs(difference) >= 0.1 * registry.high then 'check first'
        when item = 'age' and abs(difference) < 1 then 'minor'
        when item in ('sex', 'race') and starts_with(registry.unit, '%') and abs(difference) < 2 then 'minor'
        else 'check'
    end as severity,
    needs_review
    or coalesce(list_min(list_transform(registry.places || paper.places, lambda words: words.confidence)) < 0.7, false)
        as needs_review
from measured;

comment on table bridge._comparison is
    'One row per pair of a registration and a paper, and item: do they agree, differ, or can they not be compared, and why?';
comment on column bridge._comparison.row_id is 'Id of the row: study, registration, paper and item.';
comment on column bridge._comparison.pair_id is 'Pair of bridge._pair.';
comment on column bridge._comparison.study_id is 'Study of core.study.';
comment on column bridge._comparison.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._comparison.pmid is 'PubMed id.';
comment on column bridge._comparison.role is 'Role of the paper in the study.';
comment on column bridge._comparison.integrity is 'Whether the paper stands: current, updated, corrected, duplicate or expression_of_concern.';
comment on column bridge._comparison.integrity_source is 'What says so; NULL where nothing is stated.';
comment on column bridge._comparison.reported_year is 'Year of publication.';
comment on column bridge._comparison.item is 'n, arms, dose, route, sessions, primary_outcome, primary_outcome_time, age, sex, race or serious_events.';
comment on column bridge._comparison.place is 'Place of the item in that list.';
comment on column bridge._comparison.verdict is 'agrees, differs, not comparable, only the registry states it, only the paper states it, or neither states it.';
comment on column bridge._comparison.kind is 'How they differ, why they were not compared, or that one side states more.';
comment on column bridge._comparison.registry_value is 'All that the registration states on the item.';
comment on column bridge._comparison.paper_value is 'All that the paper states on the item.';
comment on column bridge._comparison.registry is 'The value of the registration that decides.';
comment on column bridge._comparison.paper is 'The value of the paper that decides.';
comment on column bridge._comparison.difference is 'Paper minus registry, of the deciding values (highest of a range), in `unit`; NULL for words.';
comment on column bridge._comparison.ratio is 'Paper over registry, likewise.';
comment on column bridge._comparison.unit is 'Unit of both values.';
comment on column bridge._comparison.severity is 'check first, check or minor; NULL where they do not differ.';
comment on column bridge._comparison.needs_review is 'Whether a rule doubts the pair or one of the two readings.';
