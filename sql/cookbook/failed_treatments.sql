-- title: How many treatments must have failed before
-- topic: people
-- question: What does treatment resistance mean in each trial?
-- note: FDA and EMA ask for two adequate trials. Studies that state no number are not in the answer.
-- answer: failed_treatments_min double, study_id varchar, title varchar, year bigint, drugs varchar[], n integer,
--         n_basis varchar, source varchar, source_id varchar
select
    selection.failed_treatments_min,
    selection.study_id,
    study.title,
    study.year,
    study.drugs,
    study.n,
    study.n_basis,
    selection.source,
    selection.source_id
from evidence.patient_selection as selection
join evidence.study_overview as study using (study_id)
where selection.failed_treatments_min is not null and selection.integrity <> 'retracted'
order by selection.failed_treatments_min, selection.study_id, selection.source desc, selection.source_id;
