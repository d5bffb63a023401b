-- core.publication_type
-- grain: one row per publication type of a record
-- answers: which kind of article is it, in MEDLINE's words?
create table core.publication_type (
    pmid             varchar not null,
    ordinal          integer not null,
    publication_type varchar not null
);

comment on table core.publication_type is
    'One row per publication type of a record: which kind of article is it, in MEDLINE''s words?';
comment on column core.publication_type.pmid is 'PubMed id.';
comment on column core.publication_type.ordinal is 'Place in the list, from 1.';
comment on column core.publication_type.publication_type is 'Publication type as MEDLINE writes it.';
