-- core.registry_change
-- grain: one row per registration, version that was seen and item that differs from the version before
-- answers: what did a registration state before, and what does it state now?
create table core.registry_change (
    change_id   varchar not null,
    nct_id      varchar not null,
    old_version integer not null,
    new_version integer not null,
    ordinal     integer not null,
    item        varchar not null,
    element     varchar,
    change      varchar not null,
    old_value   varchar,
    old_kind    varchar,
    new_value   varchar,
    new_kind    varchar
);

comment on table core.registry_change is
    'One row per registration, version that was seen and item that differs from the version before: what did it state before, and what now?';
comment on column core.registry_change.change_id is 'Id of the change.';
comment on column core.registry_change.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.registry_change.old_version is 'Version of core.registry_version before the change.';
comment on column core.registry_change.new_version is 'Version after it.';
comment on column core.registry_change.ordinal is 'Place among the changes of that version, from 1.';
comment on column core.registry_change.item is 'What changed: overall_status, enrollment, start, primary_outcome, arm, dose, …';
comment on column core.registry_change.element is 'Arm, intervention or outcome that it is about; NULL for items of the whole trial.';
comment on column core.registry_change.change is 'How it changed, in words.';
comment on column core.registry_change.old_value is 'Value before, as written; NULL when it was not stated.';
comment on column core.registry_change.old_kind is 'ACTUAL or ESTIMATED before; NULL for other items.';
comment on column core.registry_change.new_value is 'Value after, as written; NULL when it is no longer stated.';
comment on column core.registry_change.new_kind is 'ACTUAL or ESTIMATED after; NULL for other items.';
