-- title: What the drug was compared with
-- topic: dosing
-- question: How many studies used placebo, midazolam, ECT or another comparator, and with how many people?
-- note: A study with two comparators counts in both rows, so rows are never to be added up. Inert and active placebos
--     stay apart.
-- answer: comparator varchar, studies bigint, studies_with_n bigint, people hugeint, studies_of_ketamine bigint,
--         studies_of_esketamine bigint, study_ids varchar[]
with compared as (
    select study_id, unnest(comparators) as comparator, n, drugs
    from evidence.study_overview
    where is_own_sample
)

select
    comparator,
    count(*) as studies,
    count(n) as studies_with_n,
    sum(n) as people,
    count(*) filter (list_contains(drugs, 'ketamine')) as studies_of_ketamine,
    count(*) filter (list_contains(drugs, 'esketamine')) as studies_of_esketamine,
    list(study_id order by study_id) as study_ids
from compared
group by comparator
order by studies desc, comparator;
