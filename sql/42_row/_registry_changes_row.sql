-- bridge._registry_changes_row
-- grain: one row per study, shown registration, version that was seen and item that changed
-- reads: core.registry_change, core.registry_version, bridge._report
-- answers: which changes belong to which study, and at what time in the life of the trial did they come?
-- A change came after the day on which the old version is known to have stood, and at the latest on the day on which the
-- new one was posted. It came after the start only if that first day already lies behind it: where the start lies between
-- the two, an update that we did not see may have made it in time, so nothing is claimed.
create table bridge._registry_changes_row as
with dated as (
    select
        report.study_id || '/' || change.change_id as row_id,
        report.study_id,
        change.*,
        old.sha256 as old_sha256,
        old.posted as old_posted,
        old.fetched_at as old_fetched_at,
        old.request as old_request,
        new.sha256 as new_sha256,
        new.posted as new_posted,
        new.fetched_at as new_fetched_at,
        new.request as new_request,
        -- the registry itself still showed it on the day on which we fetched it
        case
            when old.is_from_service and old.fetched_at::date between old.posted and new.posted then old.fetched_at::date
            else old.posted
        end as old_known_on,
        new.status,
        -- a planned day that has passed is no start
        case when new.start_kind is distinct from 'ESTIMATED' then new.start_latest end as started_by,
        new.start_earliest,
        case when new.primary_completion_kind is distinct from 'ESTIMATED' then new.primary_completion_latest end
            as primary_completed_by,
        case when new.completion_kind is distinct from 'ESTIMATED' then new.completion_latest end as completed_by
    from core.registry_change as change
    join core.registry_version as old on old.nct_id = change.nct_id and old.version = change.old_version
    join core.registry_version as new on new.nct_id = change.nct_id and new.version = change.new_version
    join bridge._report as report on report.source = 'ctgov' and report.source_id = change.nct_id
    where report.is_shown and report.study_id is not null
)

select
    * exclude (status, started_by, start_earliest, primary_completed_by, completed_by),
    case
        when old_known_on >= completed_by then 'after completion'
        when old_known_on >= primary_completed_by then 'after primary completion'
        when old_known_on >= started_by then 'after start'
        when new_posted <= start_earliest or status = 'NOT_YET_RECRUITING' then 'before start'
        when start_earliest is null or old_known_on is null or new_posted is null then 'not stated'
        else 'not clear'
    end as timing
from dated;

comment on table bridge._registry_changes_row is
    'One row per study, shown registration, version that was seen and item that changed: which changes are there, and at what time in the life of the trial did they come?';
comment on column bridge._registry_changes_row.row_id is 'Id of the row: study, then change.';
comment on column bridge._registry_changes_row.study_id is 'Study of core.study.';
comment on column bridge._registry_changes_row.change_id is 'Change of core.registry_change.';
comment on column bridge._registry_changes_row.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._registry_changes_row.old_version is 'Version before the change.';
comment on column bridge._registry_changes_row.new_version is 'Version after it.';
comment on column bridge._registry_changes_row.ordinal is 'Place among the changes of that version.';
comment on column bridge._registry_changes_row.item is 'What changed.';
comment on column bridge._registry_changes_row.element is 'Arm, intervention or outcome that it is about.';
comment on column bridge._registry_changes_row.change is 'How it changed.';
comment on column bridge._registry_changes_row.old_value is 'Value before.';
comment on column bridge._registry_changes_row.old_kind is 'ACTUAL or ESTIMATED before.';
comment on column bridge._registry_changes_row.new_value is 'Value after.';
comment on column bridge._registry_changes_row.new_kind is 'ACTUAL or ESTIMATED after.';
comment on column bridge._registry_changes_row.old_sha256 is 'Digest of the version before.';
comment on column bridge._registry_changes_row.old_posted is 'Day on which it was posted.';
comment on column bridge._registry_changes_row.old_fetched_at is 'When it was obtained (UTC).';
comment on column bridge._registry_changes_row.old_request is 'Request that brought it.';
comment on column bridge._registry_changes_row.new_sha256 is 'Digest of the version after.';
comment on column bridge._registry_changes_row.new_posted is 'Day on which it was posted.';
comment on column bridge._registry_changes_row.new_fetched_at is 'When it was obtained (UTC).';
comment on column bridge._registry_changes_row.new_request is 'Request that brought it.';
comment on column bridge._registry_changes_row.old_known_on is 'Last day on which the old version is known to have stood.';
comment on column bridge._registry_changes_row.timing is 'before start, after start, after primary completion, after completion, not clear or not stated.';
