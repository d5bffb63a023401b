"""Released files: read-only and locked down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

import duckdb

from ketalit.errors import WarehouseError
from ketalit.warehouse.messages import explained

if TYPE_CHECKING:
    import pandas as pd  # it takes half a second, and few verbs need a frame
    import pyarrow as pa

CATALOG: Final = "evidence"
"""The name that evidence.duckdb gets when anybody opens it; its main schema holds the views (see sql/00_schema)."""


def connect(**settings: str) -> duckdb.DuckDBPyConnection:
    """A connection that never fetches an extension over the network; ketalit needs only the built-in ones."""
    hardened = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    return duckdb.connect(config={**hardened, **settings})


class Reader:
    """A released evidence base: SQL in it can reach no other file and no network, and can change nothing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB's own connection, for the rest of this package."""
        return self._connection

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run one query. Raises WarehouseError naming it."""
        with explained(query):
            return self._connection.execute(query, parameters)

    def rows(self, query: str, parameters: object = None) -> list[dict[str, Any]]:
        """The rows of a query, by column name."""
        with explained(query):
            return rows_of(self._connection.execute(query, parameters))

    def frame(self, query: str, parameters: object = None) -> pd.DataFrame:
        """The rows of a query as a pandas frame, for where a table leaves the warehouse."""
        with explained(query):
            return self._connection.execute(query, parameters).df()

    def arrow(self, query: str, parameters: object = None) -> pa.Table:
        """The rows of a query as an Arrow table, typed as in the database."""
        with explained(query):
            return cast("pa.Table", self._connection.sql(query, params=parameters).to_arrow_table())

    def counts(self) -> dict[str, int]:
        """Rows of every core table and evidence view, by qualified name."""
        return row_counts(self._connection)

    def verify(self) -> None:
        """Read every block: some damage shows only then. Raises WarehouseError for a damaged file."""
        tables = self.rows(
            "select schema_name || '.' || table_name as name from duckdb_tables()"
            " where database_name = current_database() order by name"
        )
        for table in tables:
            self.rows(f"select bit_xor(hash(t)) from {table['name']} as t")  # noqa: S608 – names of the catalog

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read(path: Path, **settings: str) -> Reader:
    """Open a released file. Raises WarehouseError when there is none, or it is not a whole DuckDB file."""
    # nothing spills to where the reader happens to run, and no query sees the variables of the program around it
    connection = connect(temp_directory="", python_enable_replacements="false", **settings)
    try:
        with explained(f"opening {path}"):
            connection.execute(f"attach {quoted(path)} as {CATALOG} (read_only)")
            connection.execute(f"use {CATALOG}")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
    except WarehouseError:
        connection.close()
        raise
    return Reader(connection)


def rows_of(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What a query answered, by column name."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every core table and evidence view, by qualified name."""
    relations = connection.execute(
        "select case table_schema when 'main' then 'evidence' else table_schema end || '.' || table_name"
        " from information_schema.tables"
        " where table_catalog = current_database() and table_schema in ('core', 'main') order by all"
    ).fetchall()
    # all of each answer is fetched: DuckDB refuses further work beside an unfinished one
    return {
        name: connection.execute(f"select count(*) from {name}").fetchall()[0][0]  # noqa: S608 – names of the catalog
        for (name,) in relations
    }


def quoted(text: Path | str) -> str:
    """A SQL string; for the places that take no parameter, such as the path of an attached file."""
    return "'" + str(text).replace("'", "''") + "'"
