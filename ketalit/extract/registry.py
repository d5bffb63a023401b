"""Registrations: structure first, free text second; the text is read with the same rules as abstracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ketalit.extract import read
from ketalit.extract.context import document_of
from ketalit.extract.dosing import drug_mentions
from ketalit.extract.judgement import wrong_people
from ketalit.model.evidence import Facts, Judgement, Reading, Regimen, Span, TextUnit
from ketalit.model.registration import Arm, Intervention, Registration
from ketalit.vocabulary import Design, SectionRole, Source

INACTIVE_ARMS: Final = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
"""Arms that get no active drug, whatever their text names (`placebo for ketamine`)."""
CONDITIONS: Final = "/protocolSection/conditionsModule"
DESIGN: Final = "/protocolSection/designModule"


def facts(registration: Registration, units: Sequence[TextUnit]) -> Facts:
    """What a registration states: regimens arm by arm, design and judgement from structure, the rest from its text."""
    everything = read.facts(units)
    by_arm = tuple(_regimens_by_arm(registration, units))
    return replace(
        everything,
        source=Source.CTGOV,
        source_id=registration.nct_id,  # a registration without any text is judged as well
        judgement=_judgement(registration, units),
        design=_design(registration, everything.design),
        regimens=by_arm or everything.regimens,
    )


def _regimens_by_arm(registration: Registration, units: Sequence[TextUnit]) -> Iterator[Regimen]:
    for arm in registration.arms:
        if arm.kind in INACTIVE_ARMS:
            continue
        pointers = (arm.pointer, *(given.pointer for given in registration.interventions if _gets(arm, given)))
        own = [unit for unit in units if unit.field.startswith(tuple(f"{pointer}/" for pointer in pointers))]
        for regimen in read.regimens_of(own) if own else ():
            yield replace(regimen, arm=arm.label)


def _gets(arm: Arm, given: Intervention) -> bool:
    """The registry says it from either side; a placebo that is named after the drug it mimics is none."""
    named = any(name.partition(": ")[2] == given.name for name in arm.intervention_names)
    is_inactive = any(word in given.name.lower() for word in ("placebo", "saline", "sham"))
    return (named or arm.label in given.arm_labels) and not is_inactive


def _judgement(registration: Registration, units: Sequence[TextUnit]) -> Judgement:
    """Is (es/ar)ketamine given, and to people with depression? Who is studied stands in conditions and titles."""
    drug = next(_drug_spans(registration, units), None)
    if drug is None:
        return Judgement(include=False, doubtful=False, reason="no arm is given ketamine")
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
