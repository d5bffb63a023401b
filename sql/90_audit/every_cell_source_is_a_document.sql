-- every_cell_source_is_a_document
-- question: which sources of cells are documents that we do not hold?
-- why: The digest of the document is what makes a quote verifiable.
select distinct view_name, source, source_id
from evidence.cell_source
where sha256 is null
order by all;
