-- core.study_member
-- grain: one row per study and id by which it may be called
-- answers: to which study does this PMID, NCT id or other registry id belong?
create table core.study_member (
    study_id  varchar not null,
    member_id varchar not null,
    kind      varchar not null,
    source    varchar,
    source_id varchar
);

comment on table core.study_member is
    'One row per study and id by which it may be called: to which study does this PMID, NCT id or other registry id belong?';
comment on column core.study_member.study_id is 'Study of core.study.';
comment on column core.study_member.member_id is
    'NCT id, other registry id, or PMID + PubMed id: every id that was or may become a study_id.';
comment on column core.study_member.kind is 'registration, registry_id or publication.';
comment on column core.study_member.source is
    'pubmed or ctgov where we hold the record; NULL for an id whose record we do not hold.';
comment on column core.study_member.source_id is 'PMID or NCT id of the record that we hold.';
