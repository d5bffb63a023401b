-- evidence.registry_changes
-- grain: one row per study, registration, version that was seen and item that changed
-- reads: bridge._registry_changes_row, bridge._report
-- answers: what did the sponsor change in the registration, when, and was the trial already running?
-- Changes of the primary outcome after the start of the study, after primary completion and after completion are told
-- apart as by Ramagopalan S, et al. F1000Research 2014;3:77. Outcomes that were added, dropped, demoted to secondary or
-- promoted from secondary are major, as by Holst M, et al. PLoS Med 2023;20:e1004306; other changes of them are minor.
create view evidence.registry_changes as
select
    ---------- ids
    changes.row_id,
    changes.study_id,
    'registry' as source,
    changes.nct_id as source_id,
    changes.nct_id,
    null::varchar as pmid,
    ---------- what changed
    changes.item,
    changes.element,
    changes.change,
    changes.old_value,
    changes.old_kind,
    changes.new_value,
    changes.new_kind,
    ---------- when
    changes.old_posted,
    changes.new_posted,
    changes.old_fetched_at as old_seen_at,
    changes.new_fetched_at as new_seen_at,
    changes.timing,
    case
        when starts_with(changes.timing, 'after') then true
        when changes.timing = 'before start' then false
    end as is_after_start,
    case
        when changes.timing in ('after primary completion', 'after completion') then true
        when changes.timing = 'before start' then false
    end as is_after_completion,
    ---------- outcome switching
    case
        when changes.item != 'primary_outcome' then null
        when changes.change in ('added', 'removed', 'demoted to secondary', 'promoted from secondary') then 'major'
        else 'minor'
    end as outcome_change,
    changes.item = 'primary_outcome' and changes.change != 'description changed' and starts_with(changes.timing, 'after')
        as is_outcome_switch,
    ---------- the two versions
    changes.old_version,
    changes.new_version,
    changes.old_sha256,
    changes.new_sha256,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._registry_changes_row as changes
join bridge._report as reports
    on reports.study_id = changes.study_id and reports.source = 'ctgov' and reports.source_id = changes.nct_id
order by changes.study_id, changes.nct_id, changes.new_version, changes.ordinal;

comment on view evidence.registry_changes is
    'One row per study, registration, version that was seen and item that changed: what did the sponsor change in the registration, when, and was the trial already running? Only versions that this store holds are compared; the registry may have had others between them.';
comment on column evidence.registry_changes.row_id is 'Id of the row: study, registration, version and number of the change; unique. evidence.cell_source cites by it, each side from its own version.';
comment on column evidence.registry_changes.study_id is 'Study of evidence.study_overview.';
comment on column evidence.registry_changes.source is 'registry.';
comment on column evidence.registry_changes.source_id is 'NCT id of the registration.';
comment on column evidence.registry_changes.nct_id is 'NCT id of the registration.';
comment on column evidence.registry_changes.pmid is 'NULL: a registration has none.';
comment on column evidence.registry_changes.item is 'overall_status, why_stopped, enrollment, start, primary_completion, completion, results_posted, lead_sponsor, eligible_age_min, eligible_age_max, primary_outcome, arm, intervention, or dose (in the words on an arm or intervention).';
comment on column evidence.registry_changes.element is 'Outcome, arm or intervention that it is about, as labelled where it was last; NULL for items of the whole trial.';
comment on column evidence.registry_changes.change is 'How: added, removed, changed; of numbers and dates plan changed, plan became fact, fact changed or fact became plan (ESTIMATED and ACTUAL are never merged); of outcomes, arms and interventions which part of them changed; of primary outcomes demoted to secondary or promoted from secondary. Case, punctuation and white space alone are no change of words.';
comment on column evidence.registry_changes.old_value is 'Value before, as written; NULL when the version did not state it.';
comment on column evidence.registry_changes.old_kind is 'ACTUAL or ESTIMATED before, of enrolment and dates; NULL otherwise.';
comment on column evidence.registry_changes.new_value is 'Value after, as written; NULL when it is no longer stated.';
comment on column evidence.registry_changes.new_kind is 'ACTUAL or ESTIMATED after, of enrolment and dates; NULL otherwise.';
comment on column evidence.registry_changes.old_posted is 'Day on which the version before was posted (LastUpdatePostDate).';
comment on column evidence.registry_changes.new_posted is 'Day on which the version after was posted: the change came by then.';
comment on column evidence.registry_changes.old_seen_at is 'When the version before was obtained (UTC).';
comment on column evidence.registry_changes.new_seen_at is 'When the version after was obtained (UTC).';
comment on column evidence.registry_changes.timing is 'When it came in the life of the trial, by the dates of the version after: before start, after start, after primary completion, after completion (each at the earliest), not clear (the start lies between the two versions, or is a planned day) or not stated. After means that the old version still stood then: old_seen_at where the registry itself gave it, else old_posted.';
comment on column evidence.registry_changes.is_after_start is 'Whether it came after the study started; NULL when that is not clear.';
comment on column evidence.registry_changes.is_after_completion is 'Whether it came after primary completion; NULL when that is not clear.';
comment on column evidence.registry_changes.outcome_change is 'Of primary outcomes: major (added, removed, demoted to secondary, promoted from secondary; Holst et al. 2023) or minor (reworded, another time frame, another description). NULL for other items.';
comment on column evidence.registry_changes.is_outcome_switch is 'Whether a primary outcome (not its description alone) was changed after the study started (Ramagopalan et al. 2014). A reason for it may stand in the protocol or paper: a human should look.';
comment on column evidence.registry_changes.old_version is 'Number of the version before, among those that we saw.';
comment on column evidence.registry_changes.new_version is 'Number of the version after.';
comment on column evidence.registry_changes.old_sha256 is 'Digest of the version before as stored in the snapshot.';
comment on column evidence.registry_changes.new_sha256 is 'Digest of the version after as stored in the snapshot.';
comment on column evidence.registry_changes.integrity is 'Whether the source report stands; registrations are current.';
comment on column evidence.registry_changes.integrity_source is 'NULL: registrations are not retracted.';
comment on column evidence.registry_changes.registry_status is 'Overall status of the newest version in the registry''s words.';
comment on column evidence.registry_changes.needs_review is 'Whether the rules doubt that the registration belongs here, so that a human should look.';
comment on column evidence.registry_changes.reported_year is 'Year of registration.';
