-- evidence.representation
-- grain: one row per dimension, its value, and category of age, sex, race or ethnicity
-- reads: core.location, core.registration, core.regimen, ref.reference_population, bridge._baseline_measurement,
--        bridge._demographics_cell, bridge._demographics_row, bridge._demographics_sum, bridge._posted_baseline, bridge._registry_regimen,
--        bridge._report
-- answers: how many studies say who took part, and how do their shares compare with a reference population?
-- Nobody is counted twice: one report a study, its total only; no secondary analyses, reprints, retracted or doubtful
-- reports; and within a dimension each study has one value (`ketamine + esketamine`, `several countries`).
-- Shares are sums of counts over sums of denominators. Percentages without counts are not pooled, nor are tables that
-- count people under words without a column.
-- The participation-to-prevalence ratio is the share among participants over the share in the reference population
-- (Poon R, et al. J Womens Health 2013;22:604-16); 0.8 to 1.2 is read as similar representation
-- (Scott PE, et al. J Am Coll Cardiol 2018;71:1960-9). A trial outside the US has another population to be held against.
create view evidence.representation as
with reports as (
    select
        report.study_id, report.source, report.source_id, report.place, report.reported_year,
        -- a registration without results says nothing on who took part
        report.source = 'pubmed' or registration.has_results as could_report,
        registration.sponsor_class
    from bridge._report as report
    left join core.registration as registration
        on report.source = 'ctgov' and registration.nct_id = report.source_id
    where report.is_standing and not report.is_secondary and not report.is_doubtful and report.study_id is not null
),

numbers as (
    select row_id, max(value_number) as n
    from bridge._demographics_cell
    where column_name = 'n' and is_plausible
    group by row_id
),

-- the total of one report speaks for the study: a posted table before words, then the larger number
samples as (
    select reports.study_id, who.row_id, numbers.n, reports.source, reports.reported_year
    from bridge._demographics_row as who
    join reports using (study_id, source, source_id)
    left join numbers using (row_id)
    where who.is_total and reports.could_report
    qualify row_number() over (
        partition by reports.study_id
        order by not who.is_posted, numbers.n desc nulls last, reports.place, who.row_id
    ) = 1
),

columns_of_items as (
    select *
    from (
        values
            ('age', 'under_18', 'n_age_under_18'),
            ('age', '18_to_64', 'n_age_18_to_64'),
            ('age', '65_and_over', 'n_age_65_and_over'),
            ('sex', 'female', 'n_female'),
            ('sex', 'male', 'n_male'),
            ('sex', 'other_gender', 'n_other_gender'),
            ('sex', 'unknown_sex', 'n_sex_unknown'),
            ('race', 'white', 'n_white'),
            ('race', 'black', 'n_black'),
            ('race', 'asian', 'n_asian'),
            ('race', 'american_indian', 'n_american_indian'),
            ('race', 'pacific_islander', 'n_pacific_islander'),
            ('race', 'multiple_races', 'n_multiple_races'),
            ('race', 'other_race', 'n_other_race'),
            ('race', 'unknown_race', 'n_race_unknown'),
            ('ethnicity', 'hispanic', 'n_hispanic'),
            ('ethnicity', 'not_hispanic', 'n_not_hispanic'),
            ('ethnicity', 'unknown_ethnicity', 'n_ethnicity_unknown')
    ) as listed (item, category, column_name)
),

-- any report of the study that says anything on the item, of an arm or of all, as a number or a share, in whatever words
reporting as (
    select
        reports.study_id,
        case
            when starts_with(cell.column_name, 'age') or starts_with(cell.column_name, 'n_age') then 'age'
            when cell.column_name in ('n_female', 'n_male', 'n_other_gender', 'pct_female') then 'sex'
            when regexp_matches(cell.column_name, 'hispanic') then 'ethnicity'
            when regexp_matches(cell.column_name, '^(n|pct)_(white|black|asian|american|pacific|multiple|other_race)')
                then 'race'
        end as item
    from bridge._demographics_cell as cell
    join bridge._demographics_row as who using (row_id)
    join reports on reports.study_id = who.study_id and reports.source = who.source and reports.source_id = who.source_id
    where cell.is_plausible
    union
    select reports.study_id, case measurement.item when 'race_ethnicity' then 'race' else measurement.item end
    from bridge._baseline_measurement as measurement
    join reports on reports.source = 'ctgov' and reports.source_id = measurement.nct_id
    where measurement.value_text is not null and not measurement.is_declined
),

counts as (
    select samples.study_id, listed.item, listed.category, sum(cell.value_number) as n
    from samples
    join bridge._demographics_cell as cell using (row_id)
    join columns_of_items as listed using (column_name)
    left join bridge._demographics_sum as sum_of on sum_of.row_id = samples.row_id and sum_of.item = listed.item
    where cell.is_plausible and cell.ordinal = 1
        -- an abstract's women and men are as stated; a posted table must be understood in full
        and coalesce(sum_of.is_comparable, samples.source = 'pubmed')
    group by samples.study_id, listed.item, listed.category
),

-- an abstract that counts the women only leaves open of whom: of those randomised, treated or analysed
denominators as (
    select
        counts.study_id,
        counts.item,
        sum(counts.n) as n_people,
        coalesce(sum(counts.n) filter (starts_with(counts.category, 'unknown')), 0) as n_unknown
    from counts
    join samples using (study_id)
    group by counts.study_id, counts.item
    having any_value(samples.source) = 'ctgov' or count(*) > 1 and sum(counts.n) <= any_value(samples.n)
),

drugs as (
    select
        study_id,
        string_agg(distinct drug, ' + ' order by drug) as drug,
        string_agg(distinct route, ' + ' order by route) as route
    from reports
    join (
        select source, source_id, drug, route from core.regimen
        union all
        select 'ctgov', nct_id, drug, null from bridge._registry_regimen
    ) as given using (source, source_id)
    group by study_id
),

countries as (
    select
        study_id,
        case when count(distinct country) = 1 then any_value(country) else 'several countries' end as country
    from reports
    join (
        select nct_id, country from core.location where country is not null
        union all
        select nct_id, cell_text from bridge._posted_baseline where column_name = 'countries'
    ) as site on reports.source = 'ctgov' and site.nct_id = reports.source_id
    group by study_id
),

sponsors as (
    select study_id, min(sponsor_class) as sponsor_class from reports group by study_id
),

placed as (
    select samples.study_id, unnest([
        {'dimension': 'overall', 'value': 'all studies'},
        {'dimension': 'year', 'value': coalesce(samples.reported_year::varchar, 'not stated')},
        {'dimension': 'drug', 'value': coalesce(drugs.drug, 'not stated')},
        {'dimension': 'route', 'value': coalesce(drugs.route, 'not stated')},
        {'dimension': 'sponsor_class', 'value': coalesce(sponsors.sponsor_class, 'not registered')},
        {'dimension': 'country', 'value': coalesce(countries.country, 'not stated')}
    ], recursive := true)
    from samples
    left join drugs using (study_id)
    left join countries using (study_id)
    left join sponsors using (study_id)
),

reference as (
    select item, category, n, n_population from ref.reference_population where population_name = 'US census 2020'
),

pooled as (
    select
        placed.dimension,
        placed.value,
        listed.item,
        listed.category,
        count(*) as n_studies,
        count(reporting.study_id) as n_studies_reporting,
        count(denominators.n_people) as n_studies_pooled,
        coalesce(sum(denominators.n_people), 0)::bigint as n_people,
        coalesce(sum(denominators.n_people - denominators.n_unknown), 0)::bigint as n_known,
        sum(counts.n)::bigint as n_in_category,
        coalesce(list(placed.study_id order by placed.study_id) filter (reporting.study_id is not null), [])
            as reporting_study_ids,
        coalesce(list(placed.study_id order by placed.study_id) filter (denominators.n_people is not null), [])
            as pooled_study_ids
    from placed
    cross join columns_of_items as listed
    left join reporting on reporting.study_id = placed.study_id and reporting.item = listed.item
    left join denominators on denominators.study_id = placed.study_id and denominators.item = listed.item
    left join counts
        on counts.study_id = placed.study_id and counts.item = listed.item and counts.category = listed.category
        and denominators.n_people is not null
    group by placed.dimension, placed.value, listed.item, listed.category
),

shared as (
    select
        pooled.*,
        case when n_people > 0 then 100 * coalesce(n_in_category, 0) / n_people end as pct_of_people,
        case
            when n_known > 0 and not starts_with(category, 'unknown')
                then 100 * coalesce(n_in_category, 0) / n_known
        end as pct_of_known,
        100 * reference.n / reference.n_population as reference_pct
    from pooled
    left join reference using (item, category)
)

select
    dimension,
    value as dimension_value,
    item,
    category,
    n_studies,
    n_studies_reporting,
    round(100 * n_studies_reporting / n_studies, 1) as pct_studies_reporting,
    n_studies_pooled,
    n_people,
    n_known,
    case when n_people > 0 then coalesce(n_in_category, 0) end as n_in_category,
    round(pct_of_people, 2) as pct_of_people,
    round(pct_of_known, 2) as pct_of_known,
    round(reference_pct, 2) as reference_pct,
    round(pct_of_known / nullif(reference_pct, 0), 2) as participation_to_prevalence_ratio,
    reporting_study_ids,
    pooled_study_ids
from shared
order by
    list_position(['overall', 'year', 'drug', 'route', 'sponsor_class', 'country'], dimension), value,
    list_position(['age', 'sex', 'race', 'ethnicity'], item),
    list_position((select list(category) from columns_of_items), category);

comment on view evidence.representation is
    'One row per dimension, value and category: how many studies say who took part, and how do their pooled shares compare with the US population?';
comment on column evidence.representation.dimension is 'overall, year (in which the report that speaks for the study appeared), drug, route, sponsor_class or country (of the sites and of the posted participants).';
comment on column evidence.representation.dimension_value is 'Value of the dimension. Each study has one: two drugs are written together (esketamine + ketamine), and studies in more than one country are several countries.';
comment on column evidence.representation.item is 'age, sex, race or ethnicity.';
comment on column evidence.representation.category is 'Category of the item, named like the columns of evidence.trial_demographics.';
comment on column evidence.representation.n_studies is 'Studies that could say who took part: a paper of their own, or a registration with results, that stands and is not in doubt.';
comment on column evidence.representation.n_studies_reporting is 'Of these, studies of which any such report says anything on the item, as a number or a share.';
comment on column evidence.representation.pct_studies_reporting is 'n_studies_reporting in per cent of n_studies.';
comment on column evidence.representation.n_studies_pooled is 'Studies whose counts of the item are pooled: every person of the group, or of those that the table rests on, stands in one column. See pooled_study_ids.';
comment on column evidence.representation.n_people is 'People in the tables that are pooled, those of unknown category included: the denominator of pct_of_people.';
comment on column evidence.representation.n_known is 'People in the tables that are pooled whose category is known: the denominator of pct_of_known.';
comment on column evidence.representation.n_in_category is 'People of the category.';
comment on column evidence.representation.pct_of_people is 'n_in_category in per cent of n_people.';
comment on column evidence.representation.pct_of_known is 'n_in_category in per cent of n_known; NULL for unknown categories.';
comment on column evidence.representation.reference_pct is 'Share of the category in per cent of the US population at the census of 1 April 2020; ref.reference_population has counts, source and citation. evidence.representation_against takes other shares.';
comment on column evidence.representation.participation_to_prevalence_ratio is 'pct_of_known over reference_pct: below 0.8 fewer took part than live there, above 1.2 more.';
comment on column evidence.representation.reporting_study_ids is 'Studies that n_studies_reporting counts.';
comment on column evidence.representation.pooled_study_ids is 'Studies whose counts are summed: their total rows in evidence.trial_demographics.';
