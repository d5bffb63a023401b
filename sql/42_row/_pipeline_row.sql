-- bridge._pipeline_row
-- grain: one row per study and shown registration
-- reads: core.document, core.registration, ref.registry_status, bridge._report
-- answers: which registrations are there to wait for, and where do they stand on the day of the data?
-- The day is that of the newest registry record held, not the day of the build: the same snapshots give the same table.
create table bridge._pipeline_row as
with data as (
    select max(fetched_at)::date as day
    from core.document
    where source = 'ctgov'
),

papers as (
    select study_id, count(distinct source_id) as n_reports, min(reported_on) as first_reported_on
    from bridge._report
    where source = 'pubmed' and is_standing
    group by study_id
)

select
    report.study_id || '/ctgov:' || report.source_id || '/pipeline' as row_id,
    report.study_id,
    report.source,
    report.source_id,
    coalesce(registry_status.stage, 'unrecognised') as stage,
    data.day as as_of,
    registration.enrollment is not null
        and registration.enrollment_kind is distinct from 'ACTUAL'
        and registry_status.stage in ('to come', 'recruiting', 'running') as is_expected,
    -- results are waited for where people were studied to the end, or until the trial was stopped
    registry_status.stage in ('completed', 'stopped')
        and registration.status != 'WITHDRAWN'
        and coalesce(registration.enrollment, 1) > 0 as is_over,
    case
        when registration.primary_completion_kind is distinct from 'ESTIMATED'
            then ref.results_due(coalesce(registration.primary_completion_text, registration.completion_text))
    end as results_due_on,
    coalesce(papers.n_reports, 0) as n_reports,
    papers.first_reported_on
from bridge._report as report
join core.registration on registration.nct_id = report.source_id
cross join data
left join ref.registry_status using (status)
left join papers using (study_id)
where report.source = 'ctgov' and report.is_shown and report.study_id is not null;

comment on table bridge._pipeline_row is
    'One row per study and shown registration: which registrations are there to wait for, and where do they stand?';
comment on column bridge._pipeline_row.row_id is 'Id of the row: study, then registration.';
comment on column bridge._pipeline_row.study_id is 'Study of core.study.';
comment on column bridge._pipeline_row.source is 'ctgov.';
comment on column bridge._pipeline_row.source_id is 'NCT id.';
comment on column bridge._pipeline_row.stage is 'Meaning of the status by ref.registry_status; unrecognised for a status that it does not hold.';
comment on column bridge._pipeline_row.as_of is 'Day of the newest registry record held (UTC).';
comment on column bridge._pipeline_row.is_expected is 'Whether its enrolment is still to come.';
comment on column bridge._pipeline_row.is_over is 'Whether people were studied and no more will be.';
comment on column bridge._pipeline_row.results_due_on is 'When results must be posted by the one-year rule; NULL without an actual date of completion.';
comment on column bridge._pipeline_row.n_reports is 'Standing publications of the study.';
comment on column bridge._pipeline_row.first_reported_on is 'Date of the first of them.';
