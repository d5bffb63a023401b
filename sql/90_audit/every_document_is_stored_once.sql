-- every_document_is_stored_once
-- question: which documents, publications or registrations are there twice?
-- why: One version of a record stands in a release, the newest.
select 'document' as relation, source || ':' || source_id as id, count(*) as copies
from core.document group by all having copies > 1
union all
select 'publication', pmid, count(*) as copies from core.publication group by all having copies > 1
union all
select 'registration', nct_id, count(*) as copies from core.registration group by all having copies > 1
order by all;
