"""Publications: what one PubMed record states."""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.dates import PartialDate
from ketalit.vocabulary import Integrity, SectionRole


class Section(Struct, frozen=True, gc=False):
    """One section of an abstract: `abstract[start:end]` is its text, without its label."""

    label: str | None
    nlm_category: str | None
    role: SectionRole
    start: int
    end: int


class OtherAbstract(Struct, frozen=True, gc=False):
    """An abstract in another language or of another kind (plain language, publisher)."""

    kind: str | None
    language: str | None
    text: str


class Author(Struct, frozen=True, gc=False):
    """One author as printed; a group has only `collective_name`."""

    last_name: str | None
    fore_name: str | None
    initials: str | None
    suffix: str | None
    collective_name: str | None
    orcid: str | None
    affiliations: tuple[str, ...] = ()


class MeshHeading(Struct, frozen=True, gc=False):
    """A Medical Subject Heading with its qualifiers; a major topic of the article is marked."""

    descriptor: str
    ui: str | None
    is_major: bool
    qualifiers: tuple[str, ...]


class StatedRegistryId(Struct, frozen=True, gc=False):
    """A trial registry id that the record states, with the place where it stands.

    `registry_id` is normalised (upper case, the registry's own hyphens); `quote` is what is printed. `where` is
    `databank`, `title`, `abstract` or `other_abstract`; for the latter three `field[start:end] == quote`.
    """

    registry: str
    registry_id: str
    where: str
    start: int
    end: int
    quote: str


class Correction(Struct, frozen=True, gc=False):
    """One CommentsCorrections entry: `kind` is its RefType (RetractionIn, ErratumIn, ExpressionOfConcernIn, …)."""

    kind: str
    pmid: str | None
    citation: str | None


class Publication(Struct, frozen=True):
    """One report in PubMed.

    `title` and `abstract` are plain text: inline markup is kept as its text, entities are decoded, white space stands
    as in the record but for the line breaks between sections. All offsets count characters of these two strings.
    """

    pmid: str
    version: int
    is_book: bool
    title: str
    vernacular_title: str | None
    abstract: str
    """The sections joined with a newline; empty when the record has none."""
    sections: tuple[Section, ...]
    other_abstracts: tuple[OtherAbstract, ...]
    journal: str | None
    journal_abbreviation: str | None
    issn: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    published: PartialDate
    """When the issue or article was published."""
    created: PartialDate | None
    """When the record was added to PubMed (PubMedPubDate entrez, else pubmed)."""
    revised: PartialDate | None
    """DateRevised: when the record was last changed."""
    languages: tuple[str, ...]
    authors: tuple[Author, ...]
    authors_complete: bool
    publication_types: tuple[str, ...]
    mesh: tuple[MeshHeading, ...]
    keywords: tuple[str, ...]
    doi: str | None
    """From the article's own ids only; the ids of its references are never taken."""
    pmcid: str | None
    registry_ids: tuple[StatedRegistryId, ...]
    corrections: tuple[Correction, ...]
    integrity: Integrity
    status: str | None
    """MedlineCitation Status: MEDLINE, PubMed-not-MEDLINE, Publisher, …"""
    unknown_elements: tuple[str, ...] = ()
    """Element names that this version does not know: the drift of the format, counted and never silently dropped."""
