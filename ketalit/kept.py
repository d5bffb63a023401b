"""Files of interpretations: what some documents of a part state, what linkage needs, and what they asked of rules."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from ketalit.candidates import Profile
from ketalit.extract.asked import Asked
from ketalit.model.publication import Correction, StatedRegistryId
from ketalit.model.registration import Reference, SecondaryId
from ketalit.vocabulary import Integrity, Source

PLACE: Final = "_place"
"""A further column of the kept rows: the place of their document in its part."""


class ReportIds(Struct, frozen=True, tag=True):
    """What linkage needs of a publication."""

    pmid: str
    doi: str | None
    registry_ids: tuple[StatedRegistryId, ...]
    corrections: tuple[Correction, ...]
    integrity: Integrity


class TrialIds(Struct, frozen=True, tag=True):
    """What linkage needs of a registration."""

    nct_id: str
    aliases: tuple[str, ...]
    secondary_ids: tuple[SecondaryId, ...]
    references: tuple[Reference, ...]


class Essentials(Struct, frozen=True):
    """What of one document is needed beside its rows."""

    place: int
    source: Source
    source_id: str
    title: str | None
    ids: ReportIds | TrialIds | None
    """None where the document could not be read."""
    profile: Profile | None
    """None where the document is not compared with others."""


class Packed(Struct, frozen=True):
    """What is looked at only when rules change: what the reading of each document asked, compressed."""

    data: bytes
    size: int
    """Bytes of it once it is unpacked."""

    @classmethod
    def of(cls, asked: Mapping[int, msgspec.Raw]) -> Packed:
        """Pack it, by places of documents."""
        data = msgspec.msgpack.encode(asked)
        return cls(pa.compress(data, codec="zstd", asbytes=True), len(data))

    def raw(self) -> dict[int, msgspec.Raw]:
        """What was packed."""
        return msgspec.msgpack.decode(self._unpacked(), type=dict[int, msgspec.Raw])

    def asked(self) -> dict[int, Asked]:
        """What was asked, by places of documents."""
        return msgspec.msgpack.decode(self._unpacked(), type=dict[int, Asked])

    def _unpacked(self) -> bytes:
        return bytes(pa.decompress(self.data, decompressed_size=self.size, codec="zstd", asbytes=True))


class Kept(Struct, frozen=True):
    """One file: the documents of a part from one place to another."""

    tables: dict[str, bytes]
    """Table of `core` → its rows (Arrow), in the order of their documents."""
    documents: tuple[Essentials, ...]
    asked: Packed

    def with_newer(self, newer: Kept) -> Kept:
        """The same with some of its documents read anew."""
        places = {one.place for one in newer.documents}
        documents = [one for one in self.documents if one.place not in places]
        tables = {
            name: _stream(table)
            for name in sorted({*self.tables, *newer.tables})
            if (table := _joined(self.tables.get(name), newer.tables.get(name), places)).num_rows
        }
        return Kept(
            tables,
            tuple(sorted([*documents, *newer.documents], key=lambda one: one.place)),
            Packed.of(dict(sorted({**self.asked.raw(), **newer.asked.raw()}.items()))),
        )


def _joined(old: bytes | None, new: bytes | None, places: Collection[int]) -> pa.Table:
    """Rows of both in the order of their documents; of the documents at `places` only the new ones."""
    tables = []
    if old is not None:
        rows = unpacked(old)
        tables.append(rows.filter(pc.invert(pc.is_in(rows[PLACE], pa.array(sorted(places), pa.int32())))))
    if new is not None:
        tables.append(unpacked(new))
    together = pa.concat_tables(tables)
    return together.take(pc.sort_indices(together[PLACE])).combine_chunks()  # stable, as Arrow sorts


def packed(table: pa.Table, places: Sequence[int]) -> bytes:
    """Rows with the places of their documents, as one Arrow stream."""
    return _stream(table.append_column(PLACE, pa.array(places, pa.int32())))


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def unpacked(data: bytes) -> pa.Table:
    """The rows of one Arrow stream."""
    return pa.ipc.open_stream(data).read_all()


def keep(path: Path, kept: Kept) -> None:
    """Not forced to disk: what a power loss takes is found by its digest and made again."""
    data = msgspec.msgpack.encode(kept)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.writing")
    temporary.write_bytes(hashlib.sha256(data).digest() + data)
    temporary.replace(path)


def kept_at(path: Path) -> Kept | None:
    """What was kept, or None where it is gone or not what was written."""
    try:
        seal, data = (content := path.read_bytes())[:32], content[32:]
    except FileNotFoundError:
        return None
    return msgspec.msgpack.decode(data, type=Kept) if hashlib.sha256(data).digest() == seal else None
