-- core.listed_statement
-- grain: one row per entry of a list of retractions on a publication that we hold
-- answers: what does a list besides PubMed say of our publications?
create table core.listed_statement (
    list        varchar not null,
    record_id   varchar not null,
    pmid        varchar,
    doi         varchar,
    nature      varchar not null,
    stated_on   date,
    notice_pmid varchar,
    notice_doi  varchar,
    reasons     varchar,
    file        varchar not null,
    sha256      varchar not null
);

comment on table core.listed_statement is
    'One row per entry of a list of retractions on a publication that we hold: what does a list besides PubMed say? Empty when none was given.';
comment on column core.listed_statement.list is 'Name of the list: retraction_watch.';
comment on column core.listed_statement.record_id is 'Id of the entry in the list.';
comment on column core.listed_statement.pmid is 'PubMed id of the publication, as the list gives it.';
comment on column core.listed_statement.doi is 'DOI of the publication, as the list gives it, in lower case.';
comment on column core.listed_statement.nature is 'Retraction, Expression of concern, Correction or Reinstatement.';
comment on column core.listed_statement.stated_on is 'Date of the notice.';
comment on column core.listed_statement.notice_pmid is 'PubMed id of the notice.';
comment on column core.listed_statement.notice_doi is 'DOI of the notice, in lower case.';
comment on column core.listed_statement.reasons is 'Reasons in the words of the list.';
comment on column core.listed_statement.file is 'Name of the file that was read.';
comment on column core.listed_statement.sha256 is 'Digest of that file, hexadecimal.';
