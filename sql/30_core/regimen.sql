-- core.regimen
-- grain: one row per active dosing regimen that a document states
-- answers: which drug, route, dose and schedule was given?
create table core.regimen (
    entity_id        varchar not null,
    source           varchar not null,
    source_id        varchar not null,
    ordinal          integer not null,
    arm              varchar,
    phase            varchar,
    drug             varchar not null,
    route            varchar,
    dose             double,
    dose_max         double,
    unit             varchar,
    infusion_minutes double,
    sessions         double,
    sessions_max     double,
    per_week         double,
    course_days      double
);

comment on table core.regimen is
    'One row per active dosing regimen that a document states: which drug, route, dose and schedule was given?';
comment on column core.regimen.entity_id is 'Id: <source>:<id>/regimen/<place>.';
comment on column core.regimen.source is 'pubmed or ctgov.';
comment on column core.regimen.source_id is 'PMID or NCT id.';
comment on column core.regimen.ordinal is 'Place in the document''s list, from 1.';
comment on column core.regimen.arm is 'Label of the arm as written; NULL when the document does not say which.';
comment on column core.regimen.phase is 'acute or maintenance; NULL when not stated.';
comment on column core.regimen.drug is 'ketamine, esketamine or arketamine.';
comment on column core.regimen.route is 'iv, im, sc, intranasal, oral, sublingual or rectal.';
comment on column core.regimen.dose is 'Dose, or the lowest of a stated range or titration, in `unit`.';
comment on column core.regimen.dose_max is 'Highest dose of a stated range or titration, in `unit`.';
comment on column core.regimen.unit is 'Unit of the dose: mg/kg, mg, mg/kg/h, mg/kg/min or ug/kg/min.';
comment on column core.regimen.infusion_minutes is 'Length of one administration in minutes.';
comment on column core.regimen.sessions is 'Doses that one patient gets in this phase.';
comment on column core.regimen.sessions_max is 'Most doses that one patient may get in this phase.';
comment on column core.regimen.per_week is 'Doses a week.';
comment on column core.regimen.course_days is 'Length of this phase in days.';
