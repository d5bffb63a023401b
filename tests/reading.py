"""What tests ask of a built release."""

from __future__ import annotations

from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read

Columns = dict[str, list[str]]


def columns_of(built: Settings) -> Columns:
    """View → its columns in order."""
    with read(Releases(built.home).current().database) as reader:
        rows = reader.rows(
            "select table_name, list(column_name order by column_index) as names from duckdb_columns()"
            " where schema_name = 'main' and database_name = current_database() group by all order by all"
        )
    return {row["table_name"]: row["names"] for row in rows}
