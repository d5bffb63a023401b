-- title: Studies that say nothing of harms
-- topic: safety
-- question: Of which studies does no standing report say anything on adverse events?
-- note: Abstracts are short: the full text may say more.
-- answer: study_id varchar, title varchar, year bigint, design varchar, n integer, n_basis varchar, reasons varchar[],
--         source_ids varchar[]
select
    study.study_id,
    study.title,
    study.year,
    study.design,
    study.n,
    study.n_basis,
    list(distinct safety.term_absence order by safety.term_absence) as reasons,
    list(distinct safety.source_id order by safety.source_id) as source_ids
from evidence.study_overview as study
join evidence.safety as safety using (study_id)
where study.is_own_sample and safety.integrity <> 'retracted'
group by all
having bool_and(safety.item = 'none' or coalesce(safety.n_affected_absence, '') = 'not posted')
order by study.study_id;
