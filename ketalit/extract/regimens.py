"""Drug, dose, route and schedule joined into regimens: one for each distinct active combination."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from ketalit.extract import dosing
from ketalit.extract.dosing import drug_mentions, route_mentions
from ketalit.extract.patterns import compiled
from ketalit.extract.reading import number, word
from ketalit.extract.scan import Document, Match
from ketalit.extract.schedule import Course, courses
from ketalit.extract.sessions import doses_by_grammar
from ketalit.extract.titration import DoseFound
from ketalit.model.evidence import Reading, Regimen
from ketalit.vocabulary import Drug, Route

BREAK = compiled(r"ketamine|,|;|\bor\b|\band\b|versus|\bvs\b")
CLAUSES = re.compile(r"[;,]| or | and ")
OR_BEHIND = re.compile(r"\S+ or ")
LISTED = re.compile(
    r" ?(?:\((?:[a-z.]{2,6}|n ?= ?\d{1,4})\))?(?: ?\((?:n ?= ?\d{1,4})\))?(?:,| or| and|, or|, and) (?:by )?"
)
"""What stands between two routes of one list."""
NEAR = 35
"""Characters between a route and the drug or dose that it goes with."""


def regimens(document: Document, drugs: dict[Drug, Match]) -> tuple[Regimen, ...]:
    """Every active regimen of the study."""
    levels, mentions = dosing.doses(document, drugs), route_mentions(document) or route_mentions(document, own=False)
    found = [
        regimen
        for drug, match in drugs.items()
        for regimen in drug_regimens(document, drug, match, levels, mentions, len(drugs) == 1)
    ]
    lengths = dosing.infusion_lengths(document)
    if lengths:
        found = [with_length(regimen, lengths) for regimen in found]
    return tuple(distinct(scheduled(document, found, levels)))


RouteMention = tuple[Match, Route]


def drug_regimens(
    document: Document, drug: Drug, mention: Match, doses: list[DoseFound], mentions: list[RouteMention], alone: bool
) -> list[Regimen]:
    """One regimen for each dose and route of a drug, or one without a dose."""
    name = word(mention, drug)
    levels = [dose for dose in doses if dose.drug is drug]
    routes = routes_of(document, drug, mentions, alone)
    if not levels:
        return [Regimen(name, route=route) for route in routes.values()] or [Regimen(name)]
    found = [with_dose(name, route, dose) for dose in levels for route in routes_at(document, dose, routes, mentions)]
    used = {regimen.route.value for regimen in found if regimen.route}
    return found + [Regimen(name, route=reading) for route, reading in routes.items() if route not in used]


def with_dose(name: Reading, route: Reading | None, dose: DoseFound) -> Regimen:
    """The regimen of a drug at one dose."""
    return Regimen(
        name,
        route=route,
        dose=dosing.dose_reading(dose.match, dose.dose),
        dose_max=None if dose.dose_max is None else dosing.dose_reading(dose.match_max or dose.match, dose.dose_max),
        unit=word(dose.match, dose.unit),
    )


def route_reading(match: Match) -> Reading:
    """A route as a reading; an infusion without another word is taken as intravenous."""
    assumed = match.rule.id == "route.infusion"
    return word(match, str(match.rule.value), derived=assumed, reason="an infusion" if assumed else "")


def routes_of(document: Document, drug: Drug, mentions: list[RouteMention], alone: bool) -> dict[Route, Reading]:
    """The routes by which a drug was given: those beside its name, else any that the study names."""
    if not mentions:
        return {}
    values = {route for _, route in mentions}
    if len(values) <= 1:
        return {route: route_reading(match) for match, route in mentions[:1]}
    near = routes_beside(document, drug, mentions)
    if not near and alone:
        near = Counter(route for _, route in mentions)
    most = max(near.values(), default=0)
    chosen = [route for route, count in near.items() if count * 4 >= most] + listed_beside(near, mentions)
    return {route: route_reading(next(m for m, r in mentions if r is route)) for route in chosen}


def listed_beside(near: Counter[Route], mentions: list[RouteMention]) -> list[Route]:
    """Routes in one list with a route of the drug: "intravenously (n = 4), intramuscularly (n = 5) or …"."""
    found: list[Route] = []
    for (one, route), (other, following) in pairwise(mentions):
        if one.sentence is other.sentence and LISTED.fullmatch(one.document.lower, one.end, other.start):
            found += [named for named in (route, following) if {route, following} & (set(near) | set(found))]
    return [route for route in dict.fromkeys(found) if route not in near]


def routes_beside(document: Document, drug: Drug, mentions: list[RouteMention]) -> Counter[Route]:
    """How often each route stands beside the name of a drug."""
    places = [match for match, named in drug_mentions(document) if named is drug]
    counts: Counter[Route] = Counter()
    for match, route in mentions:
        for place in places:
            if match.sentence is place.sentence and beside(match, place, document):
                counts[route] += 1
    return counts


def beside(route: Match, drug: Match, document: Document) -> bool:
    """Whether a route and a drug of one sentence stand side by side, with no other drug or route between them."""
    gap = document.lower[route.end : drug.start] if route.end <= drug.start else document.lower[drug.end : route.start]
    return len(gap) <= NEAR and not BREAK.search(gap)


def routes_at(
    document: Document, dose: DoseFound, routes: dict[Route, Reading], mentions: list[RouteMention]
) -> list[Reading | None]:
    """The routes of one dose: of several, the one that stands nearest in the same sentence."""
    if len(routes) <= 1:
        return list(routes.values()) or [None]
    near = sorted(
        (distance(match, dose.match), match.start, route)
        for match, route in mentions
        if match.sentence is dose.match.sentence and route in routes
    )
    if not near:
        return list(routes.values())
    if both_named(document, dose, near):
        return list(routes.values())
    return [routes[near[0][2]]]


def both_named(document: Document, dose: DoseFound, near: list[tuple[int, int, Route]]) -> bool:
    """Whether two routes are joined by `or` beside one dose ("IV or SC")."""
    places = sorted(place for gap, place, _ in near[:2] if gap < NEAR)
    return len(places) == 2 and OR_BEHIND.match(document.lower[places[0] : places[1]]) is not None


def distance(one: Match, other: Match) -> int:
    """Characters between two matches; a break of clauses and a place behind the dose count as further away."""
    first, second = sorted((one, other), key=lambda match: match.start)
    gap = first.document.lower[first.end : second.start]
    return len(gap) + 8 * (first is other) + 40 * len(CLAUSES.findall(gap))


def with_length(regimen: Regimen, lengths: Sequence[tuple[Match, float]]) -> Regimen:
    """The regimen with the length of its infusion: the one in the sentence of its dose, else the only one stated."""
    if regimen.route and regimen.route.value in (Route.INTRANASAL, Route.IM):
        return regimen
    match, minutes = nearest_length(regimen, lengths)
    return structs.replace(regimen, infusion_minutes=number(match, minutes))


def nearest_length(regimen: Regimen, lengths: Sequence[tuple[Match, float]]) -> tuple[Match, float]:
    """Of several lengths, the one nearest to the dose: `40-min infusion` stands in front, `over 40 min` behind.

    Each break of clauses between them counts as forty characters more: what follows `, and` is another arm's.
    """
    dose = (regimen.dose or regimen.drug).span

    def gap(item: tuple[Match, float]) -> tuple[bool, int]:
        match, place = item[0], item[0].span
        in_front = place.start < dose.start
        expected = in_front if match.rule.id == "infusion.long" else not in_front
        other_end = match.start + dose.start - place.start
        between = match.document.lower[min(match.start, other_end) : max(match.start, other_end)]
        characters = len(between) + 40 * len(CLAUSES.findall(between))
        return place.field != dose.field, characters * (1 if expected else 3)

    return min(lengths, key=gap)


def scheduled(document: Document, found: list[Regimen], levels: list[DoseFound]) -> list[Regimen]:
    """Each regimen with the courses that belong to it."""
    stated = list(courses(document))
    if not any(course.tells_doses for course in stated):
        single = doses_by_grammar(document)
        if single:
            stated = [Course(0, sessions=single)]
    if not stated:
        return found
    if len(levels) > 1 and document.own("dose.in_turn"):
        stated = [one_of_each_level(course, len(levels)) for course in stated]
    if len(stated) > 1 and len(found) > 1:
        paired = in_turn(document, found, stated)
        if paired:
            return paired
        return [
            with_course(regimen, course)
            for regimen in found
            for course in nearest(document, regimen, stated, sentences_of(regimen, levels))
        ]
    return [with_course(regimen, course) for regimen in found for course in stated]


def in_turn(document: Document, found: list[Regimen], stated: list[Course]) -> list[Regimen]:
    """Each dose with the course behind it, where one sentence tells all of both in turn: `A weekly, later B daily`."""
    if len(found) != len(stated) or not all(regimen.dose for regimen in found):
        return []
    doses = sorted(found, key=place_of_dose)
    order = sorted(stated, key=lambda course: course.place)
    spans = [document.span(course.place, course.place + 1) for course in order]
    if len({document.sentence_at(course.place).number for course in order}) > 1:
        return []
    places = [
        place for regimen, span in zip(doses, spans, strict=True) for place in (place_of_dose(regimen), span.start)
    ]
    fields = {span.field for span in spans} | {regimen.dose.span.field for regimen in doses if regimen.dose}
    if len(fields) > 1 or places != sorted(set(places)):
        return []
    return [with_course(regimen, course) for regimen, course in zip(doses, order, strict=True)]


def place_of_dose(regimen: Regimen) -> int:
    """Where the dose of a regimen stands in its text."""
    return regimen.dose.span.start if regimen.dose else 0


def one_of_each_level(course: Course, levels: int) -> Course:
    """The course with one dose of each level, when there are as many doses as levels that follow on each other."""
    if course.sessions is None or course.sessions.value != levels:
        return course
    return structs.replace(course, sessions=structs.replace(course.sessions, value=1, derived=True), per_week=None)


def sentences_of(regimen: Regimen, levels: list[DoseFound]) -> frozenset[int]:
    """The sentences that name the dose of a regimen."""
    return next(
        (
            level.places
            for level in levels
            if regimen.dose and level.match.span == regimen.dose.span and level.dose == regimen.dose.value
        ),
        frozenset(),
    )


def nearest(document: Document, regimen: Regimen, stated: list[Course], sentences: frozenset[int]) -> list[Course]:
    """The courses in the sentences that name the dose, else those near it, else all."""
    beside_dose = [course for course in stated if document.sentence_at(course.place).number in sentences]
    if beside_dose:
        return beside_dose
    dose = (regimen.dose or regimen.drug).span
    here = [c for c in stated if document.span(c.place, c.place + 1).field == dose.field]
    near = [c for c in here if abs(document.span(c.place, c.place + 1).start - dose.start) < 200]
    return near or stated


def with_course(regimen: Regimen, course: Course) -> Regimen:
    """The regimen with a schedule."""
    return structs.replace(
        regimen,
        sessions=course.sessions,
        sessions_max=course.sessions_max,
        per_week=course.per_week,
        course_days=course.course_days,
        phase=course.phase,
    )


def distinct(found: list[Regimen]) -> list[Regimen]:
    """Regimens that differ in any value; repetitions are left out."""
    if len(found) == 1:
        return found
    seen: set[tuple[object, ...]] = set()
    kept = []
    for regimen in found:
        key = tuple([None if reading is None else reading.value for reading in slots(regimen)])
        if key not in seen:
            seen.add(key)
            kept.append(regimen)
    return kept


def slots(regimen: Regimen) -> tuple[Reading | None, ...]:
    """The readings of a regimen in the order of its fields."""
    return (
        regimen.drug, regimen.route, regimen.dose, regimen.dose_max, regimen.unit, regimen.infusion_minutes,
        regimen.sessions, regimen.sessions_max, regimen.per_week, regimen.course_days,
    )  # fmt: skip
