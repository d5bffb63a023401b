"""Invented trials, each as its registration and as its paper tell it: one truth, written twice."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ketalit.model.evidence import (
    Demographics,
    Facts,
    PrimaryOutcome,
    RaceShare,
    Reading,
    Regimen,
    SafetyTotal,
    SampleSize,
    Span,
)
from ketalit.model.registration import AdverseEventGroup, Arm, PlannedOutcome, PostedResults
from ketalit.vocabulary import NBasis, Source
from tests.unit.warehouse.examples import (
    Loaded,
    baseline_row,
    facts,
    publication,
    registration,
    registry_facts,
    stated_id,
)

MODULES = "/protocolSection/x"
Doses = tuple[tuple[float, float | None], ...]


class Told(Struct, frozen=True):
    """What one side tells of a trial; None where it is silent."""

    n: int | None = 80
    arms: int | None = 3
    doses: Doses = ((0.5, None), (1.0, None))
    unit: str = "mg/kg"
    route: str | None = "iv"
    sessions: int | None = 6
    scale: str | None = "madrs"
    days: float | None = 28
    age: float | None = 44.4
    pct_female: float | None = 62.5
    pct_white: float | None = 75.0
    serious: int | None = 3


class Trial(Struct, frozen=True):
    """One trial as both sides tell it."""

    registry: Told = Told()
    paper: Told = Told()
    basis: NBasis = NBasis.RANDOMISED
    enrollment_kind: str = "ACTUAL"
    registry_changes: dict[str, Any] = {}
    paper_changes: dict[str, Any] = {}


def nct(place: int) -> str:
    return f"NCT{place:08d}"


def pmid(place: int) -> str:
    return str(1000 + place)


def read(source: Source, source_id: str, value: str | float | None) -> Reading | None:
    """A value as if it were read; its words are the value itself."""
    if value is None:
        return None
    words = str(value)
    field = "abstract" if source is Source.PUBMED else f"{MODULES}/description"
    return Reading(value, Span(source, source_id, field, 0, len(words), words), "an.example")


def regimens(source: Source, source_id: str, told: Told) -> tuple[Regimen, ...]:
    """One regimen a dose; one without a dose where none is told."""

    def of(value: str | float | None) -> Reading | None:
        return read(source, source_id, value)

    drug = Reading("ketamine", Span(source, source_id, "title", 0, 8, "ketamine"), "an.example")
    return tuple(
        Regimen(
            drug=drug,
            route=of(told.route),
            dose=of(dose),
            dose_max=of(dose_max),
            unit=of(told.unit if dose else None),
            sessions=of(told.sessions),
            arm=f"Arm {place}",
        )
        for place, (dose, dose_max) in enumerate(told.doses or ((None, None),), 1)  # type: ignore[arg-type]
    )


def paper_of(place: int, trial: Trial) -> tuple[Loaded, Facts]:
    """The paper with what the rules would read in it."""
    told, own = trial.paper, pmid(place)

    def of(value: str | float | None) -> Reading | None:
        return read(Source.PUBMED, own, value)

    size = None if told.n is None else SampleSize(of(told.n), trial.basis)  # type: ignore[arg-type]
    outcomes = (PrimaryOutcome(of(told.scale), of(told.days)),) if told.scale or told.days else ()
    race = () if told.pct_white is None else (RaceShare("white", of(told.pct_white)),)  # type: ignore[arg-type]
    read_facts = facts(
        own,
        regimens=regimens(Source.PUBMED, own, told),
        n_total=size,
        n_arms=of(told.arms),
        primary_outcomes=outcomes,
        demographics=Demographics(age_mean=of(told.age), pct_female=of(told.pct_female), race=race),
        safety_totals=() if told.serious is None else (SafetyTotal("any_serious", of(told.serious)),),
        rates=(),
        follow_up=None,
    )
    return publication(own, registry_ids=(stated_id(nct(place)),)), replace(read_facts, **trial.paper_changes)


def registration_of(place: int, trial: Trial) -> tuple[Loaded, Facts]:
    """The registration with posted results, and what the rules would read in its arms."""
    told, own = trial.registry, nct(place)
    arms = tuple(
        Arm(f"Arm {arm}", "EXPERIMENTAL", None, (), f"{MODULES}/armGroups/{arm}")
        for arm in range(1, (told.arms or 0) + 1)
    )
    frame = None if told.days is None else f"Day {told.days:g}"
    measure = "Global state" if told.scale is None else f"Change in {told.scale.upper()}"
    record = registration(
        own,
        enrollment=told.n,
        enrollment_kind=trial.enrollment_kind,
        arms=arms,
        outcomes=(PlannedOutcome("primary", measure, None, frame, f"{MODULES}/primaryOutcomes/0"),),
        has_results=True,
        results=posted(told),
    )
    return replace(record, **trial.registry_changes), registry_facts(
        own, regimens=regimens(Source.CTGOV, own, told) if told.doses or told.route else ()
    )


def posted(told: Told) -> PostedResults:
    """Baseline table and adverse events of a trial of 1,000 people, so that shares have a decimal."""
    table = []
    total: dict[str, Any] = {"group": "BG001", "denominator": 1000, "denominator_text": "1000"}
    if told.age is not None:
        table.append(
            baseline_row("Age, Continuous", f"{told.age:g}", param_type="MEAN", unit="years", **total)  # a mean
        )
    if told.pct_female is not None:
        table.append(baseline_row("Sex: Female, Male", f"{10 * told.pct_female:g}", category="Female", **total))
    if told.pct_white is not None:
        table.append(baseline_row("Race (NIH/OMB)", f"{10 * told.pct_white:g}", category="White", **total))
    return PostedResults(
        baseline=tuple(table), adverse_event_groups=() if told.serious is None else harms(told.serious)
    )


def harms(serious: int) -> tuple[AdverseEventGroup, ...]:
    """Two groups that share the people with a serious event."""
    parts = {"EG000": serious // 2, "EG001": serious - serious // 2}
    return tuple(
        AdverseEventGroup(
            group_id=group,
            title=f"Group {group}",
            description=None,
            time_frame=None,
            frequency_threshold_text=None,
            frequency_threshold_pct=None,
            serious_affected=n,
            serious_at_risk=500,
            other_affected=None,
            other_at_risk=None,
            deaths_affected=None,
            deaths_at_risk=None,
            pointer=f"/resultsSection/adverseEventsModule/eventGroups/{group}",
        )
        for group, n in parts.items()
    )
