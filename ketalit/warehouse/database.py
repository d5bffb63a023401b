"""One DuckDB file, built in one go by one writer."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from ketalit.errors import AuditFailed, WarehouseError
from ketalit.warehouse.files import AUDITS, TABLES, VIEWS, sql_files, sql_folder
from ketalit.warehouse.messages import explained
from ketalit.warehouse.reader import CATALOG, connect, quoted, read, row_counts, rows_of
from ketalit.warehouse.rows.batch import batch
from ketalit.warehouse.rows.row import Row

STORAGE_VERSION: Final = "v1.2.0"
"""Readable by DuckDB 1.2 and newer; without it only DuckDB 2 could open a file that DuckDB 2 wrote."""
BATCH: Final = 5_000
"""Rows of a table that are kept before they are handed over; memory stays flat however many documents come."""
MEMORY_LIMIT: Final = "512MiB"
OFFENDERS_SHOWN: Final = 5


class Warehouse:
    """A new evidence base while it is built; see the example at the top of the package."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._pending: defaultdict[str, list[Row]] = defaultdict(list)
        self._arrived: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._schemas: dict[str, pa.Schema] = {}
        self._is_finished = False

    @classmethod
    @contextmanager
    def create(cls, path: Path) -> Iterator[Warehouse]:
        """A new file at `path` with empty `core` tables. Raises WarehouseError when `path` exists.

        The caller moves the finished file to where readers look; a file that is not finished is removed.
        """
        if path.exists():
            raise WarehouseError(f"{path} exists: a warehouse is never built over another.", hint="Move it away.")
        connection = connect(memory_limit=MEMORY_LIMIT)
        warehouse = cls(path, connection)
        try:
            warehouse._attach()
            warehouse._run(sql_files(TABLES))
            connection.begin()  # rows are loaded in one transaction: a commit writes each batch twice
            yield warehouse
        finally:
            connection.close()
            if not warehouse._is_finished:
                _remove(path)

    def _attach(self) -> None:
        spill = self.path.with_name(f"{self.path.name}.spill")
        with explained(f"creating {self.path}"):
            self._connection.execute(f"set temp_directory = {quoted(spill)}")
            self._connection.execute(
                f"attach {quoted(self.path)} as {CATALOG} (storage_version {quoted(STORAGE_VERSION)})"
            )
            self._connection.execute(f"use {CATALOG}")

    def load(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Take `(table, row)` pairs for `core`; they are written in batches, at the latest by `run_sql`."""
        for table, row in rows:
            pending = self._pending[table]
            pending.append(row)
            if len(pending) >= BATCH:
                self._write(table)

    def append(self, table: str, rows: pa.Table) -> None:
        """Take rows for `core.<table>` that are in its columns already; written as those of `load` are."""
        arrived = self._arrived[table]
        arrived.append(rows)
        if sum(part.num_rows for part in arrived) >= BATCH:
            self._write(table)

    def _write(self, table: str) -> None:
        parts = self._arrived.pop(table, [])
        if rows := self._pending.pop(table, []):
            parts.append(batch(table, rows, self.schema(table)))
        if parts:
            with explained(f"loading core.{table}"):
                # not registered under a name: a transaction keeps what had one until it ends
                self._connection.from_arrow(pa.concat_tables(parts)).insert_into(f"core.{table}")

    def schema(self, table: str) -> pa.Schema:
        """The columns of `core.<table>`. Raises WarehouseError when there is no such table."""
        if table not in self._schemas:
            with explained(f"reading the columns of core.{table}"):
                empty = self._connection.sql(f"select * from core.{table} limit 0")  # noqa: S608 – our names
                self._schemas[table] = empty.to_arrow_table().schema
        return self._schemas[table]

    def schemas(self) -> dict[str, pa.Schema]:
        """The columns of every table of `core`."""
        return {path.stem: self.schema(path.stem) for path in sql_files(("30",))}

    def run_sql(self) -> None:
        """Make bridges and evidence views of what is loaded. Raises WarehouseError naming the file and statement."""
        self._commit_rows()
        self._run(sql_files(VIEWS))

    def _commit_rows(self) -> None:
        for table in sorted(self._pending.keys() | self._arrived.keys()):
            self._write(table)
        self._commit()

    def _run(self, paths: Iterable[Path]) -> None:
        """All statements in one transaction: a commit for each of a thousand comments would cost most of the time."""
        self._connection.begin()
        for path in paths:
            name = _relative(path)
            for statement in _statements(path):
                with explained(f"{name}, `{_first_line(statement)}`"):
                    self._connection.execute(statement)
        self._commit()

    def _commit(self) -> None:
        with explained(f"storing in {self.path}"):
            self._connection.commit()

    def audit(self) -> tuple[str, ...]:
        """Ask every audit; gives their names. Raises AuditFailed naming those with offenders, and the first of them."""
        names, failures = [], []
        for path in sql_files(AUDITS):
            names.append(path.stem)
            with explained(_relative(path)):
                offenders = rows_of(self._connection.execute(path.read_text("utf-8")))
            if offenders:
                failures.append(_failure(path.stem, offenders))
        if failures:
            raise AuditFailed(" ".join(failures))
        return tuple(names)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query over what is built so far, by column name."""
        with explained(query):
            return rows_of(self._connection.execute(query))

    def counts(self) -> dict[str, int]:
        """Rows of every core table and evidence view, by qualified name."""
        return row_counts(self._connection)

    def finish(self) -> None:
        """Make the file whole and durable: checkpoint, close, read everything back, fsync."""
        with explained(f"finishing {self.path}"):
            self._connection.execute(f"checkpoint {CATALOG}")
            self._connection.execute("use memory")
            self._connection.execute(f"detach {CATALOG}")
        if _wal(self.path).exists():
            raise WarehouseError(f"{self.path} was not written completely: its log is still beside it.")
        with read(self.path) as reader:
            reader.verify()
        _make_durable(self.path)
        self._is_finished = True


def _statements(path: Path) -> list[str]:
    with explained(_relative(path)):
        return [statement.query for statement in duckdb.extract_statements(path.read_text("utf-8"))]


def _first_line(statement: str) -> str:
    """The first line that is not a comment: what a person looks for in the file."""
    lines = (line.strip() for line in statement.splitlines())
    return next((line for line in lines if line and not line.startswith("--")), "")


def _relative(path: Path) -> str:
    return path.relative_to(sql_folder().parent).as_posix()


def _failure(audit: str, offenders: list[dict[str, Any]]) -> str:
    shown = (", ".join(f"{name} {value}" for name, value in row.items()) for row in offenders[:OFFENDERS_SHOWN])
    return f"Audit {audit} found {len(offenders)} offender(s): {'; '.join(shown)}."


def _make_durable(path: Path) -> None:
    """Force the file and its name to disk. A failed fsync is fatal: the build is made again, never retried."""
    for target in (path, path.parent):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _wal(path).unlink(missing_ok=True)
