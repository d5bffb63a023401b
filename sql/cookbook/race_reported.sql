-- title: Which trials report race, and how does it compare?
-- topic: people
-- question: Which studies count people by race, and what are the shares beside those of the US population?
-- note: Reference: US census of 1 April 2020 (ref.reference_population). Trials outside of the United States are
--     shown beside it too: see countries. Where race is partly understood the shares are too low.
-- answer: study_id varchar, n integer, pct_white double, us_pct_white double, pct_black double, us_pct_black double,
--         pct_asian double, us_pct_asian double, race_status varchar, countries varchar[], source varchar, source_id
--         varchar
with reference as (
    select
        max(reference_pct) filter (category = 'white') as white,
        max(reference_pct) filter (category = 'black') as black,
        max(reference_pct) filter (category = 'asian') as asian
    from evidence.representation
    where dimension = 'overall' and item = 'race'
)

select
    people.study_id,
    people.n,
    people.pct_white,
    reference.white as us_pct_white,
    people.pct_black,
    reference.black as us_pct_black,
    people.pct_asian,
    reference.asian as us_pct_asian,
    people.race_status,
    people.countries,
    people.source,
    people.source_id
from evidence.trial_demographics as people
cross join reference
where people.is_total and people.race_status in ('reported', 'partly understood') and people.integrity <> 'retracted'
order by people.study_id, people.source desc, people.source_id;
