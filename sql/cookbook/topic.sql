-- title: Studies that take up a topic
-- topic: evidence
-- question: Which studies are about treatment at home, cost, access, misuse, suicidality or another topic?
-- parameter topic: psychotherapy, suicidality_outcome, maintenance, abuse_potential, cost, access, home, telehealth,
--     adolescent, late_life, postpartum, bipolar or veterans
-- answer: study_id varchar, title varchar, year bigint, topic varchar, outcome_kind varchar, quote varchar, source
--         varchar, source_id varchar
select
    topic.study_id,
    study.title,
    study.year,
    topic.topic,
    topic.outcome_kind,
    topic.quote,
    topic.source,
    topic.source_id
from evidence.topics as topic
join evidence.study_overview as study using (study_id)
where topic.topic = coalesce(getvariable('topic'), 'suicidality_outcome') and topic.integrity <> 'retracted'
order by topic.study_id, topic.source desc, topic.source_id, topic.row_id;
