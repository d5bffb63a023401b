-- evidence.registry_comparisons
-- grain: one row per study, registration, paper and item
-- reads: bridge._comparison
-- answers: what do registry and paper state on the same item, and do they agree?
-- The denominator of evidence.registry_discrepancies: how often was compared, and why not where it was not.
create view evidence.registry_comparisons as
select
    ---------- ids
    row_id,
    study_id,
    nct_id,
    pmid,
    role as paper_role,
    ---------- the item
    item,
    verdict,
    kind,
    ---------- the two sides
    registry_value,
    paper_value,
    registry.places[1].quote as registry_quote,
    registry.places[1].field as registry_field,
    paper.places[1].quote as paper_quote,
    paper.places[1].field as paper_field,
    ---------- how far apart
    difference,
    ratio,
    unit,
    ---------- standing of the row
    needs_review,
    integrity,
    integrity_source,
    reported_year
from bridge._comparison
order by study_id, nct_id, pmid, place;

comment on view evidence.registry_comparisons is
    'One row per study, registration, paper and item: what do registry and paper state, and do they agree? Tolerances: age within rounding; shares within 1 point; times within a tenth, or a day where days are numbered; numbers and doses exactly; a set that holds the other agrees.';
comment on column evidence.registry_comparisons.row_id is 'Id of the row: study, registration, paper and item; unique. evidence.cell_source cites by it.';
comment on column evidence.registry_comparisons.study_id is 'Study of evidence.study_overview.';
comment on column evidence.registry_comparisons.nct_id is 'Registration at ClinicalTrials.gov, as it stands today: a registry entry may have been changed after the paper.';
comment on column evidence.registry_comparisons.pmid is 'Paper, by title and abstract: the full text may say more. Only papers that stand and are joined by a link of record; never an offered candidate or a retracted one.';
comment on column evidence.registry_comparisons.paper_role is 'Role of the paper in the study, as in evidence.study_reports. n, arms, primary outcome, people and serious events are held only against the primary report.';
comment on column evidence.registry_comparisons.item is 'n, arms, dose, route, sessions, primary_outcome, primary_outcome_time, age, sex, race or serious_events.';
comment on column evidence.registry_comparisons.verdict is 'agrees, differs, not comparable, only the registry states it, only the paper states it, or neither states it.';
comment on column evidence.registry_comparisons.kind is 'Where they differ: how. Where they agree: `one side states more`, or NULL. Where they are not comparable: why.';
comment on column evidence.registry_comparisons.registry_value is 'All that the registration states on the item: enrolment with its kind, number of arms, doses with units, routes, sessions with their phase, scales and days of the primary outcome, mean age, shares of women and of races, people with a serious event.';
comment on column evidence.registry_comparisons.paper_value is 'All that the paper states on the item, likewise.';
comment on column evidence.registry_comparisons.registry_quote is 'Words or posted number of the registration that decide; the others are in evidence.cell_source.';
comment on column evidence.registry_comparisons.registry_field is 'JSON pointer of those words.';
comment on column evidence.registry_comparisons.paper_quote is 'Words of the paper that decide; the others are in evidence.cell_source.';
comment on column evidence.registry_comparisons.paper_field is 'title or abstract.';
comment on column evidence.registry_comparisons.difference is 'Paper minus registry, of the values that decide (of a range its highest), in `unit`; NULL for words, and where nothing was compared.';
comment on column evidence.registry_comparisons.ratio is 'Paper divided by registry, likewise; NULL where the registry states 0.';
comment on column evidence.registry_comparisons.unit is 'Unit of difference: people, arms, mg/kg, sessions, days, years, % women, …; NULL for words.';
comment on column evidence.registry_comparisons.needs_review is 'Whether the rules doubt one of the two documents, one of the two readings, or whether the paper belongs to the registration (only a DERIVED reference joins them).';
comment on column evidence.registry_comparisons.integrity is 'Whether the paper stands: current, updated, corrected, duplicate or expression_of_concern; a retracted one is compared with nothing.';
comment on column evidence.registry_comparisons.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.registry_comparisons.reported_year is 'Year of publication.';
