"""The Retraction Watch list, as Crossref gives it away: one CSV file that a person downloads, read from disk.

PubMed marks a retraction later than its publisher announces it, some not at all; this list is wider and earlier. Its
text holds bytes that are not UTF-8: they become U+FFFD, and nothing that is compared (ids, dates) is made of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ketalit.durable import digest
from ketalit.errors import SettingsError
from ketalit.model.integrity import ListedStatement, RetractionList

NAME: Final = "retraction_watch"
NEEDED: Final = frozenset({"Record ID", "RetractionNature", "OriginalPaperDOI", "OriginalPaperPubMedID"})
_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_PMID: Final = re.compile(r"[1-9]\d{0,8}")
_HINT: Final = "Give the CSV file that Crossref publishes, or unset KETALIT_RETRACTION_WATCH."


def read(path: Path) -> RetractionList:
    """The list in a file. Raises SettingsError when it is not there or not this list."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"The list of retractions {path} cannot be read: {error.strerror}.", hint=_HINT) from None
    return RetractionList(NAME, path.name, digest(body), tuple(_statements(body, path)))


def _statements(body: bytes, path: Path) -> Iterator[ListedStatement]:
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig", "replace"), newline=""))
    lacking = NEEDED - set(rows.fieldnames or ())
    if lacking:
        raise SettingsError(f"{path} is no list of Retraction Watch: it has no column {min(lacking)}.", hint=_HINT)
    try:
        yield from (_statement(row) for row in rows if row["Record ID"])
    except csv.Error as error:
        raise SettingsError(f"{path}, line {rows.line_num}: {error}.", hint=_HINT) from None


def _statement(row: Mapping[str, str | None]) -> ListedStatement:
    return ListedStatement(
        record_id=(row["Record ID"] or "").strip(),
        pmid=_whole(_PMID, row["OriginalPaperPubMedID"]),
        doi=_whole(_DOI, (row["OriginalPaperDOI"] or "").lower()),
        nature=" ".join((row["RetractionNature"] or "").split()).capitalize(),
        stated_on=_date(row.get("RetractionDate")),
        notice_pmid=_whole(_PMID, row.get("RetractionPubMedID")),
        notice_doi=_whole(_DOI, (row.get("RetractionDOI") or "").lower()),
        reasons=_reasons(row.get("Reason")),
    )


def _whole(pattern: re.Pattern[str], text: str | None) -> str | None:
    """The text if it is an id; the list writes 0 and `unavailable` where there is none."""
    found = (text or "").strip()
    return found if pattern.fullmatch(found) else None


def _reasons(text: str | None) -> str | None:
    """`+One;+Another;` as the list writes them."""
    return "; ".join(part for reason in (text or "").split(";") if (part := reason.strip("+ "))) or None


def _date(text: str | None) -> str | None:
    """An American date with a time behind it."""
    found = _DATE.match(text or "")
    return f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}" if found else None
