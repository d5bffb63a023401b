-- evidence.registry_discrepancies
-- grain: one row per study, registration, paper and item on which the two contradict each other
-- reads: bridge._comparison
-- answers: where does a paper say otherwise than its registration, how far apart are they, and what to look at first?
-- Silence of one side is no difference, and neither is saying more; see evidence.registry_comparisons for both.
-- A registration says what was planned or, once results are posted, found; items are those whose change between registry
-- and report is counted in methodological reviews: primary outcome (Mathieu et al., JAMA 2009;302:977), number of
-- participants, and serious adverse events (Hartung et al., Ann Intern Med 2014;160:477).
create view evidence.registry_discrepancies as
select
    ---------- ids
    row_id,
    study_id,
    nct_id,
    pmid,
    role as paper_role,
    ---------- the item
    item,
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
    severity,
    ---------- standing of the row
    needs_review,
    integrity,
    integrity_source,
    reported_year
from bridge._comparison
where verdict = 'differs'
order by study_id, nct_id, pmid, place;

comment on view evidence.registry_discrepancies is
    'One row per study, registration, paper and item on which both state something and the two contradict each other: where, how far apart, in whose words, and what to look at first?';
comment on column evidence.registry_discrepancies.row_id is 'Id of the row: study, registration, paper and item; unique. evidence.cell_source cites by it.';
comment on column evidence.registry_discrepancies.study_id is 'Study of evidence.study_overview.';
comment on column evidence.registry_discrepancies.nct_id is 'Registration at ClinicalTrials.gov, as it stands today: a registry entry may have been changed after the paper.';
comment on column evidence.registry_discrepancies.pmid is 'Paper, by title and abstract: the full text may say more. Only papers that stand and are joined by a link of record; never an offered candidate or a retracted one.';
comment on column evidence.registry_discrepancies.paper_role is 'Role of the paper in the study, as in evidence.study_reports. n, arms, primary outcome, people and serious events are held only against the primary report.';
comment on column evidence.registry_discrepancies.item is 'n, arms, dose, route, sessions, primary_outcome, primary_outcome_time, age, sex, race or serious_events.';
comment on column evidence.registry_discrepancies.kind is 'How they differ: different number, planned against actual, more people than were enrolled, different dose, partly different, narrower range, different range, different route, different outcome, registered as secondary outcome, different time, none in the paper, none in the registry.';
comment on column evidence.registry_discrepancies.registry_value is 'All that the registration states on the item: enrolment with its kind, number of arms, doses with units, routes, sessions with their phase, scales and days of the primary outcome, mean age, shares of women and of races, people with a serious event.';
comment on column evidence.registry_discrepancies.paper_value is 'All that the paper states on the item, likewise.';
comment on column evidence.registry_discrepancies.registry_quote is 'Words or posted number of the registration that decide; the others are in evidence.cell_source.';
comment on column evidence.registry_discrepancies.registry_field is 'JSON pointer of those words.';
comment on column evidence.registry_discrepancies.paper_quote is 'Words of the paper that decide; the others are in evidence.cell_source.';
comment on column evidence.registry_discrepancies.paper_field is 'title or abstract.';
comment on column evidence.registry_discrepancies.difference is 'Paper minus registry, of the values that decide (of a range its highest), in `unit`; NULL for words, and where nothing was compared.';
comment on column evidence.registry_discrepancies.ratio is 'Paper divided by registry, likewise; NULL where the registry states 0.';
comment on column evidence.registry_discrepancies.unit is 'Unit of difference: people, arms, mg/kg, sessions, days, years, % women, …; NULL for words.';
comment on column evidence.registry_discrepancies.severity is 'For a reader: check first (another dose, route or primary outcome, serious events on one side only, or a tenth of the sample and more), check, or minor (less than a year of age, less than 2 points of a share).';
comment on column evidence.registry_discrepancies.needs_review is 'Whether the rules doubt one of the two documents, one of the two readings, or whether the paper belongs to the registration (only a DERIVED reference joins them).';
comment on column evidence.registry_discrepancies.integrity is 'Whether the paper stands: current, updated, corrected, duplicate or expression_of_concern; a retracted one is compared with nothing.';
comment on column evidence.registry_discrepancies.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.registry_discrepancies.reported_year is 'Year of publication.';
