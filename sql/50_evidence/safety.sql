-- evidence.safety
-- grain: one row per study, source document, group of people and adverse event; besides them one per group for any
--        serious event, any other event and death, and one per group and period for those who left because of an event
-- reads: bridge._safety_row, bridge._safety_cell, bridge._posted_safety, bridge._report, core.registration
-- answers: which harms occurred, in how many of how many, and who says so?
-- Never add up rows: a person with two events stands in two rows, once in each, and a group of events has no total of
-- its own, because the registry posts none. How many people had any event is what `any_serious` and `any_other` say;
-- those two overlap as well. That is why there is no summary over event_group.
create view evidence.safety as
with cells as (
    select
        row_id,
        ---------- what
        max(value_text) filter (column_name = 'event_group') as event_group,
        max(value_text) filter (column_name = 'term') as term,
        max(value_text) filter (column_name = 'event') as event,
        max(value_text) filter (column_name = 'organ_system') as organ_system,
        max(value_text) filter (column_name = 'period') as period,
        ---------- how many
        max(value_number) filter (column_name = 'n_affected')::integer as n_affected,
        max(value_number) filter (column_name = 'n_at_risk')::integer as n_at_risk,
        max(value_number) filter (column_name = 'pct') as pct,
        max(value_number) filter (column_name = 'n_events')::integer as n_events,
        ---------- how it was collected
        max(value_text) filter (column_name = 'time_frame') as time_frame,
        max(value_number) filter (column_name = 'frequency_threshold_pct') as frequency_threshold_pct,
        max(value_text) filter (column_name = 'source_vocabulary') as source_vocabulary,
        max(value_text) filter (column_name = 'assessment_type') as assessment_type,
        max(value_text) filter (column_name = 'notes') as notes
    from bridge._safety_cell
    where ordinal = 1 and is_plausible
    group by row_id
),

-- what was read, but cannot be true
refused as (
    select
        row_id,
        bool_or(column_name = 'n_affected') as n_affected,
        bool_or(column_name = 'n_at_risk') as n_at_risk
    from bridge._safety_cell
    where not is_plausible
    group by row_id
),

-- why a report says nothing of adverse events
silence as (
    select
        statements.row_id,
        case
            when statements.source = 'ctgov' and not registrations.has_results then 'not posted'
            else ref.absence(null, 'safety', reports.not_understood)
        end as reason
    from bridge._safety_row as statements
    join bridge._report as reports using (study_id, source, source_id)
    left join core.registration as registrations on registrations.nct_id = statements.source_id
    where statements.item = 'none'
)

select
    ---------- ids
    statements.row_id,
    statements.study_id,
    case when statements.source = 'ctgov' then 'registry' else 'abstract' end as source,
    statements.source_id,
    case when statements.source = 'ctgov' then statements.source_id end as nct_id,
    case when statements.source = 'pubmed' then statements.source_id end as pmid,
    posted.group_id as arm_id,
    posted.group_title as arm_label,
    case when statements.item = 'named' then 'event' else statements.item end as item,
    statements.item = 'any_serious' or posted.is_serious as is_serious,
    ---------- what
    cells.event_group,
    cells.term,
    cells.event,
    cells.organ_system,
    cells.period,
    ---------- how many
    cells.n_affected,
    cells.n_at_risk,
    cells.pct,
    cells.n_events,
    ---------- how it was collected
    cells.time_frame,
    cells.frequency_threshold_pct,
    cells.source_vocabulary,
    cells.assessment_type,
    cells.notes,
    ---------- why cells are empty
    case
        when cells.term is not null then null
        when statements.item in ('any_serious', 'any_other', 'death', 'discontinuation') then 'not applicable'
        else coalesce(silence.reason, 'not reported')
    end as term_absence,
    case
        when cells.n_affected is not null then null
        when refused.n_affected or posted.n_affected_text is not null then 'not understood'
        else coalesce(silence.reason, 'not reported')
    end as n_affected_absence,
    case
        when cells.n_at_risk is not null then null
        when refused.n_at_risk or posted.n_at_risk_text is not null then 'not understood'
        else coalesce(silence.reason, 'not reported')
    end as n_at_risk_absence,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._safety_row as statements
join bridge._report as reports using (study_id, source, source_id)
left join bridge._posted_safety as posted using (entity_id)
left join cells using (row_id)
left join refused using (row_id)
left join silence using (row_id)
order by
    statements.study_id,
    statements.source,
    statements.source_id,
    statements.part,
    statements.ordinal,
    statements.row_id;

comment on view evidence.safety is
    'One row per study, source document, group of people and adverse event, with totals, deaths and discontinuations of each group: which harms occurred, in how many of how many, and who says so? Rows are never to be added up: a person with two events stands in two rows. A report that is shown but says nothing of adverse events has one row of reasons.';
comment on column evidence.safety.row_id is 'Id of the row: study, document and statement; unique. evidence.cell_source cites by it.';
comment on column evidence.safety.study_id is 'Study of evidence.study_overview.';
comment on column evidence.safety.source is 'registry (posted results of ClinicalTrials.gov) or abstract (PubMed title and abstract).';
comment on column evidence.safety.source_id is 'NCT id or PMID of the document.';
comment on column evidence.safety.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.safety.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.safety.arm_id is 'Registry''s id of the group: EG… of adverse events (the safety set), FG… of the participant flow (everyone who started); NULL for abstracts.';
comment on column evidence.safety.arm_label is 'Title of the group as written; NULL for abstracts.';
comment on column evidence.safety.item is 'What the row counts: event (people with one event), any_serious (with any serious event), any_other (with any event that is not serious and above the threshold), death (who died of any cause), discontinuation (who left because of an adverse event), or none (the report says nothing of adverse events).';
comment on column evidence.safety.is_serious is 'Whether the registry lists the event as serious; NULL for deaths, discontinuations and abstracts, which rarely say.';
comment on column evidence.safety.event_group is 'Ketamine-specific group: dissociation, blood_pressure, sedation, nausea_or_dizziness, suicidality, urinary, abuse_or_misuse, mania_or_psychosis, cognition, death, discontinuation, or other. Of events as ref.safety_group has it, with the reason; NULL for totals over all events. Nausea and dizziness are one group; the term tells them apart.';
comment on column evidence.safety.term is 'Event, or reason for leaving, as the source writes it.';
comment on column evidence.safety.event is 'The same in plain words, to find it under several spellings: lower case without codes, or of abstracts the simple term of the rule.';
comment on column evidence.safety.organ_system is 'Organ system of the event as the registry writes it; NULL for abstracts.';
comment on column evidence.safety.period is 'Title of the period of the participant flow in which people left; NULL for other rows.';
comment on column evidence.safety.n_affected is 'People with the event, as posted, or of an abstract as the sentence states it for that effect; 0 means that nobody had it.';
comment on column evidence.safety.n_at_risk is 'People among whom they were counted, as posted or stated; of discontinuations those who started the period.';
comment on column evidence.safety.pct is 'n_affected in per cent of n_at_risk, computed and marked as derived in evidence.cell_source; of an abstract as stated.';
comment on column evidence.safety.n_events is 'Number of events, of which one person may have several; NULL where the registry posts none.';
comment on column evidence.safety.time_frame is 'Over which time adverse events were counted, as written; NULL where the registry says nothing and for discontinuations, of which period says when.';
comment on column evidence.safety.frequency_threshold_pct is 'Of events that are not serious: the registry lists those that more than so many per cent of a group had; rarer ones are missing, not absent.';
comment on column evidence.safety.source_vocabulary is 'Vocabulary of the term with its version, as written: MedDRA, CTCAE, …';
comment on column evidence.safety.assessment_type is 'SYSTEMATIC_ASSESSMENT (asked for, such as by questionnaire) or NON_SYSTEMATIC_ASSESSMENT (told unasked), in the registry''s words; asked-for events are more frequent.';
comment on column evidence.safety.notes is 'Notes on the event as written.';
comment on column evidence.safety.term_absence is 'Why term is empty: not applicable (totals and deaths name no event, nor do abstracts that say how many left), not posted (registration without results), not reported, or not understood; NULL when it is filled.';
comment on column evidence.safety.n_affected_absence is 'Why n_affected is empty: not reported, not posted, or not understood (no number, or more people affected than at risk); NULL when it is filled, also with 0.';
comment on column evidence.safety.n_at_risk_absence is 'Why n_at_risk is empty, in the same words; NULL when it is filled.';
comment on column evidence.safety.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.safety.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.safety.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.safety.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.safety.reported_year is 'Year of publication, or of registration.';
