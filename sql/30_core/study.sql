-- core.study
-- grain: one row per study
-- answers: which trials and cohorts does the release know?
create table core.study (
    study_id     varchar not null,
    registry_ids varchar[] not null,
    nct_ids      varchar[] not null,
    pmids        varchar[] not null
);

comment on table core.study is
    'One row per study: which trials and cohorts does the release know?';
comment on column core.study.study_id is
    'Id of one member: the first NCT id, else the first other registry id, else PMID + PubMed id.';
comment on column core.study.registry_ids is 'Ids of every registry under which the study is known.';
comment on column core.study.nct_ids is 'NCT ids whose registrations we hold.';
comment on column core.study.pmids is 'PubMed ids of its publications.';
