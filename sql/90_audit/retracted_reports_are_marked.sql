-- retracted_reports_are_marked
-- question: which rows hide that their report was retracted?
-- why: A correction that names a retraction must show on every row.
with retracted as (
    select pmid from core.correction where kind = 'RetractionIn'
    union
    select pmid from core.publication_type where publication_type = 'Retracted Publication'
),

shown as (
    select row_id, pmid, integrity from evidence.dosing_protocols
    union all
    select row_id, pmid, integrity from evidence.durability_of_effect
    union all
    select row_id, pmid, integrity from evidence.trial_demographics
)

select shown.row_id, shown.pmid, shown.integrity
from shown
semi join retracted using (pmid)
where shown.integrity != 'retracted'
order by all;
