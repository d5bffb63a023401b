"""Registrations: structure first, free text second; each reader gets only the text that can state what it reads.

Ages in the eligibility text are no follow-up, bipolar disorder among the exclusions is no population, and a protocol
states no results. Enrolment, eligible ages, follow-up and posted results come from structured fields (sql/40_bridge).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ketalit.extract import read, selection
from ketalit.extract.arms import INACTIVE_ARMS, gets_ketamine, ketamine_interventions, regimens_by_arm
from ketalit.extract.context import document_of
from ketalit.extract.dosing import drug_mentions
from ketalit.extract.judgement import wrong_people
from ketalit.extract.registry_topics import registered_topics
from ketalit.extract.role import follow_up
from ketalit.model.evidence import Facts, Judgement, NotUnderstood, Reading, Regimen, Selection, Span, TextUnit
from ketalit.model.registration import Arm, Registration
from ketalit.vocabulary import Comparator, Design, SectionRole, Source

PROTOCOL: Final = "/protocolSection"
ARMS: Final = f"{PROTOCOL}/armsInterventionsModule/"
OUTCOMES: Final = f"{PROTOCOL}/outcomesModule/"
TITLES: Final = f"{PROTOCOL}/identificationModule/"
DESCRIPTION: Final = f"{PROTOCOL}/descriptionModule/"
SUMMARY: Final = f"{DESCRIPTION}briefSummary"
CONDITIONS: Final = f"{PROTOCOL}/conditionsModule"
DESIGN: Final = f"{PROTOCOL}/designModule"
CRITERIA: Final = f"{PROTOCOL}/eligibilityModule/eligibilityCriteria"


def facts(registration: Registration, units: Sequence[TextUnit]) -> Facts:
    """What the text of a registration states: regimens arm by arm, design, population, comparators and scales."""
    protocol = read.facts(_from(units, TITLES, DESCRIPTION, ARMS))
    regimens = regimens_by_arm(registration, units) if registration.arms else protocol.regimens
    who = [*_from(units, TITLES, SUMMARY), *_condition_units(registration)]
    return Facts(
        source=Source.CTGOV,
        source_id=registration.nct_id,  # a registration without any text is judged as well
        judgement=_judgement(registration, units),
        design=_design(registration, protocol.design),
        population=read.facts(who).population,
        regimens=regimens,
        comparators=_comparators(registration, protocol.comparators),
        scales=read.facts(_from(units, TITLES, OUTCOMES)).scales,
        selection=_selection(units, protocol),
        topics=registered_topics(registration, units, who, regimens),
        registry_ids=protocol.registry_ids,
        not_understood=_not_understood(protocol.not_understood, regimens),
        roles=follow_up(document_of(_from(units, TITLES, SUMMARY))),
    )


def _from(units: Sequence[TextUnit], *pointers: str) -> list[TextUnit]:
    return [unit for unit in units if unit.field.startswith(pointers)]


def _not_understood(items: Sequence[NotUnderstood], regimens: Sequence[Regimen]) -> tuple[NotUnderstood, ...]:
    """A dose that was read in an arm is understood; a protocol states no rates that could be missed."""
    is_dosed = any(regimen.dose or regimen.dose_max for regimen in regimens)
    return tuple(item for item in items if item.item == "dose" and not is_dosed)


def _selection(units: Sequence[TextUnit], protocol: Facts) -> Selection:
    """The criteria from their own field; observation and monitoring from the text on arms and procedures."""
    criteria = [selection.of_criteria(unit) for unit in _from(units, CRITERIA)]
    return selection.together([*criteria, protocol.selection])


# ---- comparators


def _comparators(registration: Registration, read_in_text: Sequence[Reading]) -> tuple[Reading, ...]:
    """What the text names; a trial of several arms always compares, if only ketamine with ketamine."""
    if len(registration.arms) < 2:
        return tuple(read_in_text)
    named = tuple(reading for reading in read_in_text if reading.value != Comparator.NONE)
    return named or tuple(_comparators_by_structure(registration))


def _comparators_by_structure(registration: Registration) -> Iterator[Reading]:
    ketamine = ketamine_interventions(registration)
    placebo = next((arm for arm in registration.arms if arm.kind == "PLACEBO_COMPARATOR"), None)
    if placebo is not None:
        yield _of_arm(registration, placebo, Comparator.PLACEBO, "type", "PLACEBO_COMPARATOR")
    elif all(gets_ketamine(registration, arm, ketamine) for arm in registration.arms):
        second = registration.arms[1]
        yield _of_arm(registration, second, Comparator.KETAMINE_OTHER, "label", second.label)


def _of_arm(registration: Registration, arm: Arm, comparator: Comparator, field: str, quote: str) -> Reading:
    span = Span(Source.CTGOV, registration.nct_id, f"{arm.pointer}/{field}", 0, len(quote), quote)
    return Reading(str(comparator), span, "registry.arms", derived=True, reason="kinds of arm")


# ---- judgement


def _judgement(registration: Registration, units: Sequence[TextUnit]) -> Judgement:
    """Is (es/ar)ketamine given, and to people with depression? Who is studied stands in conditions and titles."""
    drug = next(_drug_spans(registration, units), None)
    if drug is None:
        return _without_arm(registration, units)
    who = [*_condition_units(registration), *(unit for unit in units if unit.role is SectionRole.TITLE)]
    sample = document_of(who)
    against = wrong_people(sample)
    if against is not None:
        return against
    depressed = next(iter(sample.find("population.depressed")), None)
    if depressed is None:
        return Judgement(include=False, doubtful=False, reason="no depression in conditions or titles", spans=(drug,))
    reason = "a registered study that gives ketamine to people with depression"
    return Judgement(include=True, doubtful=False, reason=reason, spans=(depressed.span, drug))


def _without_arm(registration: Registration, units: Sequence[TextUnit]) -> Judgement:
    """A cohort may register neither arms nor interventions: where title or summary names the drug, a human looks."""
    named = drug_mentions(document_of(_from(units, TITLES, SUMMARY)))
    if named and not registration.arms and not registration.interventions:
        reason = "ketamine is named, but no arm or intervention is registered"
        return Judgement(include=False, doubtful=True, reason=reason, spans=(named[0][0].span,))
    return Judgement(include=False, doubtful=False, reason="no arm is given ketamine")


def _drug_spans(registration: Registration, units: Sequence[TextUnit]) -> Iterator[Span]:
    """Where an intervention or an active arm names the drug."""
    inactive = tuple(f"{arm.pointer}/" for arm in registration.arms if arm.kind in INACTIVE_ARMS)
    pointers = [arm.pointer for arm in registration.arms] + [item.pointer for item in registration.interventions]
    given = tuple(f"{pointer}/" for pointer in pointers)
    for unit in units:
        if unit.field.startswith(given) and not unit.field.startswith(inactive):
            yield from (match.span for match, _ in drug_mentions(document_of([unit])))


def _condition_units(registration: Registration) -> Iterator[TextUnit]:
    for name, values in (("conditions", registration.conditions), ("keywords", registration.keywords)):
        for place, value in enumerate(values):
            pointer = f"{CONDITIONS}/{name}/{place}"
            yield TextUnit(Source.CTGOV, registration.nct_id, pointer, value, SectionRole.METHODS)


# ---- design


def _design(registration: Registration, from_text: Reading | None) -> Reading | None:
    """The design as the registry's structure has it; it knows no randomised withdrawal, so there the text speaks."""
    if from_text is not None and from_text.value == Design.RCT_WITHDRAWAL:
        return from_text
    if registration.study_type == "OBSERVATIONAL":
        return _structured(registration, Design.OBSERVATIONAL, "studyType", "OBSERVATIONAL")
    if registration.allocation == "RANDOMIZED":
        is_crossover = registration.intervention_model == "CROSSOVER"
        design = Design.RCT_CROSSOVER if is_crossover else Design.RCT_PARALLEL
        return _structured(registration, design, "designInfo/allocation", "RANDOMIZED")
    if registration.intervention_model == "SINGLE_GROUP":
        return _structured(registration, Design.OPEN_LABEL, "designInfo/interventionModel", "SINGLE_GROUP")
    return None


def _structured(registration: Registration, design: Design, field: str, quote: str) -> Reading:
    span = Span(Source.CTGOV, registration.nct_id, f"{DESIGN}/{field}", 0, len(quote), quote)
    return Reading(value=str(design), span=span, rule="registry.design")
