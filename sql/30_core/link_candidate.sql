-- core.link_candidate
-- grain: one row per publication without any registry id and study that it may belong to
-- answers: which study may this paper be about, although no id says so?
create table core.link_candidate (
    pmid      varchar not null,
    study_id  varchar not null,
    source    varchar not null,
    source_id varchar not null,
    score     double not null
);

comment on table core.link_candidate is
    'One row per publication without any registry id and study that it may belong to: which study may this paper be about, although no id says so?';
comment on column core.link_candidate.pmid is 'Publication.';
comment on column core.link_candidate.study_id is 'Study of core.study that is offered; the publication is no member of it.';
comment on column core.link_candidate.source is 'pubmed or ctgov: kind of the record of that study with which the publication was compared.';
comment on column core.link_candidate.source_id is 'PMID or NCT id of that record.';
comment on column core.link_candidate.score is 'Sum of the points of core.link_candidate_part; no probability.';
