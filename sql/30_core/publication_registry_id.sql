-- core.publication_registry_id
-- grain: one row per place in which a record states a trial registry id
-- answers: which trials does the publication say it is about?
create table core.publication_registry_id (
    pmid        varchar not null,
    ordinal     integer not null,
    registry    varchar not null,
    registry_id varchar not null,
    stated_in   varchar not null,
    span_start  integer not null,
    span_end    integer not null,
    quote       varchar not null
);

comment on table core.publication_registry_id is
    'One row per place in which a record states a trial registry id: which trials does the publication say it is about?';
comment on column core.publication_registry_id.pmid is 'PubMed id.';
comment on column core.publication_registry_id.ordinal is 'Place in the list, from 1.';
comment on column core.publication_registry_id.registry is 'Registry that issues such ids.';
comment on column core.publication_registry_id.registry_id is 'Id in normalised spelling.';
comment on column core.publication_registry_id.stated_in is
    'Where it stands: databank, title, abstract or other_abstract.';
comment on column core.publication_registry_id.span_start is 'Offset of the first character in that field.';
comment on column core.publication_registry_id.span_end is 'Offset behind the last character.';
comment on column core.publication_registry_id.quote is 'Id as printed.';
