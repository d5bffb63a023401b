-- evidence.durability_of_effect
-- grain: one row per study, source document and statement on response, remission, relapse, their times, or a score
-- reads: bridge._durability_row, bridge._durability_cell, bridge._treatment_time, bridge._report, core.registration
-- answers: in how many, in whom and for how long did the effect last, on or off the drug, and who says so?
-- Definitions of response, remission and relapse differ between trials; `threshold` keeps the definition as written and
-- no row is ever pooled over thresholds. Usual are: response, a fall of at least 50 % (Frank 1991, Arch Gen Psychiatry
-- 48:851); remission, MADRS of 10 or 12 or less, HAM-D of 7 or less; relapse, as each protocol says.
create view evidence.durability_of_effect as
with cells as (
    select
        row_id,
        ---------- what
        max(value_text) filter (column_name = 'outcome_kind') as outcome_kind,
        max(value_text) filter (column_name = 'outcome_title') as outcome_title,
        max(value_text) filter (column_name = 'row_heading') as row_heading,
        max(value_text) filter (column_name = 'instrument') as instrument,
        max(value_text) filter (column_name = 'threshold') as threshold,
        max(value_text) filter (column_name = 'at_risk') as at_risk,
        ---------- how many
        max(value_number) filter (column_name = 'pct') as pct,
        max(value_number) filter (column_name = 'n')::integer as n,
        max(value_number) filter (column_name = 'denominator')::integer as denominator,
        ---------- how much
        max(value_number) filter (column_name = 'value') as value,
        max(value_text) filter (column_name = 'unit') as unit,
        max(value_text) filter (column_name = 'dispersion_type') as dispersion_type,
        max(value_number) filter (column_name = 'dispersion') as dispersion,
        max(value_text) filter (column_name = 'dispersion_verbatim') as dispersion_verbatim,
        max(value_number) filter (column_name = 'lower_limit') as lower_limit,
        max(value_text) filter (column_name = 'lower_verbatim') as lower_verbatim,
        max(value_number) filter (column_name = 'upper_limit') as upper_limit,
        max(value_text) filter (column_name = 'upper_verbatim') as upper_verbatim,
        max(value_text) filter (column_name = 'value_comment') as value_comment,
        ---------- when
        max(value_number) filter (column_name = 'time_days') as time_days,
        max(value_text) filter (column_name = 'time_frame') as time_frame,
        max(value_text) filter (column_name = 'time_anchor') as time_anchor,
        max(value_number) filter (column_name = 'days_after_first_dose') as days_after_first_dose,
        max(value_number) filter (column_name = 'days_after_last_dose') as days_after_last_dose,
        ---------- how long
        max(value_number) filter (column_name = 'time_to_relapse_days') as time_to_relapse_days,
        max(value_text) filter (column_name = 'statistic') as statistic,
        max(value_number) filter (column_name = 'effect_until_days') as effect_until_days,
        max(value_text) filter (column_name = 'value_verbatim') as value_verbatim,
        ---------- follow-up of the report
        max(value_number) filter (column_name = 'follow_up_days') as follow_up_days,
        max(value_text) filter (column_name = 'follow_up_anchor') as follow_up_anchor
    from bridge._durability_cell
    where ordinal = 1 and is_plausible
    group by row_id
),

rated as (
    select distinct source, source_id
    from bridge._durability_row
    where statement in ('rate', 'time_to_relapse') or starts_with(statement, 'posted') and statement != 'posted_score'
)

select
    ---------- ids
    statements.row_id,
    statements.study_id,
    case when statements.source = 'ctgov' then 'registry' else 'abstract' end as source,
    statements.source_id,
    case when statements.source = 'ctgov' then statements.source_id end as nct_id,
    case when statements.source = 'pubmed' then statements.source_id end as pmid,
    statements.arm as arm_label,
    ---------- what
    cells.outcome_kind,
    cells.outcome_title,
    cells.row_heading,
    cells.instrument,
    cells.threshold,
    cells.at_risk,
    ---------- how many
    cells.pct,
    cells.n,
    cells.denominator,
    ---------- how much
    cells.value,
    cells.unit,
    cells.dispersion_type,
    cells.dispersion,
    cells.dispersion_verbatim,
    cells.lower_limit,
    cells.lower_verbatim,
    cells.upper_limit,
    cells.upper_verbatim,
    cells.value_comment,
    ---------- when
    cells.time_days,
    cells.time_frame,
    cells.time_anchor,
    cells.days_after_first_dose,
    cells.days_after_last_dose,
    times.treatment_status,
    times.treatment_basis,
    ---------- how long
    cells.time_to_relapse_days,
    cells.statistic,
    cells.effect_until_days,
    cells.value_verbatim,
    ---------- follow-up of the report
    cells.follow_up_days,
    cells.follow_up_anchor,
    ---------- why cells are empty
    case
        when statements.statement in ('rate', 'posted_share', 'posted_proportion', 'posted_count')
            and cells.pct is null then 'not understood'
        when rated.source_id is not null and (
            statements.statement in ('rate', 'time_to_relapse') or starts_with(statements.statement, 'posted')
        ) then null
        when statements.source = 'ctgov' and not registrations.has_results then 'not posted'
        else ref.absence(null, 'rate', reports.not_understood)
    end as rates_absence,
    case
        when cells.follow_up_days is null then ref.absence(null, 'follow_up', reports.not_understood)
    end as follow_up_absence,
    case when cells.pct is not null and cells.time_days is null then 'not reported' end as time_days_absence,
    case
        when not starts_with(statements.statement, 'posted') or cells.value is not null then null
        when statements.statement = 'posted_time' then 'not reached'
        else 'not understood'
    end as value_absence,
    case
        when not starts_with(statements.statement, 'posted')
            or cells.lower_limit is not null and cells.upper_limit is not null then null
        when cells.lower_verbatim is null and cells.upper_verbatim is null and cells.dispersion_verbatim is not null
            then 'not applicable'
        when cells.lower_verbatim is null and cells.upper_verbatim is null then 'not posted'
        when statements.statement = 'posted_time' then 'not reached'
        else 'not understood'
    end as limits_absence,
    case
        when times.entity_id is null or cells.instrument is not null then null
        else 'not reported'
    end as instrument_absence,
    case
        when times.entity_id is null or cells.days_after_first_dose is not null then null
        else 'not reported'
    end as days_after_first_dose_absence,
    case
        when times.entity_id is null or cells.days_after_last_dose is not null then null
        else coalesce(times.last_dose_absence, 'not reported')
    end as days_after_last_dose_absence,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._durability_row as statements
join bridge._report as reports using (study_id, source, source_id)
left join core.registration as registrations on registrations.nct_id = statements.source_id
left join cells using (row_id)
left join bridge._treatment_time as times using (entity_id)
left join rated using (source, source_id)
order by
    statements.study_id,
    statements.source,
    statements.source_id,
    statements.part,
    statements.ordinal,
    statements.row_id;

comment on view evidence.durability_of_effect is
    'One row per study, source document and statement on response, remission, relapse, their times, or a posted score of depression or suicidality: in how many, in whom and for how long did the effect last, on or off the drug, and who says so? A report that is shown but states nothing has one row of reasons.';
comment on column evidence.durability_of_effect.row_id is 'Id of the row: study, document and statement; unique. evidence.cell_source cites by it.';
comment on column evidence.durability_of_effect.study_id is 'Study of evidence.study_overview.';
comment on column evidence.durability_of_effect.source is 'registry (posted results of ClinicalTrials.gov) or abstract (PubMed title and abstract).';
comment on column evidence.durability_of_effect.source_id is 'NCT id or PMID of the document.';
comment on column evidence.durability_of_effect.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.durability_of_effect.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.durability_of_effect.arm_label is 'Label of the arm or group as written; NULL when the statement is about the whole sample or the arm is not stated.';
comment on column evidence.durability_of_effect.outcome_kind is 'response, remission, relapse, or of posted results also relapse_free (those who stayed free of relapse: never turned into a relapse rate), sustained_response and sustained_remission (counted over a stated time), or of posted scores score (a level) and score_change (a change, often negative for improvement: the scale says). Filled by rules, for posted results from title and heading; NULL where those leave it open: then see outcome_title.';
comment on column evidence.durability_of_effect.outcome_title is 'Title of the posted outcome as the registry writes it, often with its definition; NULL for abstracts.';
comment on column evidence.durability_of_effect.row_heading is 'Headings of the row within the posted outcome (class, then category), such as a day or a subgroup; NULL without any and for abstracts.';
comment on column evidence.durability_of_effect.instrument is 'Rating instrument of a closed list (madrs, hamd17, qids, cssrs, …): of posted results the one that heading, title or description names, of an abstract the one in its definition; NULL with instrument_absence.';
comment on column evidence.durability_of_effect.threshold is 'Definition of response, remission or relapse as the abstract, or title or description of the posted outcome, writes it; never merged across definitions.';
comment on column evidence.durability_of_effect.at_risk is 'In whom the rate was counted: all, responders or remitters. Rates in responders are not rates in all. For posted results only where title or heading says so in plain words, else NULL: see outcome_title.';
comment on column evidence.durability_of_effect.pct is 'Rate in per cent as stated; for posted counts of people 100 × n / denominator and for proportions 100 × proportion, both marked as derived in evidence.cell_source.';
comment on column evidence.durability_of_effect.n is 'Number of people with the event, where stated.';
comment on column evidence.durability_of_effect.denominator is 'Number of people at risk, where stated; of a posted score the number analysed.';
comment on column evidence.durability_of_effect.value is 'Posted value as number, in `unit`; NULL for abstracts and for NA.';
comment on column evidence.durability_of_effect.unit is 'Unit of the posted value as written; NULL for abstracts.';
comment on column evidence.durability_of_effect.dispersion_type is 'Kind of dispersion as written: Standard Deviation, Standard Error, 95% Confidence Interval, Inter-Quartile Range, …';
comment on column evidence.durability_of_effect.dispersion is 'Dispersion where it is one number (SD, SE), in `unit`.';
comment on column evidence.durability_of_effect.dispersion_verbatim is 'Dispersion as written.';
comment on column evidence.durability_of_effect.lower_limit is 'Lower limit where dispersion_type is an interval or range, in `unit`.';
comment on column evidence.durability_of_effect.lower_verbatim is 'Lower limit as written.';
comment on column evidence.durability_of_effect.upper_limit is 'Upper limit where dispersion_type is an interval or range, in `unit`.';
comment on column evidence.durability_of_effect.upper_verbatim is 'Upper limit as written; NA of a median time means that it was not reached.';
comment on column evidence.durability_of_effect.value_comment is 'Comment on the posted value as written, such as why a limit could not be estimated.';
comment on column evidence.durability_of_effect.time_days is 'Time at which the rate was counted, in days (week = 7, month = 30); for posted results the time in the row heading, else the latest in the time frame; of a sustained event the end of its time frame.';
comment on column evidence.durability_of_effect.time_frame is 'Time frame as the registry writes it; NULL for abstracts.';
comment on column evidence.durability_of_effect.time_anchor is 'What the time frame of a posted outcome is counted from, as it says: first_dose (baseline and randomisation too), last_dose or unspecified; NULL for abstracts.';
comment on column evidence.durability_of_effect.days_after_first_dose is 'Days after the first dose: stated where the words count from it (baseline and randomisation too), derived (see evidence.cell_source.is_derived) from days after the last dose and the stated length of the course, or after a single session. Of a time to relapse the day of relapse. NULL where the words do not say what they count from.';
comment on column evidence.durability_of_effect.days_after_last_dose is 'Days after the last dose: stated where the words count from it, derived where the time lies beyond the stated length of the course (whose end stands for the last dose), or after a single session. NULL while doses were still to come (not applicable) or where no course is stated (not reported).';
comment on column evidence.durability_of_effect.treatment_status is 'Whether the treatment of the arm (in a comparator arm the comparator) was still being given: on_drug, drug_free, mixed (counted across both) or unknown. A judgement by the rule that treatment_basis names; the rules stand in sql/42_row/_treatment_time.sql. NULL on a row without a statement.';
comment on column evidence.durability_of_effect.treatment_basis is 'What treatment_status rests on: words of the outcome, words of the time, counted from the last dose, after a single session, time against the course, arm of a randomised withdrawal, or before the first dose; NULL when nothing decides.';
comment on column evidence.durability_of_effect.time_to_relapse_days is 'Time to relapse in days; see statistic. NULL with value_verbatim NA when it was not reached.';
comment on column evidence.durability_of_effect.statistic is 'mean, median, minimum or maximum time to relapse; of a posted score mean, least_squares_mean, median, … as posted.';
comment on column evidence.durability_of_effect.effect_until_days is 'Latest time at which the document explicitly says that the benefit persists, in days.';
comment on column evidence.durability_of_effect.value_verbatim is 'Value as written, or the words from which it was read.';
comment on column evidence.durability_of_effect.follow_up_days is 'Longest time at which mood was assessed in the document, in days; the same on each row of the document. Of a registration the longest time frame of its planned outcomes on mood.';
comment on column evidence.durability_of_effect.follow_up_anchor is 'What follow_up_days is counted from: first_dose, last_dose or unspecified.';
comment on column evidence.durability_of_effect.rates_absence is 'Why the document has neither a rate nor a time to relapse: not reported, not understood, or not posted (registration without results); NULL when it has one. On the row of a rate: not understood when its value cannot be a rate.';
comment on column evidence.durability_of_effect.follow_up_absence is 'Why follow_up_days is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.durability_of_effect.time_days_absence is 'Why a rate has no time: not reported; NULL when it has one or there is no rate.';
comment on column evidence.durability_of_effect.value_absence is 'Why a posted result has no number: not reached (a median time to relapse posted as NA: fewer than half relapsed) or not understood; NULL otherwise.';
comment on column evidence.durability_of_effect.limits_absence is 'Why a posted result lacks a limit: not applicable (its dispersion is one number), not posted, not reached (NA around a median time) or not understood (NA elsewhere); NULL otherwise.';
comment on column evidence.durability_of_effect.instrument_absence is 'Why a statement has no instrument: not reported (none or several of the list are named); NULL otherwise.';
comment on column evidence.durability_of_effect.days_after_first_dose_absence is 'Why a statement has no days after the first dose: not reported (no time, or nothing says what it counts from).';
comment on column evidence.durability_of_effect.days_after_last_dose_absence is 'Why a statement has no days after the last dose: not applicable (doses were still to come) or not reported.';
comment on column evidence.durability_of_effect.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.durability_of_effect.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.durability_of_effect.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.durability_of_effect.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.durability_of_effect.reported_year is 'Year of publication, or of registration.';
