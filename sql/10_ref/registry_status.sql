-- ref.registry_status
-- grain: one row per overall status of ClinicalTrials.gov
-- answers: what does a status mean for whoever waits for the results?
-- The statuses are the enumeration `Status` of the registry's API 2.0.5. One that is not here is `unrecognised`.
create table ref.registry_status (
    status varchar not null,
    stage  varchar not null
);

insert into ref.registry_status values
    ('NOT_YET_RECRUITING', 'to come'),
    ('RECRUITING', 'recruiting'),
    ('ENROLLING_BY_INVITATION', 'recruiting'),
    ('ACTIVE_NOT_RECRUITING', 'running'),
    ('SUSPENDED', 'paused'),
    ('TERMINATED', 'stopped'),
    ('WITHDRAWN', 'stopped'),
    ('COMPLETED', 'completed'),
    ('UNKNOWN', 'unknown'),                 -- not updated for two years although it should be running
    ('AVAILABLE', 'expanded access'),
    ('NO_LONGER_AVAILABLE', 'expanded access'),
    ('TEMPORARILY_NOT_AVAILABLE', 'expanded access'),
    ('APPROVED_FOR_MARKETING', 'expanded access'),
    ('WITHHELD', 'unknown');

comment on table ref.registry_status is
    'One row per overall status of ClinicalTrials.gov: what does it mean for whoever waits for the results?';
comment on column ref.registry_status.status is 'Overall status in the registry''s words.';
comment on column ref.registry_status.stage is
    'to come, recruiting, running, paused, stopped, completed, unknown or expanded access.';
