-- evidence.topics
-- grain: one row per study, source document and topic
-- reads: bridge._topic_row, bridge._topic_cell, bridge._report
-- answers: which studies combine psychotherapy, measure suicidality, maintain, look at misuse, cost, access, home or
--          telehealth use, or study adolescents, late life, childbirth, bipolar disorder or veterans, and who says so?
-- Long, not wide: filter on topic, count distinct study_id. ref.topic says what each topic means.
create view evidence.topics as
with cells as (
    select
        row_id,
        max(value_text) filter (column_name = 'topic') as topic,
        max(value_text) filter (column_name = 'outcome_kind') as outcome_kind,
        max(value_text) filter (column_name = 'quote') as quote,
        max(value_text) filter (column_name = 'sentence') as sentence,
        max(field) filter (column_name = 'topic') as field
    from bridge._topic_cell
    where ordinal = 1 and is_plausible
    group by row_id
)

select
    ---------- ids
    topics.row_id,
    topics.study_id,
    case when topics.source = 'ctgov' then 'registry' else 'abstract' end as source,
    topics.source_id,
    case when topics.source = 'ctgov' then topics.source_id end as nct_id,
    case when topics.source = 'pubmed' then topics.source_id end as pmid,
    ---------- topic
    topics.topic_group,
    cells.topic,
    cells.outcome_kind,
    ---------- words
    cells.quote,
    cells.sentence,
    cells.field,
    ---------- why cells are empty
    ref.absence(cells.topic, 'topic', reports.not_understood) as topic_absence,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._topic_row as topics
join bridge._report as reports using (study_id, source, source_id)
left join cells using (row_id)
order by topics.study_id, topics.source, topics.source_id, cells.topic, topics.row_id;

comment on view evidence.topics is
    'One row per study, source document and topic: which studies combine psychotherapy, measure suicidality, maintain, look at misuse, cost, access, home or telehealth use, or study special populations, and who says so? A report that is shown but takes up none has one row that says so; filter on topic and count distinct study_id.';
comment on column evidence.topics.row_id is 'Id of the row: study, document and topic; unique. evidence.cell_source cites by it.';
comment on column evidence.topics.study_id is 'Study of evidence.study_overview.';
comment on column evidence.topics.source is 'registry (ClinicalTrials.gov) or abstract (PubMed title and abstract). Both are kept, side by side.';
comment on column evidence.topics.source_id is 'NCT id or PMID of the document that says so.';
comment on column evidence.topics.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.topics.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.topics.topic_group is 'Group of the topic: psychotherapy, suicidality, maintenance, abuse_potential, cost_or_access, special_population or home_or_telehealth.';
comment on column evidence.topics.topic is 'Topic that the study takes up: psychotherapy (given with the drug), suicidality_outcome (measured or reported), maintenance, abuse_potential, cost, access, home, telehealth, adolescent, late_life, postpartum, bipolar or veterans. Filled by rules where the study speaks of itself; adolescent and late_life of a registration also from its age limits. ref.topic says what counts.';
comment on column evidence.topics.outcome_kind is 'primary, secondary or other, where the topic is read in a planned outcome of a registration; NULL elsewhere.';
comment on column evidence.topics.quote is 'Words from which the topic was read, or the structured value as written.';
comment on column evidence.topics.sentence is 'Sentence in which the words stand; NULL for a structured value, and for maintenance that is read from a regimen''s phase.';
comment on column evidence.topics.field is 'Where the words stand: title, abstract, or a JSON pointer into the registry''s record.';
comment on column evidence.topics.topic_absence is 'Why topic is empty: not reported, when the report takes up none of the topics; NULL when it is filled.';
comment on column evidence.topics.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.topics.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.topics.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.topics.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.topics.reported_year is 'Year of publication, or of registration.';
