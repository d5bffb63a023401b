-- retracted_reports_are_marked
-- question: which rows hide that their report was retracted?
-- why: A retraction shows on every row, whichever record says so: that of the article or that of the notice. The marks are
-- read here from the records themselves. A record that is a notice, or whose notice was itself retracted, is judged by
-- evidence.report_integrity.
with retracted as (
    select pmid from core.correction where kind in ('RetractionIn', 'RetractedandRepublishedIn')
    union
    select other_pmid from core.correction
    where kind in ('RetractionOf', 'RetractedandRepublishedFrom') and other_pmid != pmid
    union
    select pmid from core.publication_type where publication_type = 'Retracted Publication'
    union
    select pmid from core.listed_statement where nature = 'Retraction'
),

judged as (
    select pmid
    from evidence.report_integrity
    group by pmid
    having bool_or(says = 'notice') or bool_or(says = 'retracted' and starts_with(why_not_deciding, 'void'))
),

shown as (
    select 'dosing_protocols' as view_name, row_id, pmid, integrity from evidence.dosing_protocols
    union all
    select 'durability_of_effect', row_id, pmid, integrity from evidence.durability_of_effect
    union all
    select 'link_candidates', row_id, pmid, integrity from evidence.link_candidates
    union all
    select 'patient_selection', row_id, pmid, integrity from evidence.patient_selection
    union all
    select 'registry_comparisons', row_id, pmid, integrity from evidence.registry_comparisons
    union all
    select 'safety', row_id, pmid, integrity from evidence.safety
    union all
    select 'screening', source_id, source_id, integrity
    from evidence.screening
    where source = 'pubmed' and decision not in ('withdrawn', 'unreadable')
    union all
    select 'study_reports', row_id, pmid, integrity from evidence.study_reports
    union all
    select 'topics', row_id, pmid, integrity from evidence.topics
    union all
    select 'trial_demographics', row_id, pmid, integrity from evidence.trial_demographics
)

select shown.view_name, shown.row_id, shown.pmid, shown.integrity
from shown
semi join retracted using (pmid)
anti join judged using (pmid)
where shown.integrity != 'retracted'
order by all;
