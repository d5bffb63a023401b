-- every_document_is_accounted_for
-- question: which documents are neither read nor rejected, or both?
-- why: Promised = stored + explained, and stored = read + rejected.
with read_documents as (
    select 'pubmed' as source, pmid as source_id from core.publication
    union all
    select 'ctgov', nct_id from core.registration
)

select
    document.source,
    document.source_id,
    case when read_documents.source_id is null then 'neither read nor rejected' else 'read and rejected' end as problem
from core.document
left join read_documents using (source, source_id)
left join core.rejected_document as rejected using (source, source_id)
where (read_documents.source_id is null) = (rejected.source_id is null)
order by all;
