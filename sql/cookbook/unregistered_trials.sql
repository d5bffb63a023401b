-- title: Randomised trials without a registration
-- topic: registry
-- question: Which randomised trials state no registry id and are joined to no registration?
-- note: The full text may name one. candidate_study_ids are offers for a human, see evidence.link_candidates.
-- answer: study_id varchar, title varchar, year bigint, design varchar, n integer, n_basis varchar,
--         candidate_study_ids varchar[]
select
    study.study_id,
    study.title,
    study.year,
    study.design,
    study.n,
    study.n_basis,
    report.candidate_study_ids
from evidence.study_overview as study
join evidence.study_reports as report using (study_id)
where
    study.is_own_sample
    and study.design in ('rct_parallel', 'rct_crossover', 'rct_withdrawal')
    and len(study.registry_ids) = 0
    and report.counts_as_sample
order by study.year, study.study_id;
