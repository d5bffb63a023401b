-- title: Psychotherapy together with ketamine
-- topic: evidence
-- question: Which studies combine psychotherapy with the drug, and in whose words?
-- answer: study_id varchar, title varchar, year bigint, design varchar, n integer, n_basis varchar, quote varchar,
--         source varchar, source_id varchar
select
    topic.study_id,
    study.title,
    study.year,
    study.design,
    study.n,
    study.n_basis,
    topic.quote,
    topic.source,
    topic.source_id
from evidence.topics as topic
join evidence.study_overview as study using (study_id)
where topic.topic = 'psychotherapy' and topic.integrity <> 'retracted'
order by topic.study_id, topic.source desc, topic.source_id, topic.row_id;
