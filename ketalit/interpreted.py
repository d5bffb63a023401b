"""What the stored documents state, each interpreted once: kept until its part of the store or what reads it changes.

    <home>/interpreted/<code>/<rules>/codebook                the rules that the files beside it were read with
    <home>/interpreted/<code>/<rules>/<part>-<first place>    what some documents state (see `kept`)

Interpreting is the dear part of a build, and a pure function of (documents, code, rules). So its results are kept by
the digest of the part that the documents lie in and by digests of the code and of the rules that read them. Where only
rules changed, results by the earlier rules are taken over, and only documents that a changed rule touches are read
anew. A file that is not what was written is made again; those that no build asks for any more are removed.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct, structs

from ketalit.extract.changed_rules import ChangedRule, Codebook, changed_rules, codebook
from ketalit.extract.rules import lists
from ketalit.interpreting import Schemas, Task, interpret_task
from ketalit.kept import PLACE, Essentials, Kept, kept_at, unpacked
from ketalit.parts import ROW_GROUP, Holding
from ketalit.progress import Report
from ketalit.warehouse import sql_folder

CODE: Final = ("candidates", "extract", "model", "sources", "warehouse/rows")
"""Packages, and below modules, whose change may change what is read in a document."""
MODULES: Final = ("interpretation.py", "interpreted.py", "interpreting.py", "kept.py", "vocabulary.py")
LIBRARIES: Final = ("lxml", "msgspec", "pyarrow")
CODEBOOK: Final = "codebook"
"""File with the rules of its folder."""


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
            rows = unpacked(data)
            yield name, (rows if wanted is None else rows.filter(pc.is_in(rows[PLACE], wanted))).drop_columns(PLACE)


Make = Callable[[Sequence[Task], Schemas], Iterator[Task]]
"""Does tasks, and gives each when it is done."""


class Earlier(NamedTuple):
    """Results of the same code by other rules."""

    folder: Path
    changed: tuple[ChangedRule, ...]
    """What makes those rules differ from the rules of now."""


class Interpretations:
    """The kept interpretations of a store."""

    def __init__(self, folder: Path, schemas: Schemas, make: Make) -> None:
        self._all, self._schemas, self._make = folder, schemas, make
        self._of_code = folder / code_digest()[:16]
        self._codebook = codebook()
        self._folder = self._of_code / _name_of(msgspec.msgpack.encode(self._codebook))

    def of(self, holdings: Iterable[Holding], report: Report) -> Iterator[Interpreted]:
        """What the held documents state, in their order; what is not kept yet is made first, and then kept."""
        wanted = [(holding, task) for holding in holdings for task in self._tasks(holding)]
        self._begin()
        missing = [task for _, task in wanted if not Path(task.target).exists()]
        left = list(self._left_of(missing, report))
        total, done = sum(task.documents for task in left), 0
        for made in self._make(left, self._schemas):
            done += made.documents
            report("reading documents", done, total)
        self._remove_others({CODEBOOK, *(Path(task.target).name for _, task in wanted)})
        for holding, task in wanted:
            yield _held(holding, self._kept(task))

    def _tasks(self, holding: Holding) -> Iterator[Task]:
        for first in range(0, holding.part.documents, ROW_GROUP):
            last = min(first + ROW_GROUP, holding.part.documents)
            if any(first <= row < last for row in holding.rows):
                target = self._folder / f"{holding.part.sha256[:32]}-{first}"
                yield Task(holding.run_id, str(holding.path), first, last, str(target))

    def _begin(self) -> None:
        """The codebook comes first: of nothing that is kept may it be unknown how it was read."""
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f".{CODEBOOK}.{os.getpid()}.writing"
        temporary.write_bytes(msgspec.msgpack.encode(self._codebook))
        temporary.replace(self._folder / CODEBOOK)

    def _left_of(self, tasks: Sequence[Task], report: Report) -> Iterator[Task]:
        """What of the tasks is left to do when results by earlier rules are taken over."""
        earlier = self._earlier() if tasks else []
        for done, task in enumerate(tasks, 1):
            yield from _left_of(task, earlier)
            if earlier:
                report("looking for what changed rules touch", done, len(tasks))

    def _earlier(self) -> list[Earlier]:
        """Results of the same code by other rules, those by the most similar rules first."""
        found = []
        for folder in sorted(self._of_code.iterdir()):
            book = _codebook_in(folder) if folder != self._folder else None
            changed = None if book is None else changed_rules(book, self._codebook)
            if changed is not None:
                found.append(Earlier(folder, changed))
        return sorted(found, key=lambda one: len(one.changed))

    def _kept(self, task: Task) -> Kept:
        kept = kept_at(Path(task.target))
        if kept is None:
            interpret_task(task, self._schemas)
            kept = kept_at(Path(task.target))
        if kept is None:
            raise OSError(None, "differs at once from what was written", task.target)
        return kept

    def _remove_others(self, names: set[str]) -> None:
        for entry in (*os.scandir(self._all), *os.scandir(self._of_code)):
            if entry.is_dir() and entry.path not in (str(self._of_code), str(self._folder)):
                rmtree(entry.path)
        for entry in os.scandir(self._folder):
            if entry.name not in names:
                os.unlink(entry.path)


def _held(holding: Holding, kept: Kept) -> Interpreted:
    """Of what was kept, what is about the newest version of a record."""
    held = set(holding.rows)
    documents = tuple(one for one in kept.documents if one.place in held)
    return Interpreted(holding, len(kept.documents), documents, kept.tables)


# ---- code and rules


def code_digest() -> str:
    """SHA-256 over all that decides what is read in a document but rules: code, lists, core tables and libraries."""
    package = Path(str(files("ketalit")))
    read = [path for name in CODE for path in (package / name).rglob("*") if path.suffix in {".py", ".toml"}]
    read += [package / name for name in MODULES] + list((sql_folder() / "30_core").glob("*.sql"))
    total = hashlib.sha256(platform.python_version().encode())
    total.update("".join(f"{name} {version(name)}\0" for name in LIBRARIES).encode())
    for path in sorted(path for path in read if path.parent.name != "rules"):
        total.update(f"{path.name}\0".encode() + path.read_bytes())
    total.update(msgspec.json.encode(lists()))
    return total.hexdigest()


def _name_of(codebook: bytes) -> str:
    return hashlib.sha256(codebook).hexdigest()[:16]


def _codebook_in(folder: Path) -> Codebook | None:
    """The rules by which the results in a folder were made; None where they are not what was written."""
    try:
        data = (folder / CODEBOOK).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return msgspec.msgpack.decode(data, type=Codebook) if _name_of(data) == folder.name else None


def _left_of(task: Task, earlier: Iterable[Earlier]) -> Iterator[Task]:
    """The documents of a task that changed rules touch; all where nothing is kept of them."""
    for folder, changed in earlier:
        path = folder / Path(task.target).name
        kept = kept_at(path)
        if kept is None:
            continue
        touched = _touched(kept, changed)
        if touched:
            yield structs.replace(task, earlier=str(path), touched=touched)
        else:
            path.replace(task.target)
        return
    yield task


def _touched(kept: Kept, changed: Iterable[ChangedRule]) -> tuple[int, ...]:
    """Places of the documents that changed rules touch."""
    return tuple(place for place, asked in kept.asked.asked().items() if any(one.touches(asked) for one in changed))
