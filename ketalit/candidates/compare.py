"""Comparisons: what speaks for or against two records being about one study, in points, each with its quotes.

The points were set by judgement and looked at on known pairs (docs/linkage.md says how often an offer is right); they
are no probabilities. What one of the records does not state is no argument either way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum, log, sqrt

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

_NUMBERED = re.compile(r"([A-Za-z]{4,})[- ]?(?:[0-9]{1,2}|I{1,3})")
FEW, MANY = 4, 12
"""Records in which a name stands: up to FEW it is telling, above MANY it is nobody's own."""
YEARS_AFTER = 8
"""Most papers on a trial appear within so many years after its completion."""

Part = CandidatePart


class Rarity:
    """How telling words, names and people are among the records at hand."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        words = Counter(word for profile in profiles for word in profile.words | profile.title_words)
        self.words = {word: log(len(profiles) / n) for word, n in words.items()}
        """A word that stands in n of N records weighs ln(N / n)."""
        self.names = Counter(name for profile in profiles for name in {folded(span.quote) for span in profile.names})
        self.people = Counter(key for profile in profiles for key in {person.key for person in profile.people})
        self._squares = {word: weight * weight for word, weight in self.words.items()}
        self._lengths: dict[frozenset[str], float] = {}

    def likeness(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """Cosine of two sets of words, each word weighted by its rarity; 0 to 1."""
        length = self._length(ours) * self._length(theirs)
        squares = self._squares
        return fsum([squares[word] for word in ours & theirs]) / length if length else 0.0

    def _length(self, words: frozenset[str]) -> float:
        known = self._lengths.get(words)
        if known is None:
            squares = self._squares
            known = self._lengths[words] = sqrt(fsum([squares[word] for word in words]))
        return known


def parts(report: Profile, record: Profile, rarity: Rarity) -> tuple[Part, ...]:
    """Everything that speaks for or against `report` being a paper on the study of `record`, in a fixed order."""
    found = [*_telling(report, record, rarity), *_of_facts(report, record)]
    return tuple(part for part in found if part is not None)


def _telling(report: Profile, record: Profile, rarity: Rarity) -> Iterator[Part | None]:
    yield _name(report, record, rarity)
    yield _people(report, record, rarity)
    yield _organisation(report, record)
    yield _likeness("title", TITLE, report, record, (report.title_words, record.title_words), rarity)
    yield _likeness("text", TEXT, report, record, (report.words, record.words), rarity)


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


def _name(report: Profile, record: Profile, rarity: Rarity) -> Part | None:
    printed = {folded(span.quote): span for span in report.printed}
    shared = [(rarity.names[key], key, span) for span in record.names if (key := folded(span.quote)) in printed]
    if not shared:
        return _other_number(report, record)
    held, key, span = min(shared, key=lambda name: name[:2])
    if held > MANY:
        return None
    points = NAME if held <= FEW else COMMON_NAME
    return Part("name", points, "the study's name or code is printed", printed[key], span)


def _other_number(report: Profile, record: Profile) -> Part | None:
    """ASPIRE I beside ASPIRE II: sister trials, which are easily taken for each other."""
    series = {_series(span.quote): span for span in report.names if _series(span.quote)}
    for span in record.names:
        if _series(span.quote) in series:
            return Part("name", OTHER_NUMBER, "another trial of the series", series[_series(span.quote)], span)
    return None


def _series(name: str) -> str:
    """The name of a series of trials: what stands in front of the number; empty where there is none."""
    found = _NUMBERED.fullmatch(name)
    return found[1].upper() if found else ""


def folded(name: str) -> str:
    """A name in capitals without hyphens and blanks: SUSTAIN 1 and SUSTAIN-1 are one."""
    return "".join(character for character in name.upper() if character.isalnum())


def _people(report: Profile, record: Profile, rarity: Rarity) -> Part | None:
    authors = {person.key: person for person in report.people}
    shared = [(authors[person.key], person) for person in record.people if person.key in authors]
    if not shared:
        return None
    telling = [pair for pair in shared if rarity.people.get(pair[0].key, 0) <= MANY]
    points = PERSON + FURTHER_PERSON * (len(telling) - 1) if telling else COMMON_PERSON
    author, other = (telling or shared)[0]
    reason = "an author leads the trial" if record.source is Source.CTGOV else "authors in common"
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
    name: str,
    full: tuple[float, float],
    report: Profile,
    record: Profile,
    words: tuple[frozenset[str], frozenset[str]],
    rarity: Rarity,
) -> Part | None:
    """How alike two texts are, in full only where enough rare words are shared."""
    (most, enough), (ours, theirs) = full, words
    likeness = most * rarity.likeness(ours, theirs)
    if likeness < LEAST:
        return None
    shared, weights = ours & theirs, rarity.words
    points = round(likeness * min(1.0, fsum([weights[word] for word in shared]) / enough), 2)
    if points < LEAST:
        return None
    telling = sorted(shared, key=lambda word: (-weights[word], word))[:5]
    return Part(name, points, f"shared words: {', '.join(telling)}", report.title, record.title)


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
