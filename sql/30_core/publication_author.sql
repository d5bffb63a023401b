-- core.publication_author
-- grain: one row per author of a record
-- answers: who wrote the report?
create table core.publication_author (
    pmid            varchar not null,
    ordinal         integer not null,
    last_name       varchar,
    fore_name       varchar,
    initials        varchar,
    suffix          varchar,
    collective_name varchar,
    orcid           varchar,
    affiliations    varchar[] not null
);

comment on table core.publication_author is
    'One row per author of a record: who wrote the report?';
comment on column core.publication_author.pmid is 'PubMed id.';
comment on column core.publication_author.ordinal is 'Place in the author list, from 1.';
comment on column core.publication_author.last_name is 'Family name; NULL for a group.';
comment on column core.publication_author.fore_name is 'Given names as printed.';
comment on column core.publication_author.initials is 'Initials.';
comment on column core.publication_author.suffix is 'Suffix such as Jr.';
comment on column core.publication_author.collective_name is 'Name of a group of authors.';
comment on column core.publication_author.orcid is 'ORCID id.';
comment on column core.publication_author.affiliations is 'Institutions as printed; empty where the record gives none.';
