-- title: Papers that may belong to a trial
-- topic: registry
-- question: Which papers without a registry id may report which trials, and what speaks for it?
-- answer: pmid varchar, study_id varchar, place bigint, score double, reasons varchar[], title varchar, compared_title
--         varchar
select
    pmid,
    study_id,
    place,
    score,
    reasons,
    title,
    compared_title
from evidence.link_candidates
where integrity <> 'retracted'
order by pmid, place, study_id;
