-- secondary_reports_are_no_samples
-- question: which records count as a sample although their role says that they report no people of their own?
-- why: Post hoc, pooled and follow-up papers, protocols and reprints are about people who were counted elsewhere.
select study_id, source, source_id, role
from evidence.study_reports
where counts_as_sample and role not in ('registration', 'primary')
order by all;
