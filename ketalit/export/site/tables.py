"""One page for each evidence table: the page says what the table is, a script beside it holds the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from ketalit.export.cells import plain
from ketalit.export.presentation import ABSENT, Column, absence, columns, presented, shown
from ketalit.export.site.joined import readable
from ketalit.export.site.pages import study_file
from ketalit.export.site.studies import ON_A_PAGE

REASONS: Final = tuple(sorted(ABSENT))
"""Why cells are empty; a cell of a data file names the place in this list."""
RECORDS: Final = frozenset({"source_id", "nct_id", "nct_ids", "pmid", "pmids", "follows_pmids", "compared_source_id"})
"""Columns that hold ids of PubMed or ClinicalTrials.gov."""
STUDIES: Final = frozenset(
    {"study_id", "study_ids", "other_study_ids", "candidate_study_ids", "own_study_id", "reporting_study_ids"}
    | {"pooled_study_ids"}
)
MOST_CHOICES: Final = 24
"""With more different values than these, a column is searched by words instead of chosen from a list."""
DECIMALS: Final = 2


class Page(Struct, frozen=True):
    """What the template of a table needs."""

    view: str
    title: str
    about: str
    notes: tuple[str, ...]
    n_rows: int
    meanings: tuple[tuple[str, str, str], ...]
    """Column, heading and meaning of each column."""


def table_page(view: str, rows: Sequence[Mapping[str, Any]], meanings: Mapping[str, str]) -> Page:
    """The page of a view, without its rows."""
    described = presented(view)
    return Page(
        view=view,
        title=described.title,
        about=described.about,
        notes=described.notes,
        n_rows=len(rows),
        meanings=tuple((c.name, c.heading, meanings.get(c.name, "")) for c in columns(view, meanings)),
    )


def data_file(
    view: str,
    columns_of_view: Iterable[str],
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    release_id: str,
) -> bytes:
    """The rows of a view as a script that sets `ketalitTable`: a page on disk can load no other kind of data."""
    known = list(columns_of_view)
    printed = columns(view, known)
    studies = _studies(printed, rows)
    table = {
        "view": view,
        "release": release_id,
        "reasons": REASONS,
        "columns": [_described(column, rows) for column in printed],
        "rows": [[_value(column, row) for column in printed] for row in rows],
        "names": {study: names[study] for study in studies if study in names},
        "files": {study: study_file(study) for study in studies if study_file(study) != f"{study}.html"},
        "hasAnchors": view in ON_A_PAGE,
    }
    return b"window.ketalitTable = " + msgspec.json.encode(table) + b";\n"


def _described(column: Column, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "name": column.name,
        "heading": column.heading,
        "shown": column.is_shown,
        "kind": _kind(column, rows),
        "choices": _choices(column, rows),
    }


def _kind(column: Column, rows: Sequence[Mapping[str, Any]]) -> str:
    if column.name in STUDIES:
        return "study"
    if column.name in RECORDS:
        return "record"
    values = [row[column.name] for row in rows if row[column.name] is not None]
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return "number"
    return "date" if values and all(isinstance(value, date) for value in values) else "text"


def _choices(column: Column, rows: Sequence[Mapping[str, Any]]) -> list[str] | None:
    """The different values of a column of few: a reader chooses instead of typing."""
    if _kind(column, rows) != "text":
        return None
    found: set[str] = set()
    for row in rows:
        found.update(_words(_value(column, row)))
        if len(found) > MOST_CHOICES:
            return None
    return sorted(found, key=lambda word: (word.casefold(), word)) if len(found) > 1 else None


def _words(value: Any) -> list[str]:
    """The words of a cell; a reason for an empty one is none."""
    return [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]


def _value(column: Column, row: Mapping[str, Any]) -> Any:
    """A number, a text, a list of texts, `[place in REASONS]` where it is known why there is none, or nothing."""
    if why := absence(column, row):
        return [REASONS.index(why)]
    value = row[column.name]
    if value is None or value == []:
        return None
    if isinstance(value, float):
        return round(value, DECIMALS) if abs(value) >= 1 else float(f"{value:.3g}")
    if isinstance(value, bool | date | datetime):
        return plain(value)
    if isinstance(value, list):
        return [readable(shown(column.name, item)) for item in value]
    return value if isinstance(value, int) else readable(shown(column.name, value))


def _studies(printed: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every study that the table names."""
    ids: set[str] = set()
    for column in printed:
        if column.name in STUDIES:
            for row in rows:
                value = row[column.name]
                ids.update(value if isinstance(value, list) else [value] if value else [])
    return sorted(ids)
