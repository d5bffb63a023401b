"""Parts of the store: files of documents, written once and read in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ketalit.model.document import Document
from ketalit.model.run import Part

SCHEMA: Final = pa.schema(
    [
        ("source", pa.string()),
        ("source_id", pa.string()),
        ("sha256", pa.string()),
        ("fetched_at", pa.string()),
        ("request", pa.string()),
        ("revised", pa.string()),
        ("body", pa.binary()),
    ]
)
ROW_GROUP: Final = 500
"""Documents that can be read from a part without the others: large parts are interpreted by several processes."""


def packed(documents: Iterable[Document]) -> bytes:
    """The documents, verbatim, as one Parquet file."""
    rows = [msgspec.structs.asdict(found) for found in documents]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), sink, compression="zstd", row_group_size=ROW_GROUP)
    return bytes(sink.getvalue().to_pybytes())


class Holding(NamedTuple):
    """The documents of one part that are the newest versions of their records, by their places in it."""

    run_id: str
    part: Part
    path: Path
    rows: tuple[int, ...]

    def documents(self) -> Iterator[tuple[int, Document]]:
        """These documents, with their places."""
        held = set(self.rows)
        yield from ((place, found) for place, found in documents_at(self.path) if place in held)


def documents_at(part: Path, first: int = 0, last: int | None = None) -> Iterator[tuple[int, Document]]:
    """The documents of a part from the place `first` to before `last`, with their places.

    Row groups before and after are not read, so the digest of the part is not looked at: `Store.holdings` does it.
    """
    with pq.ParquetFile(part) as file:
        last = file.metadata.num_rows if last is None else last
        place = 0
        for number in range(file.num_row_groups):
            end = place + file.metadata.row_group(number).num_rows
            if place < last and end > first:
                values = file.read_row_group(number).to_pylist()
                for row in range(max(first, place), min(last, end)):
                    yield row, msgspec.convert(values[row - place], Document)
            place = end
