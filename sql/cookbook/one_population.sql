-- title: Trials in adolescents, older people or another group
-- topic: people
-- question: Which studies are of adolescents, older people, or another group?
-- parameter population: trd, mdd, bipolar, suicidal, postpartum, late_life, adolescent, healthy or other
-- answer: study_id varchar, title varchar, year bigint, design varchar, populations varchar[], drugs varchar[], routes
--         varchar[], n integer, n_basis varchar, status varchar, needs_review boolean
select
    study_id,
    title,
    year,
    design,
    populations,
    drugs,
    routes,
    n,
    n_basis,
    status,
    needs_review
from evidence.study_overview
where is_own_sample and list_contains(populations, coalesce(getvariable('population'), 'late_life'))
order by study_id;
