"""What the head of every output must say: which release, searched until when, whether to trust it, and how many.

Every number is the answer to a query that is shown with it, so that a reader can ask again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from ketalit.warehouse import Reader

SOURCES: Final = {"pubmed": "PubMed", "ctgov": "ClinicalTrials.gov"}
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TITLE: Final = "Ketamine, esketamine and arketamine for depression"

COUNTED: Final[dict[str, str]] = {
    "records": "select count(*) from evidence.screening",
    "pubmed_records": "select count(*) from evidence.screening where source = 'pubmed'",
    "ctgov_records": "select count(*) from evidence.screening where source = 'ctgov'",
    "included_papers": (
        "select count(*) from evidence.screening where source = 'pubmed' and decision in ('included', 'needs review')"
    ),
    "included_registrations": (
        "select count(*) from evidence.screening where source = 'ctgov' and decision in ('included', 'needs review')"
    ),
    "doubtful_records": "select count(*) from evidence.screening where decision = 'needs review'",
    "excluded_records": "select count(*) from evidence.screening where decision = 'excluded'",
    "withdrawn_records": "select count(*) from evidence.screening where decision = 'withdrawn'",
    "unreadable_records": "select count(*) from evidence.screening where decision = 'unreadable'",
    "notices": "select count(*) from evidence.screening where decision = 'notice'",
    "retracted_reports": "select count(*) from evidence.screening where decision = 'retracted'",
    "studies": "select count(*) from evidence.study_overview where is_included",
    "own_samples": "select count(*) from evidence.study_overview where is_included and is_own_sample",
    "people": (
        "select coalesce(sum(n), 0) from evidence.study_overview"
        " where is_included and is_own_sample and design like 'rct%' and n_basis is distinct from 'planned'"
    ),
    "people_studies": (
        "select count(n) from evidence.study_overview"
        " where is_included and is_own_sample and design like 'rct%' and n_basis is distinct from 'planned'"
    ),
    "randomised": (
        "select count(*) from evidence.study_overview where is_included and is_own_sample and design like 'rct%'"
    ),
    "linked_studies": (
        "select count(*) from evidence.study_overview where is_included and n_reports > 0 and len(nct_ids) > 0"
    ),
    "candidates": "select count(*) from evidence.link_candidates",
    "values": "select count(*) from (select distinct view_name, row_id, column_name from evidence.cell_source)",
}
"""Name → the query that counts it."""
WORDS: Final[dict[str, str]] = {
    "records": "Records held",
    "pubmed_records": "Papers of PubMed",
    "ctgov_records": "Registrations of ClinicalTrials.gov",
    "included_papers": "Papers included",
    "included_registrations": "Registrations included",
    "doubtful_records": "Included records for a human to check",
    "excluded_records": "Records excluded",
    "withdrawn_records": "Records withdrawn by their source",
    "unreadable_records": "Unreadable records",
    "notices": "Notices of retraction or correction",
    "retracted_reports": "Retracted reports",
    "studies": "Studies included",
    "own_samples": "Studies with a sample of their own",
    "people": "People in randomised studies that state how many",
    "people_studies": "Randomised studies that state how many people",
    "randomised": "Randomised studies with a sample of their own",
    "linked_studies": "Studies with both paper and registration",
    "candidates": "Pairs of paper and study offered to a human",
    "values": "Values read",
}
"""Name of a count → what it counts, for people."""


class Search(Struct, frozen=True):
    """How a source came into the release: searched with queries, or imported from files."""

    source: str
    as_of: str
    strategy: str | None
    """Name and version of the search strategy; None for imported files."""
    query: str | None
    """The whole search as it was sent: later runs ask for the same within a window of time."""
    n_found: int | None
    """Records that the service counted for it."""

    @property
    def name(self) -> str:
        """The service as people call it."""
        return SOURCES.get(self.source, self.source)

    @property
    def sentence(self) -> str:
        """When it was searched or its files were imported."""
        return f"{self.name} {'searched' if self.strategy else 'records imported'} on {long_date(self.as_of)}"


class Facts(Struct, frozen=True):
    """What every output of a release says of it."""

    release_id: str
    as_of: dict[str, str]
    """Source → day on which it was last searched or imported."""
    accepted: tuple[str, ...]
    """What was known to be amiss when the release was built, and accepted."""
    is_sample: bool
    is_replayed: bool
    searches: tuple[Search, ...]
    counts: dict[str, int]
    unobtained: tuple[str, ...]
    """Records that a service promised and did not give, with the reason."""

    @property
    def day(self) -> str:
        """The day that the release tells of: its latest search."""
        return max(self.as_of.values(), default="")

    @property
    def searched(self) -> str:
        """One line: each source and its day."""
        return "; ".join(search.sentence for search in self.searches)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before citing anything; empty when nothing is amiss."""
        return (*self._on_sample, *self._on_coverage)

    @property
    def _on_sample(self) -> tuple[str, ...]:
        if self.is_sample:
            return (
                "Sample data: the figures are those of published trials, but every sentence was written for the"
                " project, and records whose number begins with 999999 are invented. Cite nothing.",
            )
        if self.is_replayed:
            return ("Not from the services: a program on this machine served the records. Cite nothing.",)
        return ()

    @property
    def _on_coverage(self) -> tuple[str, ...]:
        amiss = [f"{_named(text)}, accepted when the release was built: {text.rstrip('.')}." for text in self.accepted]
        if self.unobtained:
            amiss.append(f"{counted(len(self.unobtained), 'promised record')} could not be obtained.")
        return tuple(amiss)

    @property
    def head(self) -> tuple[str, ...]:
        """The lines above each table: release, searches, warnings and retractions."""
        retracted = self.counts["retracted_reports"]
        marked = f"{counted(retracted, 'retracted report')} marked and counted nowhere." if retracted else ""
        return tuple(line for line in (f"Release {self.release_id}. {self.searched}.", *self.warnings, marked) if line)

    @property
    def short_head(self) -> tuple[str, ...]:
        """The same in few words, for above a table that stands in a document with the whole head."""
        searched = "; ".join(f"{search.name} to {long_date(search.as_of)}" for search in self.searches)
        parts = [f"Release {self.release_id}: {searched}."]
        if self.is_sample or self.is_replayed:
            parts.append("SAMPLE DATA: cite nothing." if self.is_sample else "NOT FROM THE SERVICES: cite nothing.")
        if self.unobtained or any(not _is_on_rules(text) for text in self.accepted):
            parts.append("PARTIAL COVERAGE: see the title page.")
        if any(map(_is_on_rules, self.accepted)):
            parts.append("RULES NOT MEASURED: see the title page.")
        if retracted := self.counts["retracted_reports"]:
            parts.append(f"{counted(retracted, 'retracted report')} marked and counted nowhere.")
        return tuple(parts)


def _is_on_rules(accepted: str) -> bool:
    """Whether what was accepted is that the extraction rules were not measured, or fell: the records are all there."""
    return accepted.startswith("accuracy")


def _named(accepted: str) -> str:
    return "Extraction not measured" if _is_on_rules(accepted) else "Partial coverage"


def facts(reader: Reader, release_id: str, as_of: Mapping[str, str], accepted: Sequence[str]) -> Facts:
    """The facts of a release: `as_of` and `accepted` stand in its manifest, everything else in its database."""
    (origin,) = reader.rows(
        "select coalesce(bool_or(regexp_matches(source_id, '^(NCT)?999999\\d\\d$')), false) as is_sample,"
        " coalesce(bool_or(regexp_matches(request, '^https?://(127\\.0\\.0\\.1|localhost|\\[::1\\])')), false)"
        " as is_replayed from core.document"
    )
    unobtained = reader.rows("select distinct source, source_id, reason from core.unobtained_document order by all")
    return Facts(
        release_id=release_id,
        as_of=dict(sorted(as_of.items())),
        accepted=tuple(accepted),
        is_sample=origin["is_sample"],
        is_replayed=origin["is_replayed"],
        searches=tuple(_search(reader, source, as_of[source]) for source in SOURCES if source in as_of),
        counts={name: _number(reader, query) for name, query in COUNTED.items()},
        unobtained=tuple(f"{row['source']} {row['source_id']}: {row['reason']}" for row in unobtained),
    )


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 study`, `1,204 studies`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def long_date(day: str) -> str:
    """`2026-11-26` as 26 November 2026, whatever the language of the machine."""
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"


def _search(reader: Reader, source: str, day: str) -> Search:
    """The last search of a source: each run first asks how many records the whole strategy finds."""
    asked = reader.rows(
        "select query.query_sent, query.n_found, run.strategy, run.strategy_version"
        " from core.query join core.run using (run_id) where run_id ="
        " (select max(run_id) from core.run where kind = 'refresh' and source = ?) order by ordinal",
        [source],
    )
    if not asked:
        return Search(source=source, as_of=day, strategy=None, query=None, n_found=None)
    return Search(
        source=source,
        as_of=day,
        strategy=f"{asked[0]['strategy']}, version {asked[0]['strategy_version']}",
        query=asked[0]["query_sent"],
        n_found=asked[0]["n_found"],
    )


def _number(reader: Reader, query: str) -> int:
    (row,) = reader.rows(query)
    return int(_only(row))


def _only(row: Mapping[str, Any]) -> Any:
    (value,) = row.values()
    return value
