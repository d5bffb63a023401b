-- title: The share of women in each trial
-- topic: people
-- question: How many women took part, and how far is their share from that of the US population?
-- answer: study_id varchar, n integer, n_female integer, pct_female double, us_pct_female double, points_apart double,
--         source varchar, source_id varchar
with reference as (
    select max(reference_pct) as us_pct_female
    from evidence.representation
    where dimension = 'overall' and category = 'female'
)

select
    people.study_id,
    people.n,
    people.n_female,
    people.pct_female,
    reference.us_pct_female,
    round(people.pct_female - reference.us_pct_female, 1) as points_apart,
    people.source,
    people.source_id
from evidence.trial_demographics as people
cross join reference
where people.is_total and people.pct_female is not null and people.integrity <> 'retracted'
order by people.pct_female, people.study_id, people.source desc, people.source_id;
