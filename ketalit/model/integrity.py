"""What a list besides PubMed says of whether publications stand."""

from __future__ import annotations

from msgspec import Struct


class ListedStatement(Struct, frozen=True, gc=False):
    """One entry of a list of retractions: a notice about a publication, as the list words it.

    `nature` is Retraction, Expression of concern, Correction or Reinstatement; `stated_on` is the ISO date of the
    notice. Ids are None where the list gives none.
    """

    record_id: str
    pmid: str | None
    doi: str | None
    nature: str
    stated_on: str | None
    notice_pmid: str | None
    notice_doi: str | None
    reasons: str | None


class RetractionList(Struct, frozen=True):
    """A list as it lay in a file."""

    name: str
    file: str
    sha256: str
    statements: tuple[ListedStatement, ...]
