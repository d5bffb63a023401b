"""Differences: what one release says and another does not, cell by cell.

A release is seen as its filled cells. An empty cell is no cell, and a row is there because the columns that name it are
filled; so three kinds of change (a cell is new, has another value, is gone) say everything, and applying the changes to
the cells of the first release gives those of the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from msgspec import Struct


class Cell(NamedTuple):
    """The place of a cell: published view, key of the row, column."""

    view: str
    row: str
    column: str


Cells: TypeAlias = Mapping[Cell, str]
"""Filled cells with their values, spelt as JSON."""


class Kind(StrEnum):
    """What became of a cell, a study or a link."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class Change(Struct, frozen=True):
    """What became of one cell; `before` or `after` is None where there was, or is, none."""

    cell: Cell
    before: str | None
    after: str | None

    @property
    def kind(self) -> Kind:
        """New, changed or gone."""
        return kind_of(self.before, self.after)


def kind_of(before: object, after: object) -> Kind:
    """What became of something that was `before` and is `after`; None means that it was not, or is not, there."""
    if before is None:
        return Kind.NEW
    return Kind.GONE if after is None else Kind.CHANGED


def difference(before: Cells, after: Cells) -> tuple[Change, ...]:
    """Every cell that is not the same in both, in the order of views, rows and columns."""
    places = sorted(before.keys() | after.keys())
    changes = (Change(place, before.get(place), after.get(place)) for place in places)
    return tuple(change for change in changes if change.before != change.after)


def apply(changes: Iterable[Change], cells: Cells) -> dict[Cell, str]:
    """The cells after the changes. Raises ValueError where a cell is not what a change says that it was."""
    result = dict(cells)
    for change in changes:
        if result.pop(change.cell, None) != change.before:
            place = f"{change.cell.view}, row {change.cell.row}, column {change.cell.column}"
            raise ValueError(f"The cell in {place} is not what the change starts from.")
        if change.after is not None:
            result[change.cell] = change.after
    return result
