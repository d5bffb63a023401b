-- core.link
-- grain: one row per statement that joins a publication to a registry id
-- answers: why does this publication belong to this trial?
create table core.link (
    pmid        varchar not null,
    registry_id varchar not null,
    kind        varchar not null,
    source      varchar not null,
    source_id   varchar not null,
    field       varchar not null,
    span_start  integer not null,
    span_end    integer not null,
    quote       varchar not null
);

comment on table core.link is
    'One row per statement that joins a publication to a registry id: why does this publication belong to this trial?';
comment on column core.link.pmid is 'Publication.';
comment on column core.link.registry_id is 'Registry id in normalised spelling.';
comment on column core.link.kind is
    'Kind of evidence: databank, abstract_id, registry_result_reference, registry_derived_reference or secondary_id.';
comment on column core.link.source is 'Record that says so: pubmed or ctgov.';
comment on column core.link.source_id is 'PMID or NCT id of that record.';
comment on column core.link.field is 'Field or JSON pointer in that record.';
comment on column core.link.span_start is 'Offset of the first character.';
comment on column core.link.span_end is 'Offset behind the last character.';
comment on column core.link.quote is 'Text that stands there.';
