"""The tables of one study's page, laid out as a clinician expects them: values that belong together share a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from ketalit.export.presentation import Column, absence, columns, presented, shown
from ketalit.export.site.joined import JOINED, Joined, Row, number, percent, readable

Readings = Mapping[tuple[str, str, str], int]
"""View, row and column → number of the place on the page where the value was read."""


class Cell(Struct, frozen=True):
    """A cell as it is printed."""

    text: str
    absence: str | None = None
    reading: int | None = None
    """Number of the place where it was read."""
    anchor: str | None = None
    """Anchor of a row that is one cell of the table."""
    notes: tuple[str, ...] = ()


class Line(Struct, frozen=True):
    """A row of the printed table."""

    heading: Cell
    cells: tuple[Cell, ...]
    anchor: str | None = None
    marks: tuple[str, ...] = ()
    """What a reader must know of the row, in words: retracted, to be checked, …"""
    records: tuple[str, ...] = ()
    """The records that it rests on."""


class Group(Struct, frozen=True):
    """A column that stands for a group of people, or for what one record states."""

    label: str
    source_id: str
    anchor: str | None = None
    marks: tuple[str, ...] = ()


class Section(Struct, frozen=True):
    """One table of a study's page."""

    view: str
    title: str
    about: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    n_rows: int
    caption: str = ""
    is_folded: bool = False
    groups: tuple[Group, ...] = ()
    """Of tables with a column for each group of people: who they are; then `head` is empty."""


LEFT_OUT: Final = frozenset(
    {"row_id", "study_id", "source", "source_id", "nct_id", "pmid", "arm_id", "is_total", "reported_year"}
    | {"integrity", "needs_review", "is_preferred"}
)
"""Columns that the page says otherwise: in the heading of the row, in its marks, or by its place."""
ALWAYS: Final[Mapping[str, frozenset[str]]] = {
    "durability_of_effect": frozenset({"value", "effect_until_days"}),
    "dosing_protocols": frozenset({"agreement", "differs_in"}),
}
"""Columns that stand on the page although the table's own page keeps them for the column chooser."""
ITEMS: Final = frozenset({"trial_demographics", "patient_selection", "trial_pipeline"})
"""Views with more columns than rows in a study: printed with a column for each row."""
PIVOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "safety": ("item", "term"),
    "baseline_characteristics": ("measure", "class_title", "category_title"),
}
"""Views whose groups stand side by side, as in a paper's table: the columns that name a printed row."""
FOLDED: Final = frozenset({"registry_comparisons", "outcome_measures", "baseline_characteristics"})
"""Views that few readers look for: folded until they are asked for, or a link leads into them."""
MOST_LINES: Final = 40
"""A longer table is folded: registrations post hundreds of adverse events."""


# ---- sections


def section(view: str, rows: Sequence[tuple[str, Row]], readings: Readings) -> Section | None:
    """The printed table of a study's rows (anchor, row) of a view; None where there is none."""
    if not rows:
        return None
    if view in PIVOTS:
        return _pivoted(view, rows, readings)
    return _transposed(view, rows, readings) if view in ITEMS else _listed(view, rows, readings)


def _listed(view: str, rows: Sequence[tuple[str, Row]], readings: Readings) -> Section:
    printed = [column for column in _columns(view, rows[0][1], rows) if _is_wanted(view, column)]
    lines = tuple(
        Line(
            heading=Cell(text=""),
            cells=tuple(_cell(view, column, row, readings) for column in printed),
            anchor=anchor,
            marks=marks(row),
            records=_records(row),
        )
        for anchor, row in rows
    )
    return _made(view, rows, head=tuple(_heading(view, column) for column in printed), lines=lines)


def _records(row: Row) -> tuple[str, ...]:
    """The record of a row; of a comparison, the registration and the paper."""
    ids = (row["source_id"],) if "source_id" in row else (row["nct_id"], row.get("pmid"))
    return tuple(str(name) for name in ids if name)


def _transposed(view: str, rows: Sequence[tuple[str, Row]], readings: Readings) -> Section:
    """A line for each item, a column for each row of the view."""
    lines = tuple(
        Line(
            heading=Cell(text=_heading(view, column)),
            cells=tuple(_cell(view, column, row, readings) for _, row in rows),
        )
        for column in _filled(view, _columns(view, rows[0][1], rows), rows)
        if column.name != "arm_label"
    )
    groups = tuple(_group(anchor, row) for anchor, row in rows)
    return _made(view, rows, head=(), lines=lines, groups=groups)


def _filled(view: str, printed: Sequence[Column], rows: Sequence[tuple[str, Row]]) -> list[Column]:
    """The columns with a value in any row; of those that are empty for one reason, only the first says so."""
    filled = [column for column in printed if any(_text(view, column, row) for _, row in rows)]
    said = {column.absence for column in filled}
    kept = list(filled)
    for column in printed:
        if column not in filled and column.absence not in said:
            kept.append(column)
            said.add(column.absence)
    return [column for column in printed if column in kept]


def _group(anchor: str, row: Row) -> Group:
    source = str(row.get("source", "registry"))
    label = row["arm_label"] or "Whole sample" if "arm_label" in row else source.capitalize()
    return Group(label=label, source_id=str(row.get("source_id") or row["nct_id"]), anchor=anchor, marks=marks(row))


def _pivoted(view: str, rows: Sequence[tuple[str, Row]], readings: Readings) -> Section:
    """A line for each event or characteristic, a column for each group of each record."""
    groups = list(dict.fromkeys(_place(row) for _, row in rows))
    names = list(dict.fromkeys(_name(view, row) for _, row in rows))
    cells: dict[tuple[str, tuple[str, str, str]], Cell] = {}
    for anchor, row in rows:
        found = _measured(view, row, readings)
        key = (_name(view, row), _place(row))
        # two rows of one name in one group (a further period) share the cell
        before = cells.get(key)
        text = f"{before.text}; {found.text}" if before and before.text else found.text
        cells[key] = Cell(
            text=text,
            absence=None if text else found.absence,
            reading=found.reading if before is None else before.reading,
            anchor=anchor if before is None else before.anchor,
            notes=found.notes,
        )
    lines = tuple(
        Line(heading=Cell(text=name), cells=tuple(cells.get((name, group), Cell(text="")) for group in groups))
        for name in names
    )
    columns_of = tuple(Group(label=label, source_id=source_id) for _, source_id, label in groups)
    return _made(view, rows, head=(), lines=lines, groups=columns_of)


def _place(row: Row) -> tuple[str, str, str]:
    label = row["arm_label"] or ("All groups" if row.get("source") == "abstract" else "Whole sample")
    return (str(row.get("source", "registry")), str(row["source_id"]), str(label))


def _name(view: str, row: Row) -> str:
    """What a line of a pivoted table is called."""
    parts = [shown(column, row[column]) for column in PIVOTS[view] if row[column]]
    if view == "safety":
        return _event(row)
    unit = row["unit"] if row["unit"] and not row["unit"].lower().startswith("participant") else ""
    return ": ".join(dict.fromkeys(parts)) + (f", {unit}" if unit else "")


def _event(row: Row) -> str:
    item, term = row["item"], row["term"] or ""
    if item == "event":
        named = term[:1].upper() + term[1:]
        return f"{named} (serious)" if row["is_serious"] else named
    if item == "none":
        return "Harms"
    said = shown("item", item)
    said = said[:1].upper() + said[1:]
    return f"{said}: {term.lower()}" if term and term.lower() not in said.lower() else said


def _measured(view: str, row: Row, readings: Readings) -> Cell:
    name = "n_affected" if view == "safety" else "value"
    column = next(column for column in columns(view, row) if column.name == name)
    found = _cell(view, column, row, readings)
    if view == "safety":
        why = row["term_absence"] if row["item"] == "none" else None
        mentioned = row["source"] == "abstract" and row["item"] != "none" and not found.text
        return Cell(
            text="named" if mentioned else found.text,
            absence=None if mentioned else why or found.absence,
            reading=found.reading or readings.get((view, row["row_id"], "term")),
            notes=marks(row),
        )
    spread = f" ({_spread(row)})" if _spread(row) else ""
    share = f" ({percent(row['pct_computed'])})" if row["pct_computed"] is not None else ""
    return Cell(text=f"{found.text}{spread}{share}" if found.text else "", absence=found.absence, reading=found.reading)


def _spread(row: Row) -> str:
    kinds = {"STANDARD_DEVIATION": "SD", "STANDARD_ERROR": "SE", "FULL_RANGE": "range", "INTER_QUARTILE_RANGE": "IQR"}
    kind = kinds.get(row["dispersion_type"] or "", "")
    if row["spread"] is not None:
        return f"{kind} {number(row['spread'])}".strip()
    if row["lower_limit"] is None or row["upper_limit"] is None:
        return ""
    return f"{kind} {number(row['lower_limit'])} to {number(row['upper_limit'])}".strip()


def _made(view: str, rows: Sequence[tuple[str, Row]], **parts: Any) -> Section:
    described = presented(view)
    return Section(
        view=view,
        title=described.title,
        about=described.about,
        notes=described.notes,
        n_rows=len(rows),
        is_folded=view in FOLDED or len(parts["lines"]) > MOST_LINES,
        **parts,
    )


# ---- columns and cells


def _columns(view: str, names: Iterable[str], rows: Sequence[tuple[str, Row]]) -> list[Column]:
    """The columns in which any row says something, without those that stand in the cell of another."""
    joined = {part for join in JOINED.get(view, ()) for part in join.parts if part != join.column}
    return [
        column
        for column in columns(view, names)
        if column.name not in LEFT_OUT | joined
        and any(_text(view, column, row) or absence(column, row) for _, row in rows)
    ]


def _is_wanted(view: str, column: Column) -> bool:
    return column.is_shown or column.name in ALWAYS.get(view, ())


def _join(view: str, column: Column) -> Joined | None:
    return next((join for join in JOINED.get(view, ()) if join.column == column.name), None)


def _heading(view: str, column: Column) -> str:
    join = _join(view, column)
    return join.heading if join else column.heading


def _cell(view: str, column: Column, row: Row, readings: Readings) -> Cell:
    join = _join(view, column)
    text = _text(view, column, row)
    parts = join.parts if join else (column.name,)
    places = (readings.get((view, row["row_id"], part)) for part in parts)
    return Cell(
        text=text,
        absence=None if text else absence(column, row),
        reading=next((place for place in places if place), None) if text else None,
    )


def _text(view: str, column: Column, row: Row) -> str:
    if join := _join(view, column):
        return join.text(row)
    value = row[column.name]
    if isinstance(value, float):
        return number(value)
    return readable(shown(column.name, value))


STANDING: Final = {
    "retracted": "Retracted",
    "expression_of_concern": "Expression of concern",
    "corrected": "Corrected",
    "notice": "Notice",
}


def marks(row: Row) -> tuple[str, ...]:
    """What a reader must know of a row before using it."""
    standing = STANDING.get(row.get("integrity") or "")
    doubt = "To be checked" if row.get("needs_review") else None
    speaks = "Speaks for the study" if row.get("is_preferred") else None
    return tuple(mark for mark in (standing, doubt, speaks) if mark)
