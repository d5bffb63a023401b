"""References for reference managers, screening tools and the reference lists of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ketalit.export.bibliography.bibtex import as_bibtex
from ketalit.export.bibliography.csl import as_csl_json
from ketalit.export.bibliography.nbib import as_nbib
from ketalit.export.bibliography.reference import Author, Key, Reference, labels, references
from ketalit.export.bibliography.ris import as_ris
from ketalit.export.bibliography.screening import as_asreview_csv, as_asreview_ris, as_covidence_ris
from ketalit.export.bibliography.selection import keys_of_rows, keys_of_view, names_records
from ketalit.export.bibliography.vancouver import vancouver

__all__ = [
    "FORMATS",
    "Author",
    "Key",
    "Reference",
    "bibliography",
    "keys_of_rows",
    "keys_of_view",
    "labels",
    "names_records",
    "references",
    "vancouver",
]

FORMATS: Final[dict[str, Callable[[Sequence[Reference]], str]]] = {
    "ris": as_ris,
    "bibtex": as_bibtex,
    "csl-json": as_csl_json,
    "nbib": as_nbib,
    "asreview": as_asreview_ris,
    "asreview-csv": as_asreview_csv,
    "covidence": as_covidence_ris,
}
"""Name of a format → what writes it."""


def bibliography(found: Iterable[Reference], form: str) -> str:
    """References in one of FORMATS, in the order of year, first author and id: the same records give the same file."""
    return FORMATS[form](sorted(found, key=_order))


def _order(reference: Reference) -> tuple[bool, int, str, str]:
    first = reference.authors[0].inverted.casefold() if reference.authors else ""
    return (reference.kind == "registration", reference.year or 0, first, reference.source_id)
