-- core.comparator
-- grain: one row per comparator that a document names
-- answers: with what was the drug compared?
create table core.comparator (
    entity_id  varchar not null,
    source     varchar not null,
    source_id  varchar not null,
    comparator varchar not null
);

comment on table core.comparator is
    'One row per comparator that a document names: with what was the drug compared?';
comment on column core.comparator.entity_id is 'Id: <source>:<id>/comparator/<place>.';
comment on column core.comparator.source is 'pubmed or ctgov.';
comment on column core.comparator.source_id is 'PMID or NCT id.';
comment on column core.comparator.comparator is
    'placebo, midazolam, ect, remifentanil, fentanyl, other_anaesthetic, active_other, standard_care, waitlist, ketamine_other or none.';
