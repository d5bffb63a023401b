"""The published views as cells that can be compared across releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from ketalit.model.difference import Cell
from ketalit.warehouse.published import published_views, spelt, table_of
from ketalit.warehouse.reader import Reader

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "study_overview": ("study_id",),
    "representation": ("dimension", "dimension_value", "item", "category"),
    "screening": ("source", "source_id"),
    "prisma_flow": ("box", "source", "reason"),
}
"""The columns that name a row, where the view has no row_id."""
NOT_COMPARED: Final = frozenset({"cell_source"})
"""How cells were read, not what they say: `ketalit trace` shows it for one of them."""


def cells(reader: Reader) -> dict[Cell, str]:
    """Every filled cell of the published views, its value spelt as JSON."""
    compared = (view for view in published_views(reader) if view not in NOT_COMPARED)
    return {place: value for view in compared for place, value in _cells_of(view, table_of(reader, view))}


def _cells_of(view: str, table: pa.Table) -> Iterator[tuple[Cell, str]]:
    key = key_of(view, table.column_names)
    seen: Counter[str] = Counter()
    for row in table.to_pylist():
        name = row_name(row, key)
        seen[name] += 1
        # a view of another version may hold two rows of one name: none of them is dropped
        place = name if seen[name] == 1 else f"{name} #{seen[name]}"
        yield from (
            (Cell(view, place, column), spelt(value).decode()) for column, value in row.items() if value is not None
        )


def key_of(view: str, columns: list[str]) -> tuple[str, ...]:
    """The columns that name a row of a view; of a view that this version does not know, all of them."""
    if "row_id" in columns:
        return ("row_id",)
    known = KEYS.get(view, ())
    return known if known and set(known) <= set(columns) else tuple(columns)


def row_name(row: Mapping[str, Any], key: tuple[str, ...]) -> str:
    """What a row is called: its row_id, or the values that name it."""
    return " | ".join("" if row[column] is None else str(row[column]) for column in key)
