-- title: Where registry and paper contradict each other
-- topic: registry
-- question: Which contradictions should a human look at first, and what are both sides' words?
-- answer: severity varchar, study_id varchar, nct_id varchar, pmid varchar, item varchar, kind varchar, registry_value
--         varchar, paper_value varchar, registry_quote varchar, paper_quote varchar
select
    severity,
    study_id,
    nct_id,
    pmid,
    item,
    kind,
    registry_value,
    paper_value,
    registry_quote,
    paper_quote
from evidence.registry_discrepancies
where integrity <> 'retracted'
order by case severity when 'check first' then 1 when 'check' then 2 else 3 end, study_id, nct_id, pmid, item;
