"""Regimens of a registration, arm by arm: only the words about the ketamine itself say how it is given.

Structure says which arms get it; the text of an arm says the dose, and the text of the ketamine intervention supplies
what the arm leaves out. Clauses about other drugs (oral clonidine beside an infusion) are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ketalit.extract import read
from ketalit.extract.context import document_of
from ketalit.extract.dosing import drug_mentions, drug_names
from ketalit.extract.scan import Match
from ketalit.model.evidence import Reading, Regimen, TextUnit
from ketalit.model.registration import Arm, Intervention, Registration
from ketalit.vocabulary import Drug, SectionRole, Source

INACTIVE_ARMS: Final = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
"""Arms that get no active drug, whatever their text names (`placebo for ketamine`)."""
INACTIVE: Final = re.compile(r"placebo|saline|sham|dummy", re.IGNORECASE)
BESIDE: Final = re.compile(
    r"(?:placebo|sham)\b[^.;]{0,40}?(?:\+|\bplus\b|\band\b|\bwith\b|\bthen\b)(?![^.;]{0,20}\b(?:placebo|saline)\b)[^.;]{0,20}?ketamin"
    r"|ketamin[^.;]{0,40}?(?:\+|\bplus\b|\band\b|\bwith\b|\bthen\b)[^.;]{0,20}?(?:placebo|sham)",
    re.IGNORECASE,
)
"""A placebo of another treatment beside ketamine, which both arms get: `placebo capsule + ketamine`."""
IN_PLACE: Final = re.compile(r"instead|in place|match|mimic|identical|substitut|no ketamin", re.IGNORECASE)
"""A placebo that stands for ketamine itself."""
CLAUSE_END: Final = re.compile(r"(?<=[.;])\s+|\n+|,?\s+(?=(?:followed by|then)\b)", re.IGNORECASE)
GIVEN: Final = re.compile(r"infus|inject|spray|intranasal", re.IGNORECASE)
"""A clause that names no drug but such a way to give one goes back to ketamine."""
ALLOCATED: Final = re.compile(r"random|assigned|allocat|one of", re.IGNORECASE)
"""Several doses of such an arm are those of subgroups, not of a titration."""
TITLES: Final = "/protocolSection/identificationModule"
SCHEDULE: Final = ("sessions", "sessions_max", "per_week", "course_days")


def regimens_by_arm(registration: Registration, units: Sequence[TextUnit]) -> tuple[Regimen, ...]:
    """What each arm that gets (es/ar)ketamine is given, with the label of the arm."""
    ketamine = ketamine_interventions(registration)
    treated = [arm for arm in registration.arms if gets_ketamine(registration, arm, ketamine)]
    found = tuple(
        replace(regimen, arm=arm.label)
        for arm in treated
        for given in _given_apart([item for item in ketamine if gives(arm, item)])
        for regimen in _regimens_of_arm(registration, arm, given, units)
    )
    return _with_dose_of_title(found, units) if len(treated) == 1 else found


def _given_apart(given: Sequence[Intervention]) -> Sequence[Sequence[Intervention]]:
    """Interventions of one arm that name different forms of the drug are read apart: an infusion and a spray."""
    forms = [frozenset(drug for _, drug in _named(item.name)) for item in given]
    are_apart = len(given) > 1 and all(forms) and len(set(forms)) == len(given)
    return [[item] for item in given] if are_apart else [given]


def _with_dose_of_title(found: Sequence[Regimen], units: Sequence[TextUnit]) -> tuple[Regimen, ...]:
    """The one dose that the titles state, for the one regimen of which no arm or intervention states it."""
    if len(found) != 1 or found[0].dose or found[0].dose_max:
        return tuple(found)
    titled = [regimen for unit in _at(units, TITLES) for regimen in read.regimens_of([unit]) if regimen.dose]
    doses = {(str(regimen.dose and regimen.dose.value), str(regimen.unit and regimen.unit.value)) for regimen in titled}
    if len(doses) != 1 or titled[0].dose_max:
        return tuple(found)
    return (replace(found[0], dose=titled[0].dose, unit=titled[0].unit),)


def ketamine_interventions(registration: Registration) -> tuple[Intervention, ...]:
    """Interventions that are named after the drug; where none is, those whose description names it."""
    active = [item for item in registration.interventions if not INACTIVE.search(item.name)]
    named = [item for item in active if any(map(names_ketamine, (item.name, *item.other_names)))]
    return tuple(named or [item for item in active if item.description and names_ketamine(item.description)])


def names_ketamine(text: str) -> bool:
    """Whether a text names (es/ar)ketamine."""
    return bool(_named(text))


def _named(text: str) -> Sequence[tuple[Match, Drug]]:
    return drug_mentions(document_of([TextUnit(Source.CTGOV, "", "", text, SectionRole.METHODS)]))


def gives(arm: Arm, item: Intervention) -> bool:
    """Whether an intervention belongs to an arm: the registry says it from either side."""
    return any(name.partition(": ")[2] == item.name for name in arm.intervention_names) or arm.label in item.arm_labels


def gets_ketamine(registration: Registration, arm: Arm, ketamine: Sequence[Intervention]) -> bool:
    """Whether an arm gets the drug: by structure, or by its own words where the structure is silent."""
    is_given = any(gives(arm, item) for item in ketamine)
    if arm.kind in INACTIVE_ARMS:
        return is_given and is_beside_placebo(f"{arm.label}. {arm.description or ''}")
    if is_given:
        return True
    is_linked = any(gives(arm, item) for item in registration.interventions)
    return not (is_linked and ketamine) and any(map(names_ketamine, filter(None, (arm.label, arm.description))))


def is_beside_placebo(words: str) -> bool:
    """Whether an arm called inactive gets ketamine all the same, with the placebo of another treatment."""
    return bool(BESIDE.search(words)) and not IN_PLACE.search(words)


def _regimens_of_arm(
    registration: Registration, arm: Arm, given: Sequence[Intervention], units: Sequence[TextUnit]
) -> Iterable[Regimen]:
    own = list(_about_ketamine(_at(units, arm.pointer)))
    names = [unit for item in given for unit in _names(registration, item)]
    described = [unit for item in given for unit in _about_ketamine(_at(units, f"{item.pointer}/description"))]
    found = read.regimens_of([*own, *names])
    if not any(regimen.dose or regimen.dose_max for regimen in found):
        found = read.regimens_of([*own, *names, *described])
    beside = read.regimens_of([*names, *described]) if described else ()
    completed = [_completed(regimen, beside) for regimen in _by_own_route(found, beside)]
    return _as_one_dose(completed) if _is_one_course(registration, arm, completed) else completed


def _is_one_course(registration: Registration, arm: Arm, found: Sequence[Regimen]) -> bool:
    """Whether the doses in the text of an arm are steps of one course, and not those of periods, subgroups or arms."""
    of_arm = all(regimen.dose is None or regimen.dose.span.field.startswith(f"{arm.pointer}/") for regimen in found)
    return of_arm and registration.intervention_model != "CROSSOVER" and not ALLOCATED.search(arm.description or "")


def _names(registration: Registration, item: Intervention) -> Iterator[TextUnit]:
    """The name of an intervention; its other names too where only they say that it is ketamine (a code, a brand)."""
    names = [("name", item.name)]
    if not names_ketamine(item.name):
        names += [(f"otherNames/{place}", name) for place, name in enumerate(item.other_names)]
    for field, name in names:
        yield TextUnit(Source.CTGOV, registration.nct_id, f"{item.pointer}/{field}", name, SectionRole.METHODS)


def _at(units: Sequence[TextUnit], pointer: str) -> Iterator[TextUnit]:
    return (unit for unit in units if unit.field == pointer or unit.field.startswith(f"{pointer}/"))


def _about_ketamine(units: Iterable[TextUnit]) -> Iterator[TextUnit]:
    """The clauses without those about other drugs; one that names no drug goes on about the drug before it."""
    for unit in units:
        is_about = True
        for clause in _clauses(unit):
            drugs = _drugs(clause)
            if drugs or GIVEN.search(clause.text):
                is_about = not drugs or any(isinstance(drug, Drug) for drug in drugs)
            if is_about:
                yield clause


def _clauses(unit: TextUnit) -> Iterator[TextUnit]:
    start = 0
    for end in [*(found.end() for found in CLAUSE_END.finditer(unit.text)), len(unit.text)]:
        if unit.text[start:end].strip():
            yield replace(unit, text=unit.text[start:end], start=unit.start + start)
        start = end


def _drugs(unit: TextUnit) -> list[Drug | str]:
    document = document_of([unit])
    return [drug for sentence in document.sentences for _, drug in drug_names(sentence, document)]


def _by_own_route(found: Sequence[Regimen], beside: Sequence[Regimen]) -> Sequence[Regimen]:
    """Of several routes in the text of an arm, the one that the ketamine intervention itself states."""
    if len({regimen.route.value for regimen in found if regimen.route}) < 2:
        return found
    own = _only(regimen.route for regimen in beside)
    return [regimen for regimen in found if own is None or regimen.route is None or regimen.route.value == own.value]


def _completed(regimen: Regimen, beside: Sequence[Regimen]) -> Regimen:
    """The regimen with what only the text of the intervention states; a schedule is taken whole or not at all."""
    missing = [name for name in ("route", "infusion_minutes") if getattr(regimen, name) is None]
    if all(getattr(regimen, name) is None for name in SCHEDULE):
        missing += SCHEDULE
    return replace(regimen, **{name: _only(getattr(other, name) for other in beside) for name in missing})


def _only(readings: Iterable[Reading | None]) -> Reading | None:
    """The reading on which all agree that state one."""
    stated = [reading for reading in readings if reading is not None]
    return stated[0] if len({reading.value for reading in stated}) == 1 else None


def _as_one_dose(found: Sequence[Regimen]) -> Iterator[Regimen]:
    """Dose levels of one arm that share all else are one dose with its lowest and highest: flexible, or titrated."""
    groups: dict[tuple[str, ...], list[Regimen]] = {}
    for regimen in found:
        groups.setdefault(_all_but_dose(regimen), []).append(regimen)
    return map(_spanning, groups.values())


def _spanning(levels: Sequence[Regimen]) -> Regimen:
    """One regimen from the lowest to the highest of the levels."""
    doses = [reading for regimen in levels for reading in (regimen.dose, regimen.dose_max) if reading is not None]
    if len(levels) == 1 or not doses:
        return levels[0]
    lowest, highest = (pick(doses, key=lambda reading: float(reading.value)) for pick in (min, max))
    return replace(levels[0], dose=lowest, dose_max=replace(highest, reason="the highest dose of the arm"))


def _all_but_dose(regimen: Regimen) -> tuple[str, ...]:
    readings = (regimen.drug, regimen.route, regimen.unit, regimen.infusion_minutes)
    schedule = tuple(getattr(regimen, name) for name in SCHEDULE)
    return (str(regimen.phase), *(str(reading and reading.value) for reading in (*readings, *schedule)))
