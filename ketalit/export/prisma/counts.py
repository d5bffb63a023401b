"""The boxes of the PRISMA 2020 flow diagram, and what is new in them since the release before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from ketalit.errors import WarehouseError
from ketalit.export.facts import SOURCES
from ketalit.warehouse import Reader

KINDS: Final = {"pubmed": "Databases", "ctgov": "Registers"}
"""What PRISMA calls the kind of source."""
BOXES: Final = {
    "identified": "Records identified",
    "removed": "Records removed before screening",
    "screened": "Records screened",
    "excluded": "Records excluded",
    "sought": "Reports sought for retrieval",
    "not retrieved": "Reports not retrieved",
    "assessed": "Reports assessed for eligibility",
    "reports excluded": "Reports excluded",
    "reports included": "Reports of included studies",
    "reports to be checked": "of these, to be checked by a person",
    "studies included": "Studies included in review",
    "studies with people of their own": "of these, with people of their own",
}
SUMS: Final = (
    ("identified", ("removed", "screened")),
    ("screened", ("excluded", "sought")),
    ("sought", ("not retrieved", "assessed")),
    ("assessed", ("reports excluded", "reports included")),
)
"""Which boxes together hold what one box holds."""


class Since(Struct, frozen=True):
    """The release before, and what became of its studies and reports."""

    release_id: str
    day: str
    """Day (ISO 8601) to which it was searched."""
    studies: int
    reports: int
    new_studies: int
    gone_studies: int
    new_reports: int
    gone_reports: int


class Flow(Struct, frozen=True):
    """The counts of a release."""

    rows: tuple[dict[str, Any], ...]
    """evidence.prisma_flow."""
    since: Since | None = None
    """None for the first release, or one whose forerunner cannot be read any more."""

    def n(self, box: str, source: str | None = None) -> int:
        """What a box holds, of one source or of all."""
        return sum(row["n"] for row in self.rows if row["box"] == box and source in (None, row["source"]))

    def reasons(self, box: str) -> list[tuple[str, int]]:
        """The reasons of a box, over all sources, the most frequent first; those that hold nothing are left out."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            if row["box"] == box and row["reason"]:
                counts[row["reason"]] += row["n"]
        return sorted(((r, n) for r, n in counts.items() if n), key=lambda found: (-found[1], found[0]))


def flow(reader: Reader, before: tuple[str, str, Reader] | None = None) -> Flow:
    """The flow of a release; `before` is the id of the one before it, the day it was searched to, and its reader.

    Raises WarehouseError when the release is older than its flow, and when the boxes do not add up: such a release was
    not built by `ketalit build`.
    """
    if not reader.rows("select 1 from duckdb_views() where view_name = 'prisma_flow'"):
        raise WarehouseError(
            "The release was built before ketalit counted the flow of records.",
            hint="Build it anew with `ketalit build`.",
        )
    rows = tuple(reader.rows("select * from evidence.prisma_flow"))
    found = Flow(rows=rows, since=_since(reader, *before) if before else None)
    for whole, parts in SUMS:
        if found.n(whole) != sum(found.n(part) for part in parts):
            raise WarehouseError(
                f"The boxes of the flow diagram do not add up: {BOXES[whole].lower()} {found.n(whole)}, but "
                + " + ".join(f"{BOXES[part].lower()} {found.n(part)}" for part in parts)
                + ".",
                hint="Build the release anew with `ketalit build`: its audits look for the reason.",
            )
    return found


def _since(reader: Reader, release_id: str, day: str, before: Reader) -> Since:
    (studies, old_studies), (reports, old_reports) = (
        (_named(reader, query), _named(before, query)) for query in (_STUDIES, _REPORTS)
    )
    return Since(
        release_id=release_id,
        day=day,
        studies=len(old_studies),
        reports=len(old_reports),
        new_studies=len(studies - old_studies),
        gone_studies=len(old_studies - studies),
        new_reports=len(reports - old_reports),
        gone_reports=len(old_reports - reports),
    )


_STUDIES: Final = "select study_id as name from evidence.study_overview where is_included"
_REPORTS: Final = (
    "select source || ':' || source_id as name from evidence.screening where decision in ('included', 'needs review')"
)


def _named(reader: Reader, query: str) -> set[str]:
    return {row["name"] for row in reader.rows(query)}


def table(found: Flow) -> list[tuple[str, str, str, str, int]]:
    """Every box as a row: stage, box, source, reason, number."""
    return [
        (
            str(row["stage"]).capitalize(),
            BOXES[row["box"]],
            SOURCES.get(row["source"], "both"),
            row["reason"] or "",
            row["n"],
        )
        for row in found.rows
    ] + _since_rows(found.since)


def _since_rows(since: Since | None) -> list[tuple[str, str, str, str, int]]:
    if since is None:
        return []
    label = f"release {since.release_id}"
    counted: Sequence[tuple[str, int]] = (
        ("Studies included in previous version", since.studies),
        ("Reports of studies included in previous version", since.reports),
        ("New studies", since.new_studies),
        ("Reports of new studies, and new reports of known ones", since.new_reports),
        ("Studies no longer included", since.gone_studies),
        ("Reports no longer included", since.gone_reports),
    )
    return [("Previous version", name, "both", label, number) for name, number in counted]


HEADINGS: Final = ("Stage", "Box", "Source", "Reason", "n")
