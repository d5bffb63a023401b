-- one_paper_is_primary
-- question: which studies have more than one primary paper, or count their people by more than one record?
-- why: A secondary analysis is never a new sample, and a study is one sample.
select
    study_id,
    count(*) filter (role = 'primary') as primary_papers,
    count(*) filter (counts_as_sample) as samples
from evidence.study_reports
group by study_id
having primary_papers > 1 or samples > 1
order by study_id;
