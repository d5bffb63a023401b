"""What the stored documents state, each interpreted once: kept until its part of the store or the code changes.

    <home>/interpreted/<code>/<part>-<first place>    rows of `core` (Arrow) and what linkage needs, of some documents

Interpreting is the dear part of a build, and a pure function of (documents, code). So its results are kept by the
digest of the part that the documents lie in and by a digest of the code that reads them. A file that is not what was
written is made again; those that no build asks for any more are removed.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from ketalit import candidates
from ketalit.candidates import Profile
from ketalit.interpretation import Interpretation, interpret
from ketalit.model.document import Document, RejectedDocument
from ketalit.model.publication import Correction, Publication, StatedRegistryId
from ketalit.model.registration import Reference, Registration, SecondaryId
from ketalit.parts import ROW_GROUP, Holding, documents_at
from ketalit.progress import Report
from ketalit.vocabulary import Integrity, Source
from ketalit.warehouse import rows, sql_folder
from ketalit.warehouse.rows.batch import batch
from ketalit.warehouse.rows.row import Row, Rows

CODE: Final = ("candidates", "extract", "model", "sources", "warehouse/rows")
"""Packages, and below modules, whose change may change what is read in a document."""
MODULES: Final = ("interpretation.py", "interpreted.py", "vocabulary.py")
LIBRARIES: Final = ("lxml", "msgspec", "pyarrow")
PLACE: Final = "_place"
"""A further column of the kept rows: the place of their document in its part."""


Schemas = Mapping[str, pa.Schema]
"""Table of `core` → its columns."""


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


class Kept(Struct, frozen=True):
    """One file of interpretations: the documents of a part from one place to another."""

    tables: dict[str, bytes]
    documents: tuple[Essentials, ...]


class Interpreted(Struct, frozen=True):
    """Documents of one part that are the newest versions of their records."""

    holding: Holding
    size: int
    """How many documents were interpreted together, older versions among them."""
    documents: tuple[Essentials, ...]
    kept: dict[str, bytes]

    def tables(self, places: Collection[int]) -> Iterator[tuple[str, pa.Table]]:
        """Table of `core` and its rows, of the documents at `places`."""
        wanted = None if len(places) == self.size else pa.array(sorted(places), pa.int32())
        for name, data in self.kept.items():
            rows = pa.ipc.open_stream(data).read_all()
            yield name, (rows if wanted is None else rows.filter(pc.is_in(rows[PLACE], wanted))).drop_columns(PLACE)


class Task(Struct, frozen=True):
    """Some documents of a part that are interpreted in one go."""

    run_id: str
    part: str
    """Path of the part."""
    first: int
    last: int
    target: str
    """Path of the file to keep the result in."""

    @property
    def documents(self) -> int:
        """How many there are."""
        return self.last - self.first


Make = Callable[[Sequence[Task], Schemas], Iterator[Task]]
"""Does tasks, and gives each when it is done."""


class Interpretations:
    """The kept interpretations of a store."""

    def __init__(self, folder: Path, schemas: Schemas, make: Make) -> None:
        self._all, self._schemas, self._make = folder, schemas, make
        self._folder = folder / code_digest()[:16]

    def of(self, holdings: Iterable[Holding], report: Report) -> Iterator[Interpreted]:
        """What the held documents state, in their order; what is not kept yet is made first, and then kept."""
        wanted = [(holding, task) for holding in holdings for task in self._tasks(holding)]
        self._folder.mkdir(parents=True, exist_ok=True)
        missing = [task for _, task in wanted if not Path(task.target).exists()]
        total, done = sum(task.documents for task in missing), 0
        for made in self._make(missing, self._schemas):
            done += made.documents
            report("reading documents", done, total)
        self._remove_others({Path(task.target).name for _, task in wanted})
        for holding, task in wanted:
            yield _held(holding, self._kept(task))

    def _tasks(self, holding: Holding) -> Iterator[Task]:
        for first in range(0, holding.part.documents, ROW_GROUP):
            last = min(first + ROW_GROUP, holding.part.documents)
            if any(first <= row < last for row in holding.rows):
                target = self._folder / f"{holding.part.sha256[:32]}-{first}"
                yield Task(holding.run_id, str(holding.path), first, last, str(target))

    def _kept(self, task: Task) -> Kept:
        kept = _read(Path(task.target))
        if kept is None:
            interpret_task(task, self._schemas)
            kept = _read(Path(task.target))
        if kept is None:
            raise OSError(None, "differs at once from what was written", task.target)
        return kept

    def _remove_others(self, names: set[str]) -> None:
        for entry in os.scandir(self._all):
            if entry.is_dir() and entry.name != self._folder.name:
                rmtree(entry.path)
        for entry in os.scandir(self._folder):
            if entry.name not in names:
                os.unlink(entry.path)


def code_digest() -> str:
    """SHA-256 over the code, rules, core tables and libraries that decide what is read in a document."""
    package = Path(str(files("ketalit")))
    read = [path for name in CODE for path in (package / name).rglob("*") if path.suffix in {".py", ".toml"}]
    read += [package / name for name in MODULES] + list((sql_folder() / "30_core").glob("*.sql"))
    total = hashlib.sha256(platform.python_version().encode())
    total.update("".join(f"{name} {version(name)}\0" for name in LIBRARIES).encode())
    for path in sorted(read):
        total.update(f"{path.name}\0".encode() + path.read_bytes())
    return total.hexdigest()


# ---- making


def interpret_task(task: Task, schemas: Schemas) -> None:
    """Interpret every document of a task, also those that a newer version has replaced: they may stand again."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    places: defaultdict[str, list[int]] = defaultdict(list)
    essentials = []
    for place, document in documents_at(Path(task.part), task.first, task.last):
        read = interpret(document)
        essentials.append(_essentials(place, document, read))
        for table, row in _rows(document, task.run_id, read):
            found[table].append(row)
            places[table].append(place)
    tables = {name: _packed(batch(name, found[name], schemas[name]), places[name]) for name in sorted(found)}
    _write(Path(task.target), Kept(tables, tuple(essentials)))


def _rows(document: Document, run_id: str, read: Interpretation) -> Rows:
    yield from rows.of_document(document, run_id)
    match read.record:
        case Publication() as publication:
            yield from rows.of_publication(publication)
        case Registration() as registration:
            yield from rows.of_registration(registration)
        case RejectedDocument() as rejected:
            yield from rows.of_rejected(rejected)
    if read.facts is not None:
        yield from rows.of_facts(read.facts)


def _essentials(place: int, document: Document, read: Interpretation) -> Essentials:
    title: str | None = None
    ids: ReportIds | TrialIds | None = None
    profile: Profile | None = None
    match read.record:
        case Publication() as paper:
            title = paper.title
            ids = ReportIds(paper.pmid, paper.doi, paper.registry_ids, paper.corrections, paper.integrity)
            profile = candidates.of_publication(paper, read.facts)
        case Registration() as trial:
            title = trial.brief_title or trial.official_title
            ids = TrialIds(trial.nct_id, trial.aliases, trial.secondary_ids, trial.references)
            profile = candidates.of_registration(trial, read.facts)
    return Essentials(place, document.source, document.source_id, title, ids, profile)


# ---- keeping


def _packed(table: pa.Table, places: list[int]) -> bytes:
    placed = table.append_column(PLACE, pa.array(places, pa.int32()))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, placed.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(placed)
    return bytes(sink.getvalue().to_pybytes())


def _write(path: Path, kept: Kept) -> None:
    """Not forced to disk: what a power loss takes is found by its digest and made again."""
    data = msgspec.msgpack.encode(kept)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.writing")
    temporary.write_bytes(hashlib.sha256(data).digest() + data)
    temporary.replace(path)


def _read(path: Path) -> Kept | None:
    """What was kept, or None where it is gone or not what was written."""
    try:
        seal, data = (content := path.read_bytes())[:32], content[32:]
    except FileNotFoundError:
        return None
    return msgspec.msgpack.decode(data, type=Kept) if hashlib.sha256(data).digest() == seal else None


def _held(holding: Holding, kept: Kept) -> Interpreted:
    """Of what was kept, what is about the newest version of a record."""
    held = set(holding.rows)
    documents = tuple(one for one in kept.documents if one.place in held)
    return Interpreted(holding, len(kept.documents), documents, kept.tables)
