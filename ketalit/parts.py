"""Parts of the store: files of documents, written once and read in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ketalit.durable import digest
from ketalit.model.document import Document
from ketalit.model.run import Manifest, Part

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


def unpacked(file: AbstractContextManager[IO[bytes]]) -> list[Document]:
    """The documents of a file that `packed` made."""
    with file as opened:
        return msgspec.convert(pq.read_table(pa.BufferReader(opened.read())).to_pylist(), list[Document])


class Version(NamedTuple):
    """One stored version of a document, and where it lies."""

    revised: str
    run: int
    part: int
    row: int
    sha256: str

    def follows(self, other: Version | None, kind: str) -> bool:
        """Whether this version, the later one to be stored, is the newer one.

        What a service gives is newer than all that came before, even if its date of revision went back. A file that is
        imported may be old: the record's own date of its last change decides.
        """
        return kind == "refresh" or other is None or self.revised >= other.revised


def newest(runs: Sequence[Manifest], versions: Iterable[tuple[str, Version]]) -> dict[tuple[str, str], Version]:
    """Source and id → the newest of the versions, which come in the order of storage."""
    found: dict[tuple[str, str], Version] = {}
    for source_id, version in versions:
        run = runs[version.run]
        key = (run.source, source_id)
        if version.follows(found.get(key), run.kind):
            found[key] = version
    return found


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


def ids_of(parts: Iterable[Path]) -> set[str]:
    """The ids of the documents in `parts`; a part that is not whole is removed, and its records are asked for again."""
    ids: set[str] = set()
    for path in parts:
        found = _ids_of_whole(path)
        if found is None:
            path.unlink()
        ids.update(found or ())
    return ids


def _ids_of_whole(path: Path) -> list[str] | None:
    """The ids in a part of an interrupted run, which no manifest describes yet; None if a body is not what it was."""
    try:
        columns = pq.read_table(path, columns=["source_id", "sha256", "body"]).to_pydict()
    except (pa.ArrowException, OSError):
        return None
    is_whole = all(digest(body) == due for body, due in zip(columns["body"], columns["sha256"], strict=True))
    return list(columns["source_id"]) if is_whole else None
