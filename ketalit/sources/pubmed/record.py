"""One PubMed record, read: the children of each element once, in whatever order they stand.

Children are taken as slices (`element[:]`), which lxml makes faster than it iterates: a twentieth of the whole.

The tables at the end follow the document type of PubMed (2025): each maps the children of one element to the function
that reads them. A child in no table is counted as an unknown element, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree
from msgspec import Struct, field

from ketalit.model.dates import PartialDate
from ketalit.model.publication import Author, Correction, MeshHeading, OtherAbstract
from ketalit.sources import dates

TEXT_LIMIT: Final = 1_000_000
"""Characters in one field: hundred times the longest abstract, far below what could hurt."""
DEPTH_LIMIT: Final = 64
"""Levels of markup inside a text; libxml2 itself stops at 256 levels in all."""


class BeyondLimits(Exception):
    """The record breaks a limit; becomes DocumentUnreadable where the PMID is known."""


class Draft(Struct):
    """What has been read of a record so far."""

    pmid: str = ""
    version: int = 1
    status: str | None = None
    title: str = ""
    vernacular_title: str | None = None
    sections: list[tuple[str | None, str | None, str]] = field(default_factory=list)
    other_abstracts: list[OtherAbstract] = field(default_factory=list)
    journal: str | None = None
    journal_abbreviation: str | None = None
    medline_journal: str | None = None
    issn: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    issue_date: PartialDate | None = None
    article_date: PartialDate | None = None
    history: dict[str, PartialDate] = field(default_factory=dict)
    revised: PartialDate | None = None
    languages: list[str] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    book_authors: list[Author] = field(default_factory=list)
    authors_complete: bool = True
    publication_types: list[str] = field(default_factory=list)
    mesh: list[MeshHeading] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    article_ids: dict[str, str] = field(default_factory=dict)
    electronic_doi: str | None = None
    accessions: list[str] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)


Reader = Callable[[Draft, etree._Element], None]


def read_record(root: etree._Element) -> Draft:
    """All that a PubmedArticle or PubmedBookArticle states, as it is written. BeyondLimits when a text is absurd."""
    draft = Draft()
    _RECORD(draft, root)
    return draft


# ---- reading elements


def _inside(readers: Mapping[str, Reader]) -> Reader:
    """The reader of an element that only holds others: it hands each child to the reader of its name."""

    def read(draft: Draft, element: etree._Element) -> None:
        for child in element[:]:
            try:
                reader = readers[child.tag]
            except KeyError:
                draft.unknown.add(etree.QName(child).localname)
            else:
                reader(draft, child)

    return read


def _ignore(draft: Draft, element: etree._Element) -> None:
    """Known, and not needed."""


def _text(element: etree._Element) -> str:
    """The text of an element with that of its inline markup (i, b, sub, sup, MathML), white space as it stands."""
    if len(element) == 0:
        text = element.text or ""
    else:
        _check_depth(element)
        text = "".join(element.itertext())
    if len(text) > TEXT_LIMIT:
        raise BeyondLimits(f"{element.tag} is {len(text):,} characters long, more than any text of a publication")
    return text


def _check_depth(element: etree._Element) -> None:
    level = [element]
    for _ in range(DEPTH_LIMIT):
        level = [child for parent in level for child in parent]
        if not level:
            return
    raise BeyondLimits(f"{element.tag} holds more than {DEPTH_LIMIT} levels of markup")


def _leaf(element: etree._Element) -> str | None:
    """The trimmed text of an element that holds a code, a name or a number; None when it is empty."""
    text = element.text
    if text is None or len(element) or len(text) > TEXT_LIMIT:
        text = _text(element)
    return text.strip() or None


def _into(name: str) -> Reader:
    """The reader that keeps a leaf as the attribute `name` of the draft."""
    return lambda draft, element: setattr(draft, name, _leaf(element))


def _date(element: etree._Element) -> PartialDate | None:
    """Year, Month, Day, Season or MedlineDate as a date of just that precision; Hour and Minute are left out."""
    parts = {child.tag: child.text or "" for child in element[:]}
    if "MedlineDate" in parts:
        return dates.of_medline_date(parts["MedlineDate"].strip())
    year = parts.get("Year", "")
    if "Season" in parts:
        return dates.of_season(year.strip(), parts["Season"].strip())
    return dates.of_words(year, parts.get("Month", ""), parts.get("Day", ""))


def _date_into(name: str) -> Reader:
    return lambda draft, element: setattr(draft, name, _date(element))


# ---- readers of single elements


def _pmid(draft: Draft, element: etree._Element) -> None:
    draft.pmid = _leaf(element) or ""
    version = element.get("Version", "1")
    draft.version = int(version) if version.isdecimal() and len(version) < 5 else 1


def _citation(draft: Draft, element: etree._Element) -> None:
    draft.status = element.get("Status")
    _CITATION(draft, element)


def _title(draft: Draft, element: etree._Element) -> None:
    draft.title = _text(element)


def _book_title(draft: Draft, element: etree._Element) -> None:
    draft.journal = _text(element)


def _vernacular_title(draft: Draft, element: etree._Element) -> None:
    draft.vernacular_title = _text(element) or None


def _section(draft: Draft, element: etree._Element) -> None:
    draft.sections.append((element.get("Label"), element.get("NlmCategory"), _text(element)))


def _other_abstract(draft: Draft, element: etree._Element) -> None:
    text = "\n".join(_text(child) for child in element[:] if child.tag == "AbstractText")
    draft.other_abstracts.append(OtherAbstract(element.get("Type"), element.get("Language"), text))


def _issn(draft: Draft, element: etree._Element) -> None:
    draft.issn = draft.issn or _leaf(element)


def _pages(draft: Draft, element: etree._Element) -> None:
    parts = {child.tag: _leaf(child) for child in element[:]}
    ends = [part for part in (parts.get("StartPage"), parts.get("EndPage")) if part]
    draft.pages = parts.get("MedlinePgn") or "-".join(ends) or None


def _language(draft: Draft, element: etree._Element) -> None:
    language = _leaf(element)
    if language:
        draft.languages.append(language)


def _author_list(draft: Draft, element: etree._Element) -> None:
    """The authors of the article; editors of a book are not its authors."""
    if element.get("Type") != "editors":
        draft.authors_complete = element.get("CompleteYN") != "N"
        draft.authors.extend(_authors(draft, element))


def _book_author_list(draft: Draft, element: etree._Element) -> None:
    if element.get("Type") != "editors":
        draft.book_authors.extend(_authors(draft, element))


def _authors(draft: Draft, element: etree._Element) -> Iterator[Author]:
    for child in element[:]:
        if child.tag == "Author":
            yield _author(draft, child)
        else:
            draft.unknown.add(str(child.tag))


def _author(draft: Draft, element: etree._Element) -> Author:
    parts: dict[str, str | None] = {}
    orcid = None
    affiliations: list[str] = []
    for child in element[:]:
        tag = child.tag
        if tag in _AUTHOR_PARTS:
            parts[tag] = _leaf(child)
        elif tag == "AffiliationInfo":
            affiliations += [text for part in child[:] if part.tag == "Affiliation" and (text := _leaf(part))]
        elif tag == "Identifier":
            orcid = _leaf(child) if child.get("Source") == "ORCID" else orcid
        else:
            draft.unknown.add(str(tag))
    get = parts.get
    names = get("LastName"), get("ForeName"), get("Initials"), get("Suffix"), get("CollectiveName")
    return Author(*names, orcid, tuple(affiliations))


def _publication_type(draft: Draft, element: etree._Element) -> None:
    kind = _leaf(element)
    if kind:
        draft.publication_types.append(kind)


def _mesh_heading(draft: Draft, element: etree._Element) -> None:
    descriptor, ui, major = "", None, False
    qualifiers = []
    for child in element[:]:
        tag = child.tag
        major = major or child.get("MajorTopicYN") == "Y"
        if tag == "DescriptorName":
            descriptor, ui = _leaf(child) or "", child.get("UI")
        elif tag == "QualifierName":
            qualifiers.append(_leaf(child) or "")
        else:
            draft.unknown.add(str(tag))
    draft.mesh.append(MeshHeading(descriptor, ui, major, tuple(qualifiers)))


def _keyword(draft: Draft, element: etree._Element) -> None:
    keyword = _leaf(element)
    if keyword:
        draft.keywords.append(keyword)


def _article_id(draft: Draft, element: etree._Element) -> None:
    kind = element.get("IdType", "")
    if kind in ARTICLE_IDS:
        draft.article_ids.setdefault(kind, _leaf(element) or "")


def _electronic_id(draft: Draft, element: etree._Element) -> None:
    if element.get("EIdType") == "doi" and element.get("ValidYN") != "N":
        draft.electronic_doi = draft.electronic_doi or _leaf(element)


def _history_date(draft: Draft, element: etree._Element) -> None:
    status = element.get("PubStatus", "")
    if status in HISTORY and "entrez" not in draft.history:
        date = _date(element)
        if date is not None:
            draft.history.setdefault(status, date)


def _accession(draft: Draft, element: etree._Element) -> None:
    draft.accessions.append(_text(element))


def _correction(draft: Draft, element: etree._Element) -> None:
    """A comment, correction, retraction, …; works that it merely cites (`Cites`, in old records) are none."""
    kind = element.get("RefType", "")
    if kind != "Cites":
        parts = {child.tag: _leaf(child) for child in element[:]}
        draft.corrections.append(Correction(kind, parts.get("PMID"), parts.get("RefSource")))


# ---- which child is read by what


HISTORY: Final = frozenset(("entrez", "pubmed"))
"""The dates of the history that tell when a record was added; the first of them is taken before the other."""

ARTICLE_IDS: Final = frozenset(("doi", "pmc"))
"""The ids of an article that are kept; its PMID stands elsewhere."""

_AUTHOR_PARTS: Final = frozenset(("LastName", "ForeName", "Initials", "Suffix", "CollectiveName"))


def _ignored(*names: str) -> dict[str, Reader]:
    return dict.fromkeys(names, _ignore)


_ABSTRACT: Final = _inside({"AbstractText": _section, **_ignored("CopyrightInformation")})

_ARTICLE_IDS: Final = _inside({"ArticleId": _article_id})
_KEYWORDS: Final = _inside({"Keyword": _keyword})

_ISSUE: Final = _inside(
    {
        "Volume": _into("volume"),
        "Issue": _into("issue"),
        "PubDate": _date_into("issue_date"),
    }
)

_JOURNAL: Final = _inside(
    {
        "ISSN": _issn,
        "JournalIssue": _ISSUE,
        "Title": _into("journal"),
        "ISOAbbreviation": _into("journal_abbreviation"),
    }
)

_DATA_BANK: Final = _inside(
    {
        "AccessionNumberList": _inside({"AccessionNumber": _accession}),
        **_ignored("DataBankName"),
    }
)

_ARTICLE: Final = _inside(
    {
        "Journal": _JOURNAL,
        "ArticleTitle": _title,
        "Pagination": _pages,
        "ELocationID": _electronic_id,
        "Abstract": _ABSTRACT,
        "AuthorList": _author_list,
        "Language": _language,
        "DataBankList": _inside({"DataBank": _DATA_BANK}),
        "PublicationTypeList": _inside({"PublicationType": _publication_type}),
        "VernacularTitle": _vernacular_title,
        "ArticleDate": _date_into("article_date"),
        **_ignored("GrantList"),
    }
)

_CITATION: Final = _inside(
    {
        "PMID": _pmid,
        "DateRevised": _date_into("revised"),
        "Article": _ARTICLE,
        "MedlineJournalInfo": _inside(
            {"MedlineTA": _into("medline_journal"), **_ignored("Country", "NlmUniqueID", "ISSNLinking")}
        ),
        "CommentsCorrectionsList": _inside({"CommentsCorrections": _correction}),
        "MeshHeadingList": _inside({"MeshHeading": _mesh_heading}),
        "OtherAbstract": _other_abstract,
        "KeywordList": _KEYWORDS,
        **_ignored("DateCompleted", "ChemicalList", "SupplMeshList", "CitationSubset", "GeneSymbolList"),
        **_ignored("NumberOfReferences", "PersonalNameSubjectList", "OtherID", "CoiStatement", "SpaceFlightMission"),
        **_ignored("InvestigatorList", "GeneralNote", "DateCreated"),
    }
)

_DATA: Final = _inside(
    {
        "History": _inside({"PubMedPubDate": _history_date}),
        "ArticleIdList": _ARTICLE_IDS,
        **_ignored("PublicationStatus", "ObjectList", "ReferenceList"),
    }
)

_BOOK: Final = _inside(
    {
        "BookTitle": _book_title,
        "PubDate": _date_into("issue_date"),
        "AuthorList": _book_author_list,
        "Volume": _into("volume"),
        "ELocationID": _electronic_id,
        **_ignored("Publisher", "BeginningDate", "EndingDate", "InvestigatorList", "VolumeTitle", "Edition"),
        **_ignored("CollectionTitle", "Isbn", "Medium", "ReportNumber"),
    }
)

_BOOK_DOCUMENT: Final = _inside(
    {
        "PMID": _pmid,
        "ArticleIdList": _ARTICLE_IDS,
        "Book": _BOOK,
        "ArticleTitle": _title,
        "VernacularTitle": _vernacular_title,
        "Pagination": _pages,
        "Language": _language,
        "AuthorList": _author_list,
        "PublicationType": _publication_type,
        "Abstract": _ABSTRACT,
        "KeywordList": _KEYWORDS,
        "ContributionDate": _date_into("article_date"),
        "DateRevised": _date_into("revised"),
        **_ignored("LocationLabel", "InvestigatorList", "Sections", "CitationString", "GrantList", "ItemList"),
        **_ignored("ReferenceList"),
    }
)

_RECORD: Final = _inside(
    {
        "MedlineCitation": _citation,
        "PubmedData": _DATA,
        "BookDocument": _BOOK_DOCUMENT,
        "PubmedBookData": _DATA,
    }
)
