-- every_document_is_judged
-- question: which publications and registrations were never judged?
-- why: Excluded is a decision with a reason, not a gap.
with read_documents as (
    select 'pubmed' as source, pmid as source_id from core.publication
    union all
    select 'ctgov', nct_id from core.registration
)

select source, source_id
from read_documents
anti join core.judgement using (source, source_id)
order by all;
