"""The data dictionary: what each table and column means, how it is filled, and how much of it is, from the database."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from textwrap import fill
from typing import Final

import msgspec
import pyarrow as pa
from msgspec import Struct

from ketalit.errors import SettingsError
from ketalit.export import presentation
from ketalit.export.cells import markdown, plain, spreadsheet
from ketalit.warehouse import Reader

WIDTH: Final = 100
"""Characters of a line of text."""
RULES_SHOWN: Final = 5
"""Rules of a column that text and Markdown name, the most used first; CSV and JSON have all."""
SHOWN: Final = ("evidence", "core", "ref")
"""Schemas that are explained; `bridge` holds steps on the way, which no reader needs."""


class Column(Struct, frozen=True):
    """One column: what it means, and how much of it is filled by which rules."""

    name: str
    heading: str | None
    """What reports and the site print above it; None outside of the published views."""
    type: str
    meaning: str
    filled: int
    """Rows in which it holds a value."""
    rules: dict[str, int]
    """Rule (`ketalit rules` explains each) → cells that it filled; empty where the view computes them."""
    reasons: dict[str, int]
    """Why it is empty → rows; only where a column says so."""


class Relation(Struct, frozen=True):
    """One table or view."""

    name: str
    meaning: str
    rows: int
    columns: tuple[Column, ...]


def dictionary(reader: Reader, names: Sequence[str] = (), *, is_whole: bool = False) -> tuple[Relation, ...]:
    """The published views, with `is_whole` also the tables that they are made of; or those that are named.

    Raises SettingsError for a name that is none.
    """
    known = _known(reader)
    if names:
        wanted = [_found(name, known) for name in names]
    else:
        wanted = [name for name in known if is_whole or name.startswith("evidence.")]
    rules = _rules(reader)
    return tuple(_relation(reader, name, known[name], rules) for name in wanted)


def _known(reader: Reader) -> dict[str, str]:
    """Qualified name → meaning, in the order of SHOWN and then of the alphabet."""
    rows = reader.rows(
        "select case schema_name when 'main' then 'evidence' else schema_name end as schema_name, name, comment from ("
        " select schema_name, view_name as name, comment from duckdb_views()"
        " where not internal and database_name = current_database()"
        " union all select schema_name, table_name, comment from duckdb_tables()"
        " where not internal and database_name = current_database()) order by all"
    )
    shown = [row for row in rows if row["schema_name"] in SHOWN]
    shown.sort(key=lambda row: SHOWN.index(row["schema_name"]))
    return {f"{row['schema_name']}.{row['name']}": row["comment"] or "" for row in shown}


def _found(name: str, known: dict[str, str]) -> str:
    full = name if "." in name else f"evidence.{name}"
    if full not in known:
        near = get_close_matches(full, known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`ketalit dictionary --all` names all."
        raise SettingsError(f"There is no table or view {name}.", hint=hint)
    return full


def _rules(reader: Reader) -> dict[tuple[str, str], dict[str, int]]:
    """(View, column) → rule → cells that it filled, the most used first."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in reader.rows(
        "select view_name, column_name, rule, count(distinct row_id) as cells from evidence.cell_source"
        " group by all order by view_name, column_name, cells desc, rule"
    ):
        found.setdefault((row["view_name"], row["column_name"]), {})[row["rule"]] = row["cells"]
    return found


def _relation(reader: Reader, name: str, meaning: str, rules: dict[tuple[str, str], dict[str, int]]) -> Relation:
    schema, bare = name.split(".")
    table = reader.arrow(f"select * from {name}")  # noqa: S608 - a name of the catalog
    is_published = schema == "evidence"
    shown = {column.name: column for column in presentation.columns(bare, table.column_names)} if is_published else {}
    described = reader.rows(
        "select column_name, data_type, comment from duckdb_columns() where database_name = current_database()"
        " and schema_name = ? and table_name = ? order by column_index",
        ["main" if is_published else schema, bare],
    )
    columns = tuple(
        Column(
            name=row["column_name"],
            heading=presentation.heading(bare, row["column_name"]) if is_published else None,
            type=row["data_type"].lower(),
            meaning=row["comment"] or "",
            filled=_filled(table, row["column_name"]),
            rules=rules.get((bare, row["column_name"]), {}) if is_published else {},
            reasons=_reasons(table, row["column_name"], shown),
        )
        for row in described
    )
    return Relation(name=name, meaning=meaning, rows=table.num_rows, columns=columns)


def _filled(table: pa.Table, column: str) -> int:
    return int(table.num_rows - table.column(column).null_count)


def _reasons(table: pa.Table, column: str, shown: dict[str, presentation.Column]) -> dict[str, int]:
    absence = shown[column].absence if column in shown else None
    if absence is None:
        return {}
    pairs = zip(table.column(column).to_pylist(), table.column(absence).to_pylist(), strict=True)
    reasons = Counter(reason for value, reason in pairs if value is None and reason in presentation.ABSENT)
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


# ---- as text


def as_text(relations: Sequence[Relation]) -> str:
    """For a terminal: each view, then its columns with type, meaning and filling."""
    return "\n".join(line for relation in relations for line in _lines(relation))


def _lines(relation: Relation) -> Iterator[str]:
    yield f"{relation.name}: {relation.rows} rows"
    yield _wrapped(relation.meaning, "  ")
    for column in relation.columns:
        heading = f"  “{column.heading}”" if column.heading else ""
        yield ""
        yield f"  {column.name}  {column.type}{heading}"
        yield _wrapped(column.meaning, "      ")
        yield _wrapped(_filling(relation, column), "      ")
    yield "\n"


def _wrapped(text: str, indent: str) -> str:
    return fill(plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent)


def _filling(relation: Relation, column: Column) -> str:
    """`Filled in 64 of 93 rows, by dose.amount (60), … Empty: not reported 20, not understood 9.`"""
    most = list(column.rules.items())[:RULES_SHOWN]
    others = len(column.rules) - len(most)
    rules = ", ".join(f"{rule} ({cells})" for rule, cells in most) + (f" and {others} more rules" if others else "")
    reasons = ", ".join(f"{reason} {count}" for reason, count in column.reasons.items())
    by = f", by {rules}" if rules else ""
    return f"Filled in {column.filled} of {relation.rows} rows{by}." + (f" Empty: {reasons}." if reasons else "")


def as_markdown(relations: Sequence[Relation]) -> str:
    """For a manuscript's supplement: a table of columns under each view."""
    return "\n".join(part for relation in relations for part in _chapter(relation))


def _chapter(relation: Relation) -> Iterator[str]:
    yield f"## {relation.name}\n\n{markdown(relation.meaning)} {relation.rows} rows.\n"
    yield "| column | heading | type | meaning | filled |\n| --- | --- | --- | --- | --- |"
    for column in relation.columns:
        cells = (column.name, column.heading, column.type, column.meaning, _filling(relation, column))
        yield f"| {' | '.join(markdown(cell) for cell in cells)} |"
    yield ""


def as_csv(relations: Sequence[Relation]) -> str:
    """One line a column."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("relation", "column", "heading", "type", "meaning", "rows", "filled", "rules", "reasons"))
    for relation in relations:
        for column in relation.columns:
            rules, reasons = (_counts(found) for found in (column.rules, column.reasons))
            cells = (relation.name, column.name, column.heading, column.type, column.meaning)
            writer.writerow([spreadsheet(cell) for cell in (*cells, relation.rows, column.filled, rules, reasons)])
    return file.getvalue()


def _counts(found: dict[str, int]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in found.items())


def as_json(relations: Sequence[Relation]) -> str:
    """A list of views, each with its columns."""
    return msgspec.json.format(msgspec.json.encode(relations), indent=1).decode() + "\n"
