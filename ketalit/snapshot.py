"""Snapshots: the door between the network and everything else.

    <home>/snapshots/<run>/promised.json       the ids that the source promised, written before anything is fetched
    <home>/snapshots/<run>/part-00001.parquet  documents, verbatim; a part is whole or is not there
    <home>/snapshots/<run>/manifest.json       what was asked, promised, stored and explained; status

Parts and the manifests of complete runs never change. A run is `running` until its books balance: promised = stored +
unchanged + explained makes it `complete`, anything else `incomplete`, and only complete runs are read.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ketalit import __version__, durable
from ketalit.checkpoint import checkpoint
from ketalit.durable import (
    digest,
    is_as_sealed,
    refuse_newer,
    sealed,
    sweep,
    took,
    write_durably,
)
from ketalit.errors import Incomplete, Locked, OtherVersion, SettingsError, SnapshotDamaged
from ketalit.model.document import Document
from ketalit.model.run import FORMAT, Manifest, Part, StrategyUsed
from ketalit.model.search import Delivery, Listing
from ketalit.parts import SCHEMA, Holding, Version, ids_of, newest, packed
from ketalit.vocabulary import Source

__all__ = ["Manifest", "Part", "Run", "Store", "Stored", "StrategyUsed", "document"]

RESUMABLE_FOR: Final = timedelta(hours=24)
"""An interrupted run is taken up again within a day; after that its listing is too old to be the promise."""
REVISED: Final = {
    Source.PUBMED: re.compile(
        rb"<DateRevised>\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>\s*</DateRevised>"
    ),
    Source.CTGOV: re.compile(rb'"lastUpdatePostDateStruct"\s*:\s*\{\s*"date"\s*:\s*"(\d{4})-(\d{2})-(\d{2})"'),
}
"""Where a record says when it was last changed, found without parsing it."""


def document(source: Source, source_id: str, body: bytes, request: str) -> Document:
    """A document that was obtained now."""
    found = REVISED[source].search(body)
    revised = "-".join(part.decode("ascii").zfill(2) for part in found.groups()) if found else ""
    return Document(source, source_id, body, digest(body), durable.now(), request, revised)


def _follow_no_link(path: str, flags: int) -> int:
    """Open a file that is emptied: through a link laid in its place it would be somebody's other file."""
    return os.open(path, flags | os.O_NOFOLLOW, 0o666)


class Stored(NamedTuple):
    """One stored version of a document, without its body; `is_newest` marks the one that builds read."""

    run: Manifest
    source_id: str
    revised: str
    sha256: str
    is_newest: bool


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
            # closed by the `with` below; the lock is opened here so that only its opening is taken for a wrong home
            file = open(self.home / "lock", "a+", opener=_follow_no_link)  # noqa: SIM115
        except OSError as error:
            raise SettingsError(
                f"The folder {self.home} cannot be written: {error.strerror}.", hint="Choose another with --home."
            ) from None
        with file:
            if not took(file, fcntl.LOCK_EX):
                file.seek(0)
                raise Locked(f"Another run (process {file.read().strip() or 'unknown'}) holds {self.home}.")
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            checkpoint("store locked")
            yield

    def holder(self) -> str | None:
        """The number of the process that holds the store now, or None; nothing is written."""
        try:
            with (self.home / "lock").open() as file:
                return None if took(file, fcntl.LOCK_SH) else file.read().strip() or "unknown"
        except OSError:
            return None

    def runs(self) -> tuple[Manifest, ...]:
        """The manifests of all runs, oldest first. Raises SnapshotDamaged for one that cannot be read."""
        return tuple(_read_manifest(folder / "manifest.json") for folder in self._run_folders())

    def complete_runs(self) -> tuple[Manifest, ...]:
        """The manifests of the runs whose books balance, oldest first."""
        return tuple(run for run in self.runs() if run.status == "complete")

    def last_refreshes(self) -> dict[Source, Manifest]:
        """The last refresh of each source, whatever became of it."""
        return {run.source: run for run in self.runs() if run.kind == "refresh"}

    def known(self, source: Source) -> dict[str, str]:
        """Id → sha256 of the newest stored version of each document of `source`."""
        runs = tuple(run for run in self.complete_runs() if run.source is source)
        return {source_id: version.sha256 for (_, source_id), version in self._newest(runs).items()}

    def documents(self, runs: Iterable[Manifest] | None = None) -> Iterator[tuple[str, Document]]:
        """The newest stored version of each document, with the id of its run, from the complete runs, part by part.

        Raises SnapshotDamaged when a part is not what its manifest says.
        """
        for holding in self.holdings(runs):
            for _, held in holding.documents():
                yield holding.run_id, held

    def holdings(self, runs: Iterable[Manifest] | None = None) -> tuple[Holding, ...]:
        """Where the newest stored version of each document lies, part by part; parts without any are left out.

        Raises SnapshotDamaged when a part is not what its manifest says.
        """
        runs = tuple(self.complete_runs() if runs is None else runs)
        rows: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for version in self._newest(runs).values():
            rows[version.run, version.part].append(version.row)
        return tuple(
            Holding(run.run_id, part, self.folder / run.run_id / part.name, tuple(sorted(rows[place, number])))
            for place, run in enumerate(runs)
            for number, part in enumerate(run.parts)
            if rows[place, number]
        )

    def versions(self, source: Source, runs: Iterable[Manifest]) -> Iterator[Stored]:
        """Every stored version of the documents of `source`, in the order of storage, without its body."""
        held = tuple(run for run in runs if run.source is source)
        found = tuple(self._versions(held))
        current = set(newest(held, found).values())
        for source_id, version in found:
            yield Stored(held[version.run], source_id, version.revised, version.sha256, version in current)

    def bodies(self, runs: Iterable[Manifest], wanted: Container[tuple[str, str]]) -> Iterator[tuple[str, Document]]:
        """The documents whose (run, sha256) is wanted, each with its run, part by part."""
        for run in runs:
            for part in run.parts:
                for values in self._table(run, part).to_pylist():
                    if (run.run_id, values["sha256"]) in wanted:
                        yield run.run_id, msgspec.convert(values, Document)

    def promised(self, run: Manifest) -> tuple[str, ...]:
        """The ids that were promised to a run. Raises SnapshotDamaged when they cannot be read."""
        path = self.folder / run.run_id / "promised.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=tuple[str, ...])
        except (msgspec.DecodeError, OSError) as error:
            raise SnapshotDamaged(f"{run.run_id}/promised.json cannot be read: {error}.") from None

    def version(self, run_id: str, source_id: str, sha256: str) -> Document | None:
        """That version of a document, if the run that stored it is here. Raises SnapshotDamaged for a damaged part."""
        for run in (run for run in self.runs() if run.run_id == run_id):
            for part in run.parts:
                for values in self._table(run, part).to_pylist():
                    if (values["source_id"], values["sha256"]) == (source_id, sha256):
                        return msgspec.convert(values, Document)
        return None

    def verify(self) -> int:
        """Read every part of every complete run back; gives how many. Raises SnapshotDamaged for the first bad one."""
        runs = self.complete_runs()
        if not runs:
            raise SettingsError(f"{self.folder} holds no complete run.", hint="Check --home, or run `ketalit refresh`.")
        return sum(self._table(run, part, ["source_id"]) is not None for run in runs for part in run.parts)

    def begin(self, source: Source, kind: str, strategy: StrategyUsed | None = None) -> Run:
        """A new run, or the last interrupted one of the same source and strategy if it is less than a day old.

        Raises SettingsError when the records of this home were found by another strategy: their counts would mix.
        """
        sweep(self.folder)
        earlier = [run for run in self.runs() if run.source is source and run.kind == kind]
        other = next((run.strategy.name for run in earlier if run.strategy and run.status == "complete"), None)
        if strategy is not None and other is not None and other != strategy.name:
            raise SettingsError(
                f"{self.home} holds records that the strategy {other} found; {strategy.name} would mix with them.",
                hint="Give each strategy a folder of its own with --home.",
            )
        if kind == "refresh" and earlier and _is_resumable(earlier[-1], strategy):
            return Run(
                self, msgspec.structs.replace(earlier[-1], status="running", finished_at=None, missing=(), notes=())
            )
        manifest = Manifest(
            run_id=self._new_id(source),
            source=source,
            kind=kind,
            status="running",
            ketalit_version=__version__,
            started_at=durable.now(),
            strategy=strategy,
        )
        return Run(self, manifest)

    def _newest(self, runs: tuple[Manifest, ...]) -> dict[tuple[str, str], Version]:
        return newest(runs, self._versions(runs))

    def _versions(self, runs: tuple[Manifest, ...]) -> Iterator[tuple[str, Version]]:
        """Every stored version of every document, with its id, in the order of storage."""
        names = ["source_id", "revised", "sha256"]
        for place, run in enumerate(runs):
            for number, part in enumerate(run.parts):
                columns = self._table(run, part, names).select(names).columns
                for row, values in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
                    source_id, revised, sha256 = values
                    yield source_id, Version(revised, place, number, row, sha256)

    def _table(self, run: Manifest, part: Part, columns: list[str] | None = None) -> pa.Table:
        """A part, or some columns of it, after its digest was found to be right."""
        path = self.folder / run.run_id / part.name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SnapshotDamaged(f"{run.run_id}/{part.name} cannot be read: {error.strerror}.") from None
        if digest(data) != part.sha256:
            raise SnapshotDamaged(f"{run.run_id}/{part.name} differs from what was written.")
        there = pq.read_schema(pa.BufferReader(data)).names
        if absent := [name for name in SCHEMA.names if name not in there]:
            raise OtherVersion(
                f"{run.run_id}/{part.name} was written by an older ketalit ({run.ketalit_version}): it has no column"
                f" {', '.join(absent)}.",
                hint=f"Move the folder {self.home} away and get the records anew: `ketalit refresh`, or `make demo`"
                " for the demo.",
            )
        return pq.read_table(pa.BufferReader(data), columns=columns)

    def _run_folders(self) -> list[Path]:
        """The folders of all runs; one without a manifest was killed before it wrote anything."""
        try:
            folders = sorted(Path(entry) for entry in os.scandir(self.folder) if entry.is_dir())
            return [folder for folder in folders if "manifest.json" in os.listdir(folder)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SnapshotDamaged(
                f"{error.filename} cannot be read: {error.strerror}.", hint="Check who owns the folder."
            ) from None

    def _new_id(self, source: Source) -> str:
        """Time, number within the second, source: names of runs sort in the order in which they began.

        A clock that was set back does not change that: the time is then that of the last run.
        """
        names = [folder.name for folder in self._run_folders()]
        stamp = max([datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"), *(name.split("-")[0] for name in names[-1:])])
        number = sum(name.startswith(stamp) for name in names)
        return f"{stamp}-{number:02d}-{source}"


class Run:
    """One run while it writes."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self.manifest = manifest
        self.folder = store.folder / manifest.run_id
        self.folder.mkdir(parents=True, exist_ok=True)
        self._listed: tuple[str, ...] = ()
        self._unlisted: dict[str, None] = {}
        self._absent: set[str] = set()
        self._merged: dict[str, str] = {}
        self._explained: dict[str, str] = {}
        self.known = store.known(manifest.source)
        """Id → sha256 of the newest version that was stored before this run."""
        # what an interrupted run already had
        self._stored = ids_of(self.folder.glob("part-*.parquet"))
        self._unchanged = _listed_in(self.folder.glob("unchanged-*.json"))
        self._save()

    def plan(self, mode: str, reason: str, *, since: str | None = None, accepted: Iterable[str] = ()) -> None:
        """Record which records the run asks for and why, and what a person accepted of it."""
        self.manifest = msgspec.structs.replace(
            self.manifest, mode=mode, mode_reason=reason, since=since, accepted=tuple(accepted)
        )

    def promise(self, listing: Listing) -> tuple[str, ...]:
        """Write down what the source promises; gives the ids that are still to be fetched."""
        self._listed = tuple(dict.fromkeys(listing.ids))
        self._unlisted = {}
        self.manifest = msgspec.structs.replace(self.manifest, queries=listing.queries)
        return self._write_promise(self._listed)

    def promise_unlisted(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Promise ids that the listing does not name; gives those that are still to be looked up."""
        promised = set(self.promised)
        new = tuple(source_id for source_id in ids if source_id not in promised)
        self._unlisted.update(dict.fromkeys(new))
        return self._write_promise(new)

    def _write_promise(self, new: tuple[str, ...]) -> tuple[str, ...]:
        write_durably(self.folder / "promised.json", msgspec.json.encode(self.promised))
        self.manifest = msgspec.structs.replace(
            self.manifest, promised=len(self.promised), unlisted=tuple(self._unlisted)
        )
        self._save()
        had = self._stored | self._unchanged
        return tuple(source_id for source_id in new if source_id not in had)

    @property
    def promised(self) -> tuple[str, ...]:
        """Every id that the run has to account for."""
        return (*self._listed, *self._unlisted)

    @property
    def merged(self) -> tuple[tuple[str, str], ...]:
        """(id, id that it became an alias of) so far."""
        return tuple(sorted(self._merged.items()))

    def take(self, delivery: Delivery) -> None:
        """Store and account for what a source delivered."""
        self.write(delivery.documents)
        self.explain(delivery.explained)
        self._absent.update(delivery.absent)
        self._merged.update(delivery.merged)

    def write(self, documents: Iterable[Document]) -> None:
        """Store the documents that are new or changed as one part, and note which are unchanged."""
        changed: list[Document] = []
        unchanged: list[Document] = []
        for found in documents:
            is_known = self.known.get(found.source_id) == found.sha256
            (unchanged if is_known else changed).append(found)
        if changed:
            self._write_part(changed)
            self._stored.update(found.source_id for found in changed)
        if unchanged:
            self._note_unchanged([found.source_id for found in unchanged])

    def explain(self, explained: Iterable[tuple[str, str]]) -> None:
        """Record why promised ids have no document."""
        self._explained.update(explained)

    def note(self, notes: Iterable[str]) -> None:
        """Record what a person should know of the run."""
        self.manifest = msgspec.structs.replace(self.manifest, notes=(*self.manifest.notes, *notes))

    def delete(self, ids: Iterable[str]) -> None:
        """Record ids that the source declares deleted."""
        self.manifest = msgspec.structs.replace(
            self.manifest, deleted=tuple(dict.fromkeys((*self.manifest.deleted, *ids)))
        )

    def refuse(self, note: str) -> None:
        """End the run before anything is promised: nothing is built until another one is complete."""
        self.note([note])
        self.manifest = msgspec.structs.replace(self.manifest, status="incomplete", finished_at=durable.now())
        self._save()

    def discard(self) -> None:
        """Take back everything that this run wrote, as if it had not begun."""
        shutil.rmtree(self.folder)

    def finish(self) -> Manifest:
        """Close the books. Raises Incomplete, after writing them down, when they do not balance."""
        promised = set(self.promised)
        stored = self._stored & promised
        unchanged = (self._unchanged & promised) - stored
        rest = promised - stored - unchanged
        explained = {i: reason for i, reason in self._explained.items() if i in rest}
        missing = [i for i in self.promised if i in rest and i not in explained]
        self.manifest = msgspec.structs.replace(
            self.manifest,
            status="incomplete" if missing else "complete",
            finished_at=durable.now(),
            stored=len(stored),
            unchanged=len(unchanged),
            explained=tuple(sorted(explained.items())),
            missing=tuple(missing),
            absent=tuple(sorted(self._absent & explained.keys())),
            merged=tuple(sorted((i, into) for i, into in self._merged.items() if i in explained)),
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
        write_durably(self.folder / f"part-{self._next('part-*.parquet'):05d}.parquet", packed(documents))

    def _note_unchanged(self, ids: list[str]) -> None:
        """On disk, so that a rerun does not ask for these again either."""
        self._unchanged.update(ids)
        write_durably(self.folder / f"unchanged-{self._next('unchanged-*.json'):05d}.json", msgspec.json.encode(ids))

    def _next(self, pattern: str) -> int:
        """The number of the next file: one more than the greatest, so that no gap lets one be written over."""
        return max((int(path.stem.split("-")[1]) for path in self.folder.glob(pattern)), default=0) + 1

    def _save(self) -> None:
        text = msgspec.json.format(msgspec.json.encode(self.manifest), indent=1)
        write_durably(self.folder / "manifest.json", sealed(text))


def _listed_in(files: Iterable[Path]) -> set[str]:
    return {i for path in files for i in msgspec.json.decode(path.read_bytes(), type=list[str])}


def _part(path: Path) -> Part:
    data = path.read_bytes()
    return Part(name=path.name, sha256=digest(data), documents=pq.read_metadata(pa.BufferReader(data)).num_rows)


def _read_manifest(path: Path) -> Manifest:
    try:
        text = path.read_bytes()
        if not is_as_sealed(text):
            raise SnapshotDamaged(f"{path.parent.name}/manifest.json differs from what was written.")
        refuse_newer(text, path, FORMAT)
        return msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, OSError) as error:
        raise SnapshotDamaged(f"{path.parent.name}/manifest.json cannot be read: {error}.") from None


def _is_resumable(run: Manifest, strategy: StrategyUsed | None) -> bool:
    started = datetime.fromisoformat(run.started_at)
    is_fresh = datetime.fromisoformat(durable.now()) - started < RESUMABLE_FOR
    return run.status != "complete" and run.strategy == strategy and is_fresh
