-- withdrawn_documents_are_in_no_table
-- question: which records that their source withdrew were read into the evidence?
-- why: A deleted or merged record stays stored and is shown as withdrawn; it is counted nowhere.
select source, source_id
from core.withdrawn_document
semi join core.document using (source, source_id)
order by all;
