-- core.baseline_severity
-- grain: one row per baseline score that a document states
-- answers: how ill were the people at the start?
create table core.baseline_severity (
    entity_id varchar not null,
    source    varchar not null,
    source_id varchar not null,
    scale     varchar not null,
    mean      double not null,
    sd        double
);

comment on table core.baseline_severity is
    'One row per baseline score that a document states: how ill were the people at the start?';
comment on column core.baseline_severity.entity_id is 'Id: <source>:<id>/baseline_severity/<place>.';
comment on column core.baseline_severity.source is 'pubmed or ctgov.';
comment on column core.baseline_severity.source_id is 'PMID or NCT id.';
comment on column core.baseline_severity.scale is 'Rating scale.';
comment on column core.baseline_severity.mean is 'Mean score.';
comment on column core.baseline_severity.sd is 'Standard deviation of the score.';
