-- title: Where does it say so?
-- topic: evidence
-- question: Which words stand behind a column of the dosing table, for one study or for all?
-- parameter study_id: a study of evidence.study_overview; empty for all
-- parameter cell: a column of evidence.dosing_protocols
-- answer: study_id varchar, row_id varchar, column_name varchar, value_text varchar, quote varchar, source varchar,
--         source_id varchar, field varchar, span_start bigint, rule varchar, is_derived boolean
select
    dosing.study_id,
    cell.row_id,
    cell.column_name,
    cell.value_text,
    cell.quote,
    cell.source,
    cell.source_id,
    cell.field,
    cell.span_start,
    cell.rule,
    cell.is_derived
from evidence.cell_source as cell
join evidence.dosing_protocols as dosing using (row_id)
where
    cell.view_name = 'dosing_protocols'
    and cell.column_name = coalesce(getvariable('cell'), 'dose')
    and coalesce(getvariable('study_id'), '') in ('', dosing.study_id)
    and dosing.integrity <> 'retracted'
order by dosing.study_id, cell.source desc, cell.source_id, cell.row_id, cell.ordinal, cell.field, cell.span_start;
