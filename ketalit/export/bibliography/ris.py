"""RIS, as reference managers read it: two letters, two blanks, a hyphen, a blank, the value; CR LF after each line.

Tags as Research Information Systems defined them and Zotero, EndNote, Mendeley and rispy read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ketalit.export.bibliography.reference import Reference
from ketalit.export.cells import plain

Tag = tuple[str, str | None]

TYPES: Final = {"article": "JOUR", "book": "CHAP", "registration": "ELEC"}
DATABASES: Final = {"pubmed": ("PubMed", "National Library of Medicine"), "ctgov": ("ClinicalTrials.gov", "NLM")}


def as_ris(found: Sequence[Reference]) -> str:
    """The references as one RIS file."""
    return written(tags(reference) for reference in found)


def written(records: Iterator[Iterator[Tag]]) -> str:
    """Records of tags as text; a value is one line, since a line break would end it, and an empty one is left out."""
    lines: list[str] = []
    for record in records:
        lines += [f"{tag}  - {text}" for tag, value in record if (text := " ".join(plain(value).split()))]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def tags(reference: Reference) -> Iterator[Tag]:
    """Everything that the record says, tag by tag."""
    database, provider = DATABASES[reference.source]
    yield from core_tags(reference)
    yield "JA", reference.journal_abbreviation
    yield "SN", reference.issn
    yield "DA", _date(reference)
    yield "AN", reference.source_id
    yield "C2", reference.pmcid
    yield "DB", database
    yield "DP", provider
    yield from (("LA", language) for language in reference.languages)
    yield from (("M3", kind) for kind in reference.types[:1])
    yield from (("N1", f"Registration: {name}") for name in reference.registry_ids)


def core_tags(reference: Reference) -> Iterator[Tag]:
    """What every program reads alike: enough to find duplicates and to screen."""
    yield "TY", TYPES[reference.kind]
    yield "ID", reference.source_id
    yield "TI", reference.marked_title
    yield from (("AU", author.inverted) for author in reference.authors)
    yield "PY", str(reference.year) if reference.year else None
    yield ("T2" if reference.kind != "article" else "JO"), reference.journal or _site(reference)
    yield "VL", reference.volume
    yield "IS", reference.issue
    yield "SP", reference.first_page
    yield "EP", reference.last_page
    yield "DO", reference.doi
    yield "UR", reference.url
    yield from (("KW", word) for word in dict.fromkeys([*reference.keywords, *reference.headings]))
    yield "AB", reference.abstract
    if reference.is_retracted:
        yield "N1", "Retracted publication"


def _site(reference: Reference) -> str | None:
    return "ClinicalTrials.gov" if reference.kind == "registration" else None


def _date(reference: Reference) -> str | None:
    """`2018/02/01/`: year, month, day and other, each as far as it is known."""
    if reference.year is None:
        return None
    month = f"{reference.month:02}" if reference.month else ""
    day = f"{reference.day:02}" if reference.day else ""
    return f"{reference.year}/{month}/{day}/"
