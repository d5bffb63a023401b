-- bridge._selection_row
-- grain: one row per study and shown report
-- reads: bridge._report
-- answers: which reports may say who was treated and how they were watched?
create view bridge._selection_row as
select
    study_id || '/' || source || ':' || source_id || '/selection' as row_id,
    study_id,
    source,
    source_id
from bridge._report
where is_shown and study_id is not null;

comment on view bridge._selection_row is
    'One row per study and shown report: which reports may say who was treated and how they were watched?';
comment on column bridge._selection_row.row_id is 'Id of the row: study, then document.';
comment on column bridge._selection_row.study_id is 'Study of core.study.';
comment on column bridge._selection_row.source is 'pubmed or ctgov.';
comment on column bridge._selection_row.source_id is 'PMID or NCT id.';
