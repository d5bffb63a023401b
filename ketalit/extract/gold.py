"""Facts in the flat shape in which annotators write them down, one JSON object for each abstract."""

from __future__ import annotations

from typing import Any

from ketalit.model.evidence import Facts, Rate, Reading, Regimen
from ketalit.vocabulary import OutcomeKind

REGIMEN_FIELDS = (
    "drug",
    "route",
    "dose",
    "dose_max",
    "unit",
    "infusion_minutes",
    "sessions",
    "sessions_max",
    "per_week",
    "course_days",
)


def value(reading: Reading | None) -> Any:
    """The value of a reading, None where there is none."""
    return None if reading is None else reading.value


def gold_record(facts: Facts) -> dict[str, Any]:
    """The facts of one abstract as `ketalit extract` prints them; see the annotation guide for the fields."""
    people = facts.demographics
    return {
        "pmid": facts.source_id,
        "include": facts.judgement.include,
        "design": value(facts.design),
        "population": [value(reading) for reading in facts.population],
        "regimens": [regimen_record(regimen) for regimen in facts.regimens],
        "comparators": [value(reading) for reading in facts.comparators],
        "n_total": value(facts.n_total.n) if facts.n_total else None,
        "n_arms": [{"arm": size.arm, "n": value(size.n)} for size in facts.sample_sizes if size.arm is not None],
        "age_mean": value(people.age_mean),
        "age_sd": value(people.age_sd),
        "age_min": value(people.age_min),
        "age_max": value(people.age_max),
        "pct_female": value(people.pct_female),
        "race": [{"group": share.group, "pct": value(share.pct)} for share in people.race],
        "scales": [value(reading) for reading in facts.scales],
        "follow_up_days": value(facts.follow_up.days) if facts.follow_up else None,
        "follow_up_anchor": str(facts.follow_up.anchor) if facts.follow_up else None,
        "response": rate_records(facts, OutcomeKind.RESPONSE),
        "remission": rate_records(facts, OutcomeKind.REMISSION),
        "relapse": rate_records(facts, OutcomeKind.RELAPSE),
        "time_to_relapse_days": [value(time.days) for time in facts.times_to_relapse],
        "effect_until_days": value(facts.effect_until_days),
        "safety": [value(reading) for reading in facts.safety],
        "registry_ids": [value(reading) for reading in facts.registry_ids],
        "note": facts.judgement.reason if facts.judgement.doubtful else None,
    }


def regimen_record(regimen: Regimen) -> dict[str, Any]:
    """One regimen with its fields by name."""
    return {name: value(getattr(regimen, name)) for name in REGIMEN_FIELDS}


def rate_records(facts: Facts, kind: OutcomeKind) -> list[dict[str, Any]]:
    """The rates of one kind."""
    return [rate_record(rate) for rate in facts.rates if rate.kind is kind]


def rate_record(rate: Rate) -> dict[str, Any]:
    """One rate with its arm, count and time."""
    return {"arm": rate.arm or "all", "pct": value(rate.pct), "n": value(rate.n), "time_days": value(rate.time_days)}
