-- bridge._registry_regimen
-- grain: one row per arm and ketamine intervention of a registration whose text states no regimen
-- reads: core.registration, core.arm, core.intervention, core.arm_intervention, core.regimen
-- answers: which drug does the registry's structure give to whom, when its text says no more?
-- Ketamine is registered as DRUG, COMBINATION_PRODUCT, OTHER, DEVICE and PROCEDURE alike, so the kind is not asked.
create view bridge._registry_regimen as
with ketamine as (
    select *, ref.drug_in(name) as drug
    from core.intervention
    where ref.drug_in(name) is not null
),

-- a placebo that is named after the drug it mimics is none
active as (
    select * from ketamine where not regexp_matches(name, '(?i)placebo|saline|sham')
),

silent as (
    select nct_id from core.registration
    where nct_id not in (select source_id from core.regimen where source = 'ctgov')
)

select
    active.intervention_id || coalesce('/arm/' || arm.ordinal, '') as entity_id,
    active.nct_id,
    arm.label as arm,
    active.drug,
    active.name as quote,
    active.pointer || '/name' as field,
    1000 * active.ordinal + coalesce(arm.ordinal, 0) as ordinal
from active
join silent using (nct_id)
left join core.arm_intervention using (nct_id, intervention_id)
left join core.arm using (nct_id, arm_id);

comment on view bridge._registry_regimen is
    'One row per arm and ketamine intervention of a registration whose text states no regimen: which drug does the registry''s structure give to whom?';
comment on column bridge._registry_regimen.entity_id is 'Id: intervention, then arm.';
comment on column bridge._registry_regimen.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._registry_regimen.arm is 'Label of the arm.';
comment on column bridge._registry_regimen.drug is 'Form of ketamine that the name of the intervention names.';
comment on column bridge._registry_regimen.quote is 'Name of the intervention as written.';
comment on column bridge._registry_regimen.field is 'JSON pointer of that name.';
comment on column bridge._registry_regimen.ordinal is 'Place in the registration.';
