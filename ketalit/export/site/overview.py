"""The first page: what is in the release, how fresh it is, how complete and how accurate, and where its limits lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from ketalit.export.presentation import Presented, shown
from ketalit.export.site.joined import readable
from ketalit.export.site.pages import study_file
from ketalit.warehouse import Reader

COVERED: Final[tuple[tuple[str, str, str], ...]] = (
    ("Drug", "dosing_protocols", "drug is not null"),
    ("Route", "dosing_protocols", "route is not null"),
    ("Dose", "dosing_protocols", "dose is not null or dose_max is not null"),
    ("Number of doses", "dosing_protocols", "sessions is not null or sessions_max is not null"),
    ("Compared with", "dosing_protocols", "comparators is not null"),
    ("Number of people", "dosing_protocols", "n is not null"),
    (
        "Response, remission or relapse",
        "durability_of_effect",
        "pct is not null or n is not null or time_to_relapse_days is not null",
    ),
    ("Length of follow-up", "durability_of_effect", "follow_up_days is not null"),
    ("Age", "trial_demographics", "age_status = 'reported'"),
    ("Sex", "trial_demographics", "sex_status = 'reported'"),
    ("Race", "trial_demographics", "race_status in ('reported', 'partly understood')"),
    ("Ethnicity", "trial_demographics", "ethnicity_status = 'reported'"),
    ("Harms", "safety", "n_affected is not null or term is not null"),
)
"""Item, view, and when a row of it states the item."""
GROUPS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (
        "Treatment and effect",
        frozenset({"dosing_protocols", "durability_of_effect", "outcome_measures", "outcome_comparisons"}),
    ),
    (
        "People and harms",
        frozenset(
            {"safety", "trial_demographics", "baseline_characteristics", "representation", "patient_selection"}
            | {"participant_flow"}
        ),
    ),
    ("Studies and reports", frozenset({"study_overview", "study_reports", "trial_pipeline", "topics"})),
    ("Checks and bookkeeping", frozenset()),
)
"""Chapters of the list of tables; what is named in none stands in the last."""
ACCURACY_ROW: Final = re.compile(r"^\|(.+)\|$")


class Coverage(Struct, frozen=True):
    """How many of the included studies state an item, and where."""

    item: str
    view: str
    n_studies: int
    n_registry: int
    n_abstract: int


class Accuracy(Struct, frozen=True):
    """The table that `make accuracy` wrote."""

    measured: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def grouped(tables: Sequence[Presented]) -> list[tuple[str, list[Presented]]]:
    """The tables by chapter, each in reading order."""
    named = frozenset().union(*(names for _, names in GROUPS))
    last = GROUPS[-1][0]
    return [
        (title, [t for t in tables if t.name in names or (title == last and t.name not in named)])
        for title, names in GROUPS
    ]


def coverage(reader: Reader) -> tuple[Coverage, ...]:
    """Of the included studies that stand: how many state each item in the registry, in an abstract, in either."""
    return tuple(_coverage(reader, *covered) for covered in COVERED)


def _coverage(reader: Reader, item: str, view: str, states: str) -> Coverage:
    (counts,) = reader.rows(
        "select count(distinct study_id) as n_studies,"  # noqa: S608 - names and conditions of our own
        " count(distinct study_id) filter (source = 'registry') as n_registry,"
        " count(distinct study_id) filter (source = 'abstract') as n_abstract"
        f" from evidence.{view} where integrity is distinct from 'retracted' and ({states})"
        " and study_id in (select study_id from evidence.study_overview where is_included)"
    )
    return Coverage(item=item, view=view, **counts)


def accuracy() -> Accuracy | None:
    """The measured accuracy of extraction, as docs/accuracy.md has it; None where that file was not installed."""
    package = Path(str(files("ketalit")))
    found = [folder / "docs" / "accuracy.md" for folder in (package, package.parent)]
    text = next((path.read_text("utf-8") for path in found if path.is_file()), None)
    return _accuracy(text) if text else None


def _accuracy(text: str) -> Accuracy:
    paragraphs = [line for line in text.splitlines() if line and not line.startswith(("#", "|", "<!--"))]
    table = [
        tuple(cell.strip() for cell in match[1].split("|"))
        for line in text.splitlines()
        if (match := ACCURACY_ROW.match(line)) and not set(line) <= set("|-: ")
    ]
    return Accuracy(
        measured=paragraphs[0] if paragraphs else "",
        head=table[0] if table else (),
        rows=tuple(table[1:]),
        note=paragraphs[1] if len(paragraphs) > 1 else "",
    )


# ---- search


def search_file(
    studies: Sequence[Mapping[str, Any]], reports: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> bytes:
    """What the search of the first page looks through: file, id, title, a line of facts and further words a study."""
    titles: dict[str, list[str]] = {}
    for report in reports:
        titles.setdefault(report["study_id"], []).append(report["title"] or "")
    index = [[*_entry(study, names), " ".join(_words(study, titles.get(study["study_id"], [])))] for study in studies]
    return b"window.ketalitStudies = " + msgspec.json.encode(index) + b";\n"


def _entry(study: Mapping[str, Any], names: Mapping[str, str]) -> list[Any]:
    facts = [
        names.get(study["study_id"]) or str(study["year"] or ""),
        *(shown(column, study[column]) for column in ("design", "populations", "drugs", "routes") if study[column]),
        f"n = {study['n']}" if study["n"] is not None else "",
        "" if study["is_included"] else "not included",
        shown("integrity", study["integrity"]) if study["integrity"] not in (None, "current") else "",
    ]
    title = readable(study["title"] or study["study_id"])
    return [study_file(study["study_id"]), study["study_id"], title, " · ".join(fact for fact in facts if fact)]


def _words(study: Mapping[str, Any], titles: Sequence[str]) -> Iterator[str]:
    yield study["sponsor"] or ""
    yield shown("comparators", study["comparators"])
    for column in ("registry_ids", "nct_ids", "pmids"):
        yield " ".join(study[column] or ())
    yield from (title for title in titles if title != study["title"])
