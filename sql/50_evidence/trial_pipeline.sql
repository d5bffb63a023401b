-- evidence.trial_pipeline
-- grain: one row per study and registration
-- reads: core.registration, bridge._pipeline_row, bridge._report
-- answers: what is still to come, what was stopped and why, and which finished trials have told nobody what they found?
create view evidence.trial_pipeline as
with overdue as (
    select
        *,
        case
            when is_over and not has_results and as_of > results_due_on
                then date_diff('month', results_due_on, as_of)
                    - case when day(as_of) < day(results_due_on) then 1 else 0 end
        end as months_overdue
    from bridge._pipeline_row
    join (select nct_id as source_id, * exclude nct_id from core.registration) using (source_id)
),

-- the rule binds interventional trials of regulated drugs from phase 2 on (42 CFR 11.22(b)(2))
bound as (
    select
        *,
        case
            when study_type is null or is_fda_regulated_drug is null and study_type = 'INTERVENTIONAL' then 'not stated'
            when study_type != 'INTERVENTIONAL' or not is_fda_regulated_drug then 'no'
            when len(phases) > 0 and len(list_filter(phases, lambda phase: phase not in ('EARLY_PHASE1', 'PHASE1'))) = 0
                then 'no'
            else 'yes'
        end as is_bound_by_fdaaa,
        case
            when not is_over then null
            when not has_results and n_reports = 0 then 'neither results nor paper'
            when not has_results then 'no results posted'
            when n_reports = 0 then 'no paper linked'
        end as gap
    from overdue
)

select
    ---------- ids
    bound.row_id,
    bound.study_id,
    'registry' as source,
    bound.source_id,
    bound.source_id as nct_id,
    null::varchar as pmid,
    ---------- what
    reports.title,
    bound.lead_sponsor as sponsor,
    bound.sponsor_class,
    bound.phases,
    ---------- where it stands
    bound.stage,
    bound.status,
    bound.why_stopped,
    bound.as_of,
    ---------- people
    bound.enrollment,
    bound.enrollment_kind,
    case when bound.is_expected then bound.enrollment end as n_expected,
    ---------- when
    bound.start_text as started,
    bound.primary_completion_text as primary_completion,
    bound.completion_text as completion,
    ---------- what is known of the result
    bound.has_results,
    bound.n_reports,
    bound.first_reported_on,
    bound.gap,
    ---------- by when it should be known
    bound.is_fda_regulated_drug,
    bound.is_bound_by_fdaaa,
    bound.results_due_on,
    bound.months_overdue,
    case
        when bound.stage = 'unrecognised' then 'the registry''s status is not one that we know'
        when bound.stage = 'stopped' and bound.why_stopped is null then 'stopped, no reason given'
        when bound.stage = 'stopped' then 'stopped: ' || bound.why_stopped
        when bound.stage = 'unknown' then 'the registration has not been updated'
        when bound.months_overdue is not null
            then 'no results ' || bound.months_overdue || ' months after they were due on ' || bound.results_due_on
        when bound.gap = 'no paper linked' then 'results are posted, but no paper is linked'
        when bound.gap is not null and bound.results_due_on is null then 'over, but no date of completion is given'
        when bound.gap is not null then 'over, results are due on ' || bound.results_due_on
    end as reason,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bound
join bridge._report as reports using (study_id, source, source_id)
order by bound.study_id, bound.source_id;

comment on view evidence.trial_pipeline is
    'One row per study and registration: what is still to come, what was stopped and why, and which finished trials have told nobody what they found?';
comment on column evidence.trial_pipeline.row_id is 'Id of the row: study and registration; unique. evidence.cell_source cites by it.';
comment on column evidence.trial_pipeline.study_id is 'Study of evidence.study_overview.';
comment on column evidence.trial_pipeline.source is 'registry.';
comment on column evidence.trial_pipeline.source_id is 'NCT id of the registration.';
comment on column evidence.trial_pipeline.nct_id is 'NCT id of the registration.';
comment on column evidence.trial_pipeline.pmid is 'NULL: a registration has none.';
comment on column evidence.trial_pipeline.title is 'Title of the registration.';
comment on column evidence.trial_pipeline.sponsor is 'Lead sponsor as written.';
comment on column evidence.trial_pipeline.sponsor_class is 'Class of the lead sponsor in the registry''s words: INDUSTRY, NIH, FED, OTHER, …';
comment on column evidence.trial_pipeline.phases is 'Phases in the registry''s words.';
comment on column evidence.trial_pipeline.stage is 'Meaning of the status by ref.registry_status: to come, recruiting, running, paused, stopped, completed, unknown (not updated for two years), expanded access, or unrecognised.';
comment on column evidence.trial_pipeline.status is 'Overall status in the registry''s words.';
comment on column evidence.trial_pipeline.why_stopped is 'Reason for stopping early, as the sponsor writes it; NULL when none is given.';
comment on column evidence.trial_pipeline.as_of is 'Day of the newest registry record held: the table is true of that day.';
comment on column evidence.trial_pipeline.enrollment is 'Number of participants as registered; see enrollment_kind.';
comment on column evidence.trial_pipeline.enrollment_kind is 'ACTUAL (who took part) or ESTIMATED (who is planned); never merged.';
comment on column evidence.trial_pipeline.n_expected is 'Planned participants of trials to come, recruiting or running; NULL for all others and where the number is already actual.';
comment on column evidence.trial_pipeline.started is 'Start as the registry writes it: a day or a month.';
comment on column evidence.trial_pipeline.primary_completion is 'Primary completion as the registry writes it: a day or a month.';
comment on column evidence.trial_pipeline.completion is 'Completion as the registry writes it: a day or a month.';
comment on column evidence.trial_pipeline.has_results is 'Whether results are posted in the registry.';
comment on column evidence.trial_pipeline.n_reports is 'Publications linked to the study that stand; candidates that nobody confirmed do not count.';
comment on column evidence.trial_pipeline.first_reported_on is 'First day that the date of the first of them may mean.';
comment on column evidence.trial_pipeline.gap is 'What is missing of a trial that is over: no results posted, no paper linked, or neither results nor paper; NULL when nothing is missing or it is not over.';
comment on column evidence.trial_pipeline.is_fda_regulated_drug is 'Whether the sponsor says that the drug is regulated by the US Food and Drug Administration; NULL when not said.';
comment on column evidence.trial_pipeline.is_bound_by_fdaaa is 'Whether the one-year rule binds the trial as far as its registration tells (42 CFR 11.22(b)): yes, no (observational, phase 1, or no regulated drug) or not stated.';
comment on column evidence.trial_pipeline.results_due_on is 'One year after the actual primary completion (where that is missing, after completion), the rule of 42 CFR 11.44(a)(1); a month counts to its last day. Shown for every trial, so that all are measured alike; is_bound_by_fdaaa says whom the rule binds. Certificates of delay are not posted with the record and not known here.';
comment on column evidence.trial_pipeline.months_overdue is 'Full months from results_due_on to as_of of a trial that is over without posted results; NULL when not overdue.';
comment on column evidence.trial_pipeline.reason is 'Why the trial is a gap or gives no answer, in words; NULL when nothing is missing or it runs.';
comment on column evidence.trial_pipeline.integrity is 'current: registrations are not retracted; status says which were withdrawn, stopped or suspended.';
comment on column evidence.trial_pipeline.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.trial_pipeline.needs_review is 'Whether the rules doubt that the registration belongs here, so that a human should look.';
comment on column evidence.trial_pipeline.reported_year is 'Year of registration.';
