"""PubMed: from the bytes of a page to records, and from one record to a Publication. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ketalit.errors import DocumentUnreadable
from ketalit.model.dates import PartialDate
from ketalit.model.document import Document
from ketalit.model.evidence import TextUnit
from ketalit.model.publication import Publication, Section, StatedRegistryId
from ketalit.sources import dates, registry_ids
from ketalit.sources.pubmed.page import RECORDS, deleted, parser, records, unknown_children
from ketalit.sources.pubmed.record import BeyondLimits, Draft, read_record
from ketalit.sources.pubmed.sections import role
from ketalit.vocabulary import Integrity, SectionRole, Source

__all__ = ["deleted", "publication", "records", "text_units", "unknown_children"]

_PARSER: Final = parser()
_TAIL: Final = 100
"""Bytes at the end of a record that hold the last closing tags, with their indentation."""


def publication(document: Document) -> Publication:
    """What one PubMed record states. DocumentUnreadable with the reason when its XML is damaged or beyond the limits.

    Of a chapter or book (PubmedBookArticle) `title` is the chapter's, else the book's, and `journal` is the book.
    """
    root = _root(document)
    try:
        draft = read_record(root)
    except BeyondLimits as error:
        raise DocumentUnreadable(f"PubMed {document.source_id}: {error}") from error
    if draft.pmid != document.source_id:
        raise DocumentUnreadable(f"PubMed {document.source_id}: the record says that it is {draft.pmid or 'nobody'}")
    return _finished(draft, is_book=root.tag == "PubmedBookArticle")


def text_units(publication: Publication) -> tuple[TextUnit, ...]:
    """The texts of a publication that rules read: its title and each section of its abstract, with their offsets."""
    title = TextUnit(Source.PUBMED, publication.pmid, "title", publication.title, SectionRole.TITLE)
    sections = (
        TextUnit(
            source=Source.PUBMED,
            source_id=publication.pmid,
            field="abstract",
            text=publication.abstract[section.start : section.end],
            role=section.role,
            start=section.start,
        )
        for section in publication.sections
    )
    return (title, *sections)


def _root(document: Document) -> etree._Element:
    body = document.body.strip()
    if not body.startswith(b"<Pubmed"):
        raise DocumentUnreadable(f"PubMed {document.source_id}: the document does not begin with a record")
    try:
        root = _parsed(body)
    except etree.XMLSyntaxError as error:
        raise DocumentUnreadable(f"PubMed {document.source_id}: {error.msg}") from error
    if root.tag not in RECORDS:
        raise DocumentUnreadable(f"PubMed {document.source_id}: {root.tag} is no record of one publication")
    return root


def _parsed(body: bytes) -> etree._Element:
    try:
        return etree.fromstring(_without_references(body), _PARSER)
    except etree.XMLSyntaxError:
        return etree.fromstring(body, _PARSER)  # what is wrong with it, if it is the record and not the cut


def _without_references(body: bytes) -> bytes:
    """A record without the list of cited works at its end: nothing of it is read, and it is a fifth of PubMed."""
    end = body.rfind(b"</ReferenceList>", -_TAIL)
    start = body.rfind(b"<ReferenceList>", 0, end)
    if end < 0 or start < 0 or body.find(b"<!", start, end) >= 0:
        return body
    return body[:start] + body[end + len(b"</ReferenceList>") :]


def _finished(draft: Draft, is_book: bool) -> Publication:
    abstract, sections = _joined(draft.sections)
    title = draft.title or (draft.journal or "" if is_book else "")
    return Publication(
        pmid=draft.pmid,
        version=draft.version,
        is_book=is_book,
        title=title,
        vernacular_title=draft.vernacular_title,
        abstract=abstract,
        sections=sections,
        other_abstracts=tuple(draft.other_abstracts),
        journal=draft.journal,
        journal_abbreviation=draft.journal_abbreviation or draft.medline_journal,
        issn=draft.issn,
        volume=draft.volume,
        issue=draft.issue,
        pages=draft.pages,
        published=_published(draft),
        created=draft.history.get("entrez") or draft.history.get("pubmed"),
        revised=draft.revised,
        languages=tuple(draft.languages),
        authors=tuple(draft.authors or draft.book_authors),
        authors_complete=draft.authors_complete,
        publication_types=tuple(draft.publication_types),
        mesh=tuple(draft.mesh),
        keywords=tuple(draft.keywords),
        doi=draft.article_ids.get("doi") or draft.electronic_doi,
        pmcid=_pmcid(draft.article_ids.get("pmc")),
        registry_ids=tuple(_registry_ids(draft, title, abstract)),
        corrections=tuple(draft.corrections),
        integrity=_integrity(draft),
        status=draft.status,
        unknown_elements=tuple(sorted(draft.unknown)),
    )


def _joined(parts: list[tuple[str | None, str | None, str]]) -> tuple[str, tuple[Section, ...]]:
    """The abstract, its sections joined with a newline, and where each of them stands in it."""
    sections, start = [], 0
    for label, category, text in parts:
        end = start + len(text)
        sections.append(Section(label, category, role(label, category), start, end))
        start = end + 1
    return "\n".join(text for _, _, text in parts), tuple(sections)


def _published(draft: Draft) -> PartialDate:
    """The date of the issue, else that of the article or chapter."""
    issue, article = draft.issue_date, draft.article_date
    if issue is not None and (issue.earliest or article is None):
        return issue
    return article or dates.unreadable("")


def _pmcid(text: str | None) -> str | None:
    if not text:
        return None
    return text if text.upper().startswith("PMC") else f"PMC{text}"


def _registry_ids(draft: Draft, title: str, abstract: str) -> Iterator[StatedRegistryId]:
    """Every trial id that the record states, and where. The pattern decides, not the name of the data bank."""
    places = [("databank", accession) for accession in draft.accessions]
    places += [("title", title), ("abstract", abstract)]
    places += [("other_abstract", other.text) for other in draft.other_abstracts]
    for where, text in places:
        for registry, registry_id, start, end in registry_ids.find(text):
            yield StatedRegistryId(registry, registry_id, where, start, end, text[start:end])


_NOTICES: Final = frozenset(
    ("Retraction of Publication", "Retraction Notice", "Published Erratum", "Expression of Concern")
)
_NOTICE_TITLE: Final = re.compile(
    r"(?:(?:author|publisher|editorial)(?:'s)? )?"
    r"(?:correction|corrigendum|erratum|addendum|(?:notice of )?retraction(?: note| notice)?|expression of concern)"
    r"(?: (?:to|for|of|on))?\s*:",
    re.IGNORECASE,
)
_RETRACTED_TITLE: Final = re.compile(r"\W*(?:RETRACTED(?: ARTICLE)?|Retracted(?: article)?)\b\s*[:\]]")
"""Publishers rename an article on the day; PubMed's marks may follow months later."""
_NOTICE_OF: Final = frozenset(("RetractionOf", "PartialRetractionOf", "ErratumFor", "ExpressionOfConcernFor"))
_RETRACTED_IN: Final = frozenset(("RetractionIn", "RetractedandRepublishedIn"))
_CORRECTED_IN: Final = frozenset(("ErratumIn", "CorrectedandRepublishedIn", "PartialRetractionIn"))
"""NLM files the retraction of a part of an article as a correction of it."""


def _integrity(draft: Draft) -> Integrity:
    """Whether the report still stands: the gravest of what its own types, corrections and title say."""
    types = frozenset(draft.publication_types)
    kinds = frozenset(correction.kind for correction in draft.corrections)
    of_others = frozenset(correction.kind for correction in draft.corrections if correction.pmid != draft.pmid)
    is_retracted = "Retracted Publication" in types or bool(kinds & _RETRACTED_IN)
    # a notice that was retracted stays a notice; an article that its own notice took the place of is no notice
    if of_others & _NOTICE_OF or (not is_retracted and (types & _NOTICES or _NOTICE_TITLE.match(draft.title))):
        return Integrity.NOTICE
    if is_retracted or _RETRACTED_TITLE.match(draft.title):
        return Integrity.RETRACTED
    if "ExpressionOfConcernIn" in kinds:
        return Integrity.CONCERN
    if "Duplicate Publication" in types:
        return Integrity.DUPLICATE
    if kinds & _CORRECTED_IN:
        return Integrity.CORRECTED
    return Integrity.UPDATED if "UpdateIn" in kinds else Integrity.CURRENT
