"""One page a study: its records, its rows of every evidence table, and the passages that the values were read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from ketalit.export.bibliography import Key, Reference, vancouver
from ketalit.export.presentation import heading, presented
from ketalit.export.site.joined import Row
from ketalit.export.site.pages import listed, study_file
from ketalit.export.site.passages import Document, Reading, Source, Texts, module_of, sources
from ketalit.export.site.sections import Section, section

ON_A_PAGE: Final = (
    "dosing_protocols",
    "durability_of_effect",
    "trial_demographics",
    "baseline_characteristics",
    "safety",
    "participant_flow",
    "outcome_comparisons",
    "outcome_measures",
    "registry_discrepancies",
    "registry_comparisons",
    "patient_selection",
    "trial_pipeline",
    "topics",
)
"""Views whose rows of a study stand on its page, in reading order."""
Views = Mapping[str, Sequence[Row]]


class Note(Struct, frozen=True):
    """What was read at one place: a number that marks the place, and the cells that rest on it."""

    reading: Reading
    cells: tuple[tuple[str, str, str], ...]
    """Anchor of a row, title of its table, and the headings of its columns."""


class StudyPage(Struct, frozen=True):
    """What the template of a study needs."""

    file: str
    name: str
    """First author and year of the paper that names it; empty where no paper does."""
    overview: Row
    reports: tuple[Row, ...]
    citations: Mapping[Key, str]
    candidates: tuple[Row, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    notes: Mapping[int, Note]
    modules: Mapping[str, str]
    """Field of the registry → the part of the record it stands in."""


class Studies:
    """The pages of a release, one after the other."""

    def __init__(
        self,
        views: Views,
        cells: Sequence[Row],
        texts: Texts,
        names: Mapping[str, str],
        references: Mapping[Key, Reference],
    ) -> None:
        self._overview = views["study_overview"]
        self._texts, self._names, self._references = texts, names, references
        self._rows = {view: _by_study(view, views[view]) for view in ON_A_PAGE}
        self._reports = _by_study("study_reports", views["study_reports"])
        self._candidates = _by_study("link_candidates", views["link_candidates"])
        self._cells: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for cell in cells:
            self._cells[cell["view_name"], cell["row_id"]].append(cell)

    def pages(self) -> Iterator[StudyPage]:
        """Every study, in the order of its table."""
        return (self._page(row) for row in self._overview)

    def _page(self, overview: Row) -> StudyPage:
        study = overview["study_id"]
        rows = {view: self._rows[view].get(study, []) for view in ON_A_PAGE}
        reports = [row for _, row in self._reports.get(study, [])]
        documents = _documents(reports)
        titles = {(row["source"], row["source_id"]): row["title"] or "" for row in reports}
        cited = [cell for view in ON_A_PAGE for _, row in rows[view] for cell in self._cells[view, row["row_id"]]]
        found = sources(cited, self._texts, titles, documents)
        read = [reading for source in found for passage in source.texts + source.fields for reading in passage.readings]
        places = {cell: reading.number for reading in reversed(read) for cell in reading.cells}
        anchors = {(view, row["row_id"]): anchor for view in ON_A_PAGE for anchor, row in rows[view]}
        made = (section(view, rows[view], places) for view in ON_A_PAGE)
        return StudyPage(
            file=study_file(study),
            name=self._names.get(study, ""),
            overview=overview,
            reports=tuple(reports),
            citations={key: vancouver(self._references[key]) for key in documents if key in self._references},
            candidates=tuple(row for _, row in self._candidates.get(study, [])),
            sections=tuple(part for part in made if part is not None),
            sources=tuple(source for source in found if source.texts or source.fields),
            notes={reading.number: _note(reading, anchors) for reading in read},
            modules={passage.field: module_of(passage.field) for source in found for passage in source.fields},
        )


def _by_study(view: str, rows: Sequence[Row]) -> dict[str, list[tuple[str, Row]]]:
    """Study → its rows, each with its anchor: the view and the place of the row in it, as in the table's own page."""
    found: defaultdict[str, list[tuple[str, Row]]] = defaultdict(list)
    for number, row in enumerate(rows, 1):
        found[row["study_id"]].append((f"{view}-{number}", row))
    return dict(found)


def _documents(reports: Sequence[Row]) -> list[Document]:
    """Registrations first, then papers in the order of the table of reports."""
    ordered = sorted(reports, key=lambda row: row["source"] != "ctgov")
    return list(dict.fromkeys((row["source"], row["source_id"]) for row in ordered))


def _note(reading: Reading, anchors: Mapping[tuple[str, str], str]) -> Note:
    """The cells of a place, those of one table together: a link to the first row, and all headings."""
    by_view: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for view, row_id, column in reading.cells:
        by_view[view].append((row_id, column))
    if len(by_view) > 1:
        by_view.pop("registry_comparisons", None)  # it repeats what the other tables state
    return Note(
        reading=reading,
        cells=tuple(
            (
                anchors[view, places[0][0]],
                presented(view).title,
                listed((heading(view, column) for _, column in places), most=4),
            )
            for view, places in by_view.items()
        ),
    )
