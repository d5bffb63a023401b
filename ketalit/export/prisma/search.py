"""The PRISMA-S search record: the sixteen items as far as the ledger knows them, and those of a living review.

Rethlefsen ML, et al. PRISMA-S. Syst Rev 2021;10:39. Living items after PRISMA-LSR: Akl EA, et al. BMJ
2024;387:e079183. What ketalit cannot know, such as whether a librarian peer reviewed the search, is said so: whoever
publishes fills it in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct

from ketalit import strategy
from ketalit.errors import SettingsError
from ketalit.export.facts import SOURCES, Facts, counted, long_date
from ketalit.export.prisma.counts import Flow
from ketalit.warehouse import Reader

LEDGER, DESIGN, UNKNOWN = "from the ledger", "by design of ketalit", "not known to ketalit"
"""Where an answer comes from: the books of the runs, how the program works, or nowhere."""
PLATFORMS: Final = {"pubmed": "PubMed, National Library of Medicine, through NCBI's E-utilities", "ctgov": "API 2"}


class Item(Struct, frozen=True):
    """One item of the record."""

    number: str
    """1–16 of PRISMA-S, or L1–L6 of a living review."""
    section: str
    name: str
    answers: tuple[str, ...]
    basis: str
    """LEDGER, DESIGN or UNKNOWN."""
    verbatim: tuple[tuple[str, str], ...] = ()
    """(what it is, text exactly as sent or received)."""


class Ledger(Struct, frozen=True):
    """The books of the runs that a release was made from."""

    runs: tuple[dict[str, Any], ...]
    queries: tuple[dict[str, Any], ...]
    imported: tuple[dict[str, Any], ...]
    """Source, file and number of records of what came from local files."""
    candidates: int
    multiple: int
    """Studies with more than one report."""

    def of(self, source: str, kind: str = "refresh") -> list[dict[str, Any]]:
        """The runs of one source and kind, oldest first."""
        return [run for run in self.runs if run["source"] == source and run["kind"] == kind]


def record(reader: Reader, facts: Facts, flow: Flow) -> tuple[Item, ...]:
    """Every item, in the order of the checklist."""
    ledger = _ledger(reader)
    return tuple(item(ledger, facts, flow) for item in _ITEMS)


def _ledger(reader: Reader) -> Ledger:
    (counts,) = reader.rows(
        "select (select count(*) from evidence.link_candidates) as candidates,"
        " (select count(*) from evidence.study_overview where is_included and n_reports + len(nct_ids) > 1) as multiple"
    )
    return Ledger(
        runs=tuple(reader.rows("select * from core.run order by started_at, run_id")),
        queries=tuple(
            reader.rows(
                "select query.*, run.source from core.query join core.run using (run_id) order by run_id, ordinal"
            )
        ),
        imported=tuple(
            reader.rows(
                "select document.source, regexp_replace(document.request, '^.*/', '') as file, count(*) as records"
                " from core.document join core.run using (run_id) where run.kind = 'import' group by all order by all"
            )
        ),
        candidates=counts["candidates"],
        multiple=counts["multiple"],
    )


# ---- information sources


def _databases(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "PubMed was not searched."
    if ledger.of("pubmed"):
        answer = f"{PLATFORMS['pubmed']}. {_stamp(ledger, 'pubmed')}"
    return Item("1", "Information sources and methods", "Database name", (answer.strip(),), LEDGER)


def _stamp(ledger: Ledger, source: str) -> str:
    stamps = [query["data_version"] for query in ledger.queries if query["source"] == source and query["data_version"]]
    return f"Data of the service as of {stamps[-1]}." if stamps else ""


def _multi_database(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "None: each source is searched on its own platform with a query of its own."
    return Item("2", "Information sources and methods", "Multi-database searching", (answer,), DESIGN)


def _registries(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    if not ledger.of("ctgov"):
        answer = "ClinicalTrials.gov was not searched."
    else:
        answer = f"ClinicalTrials.gov ({PLATFORMS['ctgov']}). {_stamp(ledger, 'ctgov')}"
    others = "No other registry is searched; ids of other registries are read from papers and link them."
    return Item("3", "Information sources and methods", "Study registries", (answer.strip(), others), LEDGER)


def _browsing(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "ketalit browses nothing. Whether people looked elsewhere is not in its books."
    return Item("4", "Information sources and methods", "Online resources and browsing", (answer,), UNKNOWN)


def _citations(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = (
        "Not done: references of papers are not followed. References in registrations join a registration to papers "
        "that the search found; they bring in none."
    )
    return Item("5", "Information sources and methods", "Citation searching", (answer,), DESIGN)


def _contacts(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "ketalit contacts nobody. Whether authors, experts or manufacturers were asked is not in its books."
    return Item("6", "Information sources and methods", "Contacts", (answer,), UNKNOWN)


def _other_methods(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answers = tuple(
        f"{counted(row['records'], 'record')} of {SOURCES[row['source']]} imported from the file {row['file']}; how "
        "that file was searched is not in the books."
        for row in ledger.imported
    )
    return Item(
        "7", "Information sources and methods", "Other methods", answers or ("None: no file was imported.",), LEDGER
    )


# ---- search strategies


def _strategies(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    verbatim: list[tuple[str, str]] = []
    answers = []
    for source, name in SOURCES.items():
        if not (runs := ledger.of(source)):
            continue
        last = runs[-1]
        queries = [query for query in ledger.queries if query["run_id"] == last["run_id"]]
        answers.append(
            f"{name}: strategy {last['strategy']}, version {last['strategy_version']}, digest "
            f"{last['strategy_digest'][:12]}; {counted(len(queries), 'query', 'queries')} in the last search, the "
            "first of which asks for the whole strategy."
        )
        verbatim += _verbatim(name, queries)
    if not answers:
        return Item("8", _STRATEGIES, "Full search strategies", ("No query was sent: see item 7.",), LEDGER)
    return Item("8", _STRATEGIES, "Full search strategies", tuple(answers), LEDGER, tuple(verbatim))


def _verbatim(name: str, queries: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each different query as sent, and what the service made of it."""
    texts: list[tuple[str, str]] = []
    for query in queries:
        texts.append((f"{name}, as sent", query["query_sent"]))
        if query["query_understood"]:
            texts.append((f"{name}, as understood by the service", query["query_understood"]))
        if query["warnings"]:
            texts.append((f"{name}, warnings of the service", "; ".join(query["warnings"])))
    return [*dict.fromkeys(texts)]


def _limits(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answers = ["ketalit adds no limit of language, date, type of publication or study design to the queries of item 8."]
    if any(run["mode"] == "incremental" for run in ledger.runs):
        answers.append("Updates ask for what was added or revised since a day; see item 12.")
    if _is_bundled(ledger):
        answers.append("The strategy is one that ketalit carries and has no such limit either.")
    elif ledger.queries:
        answers.append("The strategy is not one that ketalit carries: its limits are those that its queries show.")
    return Item("9", _STRATEGIES, "Limits and restrictions", tuple(answers), DESIGN)


def _filters(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    if _is_bundled(ledger):
        return Item("10", _STRATEGIES, "Search filters", ("None: no published search filter is used.",), DESIGN)
    answer = "The strategy is not one that ketalit carries; whether it uses a published filter is not in the books."
    return Item("10", _STRATEGIES, "Search filters", (answer,), UNKNOWN)


def _is_bundled(ledger: Ledger) -> bool:
    """Whether every search used a strategy exactly as this version carries it."""
    used = {(run["strategy"], run["strategy_digest"]) for run in ledger.runs if run["kind"] == "refresh"}
    return bool(used) and all(_digest(name) == digest for name, digest in used)


def _digest(name: str) -> str | None:
    try:
        return strategy.read(name).digest if name in strategy.bundled() else None
    except SettingsError:
        return None


def _prior_work(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "Whether the strategy was adapted from that of an earlier review is not in its file."
    return Item("11", _STRATEGIES, "Prior work", (answer,), UNKNOWN)


def _updates(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    runs = [run for run in ledger.runs if run["kind"] == "refresh"]
    full = sum(run["mode"] == "full" for run in runs)
    done = (
        f"{counted(len(runs), 'search', 'searches')} so far: {full} of everything, {len(runs) - full} for what was "
        "added or revised."
    )
    how = (
        "An update reruns the queries for what was added or revised since the last complete search and a week before "
        "(PubMed: CRDT, EDAT or MDAT; ClinicalTrials.gov: LastUpdatePostDate), and asks for everything again when the "
        "last full search is older than 30 days or the strategy changed."
    )
    return Item("12", _STRATEGIES, "Updates", (done, how), LEDGER)


def _dates(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answers = []
    for source, name in SOURCES.items():
        if runs := ledger.of(source):
            full = [run for run in runs if run["mode"] == "full"]
            answers.append(
                f"{name}: last searched {_day(runs[-1])}; everything last listed {_day((full or runs)[-1])}."
            )
        if imports := ledger.of(source, "import"):
            answers.append(f"{name}: files imported {_day(imports[-1])}.")
    return Item("13", _STRATEGIES, "Dates of searches", tuple(answers), LEDGER)


def _day(run: dict[str, Any]) -> str:
    return long_date(run["started_at"].date().isoformat())


def _peer_review(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = "Whether the search was peer reviewed (for instance with PRESS) is not in the books."
    return Item("14", "Peer review", "Peer review", (answer,), UNKNOWN)


# ---- managing records


def _records(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answers = [f"{flow.n('identified'):,} different records: " + ", ".join(
        f"{name} {flow.n('identified', source):,}" for source, name in SOURCES.items()
    ) + "."]  # fmt: skip
    for run in ledger.runs:
        found = next((query["n_found"] for query in ledger.queries if query["run_id"] == run["run_id"]), None)
        counts = "" if found is None else f"the service counted {found:,}, "
        answers.append(
            f"{SOURCES[run['source']]}, {_day(run)} ({run['mode'] or 'import'}): {counts}{run['promised']:,} promised, "
            f"{run['stored']:,} new or changed, {run['unchanged']:,} unchanged, {run['explained']:,} not supplied with "
            "a reason."
        )
    return Item("15", "Managing records", "Total records", tuple(answers), LEDGER)


def _deduplication(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    merged = sum(n for reason, n in flow.reasons("removed") if reason.startswith("duplicate"))
    return Item(
        "16",
        "Managing records",
        "Deduplication",
        (
            "A record is its PMID or NCT id: however often queries list it, it is stored and screened once. "
            f"{counted(merged, 'record')} left because the source merged them into another.",
            f"Reports are joined into studies by registry ids and references only: {ledger.multiple:,} of the included "
            f"studies have more than one report. {counted(ledger.candidates, 'pair')} that may belong together without "
            "an id are offered to a person and never merged.",
        ),
        LEDGER,
    )


# ---- living review


def _version(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    days = [run["started_at"] for run in ledger.runs]
    began = f" The books begin on {long_date(min(days).date().isoformat())}." if days else ""
    answer = f"Release {facts.release_id}, {facts.searched}.{began}"
    return Item("L1", _LIVING, "Version", (answer,), LEDGER)


def _schedule(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    answer = (
        "The deployment that ketalit carries searches weekly and checks every stored record monthly. Whether this "
        "review runs by it, and until when it will be kept up, is not in the books."
    )
    return Item("L2", _LIVING, "Schedule", (answer,), UNKNOWN)


def _last_search(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    return Item("L3", _LIVING, "Last search", (f"{facts.searched}.",), LEDGER)


def _changes(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    if flow.since is None:
        answer = "No release before this one is kept."
    else:
        since = flow.since
        answer = (
            f"Since release {since.release_id} (searched to {long_date(since.day)}): {since.new_studies:,} new "
            f"studies, {since.gone_studies:,} no longer included; {since.new_reports:,} new reports, "
            f"{since.gone_reports:,} no longer included. `ketalit diff` lists every changed value."
        )
    return Item("L4", _LIVING, "Changes since", (answer,), LEDGER)


def _methods(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    used = list(
        dict.fromkeys(
            f"{run['strategy']} version {run['strategy_version']} (digest {run['strategy_digest'][:12]})"
            for run in ledger.runs
            if run["kind"] == "refresh"
        )
    )
    programs = list(dict.fromkeys(run["ketalit_version"] for run in ledger.runs))
    answers = (
        f"Strategies used, oldest first: {'; '.join(used) or 'none'}.",
        f"Versions of ketalit that searched: {', '.join(programs) or 'none'}. One version reads all records anew.",
    )
    return Item("L5", _LIVING, "Changes of methods", answers, LEDGER)


def _amiss(ledger: Ledger, facts: Facts, flow: Flow) -> Item:
    amiss = [*facts.accepted, *(f"not supplied: {text}" for text in facts.unobtained)]
    return Item("L6", _LIVING, "What is known to be amiss", tuple(amiss) or ("Nothing.",), LEDGER)


_STRATEGIES: Final = "Search strategies"
_LIVING: Final = "Living review"
_ITEMS: Final[tuple[Callable[[Ledger, Facts, Flow], Item], ...]] = (
    _databases,
    _multi_database,
    _registries,
    _browsing,
    _citations,
    _contacts,
    _other_methods,
    _strategies,
    _limits,
    _filters,
    _prior_work,
    _updates,
    _dates,
    _peer_review,
    _records,
    _deduplication,
    _version,
    _schedule,
    _last_search,
    _changes,
    _methods,
    _amiss,
)
