-- core.demographics
-- grain: one row per document that states who was studied
-- answers: how old were the people, and of which sex?
create table core.demographics (
    entity_id                varchar not null,
    source                   varchar not null,
    source_id                varchar not null,
    age_mean                 double,
    age_sd                   double,
    age_median               double,
    age_min                  double,
    age_max                  double,
    is_age_range_eligibility boolean,
    pct_female               double,
    n_female                 integer,
    n_male                   integer,
    failed_treatments_min    double
);

comment on table core.demographics is
    'One row per document that states who was studied: how old were the people, and of which sex?';
comment on column core.demographics.entity_id is 'Id: <source>:<id>/demographics/1.';
comment on column core.demographics.source is 'pubmed or ctgov.';
comment on column core.demographics.source_id is 'PMID or NCT id.';
comment on column core.demographics.age_mean is 'Mean age in years.';
comment on column core.demographics.age_sd is 'Standard deviation of age in years.';
comment on column core.demographics.age_median is 'Median age in years.';
comment on column core.demographics.age_min is 'Lowest age in years.';
comment on column core.demographics.age_max is 'Highest age in years.';
comment on column core.demographics.is_age_range_eligibility is
    'Whether the range states who could take part, not who did.';
comment on column core.demographics.pct_female is 'Share of women in per cent.';
comment on column core.demographics.n_female is 'Number of women.';
comment on column core.demographics.n_male is 'Number of men.';
comment on column core.demographics.failed_treatments_min is 'Least number of failed treatments.';
