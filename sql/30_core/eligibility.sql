-- core.eligibility
-- grain: one row per registration
-- answers: who may take part?
create table core.eligibility (
    nct_id             varchar not null,
    criteria           varchar,
    sex                varchar,
    min_age_text       varchar,
    min_age_years      double,
    max_age_text       varchar,
    max_age_years      double,
    healthy_volunteers boolean,
    std_ages           varchar[] not null
);

comment on table core.eligibility is
    'One row per registration: who may take part?';
comment on column core.eligibility.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.eligibility.criteria is 'Criteria, the registry''s markdown kept.';
comment on column core.eligibility.sex is 'ALL, FEMALE or MALE.';
comment on column core.eligibility.min_age_text is 'Lowest age as written.';
comment on column core.eligibility.min_age_years is 'Lowest age in years; NULL when there is no limit.';
comment on column core.eligibility.max_age_text is 'Highest age as written.';
comment on column core.eligibility.max_age_years is 'Highest age in years; NULL when there is no limit.';
comment on column core.eligibility.healthy_volunteers is 'Whether healthy volunteers are accepted.';
comment on column core.eligibility.std_ages is 'Age groups in the registry''s words: CHILD, ADULT, OLDER_ADULT.';
