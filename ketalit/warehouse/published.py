"""The published views as bytes: Parquet for programs, a canonical digest for identity.

No native file of DuckDB is the same twice. These are: rows stand in an order that depends on nothing but themselves,
and values are spelt by this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ketalit.warehouse.reader import Reader

OF_RETRIEVAL: Final = frozenset({"request", "run_id"})
"""Columns that say how a record was obtained; with them go all times of day. A record that was fetched once more,
unchanged, is the same evidence, so they are no part of a view's digest."""
BATCH: Final = 10_000
"""Rows that are spelt at a time, so that memory stays flat."""


def published_views(reader: Reader) -> tuple[str, ...]:
    """The names of the views of the schema evidence, in alphabetical order."""
    views = reader.rows(
        "select view_name from duckdb_views() where database_name = current_database()"
        " and schema_name = 'main' and not internal order by view_name"
    )
    return tuple(view["view_name"] for view in views)


def table_of(reader: Reader, view: str) -> pa.Table:
    """A published view with all its rows, in its own order."""
    return reader.arrow(f"select * from evidence.{view}")  # noqa: S608 - a name of the catalog


def parquet(table: pa.Table) -> bytes:
    """A table as one Parquet file; the same rows give the same bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def canonical_digest(table: pa.Table) -> str:
    """SHA-256 over the names, types and rows of a view, whatever the order in which DuckDB gives them."""
    total = sha256()
    for line in _canonical_lines(table):
        total.update(line + b"\n")
    return total.hexdigest()


def _canonical_lines(table: pa.Table) -> Iterator[bytes]:
    said = table.select([field.name for field in table.schema if not _is_of_retrieval(field)])
    yield msgspec.json.encode([[field.name, str(field.type)] for field in said.schema])
    yield from sorted(spelt(row) for batch in said.to_batches(BATCH) for row in _rows(batch))


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch, column by column: a dictionary for each row would cost as much again."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _is_of_retrieval(field: pa.Field) -> bool:
    return field.name in OF_RETRIEVAL or pa.types.is_timestamp(field.type)


def spelt(value: Any) -> bytes:
    """A value, or a row of them, as JSON: dates in ISO 8601, numbers with the fewest digits that tell them apart."""
    return msgspec.json.encode(value)


def combined(digests: Mapping[str, str]) -> str:
    """One digest over named digests, in the order of their names."""
    return sha256("\n".join(f"{name} {digests[name]}" for name in sorted(digests)).encode()).hexdigest()
