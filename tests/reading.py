"""What tests ask of a built release."""

from __future__ import annotations

from typing import Any

from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read

Columns = dict[str, list[str]]


def current(built: Settings, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query in the current release."""
    with read(Releases(built.home).current().database) as reader:
        return [tuple(row.values()) for row in reader.rows(query)]


def columns_of(built: Settings) -> Columns:
    """View → its columns in order."""
    return dict(
        current(
            built,
            "select table_name, list(column_name order by column_index) as names from duckdb_columns()"
            " where schema_name = 'main' and database_name = current_database() group by all order by all",
        )
    )
