-- core.correction
-- grain: one row per comment or correction that a record names
-- answers: was the report retracted, corrected, doubted or commented on, and where?
create table core.correction (
    pmid       varchar not null,
    ordinal    integer not null,
    kind       varchar not null,
    other_pmid varchar,
    citation   varchar
);

comment on table core.correction is
    'One row per comment or correction that a record names: was the report retracted, corrected, doubted or commented on, and where?';
comment on column core.correction.pmid is 'PubMed id.';
comment on column core.correction.ordinal is 'Place in the list, from 1.';
comment on column core.correction.kind is
    'Kind as PubMed says it: RetractionIn, ErratumIn, ExpressionOfConcernIn, CommentIn, …';
comment on column core.correction.other_pmid is 'PubMed id of the other record.';
comment on column core.correction.citation is 'Citation of the other record as written.';
