"""Some documents of a part interpreted in one go, the result written to a file: work that processes share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec
import pyarrow as pa
from msgspec import Struct

from ketalit import candidates
from ketalit.candidates import Profile
from ketalit.extract.asked import noting
from ketalit.interpretation import Interpretation, interpret
from ketalit.kept import Essentials, Kept, Packed, ReportIds, TrialIds, keep, kept_at, packed
from ketalit.model.document import Document, RejectedDocument
from ketalit.model.publication import Publication
from ketalit.model.registration import Registration
from ketalit.parts import documents_at
from ketalit.warehouse import rows
from ketalit.warehouse.rows.batch import batch
from ketalit.warehouse.rows.row import Row, Rows

Schemas = Mapping[str, pa.Schema]
"""Table of `core` → its columns."""


class Task(Struct, frozen=True):
    """Some documents of a part that are interpreted in one go."""

    run_id: str
    part: str
    """Path of the part."""
    first: int
    last: int
    target: str
    """Path of the file to keep the result in."""
    earlier: str | None = None
    """Path of a result by earlier rules, which holds but for the documents at `touched`."""
    touched: tuple[int, ...] = ()

    @property
    def documents(self) -> int:
        """How many are read."""
        return len(self.touched) if self.earlier else self.last - self.first


def interpret_task(task: Task, schemas: Schemas) -> None:
    """Interpret every document of a task, also those that a newer version has replaced: they may stand again."""
    earlier = kept_at(Path(task.earlier)) if task.earlier else None
    places = range(task.first, task.last) if earlier is None else frozenset(task.touched)
    made = _interpreted(task, places, schemas)
    keep(Path(task.target), made if earlier is None else earlier.with_newer(made))


def _interpreted(task: Task, wanted: Collection[int], schemas: Schemas) -> Kept:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    places: defaultdict[str, list[int]] = defaultdict(list)
    essentials, asked = [], {}
    for place, document in documents_at(Path(task.part), task.first, task.last):
        if place not in wanted:
            continue
        with noting() as notes:
            read = interpret(document)
            essentials.append(_essentials(place, document, read))
        asked[place] = msgspec.Raw(msgspec.msgpack.encode(notes.asked()))
        for table, row in _rows(document, task.run_id, read):
            found[table].append(row)
            places[table].append(place)
    tables = {name: packed(batch(name, found[name], schemas[name]), places[name]) for name in sorted(found)}
    return Kept(tables, tuple(essentials), Packed.of(asked))


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
