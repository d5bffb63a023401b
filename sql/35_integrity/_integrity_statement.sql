-- bridge._integrity_statement
-- grain: one row per statement on whether a publication stands
-- reads: core.publication, core.publication_type, core.correction, core.listed_statement, ref.integrity_statement
-- answers: which publications were retracted, corrected, doubted or replaced, which record says so, and what decides?
-- A retraction may stand in the record of the article, in that of the notice, or in both: PubMed links the two at
-- different times, and we may hold one and not the other. So each side is asked, anew in every build: a mark that PubMed
-- takes back is gone. A table: every evidence view rests on it.
create table bridge._integrity_statement as
with own_words as (
    select correction.*, known.integrity, known.borne_by
    from core.correction
    join ref.integrity_statement as known on known.statement = correction.kind
    -- a publisher may put the notice in the place of the article: then the record names itself
    where known.borne_by = 'report' or coalesce(correction.other_pmid, '') != correction.pmid
),

-- an article that PubMed names by its citation only is found by the DOI in it
by_doi as (
    select lower(doi) as doi, min(pmid) as pmid
    from core.publication
    where doi is not null
    group by all
    having count(*) = 1
),

marks as (
    -- the record of the report
    select pmid, 'pubmed' as said_in, pmid as said_by, kind as statement, integrity, other_pmid as notice_pmid, citation
    from own_words
    where borne_by = 'report'
    union
    select publication_type.pmid, 'pubmed', publication_type.pmid, publication_type, known.integrity, null, null
    from core.publication_type
    join ref.integrity_statement as known on known.statement = publication_type.publication_type
    union
    -- the record of the notice, reprint or later version
    select coalesce(words.other_pmid, by_doi.pmid), 'pubmed', words.pmid, words.kind, words.integrity, words.pmid, null
    from own_words as words
    left join by_doi
        on words.other_pmid is null and by_doi.doi = rtrim(lower(regexp_extract(words.citation, '10\.\d{4,9}/\S+')), '.')
        and by_doi.pmid != words.pmid
    where words.borne_by = 'notice' and coalesce(words.other_pmid, by_doi.pmid) is not null
    union
    -- a list besides PubMed
    select coalesce(held.pmid, by_doi.pmid), listed.list, listed.record_id, listed.nature, known.integrity,
        listed.notice_pmid, listed.notice_doi
    from core.listed_statement as listed
    join ref.integrity_statement as known on known.statement = listed.nature and known.borne_by = 'list'
    left join core.publication as held on held.pmid = listed.pmid
    left join by_doi on by_doi.doi = listed.doi
    where coalesce(held.pmid, by_doi.pmid) is not null
),

-- what the list takes back
reinstated as (
    select coalesce(held.pmid, by_doi.pmid) as pmid, listed.list, max(coalesce(listed.stated_on, 'infinity'::date)) as stated_on
    from core.listed_statement as listed
    left join core.publication as held on held.pmid = listed.pmid
    left join by_doi on by_doi.doi = listed.doi
    where listed.nature = 'Reinstatement'
    group by all
),

-- what the record as a whole says, where it bears no such mark: its title, for example
whole as (
    select pmid, 'pubmed' as said_in, pmid as said_by, 'its own record' as statement, integrity, null as notice_pmid, null as citation
    from core.publication
    anti join marks on marks.pmid = publication.pmid and marks.said_in = 'pubmed' and marks.said_by = publication.pmid
        and marks.integrity = publication.integrity
    where integrity not in ('current', 'notice')
),

-- a record that is itself a notice, by its own marks or because an article names it as its retraction
notices as (
    select
        publication.pmid,
        'pubmed' as said_in,
        publication.pmid as said_by,
        coalesce(min(words.kind), 'its own record') as statement,
        'notice' as integrity,
        min(words.other_pmid) as notice_pmid,
        min(words.citation) as citation
    from core.publication
    left join own_words as words on words.pmid = publication.pmid and words.borne_by = 'notice'
    where publication.integrity = 'notice'
    group by publication.pmid
    union all
    select words.other_pmid, 'pubmed', min(words.pmid), min(words.kind), 'notice', min(words.pmid), null
    from own_words as words
    join core.publication on publication.pmid = words.other_pmid and publication.integrity != 'notice'
    -- an article that was republished may be named in the same breath
    anti join core.correction as reprint on reprint.pmid = words.other_pmid and reprint.kind like '%epublishedFrom'
    where words.kind in ('RetractionIn', 'PartialRetractionIn', 'ExpressionOfConcernIn') and words.other_pmid != words.pmid
    group by words.other_pmid
),

-- a notice that was itself retracted retracts nothing
void_notices as (
    select marks.pmid, min(marks.said_by) as said_by
    from marks
    semi join notices using (pmid)
    where marks.integrity = 'retracted'
    group by marks.pmid
),

statements as (
    select * from marks
    union all
    select * from whole
    union all
    select * from notices
),

judged as (
    select
        statements.*,
        notices.pmid is not null as is_notice,
        case
            when statements.integrity = 'notice' then null
            when void_notices.pmid is not null then 'the notice was itself retracted'
            when reinstated.pmid is not null then 'the list says that the report was reinstated'
        end as void_because
    from statements
    left join notices on notices.pmid = statements.pmid
    left join void_notices on void_notices.pmid = statements.notice_pmid
    left join core.listed_statement as entry
        on entry.list = statements.said_in and entry.record_id = statements.said_by and entry.nature = statements.statement
    left join reinstated
        on reinstated.pmid = statements.pmid and reinstated.list = statements.said_in
        and coalesce(entry.stated_on <= reinstated.stated_on, true)
)

select
    pmid,
    said_in,
    said_by,
    statement,
    integrity,
    notice_pmid,
    citation,
    void_because,
    is_notice,
    -- the gravest decides; what only the other side says is as good as what the report's own record says
    void_because is null and row_number() over (
        partition by pmid
        order by
            void_because is not null,
            list_position(
                ['notice', 'retracted', 'expression_of_concern', 'duplicate', 'corrected', 'updated'], integrity
            ),
            said_in != 'pubmed',
            notice_pmid is null and citation is null,
            said_by != pmid,
            statement,
            notice_pmid,
            citation,
            said_by
    ) = 1 as is_deciding
from judged;

comment on table bridge._integrity_statement is
    'One row per statement on whether a publication stands: what was retracted, corrected, doubted or replaced, which record says so, and what decides?';
comment on column bridge._integrity_statement.pmid is 'Publication that the statement is about; the release may not hold it.';
comment on column bridge._integrity_statement.said_in is 'pubmed, or the name of a list of retractions.';
comment on column bridge._integrity_statement.said_by is 'Record that says so: of PubMed the publication itself, the notice or a later version; of a list its entry.';
comment on column bridge._integrity_statement.statement is 'Mark of ref.integrity_statement; its own record, where the title or type of the record says so.';
comment on column bridge._integrity_statement.integrity is 'What it says: retracted, expression_of_concern, duplicate, corrected, updated, or notice for a record that is itself a notice.';
comment on column bridge._integrity_statement.notice_pmid is 'PubMed id of the notice or later version; of a notice, the article that it is about; NULL when the mark names none.';
comment on column bridge._integrity_statement.citation is 'Citation of that record as written, or its DOI; NULL where the record itself is cited.';
comment on column bridge._integrity_statement.void_because is 'Why the statement no longer counts; NULL when it does.';
comment on column bridge._integrity_statement.is_notice is 'Whether the publication is itself a notice.';
comment on column bridge._integrity_statement.is_deciding is 'Whether this is the statement that gives the publication its standing: the gravest that is not void.';
