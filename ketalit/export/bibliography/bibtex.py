"""BibTeX in UTF-8, which biber and every BibTeX of this century read; what TeX takes for commands is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from ketalit.export.bibliography.reference import Author, Reference
from ketalit.export.cells import plain
from ketalit.export.facts import MONTHS as LONG_MONTHS
from ketalit.export.tex import tex

TYPES: Final = {"article": "article", "book": "incollection", "registration": "misc"}
MONTHS: Final = tuple(month[:3].lower() for month in LONG_MONTHS)


def as_bibtex(found: Sequence[Reference]) -> str:
    """The references as one .bib file."""
    return "\n".join(_entry(reference) for reference in found)


def key(reference: Reference) -> str:
    """`daly2018pmid29282469`: readable, and unique by its id."""
    first = reference.authors[0] if reference.authors else Author()
    name = _ascii(first.last or first.group or "")[:20]
    mark = f"pmid{reference.source_id}" if reference.source == "pubmed" else reference.source_id.lower()
    return f"{name}{reference.year or ''}{mark}"


def _entry(reference: Reference) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference) if value)
    return f"@{TYPES[reference.kind]}{{{key(reference)},\n{fields}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    container = "booktitle" if reference.kind == "book" else "journal"
    # a second pair of braces keeps the capitals of drug names, scales and acronyms
    yield "title", f"{{{_braced(reference.marked_title)}}}"
    yield "author", "{" + " and ".join(_name(author) for author in reference.authors) + "}" if reference.authors else ""
    yield container, _braced(reference.journal)
    yield "year", f"{{{reference.year}}}" if reference.year else ""
    yield "month", MONTHS[reference.month - 1] if reference.month else ""
    yield "volume", _braced(reference.volume)
    yield "number", _braced(reference.issue)
    yield "pages", _braced((reference.pages or "").replace("-", "--"))
    yield "issn", _braced(reference.issn)
    yield "doi", _verbatim(reference.doi)
    yield "pmid", _braced(reference.source_id if reference.source == "pubmed" else "")
    yield "pmcid", _braced(reference.pmcid)
    yield "howpublished", "{ClinicalTrials.gov}" if reference.kind == "registration" else ""
    yield "number", _braced(reference.source_id if reference.kind == "registration" else "")
    yield "url", _verbatim(reference.url)
    yield "keywords", _braced(", ".join(reference.keywords))
    yield "note", "{Retracted publication}" if reference.is_retracted else ""
    yield "abstract", _braced(reference.abstract)


def _name(author: Author) -> str:
    """`Daly, Ella J`, `King, Jr, Martin`; a group in braces of its own, since BibTeX would part it at `and`."""
    if author.group:
        return f"{{{tex(author.group)}}}"
    return ", ".join(tex(part) for part in (author.last, author.suffix, author.fore or author.initials) if part)


def _braced(text: str | None) -> str:
    return f"{{{tex(' '.join(text.split()))}}}" if text else ""


def _verbatim(text: str | None) -> str:
    """DOIs and addresses are taken as they stand: an escaped underscore would be part of them."""
    return "{" + re.sub(r"[{}\\\s]", "", plain(text)) + "}" if text else ""


def _ascii(text: str) -> str:
    """Letters without their marks: a key may hold nothing else."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())
