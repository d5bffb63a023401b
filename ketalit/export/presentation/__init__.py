"""How each published view is shown to people: title, question, columns, headings, why cells are empty, footnotes.

The site, the documents and the workbook all ask here, so that one column has one heading wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from ketalit.export.presentation.headings import heading
from ketalit.export.presentation.views import NOTE_ON_ABSENCE, VIEWS, Presented
from ketalit.export.presentation.words import shown, word

__all__ = [
    "ABSENT",
    "NOTE_ON_ABSENCE",
    "VIEWS",
    "Column",
    "Presented",
    "columns",
    "heading",
    "presented",
    "shown",
    "word",
]

ABSENT: Final = frozenset(
    {
        "not reported",
        "not understood",
        "partly understood",
        "not posted",
        "not collected",
        "not applicable",
        "not reached",
        "no limit stated",
        "no criteria registered",
        "not read in abstracts",
    }
)
"""What a column that ends in `_absence` or `_status` may say of an empty cell; `reported` says that it is none."""


class Column(Struct, frozen=True):
    """A column as people see it: the view's name for it, its heading, and the column that says why it is empty."""

    name: str
    heading: str
    absence: str | None
    is_shown: bool
    """Whether a reader sees it before choosing columns; all can be chosen."""


def presented(view: str) -> Presented:
    """How a view is shown; one that has no place in VIEWS yet is shown under its own name with all its columns."""
    return VIEWS.get(view) or Presented(
        name=view, title=view.replace("_", " ").capitalize(), about="", shown=(), notes=()
    )


def columns(view: str, names: Iterable[str]) -> tuple[Column, ...]:
    """The columns of a view that hold values, in the view's own order; why a value is missing goes with its column."""
    known = list(names)
    described = presented(view)
    absences = _absences(described, known)
    reasons = {absence for absence in absences.values() if absence not in described.shown}
    return tuple(
        Column(
            name=name,
            heading=heading(view, name),
            absence=absences.get(name),
            is_shown=name in described.shown or not described.shown,
        )
        for name in known
        if name not in reasons
    )


def absence(column: Column, row: Mapping[str, Any]) -> str | None:
    """Why a row's cell is empty, in the words of ABSENT; None where it holds a value, or nothing says why."""
    if column.absence is None or row[column.name] not in (None, [], ""):
        return None
    said = row[column.absence]
    return str(said) if said in ABSENT else None


def _absences(described: Presented, names: list[str]) -> dict[str, str]:
    """Column → the column that says why it is empty: that of its own name, else the one that VIEWS names."""
    own = {name: f"{name}_absence" for name in names if f"{name}_absence" in names}
    return {**own, **{name: why for why, covered in described.absences for name in covered}}
