-- bridge._topic_row
-- grain: one row per study, source document and topic
-- reads: ref.topic, core.topic, bridge._report
-- answers: which topics does each shown report take up?
-- A table: the evidence view, its cells and its audits read it.
create table bridge._topic_row as
select
    -- a shown report without any topic keeps its row, so that its silence is seen
    report.study_id || '/' || coalesce(stated.entity_id, report.source || ':' || report.source_id || '/topic/0')
        as row_id,
    report.study_id,
    report.source,
    report.source_id,
    stated.entity_id,
    topic.topic_group
from bridge._report as report
left join core.topic as stated using (source, source_id)
left join ref.topic using (topic)
where report.is_shown and report.study_id is not null;

comment on table bridge._topic_row is
    'One row per study, source document and topic: which topics does each shown report take up?';
comment on column bridge._topic_row.row_id is 'Id of the row: study, then topic.';
comment on column bridge._topic_row.study_id is 'Study of core.study.';
comment on column bridge._topic_row.source is 'pubmed or ctgov.';
comment on column bridge._topic_row.source_id is 'PMID or NCT id.';
comment on column bridge._topic_row.entity_id is 'Topic of core.topic; NULL when the report takes up none.';
comment on column bridge._topic_row.topic_group is 'Group of ref.topic; NULL when the report takes up none.';
