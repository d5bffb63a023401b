-- bridge._dosing_row
-- grain: one row per study, source document and regimen
-- reads: core.regimen, bridge._report, bridge._registry_regimen
-- answers: which regimens does each shown report state, and which of them stand for the study?
-- A table: the evidence view, its cells and its audit read it.
create table bridge._dosing_row as
with stated as (
    select source, source_id, entity_id, arm, phase, ordinal, dose is not null as has_dose
    from core.regimen
    union all
    select 'ctgov', nct_id, entity_id, arm, null, ordinal, false
    from bridge._registry_regimen
),

rows_of_reports as (
    select
        report.study_id,
        report.source,
        report.source_id,
        -- a shown report without any regimen keeps its row, so that its silence is seen
        coalesce(stated.entity_id, report.source || ':' || report.source_id || '/regimen/0') as entity_id,
        stated.arm,
        stated.phase,
        coalesce(stated.ordinal, 0) as ordinal,
        coalesce(stated.has_dose, false) as has_dose,
        stated.entity_id is not null as has_regimen,
        report.is_standing,
        report.place
    from bridge._report as report
    left join stated using (source, source_id)
    where report.is_shown and report.study_id is not null
),

documents as (
    select
        study_id,
        source,
        source_id,
        row_number() over (
            partition by study_id
            -- registry first, abstract second, but a document that states a dose before one that does not
            order by not bool_or(has_dose), not bool_or(has_regimen), source != 'ctgov', min(place), source_id
        ) as preference
    from rows_of_reports
    where is_standing
    group by study_id, source, source_id
)

select
    rows_of_reports.study_id || '/' || rows_of_reports.entity_id as row_id,
    rows_of_reports.* exclude (is_standing, place),
    -- a retracted report speaks for no study, even where it is the only one
    coalesce(documents.preference = 1, false) as is_preferred
from rows_of_reports
left join documents using (study_id, source, source_id);

comment on table bridge._dosing_row is
    'One row per study, source document and regimen: which regimens does each shown report state, and which stand for the study?';
comment on column bridge._dosing_row.row_id is 'Id of the row: study, then regimen.';
comment on column bridge._dosing_row.study_id is 'Study of core.study.';
comment on column bridge._dosing_row.source is 'pubmed or ctgov.';
comment on column bridge._dosing_row.source_id is 'PMID or NCT id.';
comment on column bridge._dosing_row.entity_id is 'Regimen of core.regimen or bridge._registry_regimen; …/regimen/0 when the report states none.';
comment on column bridge._dosing_row.arm is 'Label of the arm as written.';
comment on column bridge._dosing_row.phase is 'acute or maintenance.';
comment on column bridge._dosing_row.ordinal is 'Place of the regimen in its document.';
comment on column bridge._dosing_row.has_dose is 'Whether the regimen states a dose.';
comment on column bridge._dosing_row.has_regimen is 'Whether the report states a regimen at all.';
comment on column bridge._dosing_row.is_preferred is 'Whether the row comes from the document that speaks for the study: one with a dose, registry before abstract, primary before secondary.';
