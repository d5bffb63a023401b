-- evidence.baseline_characteristics
-- grain: one row per study, registration, group and posted baseline measurement, and per characteristic without one
-- reads: bridge._baseline_row
-- answers: what exactly does the registry's baseline table say: every characteristic, category and score, as posted?
-- Nothing is chosen, merged or left out here: where a record posts race twice, both tables are here. Of them
-- evidence.trial_demographics has the one that counts.
create view evidence.baseline_characteristics as
select
    ---------- ids
    row_id,
    study_id,
    'registry' as source,
    source_id,
    source_id as nct_id,
    null::varchar as pmid,
    group_id as arm_id,
    group_title as arm_label,
    is_total,
    ---------- characteristic
    item,
    instrument,
    measure,
    description as measure_description,
    population_description,
    class_title,
    category_title,
    age_group,
    param_type,
    dispersion_type,
    unit,
    ---------- value
    value_text as value_verbatim,
    value,
    spread_text as spread_verbatim,
    spread,
    lower_text as lower_limit_verbatim,
    lower as lower_limit,
    upper_text as upper_limit_verbatim,
    upper as upper_limit,
    comment as value_comment,
    ---------- people
    n_participants,
    pct_reported,
    pct_computed,
    denominator_text as denominator_verbatim,
    denominator,
    denominator_unit,
    denominator_level,
    ---------- do the categories add up
    category_sum,
    sum_note,
    ---------- why it is empty
    value_absence,
    ---------- standing of the row
    integrity,
    integrity_source,
    registry_status,
    is_doubtful as needs_review,
    reported_year
from bridge._baseline_row
order by study_id, source_id, ordinal;

comment on view evidence.baseline_characteristics is
    'One row per study, registration, group and posted baseline measurement: what exactly does the registry''s baseline table say, as posted and as numbers, with every denominator?';
comment on column evidence.baseline_characteristics.row_id is 'Id of the row: study, document and measurement; unique. evidence.cell_source cites by it.';
comment on column evidence.baseline_characteristics.study_id is 'Study of evidence.study_overview.';
comment on column evidence.baseline_characteristics.source is 'registry: baseline tables are posted at ClinicalTrials.gov.';
comment on column evidence.baseline_characteristics.source_id is 'NCT id of the document.';
comment on column evidence.baseline_characteristics.nct_id is 'NCT id of the document.';
comment on column evidence.baseline_characteristics.pmid is 'NULL: a registration has none.';
comment on column evidence.baseline_characteristics.arm_id is 'Registry''s id of the group in its baseline table (BG000, …); NULL for a characteristic without measurements.';
comment on column evidence.baseline_characteristics.arm_label is 'Title of the group as written.';
comment on column evidence.baseline_characteristics.is_total is 'Whether the group sums the others. Arms and total of one registration are never to be added up.';
comment on column evidence.baseline_characteristics.item is 'What the characteristic is about: age, sex, gender_identity, race, ethnicity, race_ethnicity (one table of both), country, region, severity (any rating scale or score), failed_treatments, bmi, weight or other. From its title, and from the heading of a block of its own.';
comment on column evidence.baseline_characteristics.instrument is 'Rating scale of a severity or of a history of treatments: a short name where the title names a known one (madrs, hamd, cgi, …), else the title as written.';
comment on column evidence.baseline_characteristics.measure is 'Title of the characteristic as written.';
comment on column evidence.baseline_characteristics.measure_description is 'Description of the characteristic as written.';
comment on column evidence.baseline_characteristics.population_description is 'In whom it was measured, as written.';
comment on column evidence.baseline_characteristics.class_title is 'Row heading as written, such as a country.';
comment on column evidence.baseline_characteristics.category_title is 'Category as written, such as Female; customised ones are kept verbatim.';
comment on column evidence.baseline_characteristics.age_group is 'Column of evidence.trial_demographics that counts an age category: n_age_under_18, n_age_18_to_64 or n_age_65_and_over; NULL where the category crosses a border, and for other items.';
comment on column evidence.baseline_characteristics.param_type is 'MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, … in the registry''s words.';
comment on column evidence.baseline_characteristics.dispersion_type is 'STANDARD_DEVIATION, FULL_RANGE, INTER_QUARTILE_RANGE, … in the registry''s words.';
comment on column evidence.baseline_characteristics.unit is 'Unit as written.';
comment on column evidence.baseline_characteristics.value_verbatim is 'Value as written.';
comment on column evidence.baseline_characteristics.value is 'Value as number, in unit; NULL where the text is no plain number.';
comment on column evidence.baseline_characteristics.spread_verbatim is 'Spread as written.';
comment on column evidence.baseline_characteristics.spread is 'Spread as number, in unit; dispersion_type says which.';
comment on column evidence.baseline_characteristics.lower_limit_verbatim is 'Lower limit as written.';
comment on column evidence.baseline_characteristics.lower_limit is 'Lower limit as number, in unit; dispersion_type says of what.';
comment on column evidence.baseline_characteristics.upper_limit_verbatim is 'Upper limit as written.';
comment on column evidence.baseline_characteristics.upper_limit is 'Upper limit as number, in unit; dispersion_type says of what.';
comment on column evidence.baseline_characteristics.value_comment is 'Comment of the registry on the value, as written.';
comment on column evidence.baseline_characteristics.n_participants is 'Number of participants that the value counts; NULL for means, shares, and counts of other units.';
comment on column evidence.baseline_characteristics.pct_reported is 'Value in per cent where the registry posts a share.';
comment on column evidence.baseline_characteristics.pct_computed is 'Share in per cent of the count in denominator, computed, to two decimals: people of people, other units of the same units. NULL where the count exceeds it.';
comment on column evidence.baseline_characteristics.denominator_verbatim is 'Number that the measurement rests on, as written.';
comment on column evidence.baseline_characteristics.denominator is 'Number that the measurement rests on: that of the class, else of the characteristic, else of the whole table; see denominator_level.';
comment on column evidence.baseline_characteristics.denominator_unit is 'What the denominator counts, as written: Participants, or eyes, teeth, …';
comment on column evidence.baseline_characteristics.denominator_level is 'Where the denominator stands: class, measure or module.';
comment on column evidence.baseline_characteristics.category_sum is 'Sum of the counts of the list of categories that the row belongs to, in its group; NULL for lists of one.';
comment on column evidence.baseline_characteristics.sum_note is 'Why category_sum is not the denominator; NULL when it is.';
comment on column evidence.baseline_characteristics.value_absence is 'Why value is empty: not collected (as the registry says), not posted, or not understood (no plain number); NULL when it is filled.';
comment on column evidence.baseline_characteristics.integrity is 'Whether the source report stands; registrations are current.';
comment on column evidence.baseline_characteristics.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.baseline_characteristics.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.baseline_characteristics.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.baseline_characteristics.reported_year is 'Year of registration.';
