-- title: Randomised trials and their people, year by year
-- topic: evidence
-- question: How many randomised trials appeared each year, of which drug, with how many people?
-- note: Planned enrolment is not counted as people.
-- answer: year bigint, drugs varchar[], trials bigint, people hugeint, study_ids varchar[]
select
    year,
    drugs,
    count(*) as trials,
    sum(n) filter (n_basis <> 'planned') as people,
    list(study_id order by study_id) as study_ids
from evidence.study_overview
where is_own_sample and design in ('rct_parallel', 'rct_crossover', 'rct_withdrawal')
group by year, drugs
order by year, drugs;
