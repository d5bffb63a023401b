-- title: Trials of industry and of other sponsors
-- topic: evidence
-- question: How many studies and people belong to each class of sponsor, and how many of these studies post results?
-- answer: sponsor_class varchar, studies bigint, people hugeint, studies_with_results bigint, study_ids varchar[]
select
    coalesce(sponsor_class, 'not registered at ClinicalTrials.gov') as sponsor_class,
    count(*) as studies,
    sum(n) filter (n_basis <> 'planned') as people,
    count(*) filter (has_results) as studies_with_results,
    list(study_id order by study_id) as study_ids
from evidence.study_overview
where is_own_sample
group by all
order by studies desc, sponsor_class;
