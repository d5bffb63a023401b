-- every_document_is_in_a_study_or_rejected
-- question: which publications and registrations belong to no study?
-- why: Linkage leaves nobody out: a report without a trial is a study of its own.
select source, source_id
from bridge._report
where study_id is null
order by all;
