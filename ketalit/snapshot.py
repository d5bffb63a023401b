"""Snapshots: the door between the network and everything else.

    <home>/snapshots/<run>/promised.json       the ids that the source promised, written before anything is fetched
    <home>/snapshots/<run>/part-00001.parquet  documents, verbatim; a part is whole or is not there
    <home>/snapshots/<run>/manifest.json       what was asked, promised, stored and explained; status

Parts and the manifests of complete runs never change. A run is `running` until its books balance: promised = stored +
unchanged + explained makes it `complete`, anything else `incomplete`, and only complete runs are read.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from ketalit import __version__
from ketalit.errors import Incomplete, Locked, SettingsError, SnapshotDamaged
from ketalit.model.document import Document
from ketalit.model.search import Listing, QueryRecord
from ketalit.vocabulary import Source

SCHEMA: Final = pa.schema(
    [
        ("source", pa.string()),
        ("source_id", pa.string()),
        ("sha256", pa.string()),
        ("fetched_at", pa.string()),
        ("request", pa.string()),
        ("body", pa.binary()),
    ]
)
RESUMABLE_FOR: Final = timedelta(hours=24)
"""An interrupted run is taken up again within a day; after that its listing is too old to be the promise."""


class Part(Struct, frozen=True):
    """One written file of documents."""

    name: str
    sha256: str
    documents: int


class StrategyUsed(Struct, frozen=True):
    """Which search strategy a run used."""

    name: str
    version: str
    digest: str


class Manifest(Struct, frozen=True):
    """The books of one run."""

    run_id: str
    source: Source
    kind: str
    """`refresh` or `import`."""
    status: str
    """`running`, `complete` or `incomplete`."""
    ketalit_version: str
    started_at: str
    finished_at: str | None = None
    strategy: StrategyUsed | None = None
    queries: tuple[QueryRecord, ...] = ()
    promised: int = 0
    stored: int = 0
    """Documents written in this run: new, or changed since they were last stored."""
    unchanged: int = 0
    """Promised ids whose document came and is byte for byte the one that is already stored."""
    explained: tuple[tuple[str, str], ...] = ()
    """(id, reason) of promised ids without a document."""
    missing: tuple[str, ...] = ()
    """Promised ids that are neither stored nor explained."""
    parts: tuple[Part, ...] = ()


def now() -> str:
    """The time as UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(body: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Write `data` so that `path` is either absent (or what it was) or whole, whatever happens meanwhile."""
    temporary = path.with_name(f".{path.name}.writing")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable: without it the new name can vanish at a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Store:
    """All snapshots under one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "snapshots"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store; raises Locked when another process does. The lock dies with its process."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            file = (self.home / "lock").open("a+")
        except OSError as error:
            raise SettingsError(
                f"The folder {self.home} cannot be written: {error.strerror}.", hint="Choose another with --home."
            ) from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise Locked(f"Another run (process {file.read().strip() or 'unknown'}) holds {self.home}.") from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def runs(self) -> tuple[Manifest, ...]:
        """The manifests of all runs, oldest first. Raises SnapshotDamaged for one that cannot be read."""
        if not self.folder.is_dir():
            return ()
        return tuple(_read_manifest(path) for path in sorted(self.folder.glob("*/manifest.json")))

    def complete_runs(self) -> tuple[Manifest, ...]:
        """The manifests of the runs whose books balance, oldest first."""
        return tuple(run for run in self.runs() if run.status == "complete")

    def known(self, source: Source) -> dict[str, str]:
        """Id → sha256 of the newest stored version of each document of `source`."""
        newest: dict[str, str] = {}
        for run in self.complete_runs():
            if run.source is source:
                for part in run.parts:
                    columns = pq.read_table(self._part(run, part), columns=["source_id", "sha256"])
                    newest.update(zip(*(column.to_pylist() for column in columns.columns), strict=True))
        return newest

    def documents(self, runs: Iterable[Manifest] | None = None) -> Iterator[tuple[str, Document]]:
        """The newest stored version of each document, with the id of its run, from the complete runs, part by part.

        Raises SnapshotDamaged when a part is not what its manifest says.
        """
        runs = tuple(self.complete_runs() if runs is None else runs)
        newest = self._newest(runs)
        for run in runs:
            for part in run.parts:
                yield from self._chosen(run, part, newest)

    def verify(self) -> int:
        """Read every part of every complete run back; gives how many. Raises SnapshotDamaged for the first bad one."""
        checked = 0
        for run in self.complete_runs():
            for part in run.parts:
                self._whole(run, part)
                checked += 1
        return checked

    def _newest(self, runs: tuple[Manifest, ...]) -> dict[tuple[str, str], tuple[str, str]]:
        newest: dict[tuple[str, str], tuple[str, str]] = {}
        for run in runs:
            for part in run.parts:
                table = pq.read_table(self._part(run, part), columns=["source_id"])
                for source_id in table.column(0).to_pylist():
                    newest[run.source, source_id] = (run.run_id, part.name)
        return newest

    def _chosen(
        self, run: Manifest, part: Part, newest: Mapping[tuple[str, str], tuple[str, str]]
    ) -> Iterator[tuple[str, Document]]:
        last = {}
        for row in pq.read_table(pa.BufferReader(self._whole(run, part))).to_pylist():
            if newest[run.source, row["source_id"]] == (run.run_id, part.name):
                last[row["source_id"]] = row  # the last of one id within a part is the newest
        for row in last.values():
            yield run.run_id, msgspec.convert(row, Document)

    def _whole(self, run: Manifest, part: Part) -> bytes:
        data = self._part(run, part).read_bytes()
        if digest(data) != part.sha256:
            raise SnapshotDamaged(f"{run.run_id}/{part.name} differs from what was written.")
        return data

    def _part(self, run: Manifest, part: Part) -> Path:
        path = self.folder / run.run_id / part.name
        if not path.is_file():
            raise SnapshotDamaged(f"{run.run_id}/{part.name} is missing.")
        return path

    def begin(self, source: Source, kind: str, strategy: StrategyUsed | None = None) -> Run:
        """A new run, or the last interrupted one of the same source and strategy if it is less than a day old."""
        last = next((run for run in reversed(self.runs()) if run.source is source and run.kind == kind), None)
        if kind == "refresh" and last is not None and _is_resumable(last, strategy):
            return Run(self, msgspec.structs.replace(last, status="running", finished_at=None, missing=()))
        manifest = Manifest(
            run_id=self._new_id(source),
            source=source,
            kind=kind,
            status="running",
            ketalit_version=__version__,
            started_at=now(),
            strategy=strategy,
        )
        return Run(self, manifest)

    def _new_id(self, source: Source) -> str:
        """A name that sorts after those of all earlier runs, even when two begin within a second."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        taken = sorted(path.name for path in self.folder.glob("*")) if self.folder.is_dir() else []
        number = sum(name.startswith(stamp) for name in taken)
        return f"{stamp}-{number:02d}-{source}"


class Run:
    """One run while it writes."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self._store = store
        self.manifest = manifest
        self.folder = store.folder / manifest.run_id
        self.folder.mkdir(parents=True, exist_ok=True)
        self._promised: tuple[str, ...] = ()
        self._explained: dict[str, str] = dict(manifest.explained)
        self._unchanged: set[str] = set()
        self._stored = self._stored_before()
        self._known = store.known(manifest.source)
        self._save()

    def promise(self, listing: Listing) -> tuple[str, ...]:
        """Write down what the source promises; gives the ids that are still to be fetched."""
        self._promised = listing.ids
        write_durably(self.folder / "promised.json", msgspec.json.encode(listing.ids))
        self.manifest = msgspec.structs.replace(
            self.manifest, promised=len(set(listing.ids)), queries=self.manifest.queries + listing.queries
        )
        self._save()
        return tuple(source_id for source_id in listing.ids if source_id not in self._stored)

    def write(self, documents: Iterable[Document]) -> None:
        """Store the documents that are new or changed as one part."""
        changed = []
        for document in documents:
            if self._known.get(document.source_id) == document.sha256:
                self._unchanged.add(document.source_id)
            else:
                changed.append(document)
        if changed:
            self._write_part(changed)
            self._stored.update(document.source_id for document in changed)

    def explain(self, explained: Iterable[tuple[str, str]]) -> None:
        """Record why promised ids have no document."""
        self._explained.update(explained)

    def discard(self) -> None:
        """Take back everything that this run wrote, as if it had not begun."""
        shutil.rmtree(self.folder)

    def finish(self) -> Manifest:
        """Close the books. Raises Incomplete, after writing them down, when they do not balance."""
        accounted = self._stored | self._unchanged | self._explained.keys()
        missing = tuple(source_id for source_id in self._promised if source_id not in accounted)
        self.manifest = msgspec.structs.replace(
            self.manifest,
            status="incomplete" if missing else "complete",
            finished_at=now(),
            stored=len(self._stored),
            unchanged=len(self._unchanged - self._stored),
            explained=tuple(sorted(self._explained.items())),
            missing=missing,
            parts=tuple(_part(path) for path in sorted(self.folder.glob("part-*.parquet"))),
        )
        self._save()
        if missing:
            raise Incomplete(
                f"{self.manifest.source}: {len(missing)} of {self.manifest.promised} promised records did not come"
                f" (first: {', '.join(missing[:5])}). Nothing is published from this run ({self.manifest.run_id})."
            )
        return self.manifest

    def _write_part(self, documents: list[Document]) -> None:
        rows = [msgspec.structs.asdict(document) for document in documents]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), sink, compression="zstd")
        number = sum(1 for _ in self.folder.glob("part-*.parquet")) + 1
        write_durably(self.folder / f"part-{number:05d}.parquet", sink.getvalue().to_pybytes())

    def _stored_before(self) -> set[str]:
        """Ids that this run stored before it was interrupted."""
        stored: set[str] = set()
        for path in self.folder.glob("part-*.parquet"):
            stored.update(pq.read_table(path, columns=["source_id"]).column(0).to_pylist())
        return stored

    def _save(self) -> None:
        write_durably(self.folder / "manifest.json", msgspec.json.format(msgspec.json.encode(self.manifest), indent=1))


def _part(path: Path) -> Part:
    data = path.read_bytes()
    return Part(name=path.name, sha256=digest(data), documents=pq.read_metadata(pa.BufferReader(data)).num_rows)


def _read_manifest(path: Path) -> Manifest:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, OSError) as error:
        raise SnapshotDamaged(f"{path.parent.name}/manifest.json cannot be read: {error}.") from None


def _is_resumable(run: Manifest, strategy: StrategyUsed | None) -> bool:
    started = datetime.fromisoformat(run.started_at)
    is_fresh = datetime.now(UTC) - started < RESUMABLE_FOR
    return run.status != "complete" and run.strategy == strategy and is_fresh
