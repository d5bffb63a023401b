"""Accuracy of extraction: facts read against facts annotated, field by field.

Each field of a record is a set of items (a scalar is a set of one or none). Sets are compared record by record and
counted over all records: precision, recall and F1, with a 95 % interval from resampling records. Numbers count as equal
within the field's tolerance. Facts are scored on records that the annotators include; `include` and `registry_ids` on
all.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, Final

from msgspec import Struct

Record = Mapping[str, Any]
Items = frozenset[Hashable]

RESAMPLES: Final = 1_000
CORE: Final = (
    "drug",
    "route",
    "dose",
    "infusion_minutes",
    "sessions",
    "per_week",
    "comparators",
    "n_total",
    "age_mean",
    "pct_female",
    "follow_up_days",
    "response",
    "relapse",
    "design",
)
"""The fields whose mean F1 is the headline figure."""


class Field(Struct, frozen=True):
    """How one field is compared: its items, and how far numbers may differ (absolutely, or as a share)."""

    items: Callable[[Record], Items]
    within: float = 0.0
    within_share: float = 0.0
    on_all_records: bool = False


class Score(Struct, frozen=True):
    """What came out for one field."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    items: int
    records: int


class Counts(Struct, frozen=True):
    """Items found rightly, found wrongly, and missed."""

    hits: int
    false: int
    missed: int


def _scalar(name: str) -> Callable[[Record], Items]:
    return lambda record: frozenset() if record.get(name) is None else frozenset({record[name]})


def _words(name: str) -> Callable[[Record], Items]:
    return lambda record: frozenset(str(word).strip().lower() for word in record.get(name) or ())


def _regimen(*slots: str, needs: str | None = None) -> Callable[[Record], Items]:
    """Distinct combinations of slots over the regimens; those without any value, or without `needs`, are none."""

    def items(record: Record) -> Items:
        regimens = record.get("regimens") or ()
        found = (tuple(map(_rounded, (regimen.get(slot) for slot in slots))) for regimen in regimens)
        return frozenset(
            item
            for item in found
            if any(v is not None for v in item) and (needs is None or item[slots.index(needs)] is not None)
        )

    return items


def _percentages(name: str, *, with_time: bool = False) -> Callable[[Record], Items]:
    def items(record: Record) -> Items:
        rates = [rate for rate in record.get(name) or () if rate.get("pct") is not None]
        return frozenset(
            (round(r["pct"], 1), _rounded(r.get("time_days"))) if with_time else round(r["pct"], 1) for r in rates
        )

    return items


def _rounded(value: Any) -> Hashable:
    return round(float(value), 3) if isinstance(value, int | float) and not isinstance(value, bool) else value


FIELDS: Final[Mapping[str, Field]] = {
    "include": Field(lambda r: frozenset({True} if r.get("include") else ()), on_all_records=True),
    "design": Field(_scalar("design")),
    "population": Field(_words("population")),
    "drug": Field(_regimen("drug")),
    "route": Field(_regimen("route")),
    "dose": Field(_regimen("drug", "dose", "dose_max", "unit", needs="dose")),
    "dose_route": Field(_regimen("drug", "route", "dose", "dose_max", "unit", needs="dose")),
    "infusion_minutes": Field(_regimen("infusion_minutes")),
    "sessions": Field(_regimen("sessions", "sessions_max")),
    "per_week": Field(_regimen("per_week")),
    "course_days": Field(_regimen("course_days")),
    "comparators": Field(_words("comparators")),
    "n_total": Field(_scalar("n_total")),
    "n_arms": Field(lambda r: frozenset(a["n"] for a in r.get("n_arms") or () if a.get("n") is not None)),
    "age_mean": Field(_scalar("age_mean"), within=0.05),
    "age_sd": Field(_scalar("age_sd"), within=0.05),
    "age_min": Field(_scalar("age_min")),
    "age_max": Field(_scalar("age_max")),
    "pct_female": Field(_scalar("pct_female"), within=0.6),
    "race": Field(_percentages("race"), within=0.6),
    "scales": Field(_words("scales")),
    "follow_up_days": Field(_scalar("follow_up_days"), within_share=0.05),
    "follow_up_anchor": Field(_scalar("follow_up_anchor")),
    "response": Field(_percentages("response"), within=0.6),
    "response_at": Field(_percentages("response", with_time=True), within=0.6),
    "remission": Field(_percentages("remission"), within=0.6),
    "relapse": Field(_percentages("relapse"), within=0.6),
    "time_to_relapse_days": Field(lambda r: frozenset(r.get("time_to_relapse_days") or ()), within_share=0.05),
    "effect_until_days": Field(_scalar("effect_until_days"), within_share=0.05),
    "safety": Field(_words("safety")),
    "registry_ids": Field(
        lambda r: frozenset(str(i).upper() for i in r.get("registry_ids") or ()), on_all_records=True
    ),
}


def evaluate(gold: Mapping[str, Record], read: Mapping[str, Record]) -> dict[str, Score]:
    """Score of each field; a record that was not read counts as empty."""
    return {
        name: _score([_compare(field, gold[pmid], read.get(pmid, {})) for pmid in _scored(field, gold)])
        for name, field in FIELDS.items()
    }


def mean_f1(scores: Mapping[str, Score], names: Iterable[str] = CORE) -> float:
    """Mean F1 of some fields, as far as they have one: what no record states and nobody read has none."""
    stated = [scores[name].f1 for name in names if not math.isnan(scores[name].f1)]
    return sum(stated) / len(stated)


def _scored(field: Field, gold: Mapping[str, Record]) -> Iterable[str]:
    return (pmid for pmid, record in gold.items() if field.on_all_records or record.get("include"))


def _compare(field: Field, gold: Record, read: Record) -> Counts:
    wanted, left = field.items(gold), sorted(field.items(read), key=str)
    hits = 0
    for item in sorted(wanted, key=str):
        found = next((other for other in left if _equal(item, other, field)), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return Counts(hits, len(left), len(wanted) - hits)


def _equal(gold: Any, read: Any, field: Field) -> bool:
    if isinstance(gold, tuple) and isinstance(read, tuple):
        return len(gold) == len(read) and all(starmap(lambda a, b: _equal(a, b, field), zip(gold, read, strict=True)))
    if isinstance(gold, int | float) and isinstance(read, int | float):
        return abs(gold - read) <= max(field.within, field.within_share * abs(gold), 1e-9)
    return bool(gold == read)


def _score(counts: Sequence[Counts]) -> Score:
    precision, recall, f1 = _rates(counts)
    chance = random.Random(0)  # noqa: S311 - the interval must come out the same each time
    all_draws = (_rates(chance.choices(counts, k=len(counts)))[2] for _ in range(RESAMPLES if counts else 0))
    # a resample without any item has no F1; it must go before sorting, which nan would upset
    draws = sorted(draw for draw in all_draws if not math.isnan(draw))
    low, high = (draws[int(0.025 * len(draws))], draws[int(0.975 * len(draws)) - 1]) if draws else (float("nan"),) * 2
    return Score(precision, recall, f1, low, high, sum(c.hits + c.missed for c in counts), len(counts))


def _rates(counts: Iterable[Counts]) -> tuple[float, float, float]:
    hits = false = missed = 0
    for count in counts:
        hits, false, missed = hits + count.hits, false + count.false, missed + count.missed
    return _share(hits, hits + false), _share(hits, hits + missed), _share(2 * hits, 2 * hits + false + missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
