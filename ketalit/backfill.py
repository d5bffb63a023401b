"""Bulk files into the store: what a strategy finds in NLM's baseline and update files, or in the registry's download.

    worker:  a file, wherever it lies → checked by its md5 → what the strategy finds → staging/<name>.parquet, .json
    writer:  the staged files in their order → one import run of the store

Workers and writer share nothing but the staging folder, on any file system that fsspec knows (a folder, s3://, gs://).
A file that was staged with the same content and strategy is not read again, so a backfill that broke off goes on.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast

import fsspec
import msgspec
from msgspec import Struct

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.model.run import Manifest
from ketalit.model.search import Listing
from ketalit.parts import packed, unpacked
from ketalit.selection import Selector
from ketalit.snapshot import Store, document
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.bulk import pieces
from ketalit.strategy import SearchStrategy
from ketalit.vocabulary import Source

BULK_FILE: Final = re.compile(r"pubmed\d\dn\d{4}\.xml\.gz")
"""What NLM calls its files; their numbers are the order in which records were revised and deleted."""
CHECK: Final = "Name NLM's folder of files, or the registry's download, and check your rights there."
STUDIES_AT_ONCE: Final = 500
_MD5: Final = re.compile(rb"\b[0-9a-f]{32}\b")


class Staged(Struct, frozen=True):
    """What a worker made of one file."""

    name: str
    source: Source
    md5: str
    strategy: str
    """Digest of the strategy."""
    records: int
    selected: int
    deleted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def bulk_files(location: str) -> tuple[str, ...]:
    """NLM's files in a folder (or behind its index page), in their order. Raises SettingsError when there is none."""
    file_system, path = _on_file_system(location)
    try:
        names = {PurePosixPath(name).name for name in file_system.ls(path, detail=False)}
    except Exception as error:  # each file system has errors of its own
        raise SettingsError(
            f"{location} cannot be listed: {error}.", hint="Check the address and your rights."
        ) from None
    found = sorted(name for name in names if BULK_FILE.fullmatch(name))
    if not found:
        raise SettingsError(
            f"{location} holds no file such as pubmed26n0001.xml.gz.", hint="Name NLM's folder of files."
        )
    return tuple(f"{location.rstrip('/')}/{name}" for name in found)


# ---- a worker


def stage(url: str, source: Source, strategy: SearchStrategy, staging: str) -> Staged:
    """Select from one file and stage what was found; gives what is staged already when nothing changed.

    Raises DocumentUnreadable when the file is damaged or not what its md5 says, SettingsError when it is not there.
    """
    name = PurePosixPath(url).name
    stated, known = _stated_md5(url), _staged(staging, name, strategy)
    if known is not None and known.md5 == stated:
        return known  # without the file itself, which may be far away
    data = _content(url)
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if stated not in (md5, None):
        raise DocumentUnreadable(f"{url} is not what its md5 says.", hint="The download broke off: fetch it again.")
    if known is not None and known.md5 == md5:
        return known
    selector = Selector(source, strategy)
    records, selected, deleted, unknown = 0, list[Document](), list[str](), set[str]()
    try:
        for batch, gone, strange in _batches(source, data):
            found = selector.find(batch)
            selected += [document(source, i, body, f"file:{name}") for i, body in batch.items() if i in found]
            records, deleted, unknown = records + len(batch), [*deleted, *gone], unknown | set(strange)
    except (KetalitError, OSError, EOFError) as error:
        raise DocumentUnreadable(f"{url} cannot be read: {error}", hint="Download it again.") from None
    notes = (f"{name} holds elements that this version does not know: {', '.join(sorted(unknown))}",) if unknown else ()
    made = Staged(name, source, md5, strategy.digest, records, len(selected), tuple(deleted), notes)
    _write(f"{staging}/{name}.parquet", packed(selected))
    _write(f"{staging}/{name}.json", msgspec.json.encode(made))  # last: it says that the other is whole
    return made


def _content(url: str) -> bytes:
    file_system, path = _on_file_system(url)
    try:
        return bytes(file_system.cat_file(path))
    except Exception as error:  # each file system has errors of its own
        raise SettingsError(f"{url} cannot be read: {error}.", hint=CHECK) from None


def _on_file_system(url: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Raises SettingsError when a package for it is missing."""
    try:
        file_system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise SettingsError(
            f"{url} cannot be reached: {error}", hint="Install its file system: s3fs for s3://, gcsfs for gs://."
        ) from None
    return file_system, path


def _stated_md5(url: str) -> str | None:
    """NLM lays `<file>.md5` beside each file; where there is none, nothing is known of the file but itself."""
    file_system, path = _on_file_system(f"{url}.md5")
    try:
        stated = _MD5.search(file_system.cat_file(path)[:1_000].lower())
    except FileNotFoundError:
        return None
    except Exception as error:
        raise SettingsError(f"{url}.md5 cannot be read: {error}.", hint=CHECK) from None
    return stated[0].decode() if stated else None


def _batches(source: Source, data: bytes) -> Iterator[tuple[dict[str, bytes], Sequence[str], Sequence[str]]]:
    """Some records, ids that are declared deleted beside them, and elements that nobody knows."""
    if source is Source.PUBMED:
        unpacked_file = gzip.GzipFile(fileobj=io.BytesIO(data)) if data.startswith(b"\x1f\x8b") else io.BytesIO(data)
        for piece in pieces(cast(BinaryIO, unpacked_file)):
            yield dict(piece.records), piece.deleted, piece.unknown
        return
    batch: dict[str, bytes] = {}
    for nct_id, body in _studies(data):
        batch[nct_id] = body
        if len(batch) >= STUDIES_AT_ONCE:
            yield batch, (), ()
            batch = {}
    yield batch, (), ()


def _studies(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The studies of the registry's download: a zip with a file a study, or what `ketalit import` takes."""
    if not data.startswith(b"PK"):
        yield from studies(gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed_file:
        for name in sorted(packed_file.namelist()):
            if name.endswith(".json"):
                yield from studies(packed_file.read(name))


def _write(url: str, data: bytes) -> None:
    """Under another name first, where a folder is no object store: a reader never sees a half."""
    file_system, path = _on_file_system(url)
    file_system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
    file_system.pipe_file(f"{path}.writing", data)
    file_system.mv(f"{path}.writing", path)


def _staged(staging: str, name: str, strategy: SearchStrategy) -> Staged | None:
    """The books of a file that was staged whole for this strategy."""
    file_system, path = _on_file_system(f"{staging}/{name}")
    if not (file_system.exists(f"{path}.json") and file_system.exists(f"{path}.parquet")):
        return None
    try:
        books = msgspec.json.decode(file_system.cat_file(f"{path}.json"), type=Staged)
    except msgspec.DecodeError:
        return None
    return books if books.strategy == strategy.digest else None


# ---- the writer


def gather(store: Store, staging: str, staged: Iterable[Staged]) -> Manifest:
    """Take what was staged, in the order of the files, into the store as one import run.

    A record that a later file holds again stands, although an earlier one declares it deleted.
    """
    with store.locked():
        files = sorted(staged, key=lambda one: one.name)
        run = store.begin(files[0].source, "import")
        ids: dict[str, None] = {}
        deleted: dict[str, None] = {}
        for one in files:
            documents = unpacked(fsspec.open(f"{staging}/{one.name}.parquet", "rb"))
            run.write(documents)
            found = dict.fromkeys(held.source_id for held in documents)
            ids.update(found)
            deleted = {i: None for i in deleted if i not in found} | dict.fromkeys(one.deleted)
            run.note([f"{one.name}: {one.selected} of {one.records} records are found by the strategy", *one.notes])
        known = {**ids, **run.known}
        run.delete([source_id for source_id in deleted if source_id in known])
        run.promise(Listing(ids=tuple(ids), queries=()))
        return run.finish()
