"""What changed between two releases: for people as text and Markdown, for programs as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from ketalit.export.cells import markdown, plain, spreadsheet
from ketalit.model.difference import Cells, Change, Kind, difference, kind_of

SHOWN: Final = 20
"""Studies, links and cells of one kind that a text or digest lists; the CSV has all of them."""
DERIVED: Final = frozenset({"link_candidates", "representation"})
"""Views that follow from many studies together: a cell of theirs says nothing new of one. Counted, and in the CSV."""
SIGNS: Final = {Kind.NEW: "+", Kind.CHANGED: "~", Kind.GONE: "-"}
KINDS: Final = (Kind.NEW, Kind.CHANGED, Kind.GONE)


class Comparison(Struct, frozen=True):
    """Two releases side by side."""

    before: str
    """Name of the first release, with the days to which its sources were searched."""
    after: str
    changes: tuple[Change, ...]
    studies: Mapping[str, Kind]
    """Study → what became of it; changed when any cell of its rows did."""
    links: Mapping[tuple[str, str], Kind]
    """(Study, record) → what became of the link between them."""
    titles: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.changes


def comparison(before_name: str, before: Cells, after_name: str, after: Cells) -> Comparison:
    """Compare the cells of two releases."""
    changes = difference(before, after)
    old, new = _column(before, "study_id"), _column(after, "study_id")
    return Comparison(
        before=before_name,
        after=after_name,
        changes=changes,
        studies=_studies(changes, old, new),
        links=_links(before, after),
        titles=_titles(before) | _titles(after),
    )


Rows = dict[tuple[str, str], str]
"""(View, row) → value of one column."""


def _column(cells: Cells, column: str) -> Rows:
    return {(cell.view, cell.row): _text(value) for cell, value in cells.items() if cell.column == column}


def _studies(changes: Iterable[Change], old: Rows, new: Rows) -> dict[str, Kind]:
    rows = {(change.cell.view, change.cell.row) for change in changes if change.cell.view not in DERIVED}
    touched = {study for row in rows for side in (old, new) if (study := side.get(row))}
    before, after = set(old.values()), set(new.values())
    return {
        study: kind_of(study if study in before else None, study if study in after else None)
        for study in sorted(touched)
    }


def _links(before: Cells, after: Cells) -> dict[tuple[str, str], Kind]:
    old, new = _joined(before), _joined(after)
    changed = (link for link in sorted(old.keys() | new.keys()) if old.get(link) != new.get(link))
    return {link: kind_of(old.get(link), new.get(link)) for link in changed}


def _joined(cells: Cells) -> dict[tuple[str, str], str]:
    """(Study, record) → what joins them, of every record that an id or another record joins to its study."""
    status, kinds = _column(cells, "link_status"), _column(cells, "link_kinds")
    return {
        _link(row): f"{status[view, row]} {kinds.get((view, row), '')}"
        for view, row in status
        if view == "study_reports" and status[view, row] in {"linked", "follows"}
    }


def _link(row: str) -> tuple[str, str]:
    study, _, record = row.rpartition("/")
    return study, record


def _titles(cells: Cells) -> dict[str, str]:
    return {cell.row: _text(value) for cell, value in cells.items() if cell[0::2] == ("study_overview", "title")}


def _text(spelt: str | None) -> str:
    return "" if spelt is None else plain(msgspec.json.decode(spelt))


# ---- text


def as_text(found: Comparison) -> str:
    """A summary for a terminal."""
    return "\n".join(_summary(found, plain)) + "\n"


def _summary(found: Comparison, safe: Callable[[Any], str]) -> Iterator[str]:
    yield f"{found.before} → {found.after}"
    if found.is_empty:
        yield "Both say the same."
        return
    yield ""
    yield _counted("studies", found.studies.values())
    yield from _listed([f"{SIGNS[kind]} {_named(found, study)}" for study, kind in _ordered(found.studies)], safe)
    yield ""
    yield _counted("links of papers to studies", found.links.values())
    yield from _listed([f"{SIGNS[kind]} {' – '.join(link)}" for link, kind in _ordered(found.links)], safe)
    yield ""
    yield _counted("cells", (change.kind for change in found.changes))
    for view, kinds in _by_view(found.changes):
        yield f"  {view}: {_kinds(kinds)}"
    yield from _listed([_told(change) for change in _changed(found)], safe)


def _changed(found: Comparison) -> list[Change]:
    """The cells of single studies that have another value."""
    return [change for change in found.changes if change.kind is Kind.CHANGED and change.cell.view not in DERIVED]


def _told(change: Change) -> str:
    place = f"{change.cell.view}, {change.cell.row}, {change.cell.column}"
    return f"~ {place}: {_short(_text(change.before))} → {_short(_text(change.after))}"


def _counted(what: str, kinds: Iterable[Kind]) -> str:
    return f"{what}: {_kinds(Counter(kinds))}"


def _kinds(counts: Mapping[Kind, int]) -> str:
    return ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in KINDS)


def _listed(lines: Sequence[str], safe: Callable[[Any], str]) -> Iterator[str]:
    yield from (f"  {safe(line)}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  … and {len(lines) - SHOWN} more (--format csv has all of them)"


def _ordered(kinds: Mapping[Any, Kind]) -> list[tuple[Any, Kind]]:
    return sorted(kinds.items(), key=lambda entry: (KINDS.index(entry[1]), entry[0]))


def _named(found: Comparison, study: str) -> str:
    title = _short(found.titles.get(study, ""), 90)
    return f"{study}  {title}".rstrip()


def _by_view(changes: Iterable[Change]) -> list[tuple[str, Counter[Kind]]]:
    views: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for change in changes:
        views[change.cell.view][change.kind] += 1
    return sorted(views.items())


def _short(text: str, length: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


# ---- Markdown


def as_markdown(found: Comparison) -> str:
    """A digest for a mail or a Prefect artifact."""
    return "\n".join(_digest(found)) + "\n"


def _digest(found: Comparison) -> Iterator[str]:
    yield f"# What changed: {markdown(found.before)} → {markdown(found.after)}"
    yield ""
    if found.is_empty:
        yield "Both releases say the same."
        return
    yield "| | new | changed | gone |\n|---|---|---|---|"
    yield _table_row("studies", Counter(found.studies.values()))
    yield _table_row("links", Counter(found.links.values()))
    for view, kinds in _by_view(found.changes):
        yield _table_row(f"cells of {view}", kinds)
    for kind in KINDS:
        yield from _section(f"Studies: {kind}", [_named(found, s) for s, k in _ordered(found.studies) if k is kind])
    for kind in KINDS:
        yield from _section(f"Links: {kind}", [" – ".join(link) for link, k in _ordered(found.links) if k is kind])
    yield from _section("Values that changed", [_told(change).removeprefix("~ ") for change in _changed(found)])


def _table_row(what: str, counts: Mapping[Kind, int]) -> str:
    return f"| {markdown(what)} | {' | '.join(str(counts.get(kind, 0)) for kind in KINDS)} |"


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {heading} ({len(lines)})\n"
        yield from (f"- {markdown(line)}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"- … and {len(lines) - SHOWN} more"


# ---- CSV


FIELDS: Final = ("change", "view", "row", "column", "before", "after")
"""Columns of the CSV, names of the JSON."""


def as_json(found: Comparison) -> str:
    """Every changed cell, an object each; values are as they stand in the database."""
    cells = (
        (
            change.kind,
            *change.cell,
            *(None if side is None else msgspec.json.decode(side) for side in (change.before, change.after)),
        )
        for change in found.changes
    )
    changes = [dict(zip(FIELDS, cell, strict=True)) for cell in cells]
    told = {"before": found.before, "after": found.after, "changes": changes}
    return msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n"


def as_csv(found: Comparison) -> str:
    """Every changed cell, a line each; values are safe to open in a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(FIELDS)
    for change in found.changes:
        values = (*change.cell, _text(change.before), _text(change.after))
        writer.writerow((change.kind, *map(spreadsheet, values)))
    return file.getvalue()
