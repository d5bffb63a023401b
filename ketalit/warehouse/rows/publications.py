"""Rows of one publication."""

from __future__ import annotations

from ketalit.model.publication import Publication
from ketalit.warehouse.rows.row import Rows, earliest, latest


def of_publication(publication: Publication) -> Rows:
    """The bibliographic record and its lists."""
    yield from _record(publication)
    yield from _abstracts(publication)
    yield from _authors(publication)
    yield from _subjects(publication)
    yield from _registry_ids(publication)
    yield from _corrections(publication)


def _record(publication: Publication) -> Rows:
    yield (
        "publication",
        {
            "pmid": publication.pmid,
            "version": publication.version,
            "is_book": publication.is_book,
            "title": publication.title,
            "vernacular_title": publication.vernacular_title,
            "abstract": publication.abstract,
            "journal": publication.journal,
            "journal_abbreviation": publication.journal_abbreviation,
            "issn": publication.issn,
            "volume": publication.volume,
            "issue": publication.issue,
            "pages": publication.pages,
            "published_text": publication.published.text,
            "published_precision": publication.published.precision,
            "published_earliest": earliest(publication.published),
            "published_latest": latest(publication.published),
            "created_earliest": earliest(publication.created),
            "revised_earliest": earliest(publication.revised),
            "languages": list(publication.languages),
            "is_author_list_complete": publication.authors_complete,
            "keywords": list(publication.keywords),
            "doi": publication.doi,
            "pmcid": publication.pmcid,
            "integrity": publication.integrity,
            "medline_status": publication.status,
            "unknown_elements": list(publication.unknown_elements),
        },
    )


def _abstracts(publication: Publication) -> Rows:
    for ordinal, section in enumerate(publication.sections, 1):
        yield (
            "publication_section",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "label": section.label,
                "nlm_category": section.nlm_category,
                "role": section.role,
                "span_start": section.start,
                "span_end": section.end,
            },
        )
    for ordinal, other in enumerate(publication.other_abstracts, 1):
        yield (
            "publication_other_abstract",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "kind": other.kind,
                "language": other.language,
                "abstract": other.text,
            },
        )


def _authors(publication: Publication) -> Rows:
    for ordinal, author in enumerate(publication.authors, 1):
        yield (
            "publication_author",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "last_name": author.last_name,
                "fore_name": author.fore_name,
                "initials": author.initials,
                "suffix": author.suffix,
                "collective_name": author.collective_name,
                "orcid": author.orcid,
                "affiliations": list(author.affiliations),
            },
        )


def _subjects(publication: Publication) -> Rows:
    for ordinal, publication_type in enumerate(publication.publication_types, 1):
        yield (
            "publication_type",
            {"pmid": publication.pmid, "ordinal": ordinal, "publication_type": publication_type},
        )
    for ordinal, heading in enumerate(publication.mesh, 1):
        yield (
            "mesh_heading",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "descriptor": heading.descriptor,
                "descriptor_ui": heading.ui,
                "is_major": heading.is_major,
                "qualifiers": list(heading.qualifiers),
            },
        )


def _registry_ids(publication: Publication) -> Rows:
    for ordinal, stated in enumerate(publication.registry_ids, 1):
        yield (
            "publication_registry_id",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "registry": stated.registry,
                "registry_id": stated.registry_id,
                "stated_in": stated.where,
                "span_start": stated.start,
                "span_end": stated.end,
                "quote": stated.quote,
            },
        )


def _corrections(publication: Publication) -> Rows:
    for ordinal, correction in enumerate(publication.corrections, 1):
        yield (
            "correction",
            {
                "pmid": publication.pmid,
                "ordinal": ordinal,
                "kind": correction.kind,
                "other_pmid": correction.pmid,
                "citation": correction.citation,
            },
        )
