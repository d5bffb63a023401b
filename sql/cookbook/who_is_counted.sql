-- title: How many studies say who took part
-- topic: people
-- question: In how many studies are age, sex, race and ethnicity reported, and how do pooled shares compare with the
--     US population?
-- note: A ratio below 0.8 means fewer than live there, above 1.2 more. evidence.representation_against compares with
--     another population.
-- answer: item varchar, category varchar, n_studies bigint, n_studies_reporting bigint, pct_studies_reporting double,
--         n_studies_pooled bigint, n_known bigint, n_in_category bigint, pct_of_known double, reference_pct double,
--         participation_to_prevalence_ratio double
select
    item,
    category,
    n_studies,
    n_studies_reporting,
    pct_studies_reporting,
    n_studies_pooled,
    n_known,
    n_in_category,
    pct_of_known,
    reference_pct,
    participation_to_prevalence_ratio
from evidence.representation
where dimension = 'overall'
order by item, category;
