-- no_background_reference_links
-- question: which links rest on a reference of kind BACKGROUND?
-- why: Background literature is about other trials: it would merge what does not belong together.
select link.pmid, link.registry_id, link.kind
from core.link
join core.registry_reference as reference
    on reference.nct_id = link.source_id and link.field = reference.pointer || '/pmid'
where coalesce(reference.kind, 'absent') not in ('RESULT', 'DERIVED')
order by all;
