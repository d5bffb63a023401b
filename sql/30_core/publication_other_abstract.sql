-- core.publication_other_abstract
-- grain: one row per further abstract of a record
-- answers: what do abstracts in other languages or plain language say?
create table core.publication_other_abstract (
    pmid     varchar not null,
    ordinal  integer not null,
    kind     varchar,
    language varchar,
    abstract varchar not null
);

comment on table core.publication_other_abstract is
    'One row per further abstract of a record: what do abstracts in other languages or plain language say?';
comment on column core.publication_other_abstract.pmid is 'PubMed id.';
comment on column core.publication_other_abstract.ordinal is 'Place of the abstract, from 1.';
comment on column core.publication_other_abstract.kind is
    'Kind as the record says: plain-language-summary, Publisher, …';
comment on column core.publication_other_abstract.language is 'Language, MEDLINE code.';
comment on column core.publication_other_abstract.abstract is 'Text of the abstract.';
