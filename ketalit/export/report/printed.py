"""A table as it is printed: what all tables of the report have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from ketalit.export.facts import Facts, counted
from ketalit.export.report.blocks import Column, Row, Table, Text, words
from ketalit.export.report.citing import Citations
from ketalit.export.report.wording import MEANINGS
from ketalit.warehouse import Reader

Cells = Callable[[dict[str, Any], Citations], tuple[Text, ...]]
"""Makes the cells of a row."""


class Printed(Struct, frozen=True):
    """Which rows of a view are printed, and how: at most a dozen columns, since a page holds no more."""

    view: str
    title: str
    rows: str
    """The query that gives the rows, retracted ones included."""
    columns: tuple[Column, ...]
    cells: Cells
    unit: str
    """What a row is: `regimen`."""
    left_out: str
    """Which rows of the view are not printed; they are in the workbook."""
    notes: tuple[str, ...]
    units: str = ""
    """Its plural, where an s will not do."""


def printed_table(reader: Reader, facts: Facts, citations: Citations, printed: Printed) -> Table:
    """A printed table with its head, its abbreviations and the references that it rests on."""
    found = sorted(reader.rows(printed.rows), key=lambda row: citations.order(row["study_id"]))
    rows = [_row(row, printed, citations) for row in found]
    return Table(
        name=printed.view,
        caption=f"{printed.title} ({_counted(found, printed)})",
        head=facts.short_head,
        columns=printed.columns,
        rows=tuple(rows),
        notes=notes_of(rows, (*printed.notes, printed.left_out)),
        sources=cited_in(rows),
    )


def notes_of(rows: Sequence[Row], notes: Iterable[str]) -> tuple[str, ...]:
    """Footnotes: what was said of the view, then only the abbreviations and marks that its cells hold."""
    held = {words(cell) for row in rows for cell in row.cells}
    short = "; ".join(f"{name}: {meaning}" for name, meaning in MEANINGS.items() if name in held)
    firsts = [words(row.cells[0]) for row in rows]
    marks = (
        ("*", "corrected after publication"),
        ("†", "with an expression of concern"),
        ("‡", "the rules doubt that the report belongs here: a human should look"),
    )
    marked = "; ".join(f"{mark} {meaning}" for mark, meaning in marks if any(mark in first for first in firsts))
    retracted = counted(sum(row.is_retracted for row in rows), "row")
    struck = f"Struck through: {retracted} of a retracted report, counted nowhere" if _retracted(rows) else ""
    return tuple(f"{line.rstrip('.')}." for line in (*notes, short, marked, struck) if line)


def cited_in(rows: Sequence[Row]) -> tuple[int, ...]:
    """The numbers of the references that rows cite."""
    return tuple(sorted({number for row in rows for cell in row.cells for run in cell for number in run.cited}))


def _retracted(rows: Sequence[Row]) -> bool:
    return any(row.is_retracted for row in rows)


def _row(row: dict[str, Any], printed: Printed, citations: Citations) -> Row:
    cells = printed.cells(row, citations)
    return Row(cells=cells, is_retracted=row["integrity"] == "retracted", row_id=row.get("row_id"))


def _counted(found: Sequence[dict[str, Any]], printed: Printed) -> str:
    """`41 regimens of 35 studies`: retracted reports count nowhere."""
    standing = [row for row in found if row["integrity"] != "retracted"]
    studies = len({row["study_id"] for row in standing})
    if printed.unit == "study":
        return counted(studies, "study", "studies")
    return f"{counted(len(standing), printed.unit, printed.units)} of {counted(studies, 'study', 'studies')}"
