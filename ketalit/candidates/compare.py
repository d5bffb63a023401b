"""Comparisons: what speaks for or against two records being about one study, in points, each with its quotes.

The points were set by judgement and looked at on known pairs (docs/linkage.md says how often an offer is right); they
are no probabilities. What one of the records does not state is no argument either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ketalit.candidates.compared import Compared, Rarity, Text
from ketalit.candidates.profile import Profile
from ketalit.model.evidence import Reading, Span
from ketalit.model.study import CandidatePart
from ketalit.vocabulary import Source

NAME, COMMON_NAME, OTHER_NUMBER = 6.0, 2.0, -8.0
"""The record's acronym or sponsor's code stands in the paper; one that stands in many records says less. Trials of one
series have their own numbers."""
PERSON, FURTHER_PERSON, COMMON_PERSON, MOST_PEOPLE = 4.0, 1.5, 1.0, 7.0
ORGANISATION = 1.5
SAME_SIZE, NEAR_SIZE, OTHER_SIZE, LARGER_SAMPLE = 4.0, 1.5, -1.0, -3.0
NEAR, LARGER = 0.03, 1.25
"""A paper may leave out a few of those enrolled; one on many more people is about another trial, or about several."""
IN_TIME, BEFORE_START, LONG_AFTER = 1.0, -8.0, -2.0
SAME_DRUG, OTHER_DRUG = 1.0, -4.0
SAME_ROUTE, OTHER_ROUTE = 1.0, -3.0
SAME_DOSE, OTHER_DOSE = 1.5, -2.0
SAME_COMPARATOR, OTHER_COMPARATOR = 1.5, -2.0
SAME_PEOPLE, OTHER_PEOPLE = 1.0, -2.0
SAME_FOLLOW_UP = 0.5
TITLE, TEXT = (10.0, 12.0), (16.0, 40.0)
"""Points of a title or text in the same words throughout, and the rarity (sum of natural logarithms) of the shared
words from which likeness counts in full: two short titles are easily alike."""
LEAST = 0.5
"""Points below which likeness of words is left unsaid."""

FEW, MANY = 4, 12
"""Records in which a name stands: up to FEW it is telling, above MANY it is nobody's own."""
YEARS_AFTER = 8
"""Most papers on a trial appear within so many years after its completion."""

Part = CandidatePart


def parts(report: Compared, record: Compared, rarity: Rarity) -> tuple[Part, ...]:
    """Everything that speaks for or against `report` being a paper on the study of `record`, in a fixed order."""
    found = [*_telling(report, record, rarity), *_of_facts(report.profile, record.profile)]
    return tuple(part for part in found if part is not None)


def _telling(report: Compared, record: Compared, rarity: Rarity) -> Iterator[Part | None]:
    ours, theirs = report.profile, record.profile
    yield _name(report, record, rarity)
    yield _people(report, record, rarity)
    yield _organisation(ours, theirs)
    yield _likeness("title", TITLE, (ours.title, theirs.title), report.title, record.title, rarity)
    yield _likeness("text", TEXT, (ours.title, theirs.title), report.text, record.text, rarity)


def _of_facts(report: Profile, record: Profile) -> Iterator[Part | None]:
    yield _size(report, record)
    yield _date(report, record)
    yield _drug(report, record)
    yield _shared("route", report.routes, record.routes, SAME_ROUTE, OTHER_ROUTE)
    yield _shared("dose", report.doses, record.doses, SAME_DOSE, OTHER_DOSE)
    yield _shared("comparator", report.comparators, record.comparators, SAME_COMPARATOR, OTHER_COMPARATOR)
    yield _shared("population", report.populations, record.populations, SAME_PEOPLE, OTHER_PEOPLE)
    yield _follow_up(report, record)


# ---- who and under which name


def _name(report: Compared, record: Compared, rarity: Rarity) -> Part | None:
    printed = report.printed
    shared = [(rarity.names[name], name, span) for name, span in record.names if name in printed]
    if not shared:
        return _other_number(report, record)
    held, name, span = min(shared, key=lambda found: found[:2])
    if held > MANY:
        return None
    points = NAME if held <= FEW else COMMON_NAME
    return Part("name", points, "the study's name or code is printed", printed[name], span)


def _other_number(report: Compared, record: Compared) -> Part | None:
    """ASPIRE I beside ASPIRE II: sister trials, which are easily taken for each other."""
    for series, span in record.series.items():
        if series in report.series:
            return Part("name", OTHER_NUMBER, "another trial of the series", report.series[series], span)
    return None


def _people(report: Compared, record: Compared, rarity: Rarity) -> Part | None:
    authors = report.people
    if authors.keys().isdisjoint(record.people):
        return None
    shared = [(authors[person.key], person) for person in record.profile.people if person.key in authors]
    telling = [pair for pair in shared if rarity.people.get(pair[0].key, 0) <= MANY]
    points = PERSON + FURTHER_PERSON * (len(telling) - 1) if telling else COMMON_PERSON
    author, other = (telling or shared)[0]
    reason = "an author leads the trial" if record.profile.source is Source.CTGOV else "authors in common"
    return Part("person", min(points, MOST_PEOPLE), f"{reason}: {len(shared)}", author.span, other.span)


def _organisation(report: Profile, record: Profile) -> Part | None:
    for named in record.organisations:
        wanted = named.quote.casefold()
        for printed in report.organisations:
            if wanted in printed.quote.casefold():
                return Part("organisation", ORGANISATION, "sponsor or institution of an author", printed, named)
    return None


# ---- words


def _likeness(
    name: str, full: tuple[float, float], titles: tuple[Span, Span], ours: Text, theirs: Text, rarity: Rarity
) -> Part | None:
    """How alike two texts are (cosine), in full only where enough rare words are shared; our words are a set."""
    (most, enough), asked = full, ours.words
    shared = [word for word in theirs.words if word in asked]
    lengths = ours.length * theirs.length
    likeness = most * (rarity.sum_of_squares(shared) / lengths if lengths else 0.0)
    if likeness < LEAST:
        return None
    points = round(likeness * min(1.0, rarity.sum_of(shared) / enough), 2)
    if points < LEAST:
        return None
    return Part(name, points, f"shared words: {', '.join(rarity.rarest(shared, 5))}", *titles)


# ---- numbers and days


def _size(report: Profile, record: Profile) -> Part | None:
    """The number of people of the paper beside the enrolment; a plan is seldom met to the number."""
    if not report.sizes or not record.sizes:
        return None
    ours, theirs = report.sizes[0], record.sizes[0]
    n, enrolled = float(ours.value), float(theirs.value)
    if n > LARGER * enrolled:
        return Part("size", LARGER_SAMPLE, "more people than the other record has", ours.span, theirs.span)
    if record.is_size_planned:
        return Part("size", NEAR_SIZE, "as many as were planned", ours.span, theirs.span) if n == enrolled else None
    if n == enrolled:
        return Part("size", SAME_SIZE, "the same number of people", ours.span, theirs.span)
    if abs(n - enrolled) <= NEAR * enrolled:
        return Part("size", NEAR_SIZE, "about the same number of people", ours.span, theirs.span)
    return Part("size", OTHER_SIZE, "another number of people", ours.span, theirs.span)


def _date(report: Profile, record: Profile) -> Part | None:
    """A paper appears after its trial began, most often in the years after completion."""
    stated = report.published
    if stated is None or stated.earliest is None or stated.latest is None:
        return None
    ours = Span(report.source, report.source_id, "published", 0, len(stated.text), stated.text)
    started, completed = record.started, record.completed
    if started is not None and stated.latest < str(started.value):
        return Part("date", BEFORE_START, "published before the trial began", ours, started.span)
    if completed is None or stated.latest < str(completed.value):
        return None
    years = (date.fromisoformat(stated.earliest) - date.fromisoformat(str(completed.value))).days / 365.25
    if years > YEARS_AFTER:
        return Part("date", LONG_AFTER, "published long after completion", ours, completed.span)
    return Part("date", IN_TIME, "published in the years after completion", ours, completed.span)


def _follow_up(report: Profile, record: Profile) -> Part | None:
    ours, theirs = report.follow_up, record.follow_up
    if ours is None or theirs is None or ours.value != theirs.value:
        return None
    return Part("follow_up", SAME_FOLLOW_UP, "the same length of follow-up", ours.span, theirs.span)


# ---- closed words


def _drug(report: Profile, record: Profile) -> Part | None:
    """Ketamine of unstated form may be either: only esketamine and arketamine contradict each other and racemate."""
    return _shared("drug", report.drugs, record.drugs, SAME_DRUG, OTHER_DRUG)


def _shared(
    name: str, ours: tuple[Reading, ...], theirs: tuple[Reading, ...], same: float, other: float
) -> Part | None:
    if not ours or not theirs:
        return None
    values = {reading.value: reading for reading in theirs}
    for reading in ours:
        if reading.value in values:
            return Part(name, same, f"the same: {reading.value}", reading.span, values[reading.value].span)
    reason = f"{ours[0].value} here, {theirs[0].value} there"
    return Part(name, other, reason, ours[0].span, theirs[0].span)
