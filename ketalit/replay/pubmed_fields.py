"""The search fields of PubMed: their names, their tags, and what of a record each of them holds.

After the PubMed User Guide, section "Search field tags". Not held, and refused: affiliation, grants, investigators,
place of publication, full text filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from msgspec import Struct

from ketalit.model.dates import PartialDate
from ketalit.model.publication import Author, Publication

LANGUAGE_NAMES = {
    "chi": "chinese",
    "dut": "dutch",
    "eng": "english",
    "fre": "french",
    "ger": "german",
    "heb": "hebrew",
    "hun": "hungarian",
    "ita": "italian",
    "jpn": "japanese",
    "kor": "korean",
    "nor": "norwegian",
    "per": "persian",
    "pol": "polish",
    "por": "portuguese",
    "rus": "russian",
    "spa": "spanish",
    "swe": "swedish",
    "tur": "turkish",
}
"""MEDLINE's language codes and the names that may be searched for as well."""

NARROWER = {
    "bipolar disorder": ("cyclothymic disorder",),
    "clinical study": ("case reports", "clinical trial", "observational study"),
    "clinical trial": (
        "adaptive clinical trial",
        "clinical trial phase i",
        "clinical trial phase ii",
        "clinical trial phase iii",
        "clinical trial phase iv",
        "controlled clinical trial",
    ),
    "controlled clinical trial": ("randomized controlled trial",),
    "depressive disorder": (
        "depression postpartum",
        "depressive disorder major",
        "depressive disorder treatment resistant",
        "dysthymic disorder",
        "premenstrual dysphoric disorder",
        "seasonal affective disorder",
    ),
    "mood disorders": ("bipolar disorder", "depressive disorder"),
    "randomized controlled trial": ("equivalence trial", "pragmatic clinical trial"),
    "self injurious behavior": ("self mutilation", "suicide"),
    "suicide": ("suicidal ideation", "suicide assisted", "suicide attempted", "suicide completed"),
}
"""Headings and publication types that stand under another in the MeSH trees F03.600, F03.084, F01.145.126.980 and V03,
as far as this project searches them. Any other heading is searched as it stands: its tree is not known here."""


class Match(Enum):
    """How a field is compared."""

    WORDS = "words in a row"
    VALUE = "the whole value"
    HEADING = "the whole value, or one that stands under it in the tree"
    AUTHOR = "last name and initials, the initials cut short at will"
    DATE = "a day, month or year, or a range of them"


class Article(Struct, frozen=True, gc=False):
    """A publication with the one thing of its record that the model does not keep but PubMed searches."""

    publication: Publication
    substances: tuple[str, ...] = ()
    """Names of substances and supplementary concepts."""


class SearchField(Struct, frozen=True):
    """One field: its official name, the tags that select it, how it is compared, and what it holds of an article."""

    name: str
    tags: tuple[str, ...]
    match: Match
    values: Callable[[Article], Iterable[str]]
    known: frozenset[str] | None = None
    """The only words that can be evaluated in this field, where PubMed knows more than a record tells."""


def _title(article: Article) -> Iterator[str]:
    yield article.publication.title
    if article.publication.vernacular_title:
        yield article.publication.vernacular_title


def _abstract(article: Article) -> Iterator[str]:
    yield article.publication.abstract
    yield from (other.text for other in article.publication.other_abstracts)


def _title_and_abstract(article: Article) -> Iterator[str]:
    yield from _title(article)
    yield from _abstract(article)
    yield from article.publication.keywords


def _text_words(article: Article) -> Iterator[str]:
    yield from _title_and_abstract(article)
    yield from _headings(article)
    yield from _qualifiers(article)
    yield from article.publication.publication_types
    yield from article.substances
    yield from _databank_ids(article)


def _all_fields(article: Article) -> Iterator[str]:
    yield from _text_words(article)
    yield from _journal(article)
    yield from _authors(article)
    yield from _languages(article)
    yield article.publication.pmid


def _headings(article: Article) -> Iterator[str]:
    for heading in article.publication.mesh:
        yield heading.descriptor
        yield from (f"{heading.descriptor}/{qualifier}" for qualifier in heading.qualifiers)


def _major_headings(article: Article) -> Iterator[str]:
    return (heading.descriptor for heading in article.publication.mesh if heading.is_major)


def _qualifiers(article: Article) -> Iterator[str]:
    return (qualifier for heading in article.publication.mesh for qualifier in heading.qualifiers)


def _journal(article: Article) -> Iterator[str]:
    publication = article.publication
    return (name for name in (publication.journal, publication.journal_abbreviation, publication.issn) if name)


def _authors(article: Article) -> Iterator[str]:
    return (_author_name(author) for author in article.publication.authors)


def _author_name(author: Author) -> str:
    return author.collective_name or f"{author.last_name or ''} {author.initials or ''}"


def _languages(article: Article) -> Iterator[str]:
    for code in article.publication.languages:
        yield code
        yield LANGUAGE_NAMES.get(code, code)


def _databank_ids(article: Article) -> Iterator[str]:
    for stated in article.publication.registry_ids:
        if stated.where == "databank":
            yield stated.registry_id
            yield f"{stated.registry}/{stated.registry_id}"


def _filters(article: Article) -> Iterator[str]:
    yield "all"
    yield (article.publication.status or "").replace("-", "")
    if article.publication.abstract:
        yield "hasabstract"


def _first_day(date: PartialDate | None) -> tuple[str, ...]:
    """PubMed files a date without a day under the first of its month, and one without a month under January."""
    return (date.earliest,) if date and date.earliest else ()


ALL_FIELDS = SearchField("All Fields", ("all", "all fields"), Match.WORDS, _all_fields)

FILTER = SearchField(
    "Filter",
    ("sb", "filter", "subset"),
    Match.VALUE,
    _filters,
    frozenset({"all", "hasabstract", "medline", "publisher", "inprocess", "indatareview", "pubmednotmedline"}),
)

FIELDS = (
    ALL_FIELDS,
    FILTER,
    SearchField("Title/Abstract", ("tiab", "title/abstract"), Match.WORDS, _title_and_abstract),
    SearchField("Title", ("ti", "title"), Match.WORDS, _title),
    SearchField("Abstract", ("ab", "abstract"), Match.WORDS, _abstract),
    SearchField("Text Word", ("tw", "text word"), Match.WORDS, _text_words),
    SearchField("Other Term", ("ot", "other term"), Match.WORDS, lambda a: a.publication.keywords),
    SearchField("MeSH Terms", ("mh", "mesh", "mesh terms"), Match.HEADING, _headings),
    SearchField("MeSH Terms:noexp", ("mh:noexp", "mesh:noexp", "mesh terms:noexp"), Match.VALUE, _headings),
    SearchField("MeSH Major Topic", ("majr", "mesh major topic"), Match.HEADING, _major_headings),
    SearchField("MeSH Major Topic:noexp", ("majr:noexp", "mesh major topic:noexp"), Match.VALUE, _major_headings),
    SearchField("MeSH Subheading", ("sh", "subheading", "mesh subheading"), Match.VALUE, _qualifiers),
    SearchField(
        "Publication Type", ("pt", "publication type"), Match.HEADING, lambda a: a.publication.publication_types
    ),
    SearchField(
        "Supplementary Concept", ("nm", "substance name", "supplementary concept"), Match.VALUE, lambda a: a.substances
    ),
    SearchField("Language", ("la", "language"), Match.VALUE, _languages),
    SearchField("Author", ("au", "author"), Match.AUTHOR, _authors),
    SearchField("Journal", ("ta", "jour", "journal"), Match.VALUE, _journal),
    SearchField("PMID", ("pmid", "uid"), Match.VALUE, lambda a: (a.publication.pmid,)),
    SearchField("Secondary Source ID", ("si", "secondary source id"), Match.VALUE, _databank_ids),
    SearchField(
        "Date - Publication",
        ("dp", "pdat", "publication date", "date - publication"),
        Match.DATE,
        lambda a: _first_day(a.publication.published),
    ),
    # The model keeps one date of addition: the create date and the Entrez date, which differ for records that were
    # added more than a year after publication, are the same here.
    SearchField(
        "Date - Create",
        ("crdt", "create date", "date - create"),
        Match.DATE,
        lambda a: _first_day(a.publication.created),
    ),
    SearchField(
        "Date - Entry", ("edat", "entry date", "date - entry"), Match.DATE, lambda a: _first_day(a.publication.created)
    ),
    SearchField(
        "Date - Modification",
        ("mdat", "lr", "modification date", "date - modification"),
        Match.DATE,
        lambda a: _first_day(a.publication.revised),
    ),
)

FIELD_OF_TAG = {tag: field for field in FIELDS for tag in field.tags}
FIELD_NAMED = {field.name: field for field in FIELDS}


def narrower(heading: str) -> Iterator[str]:
    """Yield a heading and every known one under it, each as its words joined with spaces."""
    yield heading
    for child in NARROWER.get(heading, ()):
        yield from narrower(child)
