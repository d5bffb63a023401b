-- title: Is race reported more often than it was?
-- topic: people
-- question: In which share of the studies of each year are sex, race and ethnicity reported?
-- answer: year varchar, item varchar, studies bigint, studies_reporting bigint, pct_studies_reporting double
select
    dimension_value as year,
    item,
    max(n_studies) as studies,
    max(n_studies_reporting) as studies_reporting,
    max(pct_studies_reporting) as pct_studies_reporting
from evidence.representation
where dimension = 'year' and item in ('sex', 'race', 'ethnicity')
group by dimension_value, item
order by dimension_value, item;
