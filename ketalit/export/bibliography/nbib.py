"""NBIB: the MEDLINE format in which PubMed gives citations to reference managers.

Only papers have it: a registration has no PMID and is left out; every other format holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketalit.export.bibliography.reference import Reference
from ketalit.export.cells import plain


def as_nbib(found: Sequence[Reference]) -> str:
    """The papers as one NBIB file."""
    records = [list(_fields(reference)) for reference in found if reference.source == "pubmed"]
    return "\n".join(
        "".join(f"{tag:<4}- {text}\n" for tag, value in record if (text := " ".join(plain(value).split())))
        for record in records
    )


def _fields(reference: Reference) -> Iterator[tuple[str, str | None]]:
    yield "PMID", reference.source_id
    yield "IS", reference.issn
    yield "VI", reference.volume
    yield "IP", reference.issue
    yield "DP", reference.published_text
    yield ("BTI" if reference.kind == "book" else "TI"), _ended(reference.marked_title)
    yield "PG", reference.pages
    yield "LID", f"{reference.doi} [doi]" if reference.doi else None
    yield "AB", reference.abstract
    for author in reference.authors:
        if author.group:
            yield "CN", author.group
        else:
            yield "FAU", author.inverted
            yield "AU", author.vancouver
    yield from (("LA", language) for language in reference.languages)
    yield from (("SI", f"ClinicalTrials.gov/{name}") for name in reference.registry_ids)
    yield from (("PT", kind) for kind in reference.types)
    if reference.is_retracted and "Retracted Publication" not in reference.types:
        yield "PT", "Retracted Publication"
    yield "TA", reference.journal_abbreviation
    yield "JT", reference.journal
    yield from (("MH", heading) for heading in reference.headings)
    yield from (("OT", word) for word in reference.keywords)
    yield "PMC", reference.pmcid
    yield "AID", f"{reference.doi} [doi]" if reference.doi else None


def _ended(title: str) -> str:
    return title if title.endswith((".", "?", "!")) else f"{title}."
