-- title: Where there is evidence, and where there is none
-- topic: evidence
-- question: How many studies and people are there for each drug, route and population?
-- note: A study with two populations counts in both rows, so rows are never to be added up.
-- answer: drug varchar, route varchar, population varchar, studies bigint, studies_with_n bigint, people hugeint
with studies as (
    select
        study_id,
        unnest(drugs) as drug,
        case when len(routes) = 0 then ['not reported'] else routes end as routes,
        case when len(populations) = 0 then ['not reported'] else populations end as populations,
        n
    from evidence.study_overview
    where is_own_sample
),

by_route as (
    select study_id, drug, unnest(routes) as route, populations, n
    from studies
),

by_population as (
    select study_id, drug, route, unnest(populations) as population, n
    from by_route
)

select drug, route, population, count(*) as studies, count(n) as studies_with_n, sum(n) as people
from by_population
group by drug, route, population
order by drug, route, studies desc, population;
