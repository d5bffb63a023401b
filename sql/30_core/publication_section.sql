-- core.publication_section
-- grain: one row per section of an abstract
-- answers: which part of the abstract states what?
create table core.publication_section (
    pmid         varchar not null,
    ordinal      integer not null,
    label        varchar,
    nlm_category varchar,
    role         varchar not null,
    span_start   integer not null,
    span_end     integer not null
);

comment on table core.publication_section is
    'One row per section of an abstract: which part of the abstract states what?';
comment on column core.publication_section.pmid is 'PubMed id.';
comment on column core.publication_section.ordinal is 'Place of the section, from 1.';
comment on column core.publication_section.label is 'Label as printed.';
comment on column core.publication_section.nlm_category is 'Category that NLM gives the label.';
comment on column core.publication_section.role is
    'What the section is for: background, methods, results, conclusions, registration or unlabelled.';
comment on column core.publication_section.span_start is 'Offset of the first character in core.publication.abstract.';
comment on column core.publication_section.span_end is 'Offset behind the last character.';
