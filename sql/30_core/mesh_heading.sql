-- core.mesh_heading
-- grain: one row per Medical Subject Heading of a record
-- answers: under which subjects is the report indexed?
create table core.mesh_heading (
    pmid          varchar not null,
    ordinal       integer not null,
    descriptor    varchar not null,
    descriptor_ui varchar,
    is_major      boolean not null,
    qualifiers    varchar[] not null
);

comment on table core.mesh_heading is
    'One row per Medical Subject Heading of a record: under which subjects is the report indexed?';
comment on column core.mesh_heading.pmid is 'PubMed id.';
comment on column core.mesh_heading.ordinal is 'Place in the list, from 1.';
comment on column core.mesh_heading.descriptor is 'Subject heading.';
comment on column core.mesh_heading.descriptor_ui is 'Its unique id.';
comment on column core.mesh_heading.is_major is 'Whether it is a major topic of the article.';
comment on column core.mesh_heading.qualifiers is 'Subheadings.';
