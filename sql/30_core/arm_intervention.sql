-- core.arm_intervention
-- grain: one row per intervention of an arm
-- answers: who gets what?
create table core.arm_intervention (
    arm_id          varchar not null,
    intervention_id varchar not null,
    nct_id          varchar not null
);

comment on table core.arm_intervention is
    'One row per intervention of an arm: who gets what?';
comment on column core.arm_intervention.arm_id is 'Arm of core.arm.';
comment on column core.arm_intervention.intervention_id is 'Intervention of core.intervention.';
comment on column core.arm_intervention.nct_id is 'Id at ClinicalTrials.gov.';
