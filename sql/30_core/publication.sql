-- core.publication
-- grain: one row per PubMed record
-- answers: what does the bibliographic record state?
create table core.publication (
    pmid                    varchar not null,
    version                 integer not null,
    is_book                 boolean not null,
    title                   varchar not null,
    vernacular_title        varchar,
    abstract                varchar not null,
    journal                 varchar,
    journal_abbreviation    varchar,
    issn                    varchar,
    volume                  varchar,
    issue                   varchar,
    pages                   varchar,
    published_text          varchar not null,
    published_precision     varchar not null,
    published_earliest      date,
    published_latest        date,
    created_earliest        date,
    revised_earliest        date,
    languages               varchar[] not null,
    is_author_list_complete boolean not null,
    keywords                varchar[] not null,
    doi                     varchar,
    pmcid                   varchar,
    integrity               varchar not null,
    medline_status          varchar,
    unknown_elements        varchar[] not null
);

comment on table core.publication is
    'One row per PubMed record: what does the bibliographic record state?';
comment on column core.publication.pmid is 'PubMed id.';
comment on column core.publication.version is 'Version of the PubMed record.';
comment on column core.publication.is_book is 'Whether the record is a book or a chapter.';
comment on column core.publication.title is 'Title as plain text, inline markup kept as its text.';
comment on column core.publication.vernacular_title is 'Title in the language of the article.';
comment on column core.publication.abstract is
    'Abstract as plain text, sections joined by a line break; empty when the record has none. All offsets count its characters.';
comment on column core.publication.journal is 'Journal title.';
comment on column core.publication.journal_abbreviation is 'Journal title as MEDLINE abbreviates it.';
comment on column core.publication.issn is 'ISSN of the journal.';
comment on column core.publication.volume is 'Volume.';
comment on column core.publication.issue is 'Issue.';
comment on column core.publication.pages is 'Pages as written.';
comment on column core.publication.published_text is 'Date of publication as written.';
comment on column core.publication.published_precision is
    'How much of the date the record states: day, month, season, range, year or unknown.';
comment on column core.publication.published_earliest is 'First day that the stated date may mean.';
comment on column core.publication.published_latest is 'Last day that the stated date may mean.';
comment on column core.publication.created_earliest is 'First day that the record may have entered PubMed.';
comment on column core.publication.revised_earliest is 'Day on which the record was last changed.';
comment on column core.publication.languages is 'Languages of the article, MEDLINE codes.';
comment on column core.publication.is_author_list_complete is 'Whether the record says that it lists every author.';
comment on column core.publication.keywords is 'Keywords of authors and indexers.';
comment on column core.publication.doi is 'DOI of the article itself.';
comment on column core.publication.pmcid is 'PubMed Central id of the article itself.';
comment on column core.publication.integrity is
    'Whether the report stands: current, corrected, expression_of_concern, retracted; notice when the record is itself such a notice.';
comment on column core.publication.medline_status is 'Indexing status: MEDLINE, PubMed-not-MEDLINE, Publisher, …';
comment on column core.publication.unknown_elements is
    'XML elements that this version does not know: drift of the format, counted and never dropped in silence.';
