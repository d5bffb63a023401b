"""Measure the accuracy of extraction and write it down: what `make accuracy` runs.

Annotations lie beside this file (PMIDs and facts, no text), made by reading after one guide:

    dev.jsonl      the abstracts that the rules were written with
    dev_2.jsonl    further abstracts, annotated later; first measured, then used to find classes of error
    dev_3.jsonl    annotated after those and scored only at first (core mean F1 .898), then used in the same way
    unseen.jsonl   annotated last and scored only: nobody who wrote rules looked at them

Registrations have sets of their own (see `registrations`). The texts come from ../shared where it is there, else from
PubMed or the registry by their ids through the real clients, so that anyone can check the figures.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from ketalit import settings
from ketalit.errors import KetalitError
from ketalit.extract.gold import gold_record
from ketalit.extract.read import facts, units_of
from ketalit.release import accuracy as record
from tests.gold import registrations
from tests.gold.score import CORE, FIELDS, Score, evaluate, mean_f1

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
TEXTS: Final = ROOT.parent / "shared" / "corpus" / "pubmed" / "ketamine_abstracts.jsonl"
DOCUMENT: Final = ROOT / "docs" / "accuracy.md"
README: Final = ROOT / "README.md"
BEGIN, END = "<!-- accuracy: written by make accuracy -->", "<!-- end of accuracy -->"
SETS: Final = {"dev": "development", "dev_2": "development 2", "dev_3": "development 3", "unseen": "unseen"}
"""File of annotations → how its figures are called."""
REGISTRY_SETS: Final = {"registry": "development", "registry_unseen": "unseen"}
"""The same for the free text of registrations."""
SHOWN_IN_README: Final = ("development", "unseen")
"""What the rules were written with, and what to expect elsewhere; all sets stand in docs/accuracy.md."""


def annotations(name: str = "dev", key: str = "pmid") -> dict[str, dict[str, Any]]:
    """PMID or NCT id → what the annotators read."""
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return {record[key]: record for record in map(json.loads, lines)}


def texts(pmids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """PMID → title and abstract, as far as they can be had."""
    wanted = set(pmids)
    if TEXTS.is_file():
        records = map(json.loads, TEXTS.read_text("utf-8").splitlines())
        return {r["pmid"]: (r["title"] or "", r["abstract"] or "") for r in records if r["pmid"] in wanted}
    return _fetched(wanted)


def _fetched(pmids: set[str]) -> dict[str, tuple[str, str]]:
    from ketalit.sources.pubmed.client import PubMedClient
    from ketalit.sources.pubmed.parse import publication

    deliveries = PubMedClient(settings.read()).fetch(tuple(sorted(pmids)))
    found = [publication(document) for delivery in deliveries for document in delivery.documents]
    return {record.pmid: (record.title, record.abstract) for record in found}


def readings(found: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """PMID → what the rules read."""
    return {pmid: gold_record(facts(units_of(title, abstract, pmid))) for pmid, (title, abstract) in found.items()}


class Measured(Struct, frozen=True):
    """The scores on one set, with the number of records and of included ones among them."""

    scores: Mapping[str, Score]
    records: int
    included: int


def measure(name: str = "dev") -> Measured:
    """Score one set of annotated abstracts."""
    gold = annotations(name)
    return _measured(gold, readings(texts(gold)))


def measure_registrations(name: str) -> Measured:
    """Score one set of annotated registrations."""
    gold = annotations(name, "nct_id")
    return _measured(gold, registrations.readings(registrations.texts(gold)))


def _measured(gold: Mapping[str, dict[str, Any]], read: Mapping[str, dict[str, Any]]) -> Measured:
    """A record whose text is not to be had is left out of the count: nothing was read, rightly or wrongly."""
    held = {record_id: record for record_id, record in gold.items() if record_id in read}
    included = sum(bool(record["include"]) for record in held.values())
    return Measured(evaluate(held, read), len(held), included)


def recorded(measured: Mapping[str, Measured]) -> record.Accuracy:
    """What travels with the package: the figures of the core fields, and the rules that they are true of."""
    return record.Accuracy(
        rules=record.rules_digest(),
        measured_on=f"{datetime.now(UTC):%Y-%m-%d}",
        development=_core(measured["development"].scores),
        unseen=_core(measured["unseen"].scores),
    )


def _core(scores: Mapping[str, Score]) -> dict[str, float]:
    figures = {name: scores[name].f1 for name in CORE} | {record.RECALL: scores["include"].recall}
    return {name: round(figure, 4) for name, figure in figures.items() if not math.isnan(figure)}


def table(measured: Mapping[str, Measured], names: Iterable[str], averaged: Sequence[str] = CORE) -> str:
    """A Markdown table: a row a field, and for each set F1, its interval and the number of items; last their mean."""
    heads = [f"{name}: F1 | 95 % interval | items" for name in measured]
    lines = [f"| field | {' | '.join(heads)} |", f"|---|{'---|' * 3 * len(measured)}"]
    for name in names:
        cells = [_cells(of.scores[name]) for of in measured.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    means = [f"**{mean_f1(of.scores, averaged):.3f}** | |" for of in measured.values()]
    name = "core mean" if averaged is CORE else "mean"
    return "\n".join([*lines, f"| **{name}** | {' '.join(f'{mean} |' for mean in means)}"])


def _cells(score: Score) -> str:
    if score.items == 0:
        return "– | – | 0"
    return f"{score.f1:.3f} | {score.low:.3f}–{score.high:.3f} | {score.items}"


LIMITS: Final = (
    "The rules were written with the development abstracts in view; the unseen ones were annotated last and only"
    " scored: they say what to expect elsewhere. Intervals are from 1,000 resamples of records; few items make wide"
    " ones. Not covered: tables and full texts, other languages than English."
)
OF_REGISTRATIONS: Final = (
    "What the rules read in titles, summaries and descriptions alone, annotated by the same guide; arms and time"
    " frames, in which most registrations state the same more plainly, were not at hand. The mean was .851"
    " (development) and .833 (unseen) when both were first read. Two readers of the same eight texts agreed on"
    " every value."
)


def main() -> None:
    """Measure, write docs/accuracy.md, the table in README and the package's own record, and print the result."""
    try:
        measured = {label: measure(name) for name, label in SETS.items()}
        registered = {label: measure_registrations(name) for name, label in REGISTRY_SETS.items()}
    except KetalitError as error:
        sys.exit(f"accuracy: {error}\n  {error.hint}")
    recall = ", ".join(f"{of.scores['include'].recall:.3f} ({label})" for label, of in measured.items())
    about = (
        f"Measured on {datetime.now(UTC):%d %B %Y} ({_sizes(measured, 'abstracts')}). Recall of inclusion: {recall}."
    )
    everything = table(measured, FIELDS)
    of_registry = of_registrations(registered)
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(f"# Accuracy of extraction\n\n{about}\n\n{everything}\n\n{LIMITS}\n\n{of_registry}\n", "utf-8")
    shown = {label: measured[label] for label in SHOWN_IN_README}
    core = table(shown, ("include", *CORE))
    _write_readme(
        f"{about}\n\n{core}\n\n{LIMITS} {in_short(registered)} "
        "All fields and sets: [docs/accuracy.md](docs/accuracy.md)."
    )
    record.MEASURED.write_bytes(record.as_json(recorded(measured)))
    print(f"{about}\n\n{everything}\n\n{of_registry}")


def of_registrations(registered: Mapping[str, Measured]) -> str:
    """The part on registrations: how many, a row a field, and what was read."""
    sizes, fields = _sizes(registered, "registrations"), registrations.FIELDS
    measured = f"Measured on the same day ({sizes}).\n\n{table(registered, fields, fields)}"
    return f"## Free text of registrations\n\n{measured}\n\n{OF_REGISTRATIONS}"


def in_short(registered: Mapping[str, Measured]) -> str:
    """The same in a sentence."""
    means = [f"{mean_f1(of.scores, registrations.FIELDS):.3f} ({label})" for label, of in registered.items()]
    doses = [f"{of.scores['dose'].f1:.3f} ({label})" for label, of in registered.items()]
    return f"In the free text of registrations the mean F1 is {', '.join(means)}, that of doses {', '.join(doses)}."


def _sizes(measured: Mapping[str, Measured], records: str) -> str:
    return "; ".join(f"{label}: {of.records} {records}, {of.included} included" for label, of in measured.items())


def _write_readme(text: str) -> None:
    readme = README.read_text("utf-8")
    before, after = readme.split(BEGIN)[0], readme.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
