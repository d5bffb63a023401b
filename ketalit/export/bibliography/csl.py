"""CSL-JSON: what Zotero, Pandoc and citeproc read; https://citationstyles.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from ketalit.export.bibliography.reference import Author, Reference
from ketalit.export.cells import plain

TYPES: Final = {"article": "article-journal", "book": "chapter", "registration": "webpage"}


def as_csl_json(found: Sequence[Reference]) -> str:
    """The references as one JSON list."""
    return msgspec.json.format(msgspec.json.encode([_item(reference) for reference in found]), indent=1).decode() + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    is_paper = reference.source == "pubmed"
    item = {
        "id": reference.source_id,
        "type": TYPES[reference.kind],
        "title": plain(reference.marked_title),
        "author": [_name(author) for author in reference.authors],
        "issued": _issued(reference),
        "container-title": plain(reference.journal) if is_paper else "ClinicalTrials.gov",
        "container-title-short": plain(reference.journal_abbreviation),
        "volume": plain(reference.volume),
        "issue": plain(reference.issue),
        "page": plain(reference.pages),
        "ISSN": plain(reference.issn),
        "DOI": plain(reference.doi),
        "PMID": reference.source_id if is_paper else "",
        "PMCID": plain(reference.pmcid),
        "number": "" if is_paper else reference.source_id,
        "URL": reference.url,
        "abstract": plain(reference.abstract),
        "keyword": ", ".join(plain(word) for word in reference.keywords),
        "note": "Retracted publication" if reference.is_retracted else "",
    }
    return {name: value for name, value in item.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.group:
        return {"literal": plain(author.group)}
    name = {"family": author.last, "given": author.fore or author.initials, "suffix": author.suffix}
    return {part: plain(value) for part, value in name.items() if value}


def _issued(reference: Reference) -> dict[str, Any] | None:
    parts = [part for part in (reference.year, reference.month, reference.day) if part]
    return {"date-parts": [parts]} if parts else None
