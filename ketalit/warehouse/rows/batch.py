"""Rows of one table as Arrow, the form in which they are kept and enter DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from ketalit.errors import WarehouseError
from ketalit.warehouse.rows.row import Row, Value


def batch(table: str, rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """The rows of `core.<table>` in its columns. Raises WarehouseError for a row that does not fit them."""
    try:
        columns = [_column([row[field.name] for row in rows], field.type) for field in schema]
    except (KeyError, pa.ArrowException) as error:
        raise WarehouseError(f"A row for core.{table} does not fit its columns: {error}.") from error
    return pa.table(columns, schema=schema)


def _column(values: list[Value], kind: pa.DataType) -> pa.Array:
    """The values of one column; a fraction in a column of whole numbers is refused, where Arrow would cut it off."""
    return pa.array(values, pa.float64()).cast(kind) if pa.types.is_integer(kind) else pa.array(values, kind)
