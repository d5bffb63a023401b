-- core.judgement
-- grain: one row per document that was read
-- answers: is this a clinical report on (es/ar)ketamine given for depression?
create table core.judgement (
    entity_id   varchar not null,
    source      varchar not null,
    source_id   varchar not null,
    is_included boolean not null,
    is_doubtful boolean not null,
    reason      varchar not null
);

comment on table core.judgement is
    'One row per document that was read: is this a clinical report on (es/ar)ketamine given for depression?';
comment on column core.judgement.entity_id is 'Id: <source>:<id>/judgement/1.';
comment on column core.judgement.source is 'pubmed or ctgov.';
comment on column core.judgement.source_id is 'PMID or NCT id.';
comment on column core.judgement.is_included is 'Whether the rules include the document.';
comment on column core.judgement.is_doubtful is 'Whether a human should look.';
comment on column core.judgement.reason is 'Why, in a few words.';
