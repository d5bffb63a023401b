"""Rows of what rules read in one document: one row an entity, and one row a value with the span that it stands on.

An entity is called `<source>:<id>/<kind>/<place>`, such as `pubmed:23982301/regimen/1`; the names do not depend on
anything but the document and the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ketalit.model.evidence import (
    Demographics,
    Facts,
    Judgement,
    Rate,
    Reading,
    Regimen,
    SafetyCount,
    SafetyTotal,
    Selection,
    Span,
)
from ketalit.warehouse.rows.row import Row, Rows, Value

Readings = Mapping[str, Reading | None]
"""Column → the reading that fills it."""

JUDGEMENT_RULE = "judgement"
"""The judgement is a weighing of several rules; its spans say what was weighed."""


def of_facts(facts: Facts) -> Rows:
    """Everything that was read in one document."""
    yield from _judgement(facts, facts.judgement)
    yield from _words(facts)
    yield from _regimens(facts, facts.regimens)
    yield from _sample_sizes(facts)
    yield from _trial(facts)
    yield from _demographics(facts, facts.demographics)
    yield from _durability(facts)
    yield from _selection(facts, facts.selection)
    yield from _safety(facts)
    yield from _topics(facts)
    yield from _not_understood(facts)


def _judgement(facts: Facts, judgement: Judgement) -> Rows:
    key = _key(facts, "judgement", 1)
    yield (
        "judgement",
        key | {"is_included": judgement.include, "is_doubtful": judgement.doubtful, "reason": judgement.reason},
    )
    if judgement.spans:
        main, *support = judgement.spans
        reading = Reading(judgement.include, main, JUDGEMENT_RULE, reason=judgement.reason, support=tuple(support))
        yield from _reading_rows(key, {"is_included": reading})


def _words(facts: Facts) -> Rows:
    """Lists of closed words: one entity a word."""
    yield from _list(facts, "design", "design", "design", () if facts.design is None else (facts.design,))
    yield from _list(facts, "population", "population", "population", facts.population)
    yield from _list(facts, "comparator", "comparator", "comparator", facts.comparators)
    yield from _list(facts, "scale", "scale", "scale", facts.scales)
    yield from _list(facts, "safety_reading", "safety", "term", facts.safety)
    yield from _list(facts, "stated_role", "role", "role", facts.roles)
    yield from _list(facts, "stated_registry_id", "registry_id", "registry_id", facts.registry_ids)


def _list(facts: Facts, table: str, kind: str, column: str, readings: Iterable[Reading]) -> Rows:
    for place, reading in enumerate(readings, 1):
        yield from _entity(table, _key(facts, kind, place), {column: reading})


def _regimens(facts: Facts, regimens: tuple[Regimen, ...]) -> Rows:
    for place, regimen in enumerate(regimens, 1):
        key = _key(facts, "regimen", place) | {"ordinal": place, "arm": regimen.arm, "phase": regimen.phase}
        readings = {
            "drug": regimen.drug,
            "route": regimen.route,
            "dose": regimen.dose,
            "dose_max": regimen.dose_max,
            "unit": regimen.unit,
            "infusion_minutes": regimen.infusion_minutes,
            "sessions": regimen.sessions,
            "sessions_max": regimen.sessions_max,
            "per_week": regimen.per_week,
            "course_days": regimen.course_days,
        }
        yield from _entity("regimen", key, readings)


def _sample_sizes(facts: Facts) -> Rows:
    total = facts.n_total
    sizes = facts.sample_sizes
    if total is not None and total not in sizes:
        sizes = (total, *sizes)
    for place, size in enumerate(sizes, 1):
        is_total = size == total
        key = _key(facts, "sample_size", place) | {"basis": size.basis, "arm": size.arm, "is_total": is_total}
        yield from _entity("sample_size", key, {"n": size.n})
        total = None if is_total else total


def _trial(facts: Facts) -> Rows:
    if facts.n_arms is not None:
        yield from _entity("arm_count", _key(facts, "arm_count", 1), {"n": facts.n_arms})
    for place, outcome in enumerate(facts.primary_outcomes, 1):
        readings = {"scale": outcome.scale, "time_days": outcome.time_days}
        yield from _entity("primary_outcome", _key(facts, "primary_outcome", place), readings)


def _demographics(facts: Facts, who: Demographics) -> Rows:
    readings = {
        "age_mean": who.age_mean,
        "age_sd": who.age_sd,
        "age_median": who.age_median,
        "age_min": who.age_min,
        "age_max": who.age_max,
        "pct_female": who.pct_female,
        "n_female": who.n_female,
        "n_male": who.n_male,
        "failed_treatments_min": who.failed_treatments_min,
    }
    if any(readings.values()):
        key = _key(facts, "demographics", 1) | {"is_age_range_eligibility": who.age_range_is_eligibility}
        yield from _entity("demographics", key, readings)
    for place, share in enumerate(who.race, 1):
        key = _key(facts, "race_share", place) | {"group_name": share.group}
        yield from _entity("race_share", key, {"pct": share.pct})
    for place, severity in enumerate(who.baseline_severity, 1):
        key = _key(facts, "baseline_severity", place) | {"scale": severity.scale}
        yield from _entity("baseline_severity", key, {"mean": severity.mean, "sd": severity.sd})


def _durability(facts: Facts) -> Rows:
    if facts.follow_up is not None:
        key = _key(facts, "follow_up", 1) | {"anchor": facts.follow_up.anchor}
        yield from _entity("follow_up", key, {"days": facts.follow_up.days})
    for place, rate in enumerate(facts.rates, 1):
        yield from _rate(_key(facts, "rate", place), rate)
    for place, time in enumerate(facts.times_to_relapse, 1):
        key = _key(facts, "time_to_relapse", place) | {"arm": time.arm, "statistic": time.statistic}
        yield from _entity("time_to_relapse", key, {"days": time.days})
    if facts.effect_until_days is not None:
        yield from _entity("effect_duration", _key(facts, "effect_duration", 1), {"days": facts.effect_until_days})


def _rate(key: Row, rate: Rate) -> Rows:
    stated: Row = {"kind": rate.kind, "arm": rate.arm, "at_risk": rate.at_risk}
    readings = {
        "pct": rate.pct,
        "n": rate.n,
        "denominator": rate.denominator,
        "time_days": rate.time_days,
        "threshold": rate.threshold,
    }
    yield from _entity("rate", key | stated, readings)


def _selection(facts: Facts, selection: Selection) -> Rows:
    for place, criterion in enumerate(selection.criteria, 1):
        key = _key(facts, "criterion", place) | {"subject": criterion.subject}
        yield from _entity("criterion", key, {"decision": criterion.decision})
    care = {
        "failed_treatments_min": selection.failed_treatments_min,
        "observation_minutes": selection.observation_minutes,
    }
    if any(care.values()):
        yield from _entity("care", _key(facts, "care", 1), care)
    yield from _list(facts, "monitoring", "monitoring", "sign", selection.monitoring)


def _safety(facts: Facts) -> Rows:
    for place, count in enumerate(facts.safety_counts, 1):
        key = _key(facts, "safety_count", place) | {"term": count.effect}
        yield from _entity("safety_count", key, _people(count))
    for place, total in enumerate(facts.safety_totals, 1):
        key = _key(facts, "safety_total", place) | {"item": total.item}
        yield from _entity("safety_total", key, _people(total))


def _people(count: SafetyCount | SafetyTotal) -> Readings:
    return {"n_affected": count.n_affected, "n_at_risk": count.n_at_risk, "pct": count.pct}


def _topics(facts: Facts) -> Rows:
    for place, topic in enumerate(facts.topics, 1):
        yield from _entity(
            "topic", _key(facts, "topic", place), {"topic": topic.name, "outcome_kind": topic.outcome_kind}
        )


def _not_understood(facts: Facts) -> Rows:
    for place, item in enumerate(facts.not_understood, 1):
        key = _key(facts, "not_understood", place)
        yield "not_understood", key | {"item": item.item} | _place(item.span)


def _key(facts: Facts, kind: str, place: int) -> Row:
    return {
        "entity_id": f"{facts.source}:{facts.source_id}/{kind}/{place}",
        "source": facts.source,
        "source_id": facts.source_id,
    }


def _entity(table: str, key: Row, readings: Readings) -> Rows:
    """The entity's row, then one row for each value and each span that it rests on."""
    values: Row = {column: None if reading is None else reading.value for column, reading in readings.items()}
    yield table, key | values
    yield from _reading_rows(key, readings)


def _reading_rows(key: Row, readings: Readings) -> Rows:
    for attribute, reading in readings.items():
        if reading is None:
            continue
        for ordinal, span in enumerate((reading.span, *reading.support), 1):
            yield "reading", _reading_row(key["entity_id"], attribute, ordinal, reading, span)


def _reading_row(entity_id: Value, attribute: str, ordinal: int, reading: Reading, span: Span) -> Row:
    row: Row = {
        "entity_id": entity_id,
        "attribute": attribute,
        "ordinal": ordinal,
        "value_text": _text(reading.value),
        "value_number": _number(reading.value),
        "source": span.source,
        "source_id": span.source_id,
        "rule": reading.rule,
        "is_derived": reading.derived,
        "confidence": reading.confidence,
        "reason": reading.reason,
    }
    return row | _place(span)


def _place(span: Span) -> Row:
    return {"field": span.field, "span_start": span.start, "span_end": span.end, "quote": span.quote}


def _text(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _number(value: str | float | bool) -> float | None:
    return None if isinstance(value, str | bool) else float(value)
