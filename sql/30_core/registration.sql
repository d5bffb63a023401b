-- core.registration
-- grain: one row per ClinicalTrials.gov record
-- answers: how was the trial registered, by whom, and where does it stand?
create table core.registration (
    nct_id                      varchar not null,
    aliases                     varchar[] not null,
    org_study_id                varchar,
    brief_title                 varchar,
    official_title              varchar,
    acronym                     varchar,
    status                      varchar,
    why_stopped                 varchar,
    study_type                  varchar,
    phases                      varchar[] not null,
    allocation                  varchar,
    intervention_model          varchar,
    masking                     varchar,
    primary_purpose             varchar,
    enrollment                  integer,
    enrollment_kind             varchar,
    start_text                  varchar,
    start_earliest              date,
    start_kind                  varchar,
    primary_completion_text     varchar,
    primary_completion_earliest date,
    primary_completion_kind     varchar,
    completion_text             varchar,
    completion_earliest         date,
    completion_kind             varchar,
    first_posted                date,
    last_update_posted          date,
    results_first_posted        date,
    version_holder              varchar,
    has_results                 boolean not null,
    lead_sponsor                varchar,
    sponsor_class               varchar,
    is_fda_regulated_drug       boolean,
    collaborators               varchar[] not null,
    conditions                  varchar[] not null,
    keywords                    varchar[] not null,
    condition_meshes            varchar[] not null,
    intervention_meshes         varchar[] not null,
    brief_summary               varchar,
    detailed_description        varchar,
    limitations                 varchar
);

comment on table core.registration is
    'One row per ClinicalTrials.gov record: how was the trial registered, by whom, and where does it stand?';
comment on column core.registration.nct_id is 'Id at ClinicalTrials.gov.';
comment on column core.registration.aliases is 'Obsolete NCT ids of the same record.';
comment on column core.registration.org_study_id is 'Sponsor''s own id of the study.';
comment on column core.registration.brief_title is 'Short title.';
comment on column core.registration.official_title is 'Official title.';
comment on column core.registration.acronym is 'Acronym.';
comment on column core.registration.status is
    'Overall status in the registry''s words: RECRUITING, COMPLETED, TERMINATED, …';
comment on column core.registration.why_stopped is 'Reason for stopping early, as written.';
comment on column core.registration.study_type is 'INTERVENTIONAL, OBSERVATIONAL or EXPANDED_ACCESS.';
comment on column core.registration.phases is 'Phases in the registry''s words.';
comment on column core.registration.allocation is 'RANDOMIZED, NON_RANDOMIZED or NA.';
comment on column core.registration.intervention_model is
    'PARALLEL, CROSSOVER, SINGLE_GROUP, …; the observational model of an observational study.';
comment on column core.registration.masking is 'NONE, SINGLE, DOUBLE, TRIPLE or QUADRUPLE.';
comment on column core.registration.primary_purpose is 'TREATMENT, PREVENTION, …';
comment on column core.registration.enrollment is
    'Number of participants; NULL when absent or unknown to the registry.';
comment on column core.registration.enrollment_kind is 'ACTUAL or ESTIMATED; the two are never merged.';
comment on column core.registration.start_text is 'Start of the study as written.';
comment on column core.registration.start_earliest is 'First day that the stated start may mean.';
comment on column core.registration.start_kind is 'ACTUAL or ESTIMATED.';
comment on column core.registration.primary_completion_text is 'Primary completion as written.';
comment on column core.registration.primary_completion_earliest is
    'First day that the stated primary completion may mean.';
comment on column core.registration.primary_completion_kind is 'ACTUAL or ESTIMATED.';
comment on column core.registration.completion_text is 'Completion as written.';
comment on column core.registration.completion_earliest is 'First day that the stated completion may mean.';
comment on column core.registration.completion_kind is 'ACTUAL or ESTIMATED.';
comment on column core.registration.first_posted is 'Day on which the registration was first posted.';
comment on column core.registration.last_update_posted is 'Day on which the registration was last updated.';
comment on column core.registration.results_first_posted is 'Day on which results were first posted.';
comment on column core.registration.version_holder is 'Day of the registry''s data that this copy was taken from.';
comment on column core.registration.has_results is 'Whether results are posted.';
comment on column core.registration.lead_sponsor is 'Lead sponsor.';
comment on column core.registration.sponsor_class is 'Class of the lead sponsor: INDUSTRY, NIH, OTHER, …';
comment on column core.registration.is_fda_regulated_drug is
    'Whether the sponsor says that it studies a drug that the US Food and Drug Administration regulates; NULL when not said.';
comment on column core.registration.collaborators is 'Collaborators.';
comment on column core.registration.conditions is 'Conditions as registered.';
comment on column core.registration.keywords is 'Keywords.';
comment on column core.registration.condition_meshes is 'MeSH terms that the registry derives from the conditions.';
comment on column core.registration.intervention_meshes is
    'MeSH terms that the registry derives from the interventions.';
comment on column core.registration.brief_summary is 'Summary, the registry''s markdown kept.';
comment on column core.registration.detailed_description is 'Description, the registry''s markdown kept.';
comment on column core.registration.limitations is 'Limitations and caveats that accompany posted results.';
