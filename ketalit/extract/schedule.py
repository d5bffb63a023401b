"""The schedule of each phase or arm: doses, doses a week, days. What is computed is marked as derived."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, structs

from ketalit.extract.context import says
from ketalit.extract.frequency import (
    Rate,
    belongs_to_another,
    dosing_is_nearer,
    flexible,
    frequencies,
    shared_with_drug,
)
from ketalit.extract.numbers import days_of, whole_or_decimal
from ketalit.extract.patterns import compiled
from ketalit.extract.reading import DERIVED, LIKELY, number
from ketalit.extract.rules import load
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.extract.sessions import Count, is_times_given, phase_of, session_counts
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Phase, SectionRole

Length = tuple[Match, float, bool]
"""Where a length of treatment stands, the days, and whether it is only an upper bound."""

LONGEST_STUDY = 84
"""Days up to which the length of a study of repeated doses is taken as that of treatment; longer ones follow up."""
LONGEST_FOR_FREQUENCY = 42
"""Days over which a number of doses tells their frequency; over longer times they are spread unevenly."""
PRIMARY = frozenset(
    {SectionRole.TITLE, SectionRole.METHODS, SectionRole.BACKGROUND, SectionRole.UNLABELLED, SectionRole.RESULTS}
)
PLAIN_LENGTHS = ("course.of_frequency", "course.lasted", "course.in_brackets")
"""Rules of which every match is a length of treatment."""
PHASE_BEHIND = 14
"""Characters behind a frequency in which its phase may be named: `weekly maintenance`."""
LISTED = re.compile(r"\d,? (?:and )?$")
"""In front of the last of a list of times."""
NUMBER = re.compile(r"\d+")
LATER = compiled(
    r"maintenance|continuation|consolidation|optimi[sz]ation"
    r"|\bthen\b|thereafter|afterwards|subsequent|\blater (?!than)|followed by"
)
BREAK = compiled(r"(?P<strong>;|, (?:and|then|followed)|\band\b|\bthen\b|followed by)|,|\bor\b")


class Course(Struct, frozen=True):
    """The schedule of one phase or arm, as far as one passage states it."""

    place: int
    sessions: Reading | None = None
    sessions_max: Reading | None = None
    per_week: Reading | None = None
    course_days: Reading | None = None
    phase: Phase | None = None
    bounded: bool = False
    """Whether the length is only an upper bound (`for up to 4 weeks`)."""
    role: SectionRole = SectionRole.UNLABELLED
    """The role of the section that states it."""

    @property
    def values(self) -> tuple[object, ...]:
        """The four numbers, None where not stated."""
        readings = (self.sessions, self.sessions_max, self.per_week, self.course_days)
        return tuple([None if reading is None else reading.value for reading in readings])

    @property
    def tells_doses(self) -> bool:
        """Whether it says how many doses there were or how often."""
        return bool(self.sessions or self.sessions_max or self.per_week)


@lru_cache(maxsize=1)  # the regimens of one document ask for them, and the times of its rates
def courses(document: Document) -> tuple[Course, ...]:
    """The distinct courses of the study; passages that agree are one."""
    found: list[Course] = []
    for course in passages(document):
        for place, known in enumerate(found):
            both = merged(known, course)
            if both:
                found[place] = both
                break
        else:
            found.append(course)
    if len(found) == 1:
        return (extended(with_derived_numbers(with_length_of_study(document, found[0])), document),)
    return tuple([with_derived_numbers(course) for course in found])


def extended(course: Course, document: Document) -> Course:
    """The course with the number of doses that it may be extended to."""
    most = next(iter(document.own("sessions.extended")), None)
    if most is None or course.sessions is None or course.sessions_max:
        return course
    if float(course.sessions.value) >= (most.number("sessions_max") or 0):
        return course
    return structs.replace(course, sessions_max=number(most, most.number("sessions_max") or 0))


def with_length_of_study(document: Document, course: Course) -> Course:
    """The one course of repeated doses, with the length of the study where no passage states one of treatment."""
    if course.course_days or course.bounded or document.own("sessions.crossover"):
        return course
    if not (course.per_week or (course.sessions and float(course.sessions.value) > 2)):
        return course
    stated = [m for m in document.own("course.study") if m.sentence.role in PRIMARY and length_of(m) <= LONGEST_STUDY]
    if not stated:
        return course
    days = number(stated[0], length_of(stated[0]), confidence=LIKELY, reason="the length of the study")
    per_week = course.per_week or frequencies_of([], course.sessions, course.sessions_max, days)[0]
    return structs.replace(course, course_days=days, per_week=per_week)


def merged(first: Course, second: Course) -> Course | None:
    """One course out of two that say the same or complement each other, None when they contradict."""
    pairs = zip(first.values, second.values, strict=True)
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    if first.phase and second.phase and first.phase is not second.phase:
        return None
    if are_two_phases(first, second) or are_two_phases(second, first):
        return None
    return structs.replace(
        first,
        sessions=first.sessions or second.sessions,
        sessions_max=first.sessions_max or second.sessions_max,
        per_week=first.per_week or second.per_week,
        course_days=first.course_days or second.course_days,
        phase=first.phase or second.phase,
        bounded=first.bounded or second.bounded,
    )


def are_two_phases(one: Course, other: Course) -> bool:
    """Whether one course has so many doses and the other at most another number, or a schedule that no one dose has."""
    if one.sessions is None or one.sessions_max:
        return False
    if is_single_dose(one) and is_schedule(other):
        return True
    return not other.sessions and other.sessions_max is not None and one.sessions.value != other.sessions_max.value


def is_single_dose(course: Course) -> bool:
    """Whether a passage tells of one dose."""
    return course.sessions is not None and course.sessions.value == 1 and course.sessions_max is None


def is_schedule(course: Course) -> bool:
    """Whether a passage tells how often and for how long, which no single dose can be given."""
    return course.per_week is not None and course.course_days is not None


def with_derived_numbers(course: Course) -> Course:
    """Doses from frequency and length when both are fixed; a single dose has neither."""
    per_week, days = course.per_week, course.course_days
    if not course.sessions and not course.sessions_max and per_week and days and not course.bounded:
        doses = float(per_week.value) * float(days.value) / 7
        if doses >= 1 and abs(doses - round(doses)) < 0.05:
            derived = computed(per_week, round(doses), "frequency times length", days)
            return structs.replace(course, sessions=derived)
    return structs.replace(course, per_week=None, course_days=None) if is_single_dose(course) else course


def with_length_of_weekly_doses(course: Course) -> Course:
    """The course of a passage with its length, where one phrase tells it: `8 weekly doses`."""
    per_week = course.per_week
    if course.course_days or not course.sessions or not per_week or per_week.value not in (1, 7):
        return course
    if not in_one_phrase(course.sessions, per_week):
        return course
    length = 7 * float(course.sessions.value) / float(per_week.value)
    return structs.replace(course, course_days=computed(course.sessions, length, "weekly or daily doses", per_week))


def in_one_phrase(doses: Reading, per_week: Reading) -> bool:
    """Whether a number of doses and their frequency are one phrase, as in `8 weekly infusions`."""
    one, other = doses.span, per_week.span
    return one.field == other.field and one.start < other.end and other.start < one.end


def computed(first: Reading, value: float, reason: str, second: Reading) -> Reading:
    """A number computed from two readings."""
    number_of = whole_or_decimal(value)
    return structs.replace(
        first, value=number_of, derived=True, confidence=DERIVED, reason=reason, support=(second.span,)
    )


def passages(document: Document) -> Iterator[Course]:
    """The schedule as each passage states it, in order; conclusions are read only when nothing else tells."""
    found = [
        with_length_of_weekly_doses(course)
        for place, items in sorted(by_sentence(document).items())
        for course in courses_in(document.sentences[place], items)
        if course.tells_doses or course.course_days
    ]
    primary = [course for course in found if course.role in PRIMARY]
    yield from primary
    if not any(course.tells_doses for course in primary):
        yield from [course for course in found if course.role not in PRIMARY]


class Items(Struct):
    """What one sentence states: numbers of doses, frequencies, lengths, and numbers of doses in a length of time."""

    counts: list[Count] = []
    rates: list[Rate] = []
    lengths: list[Length] = []
    pairs: list[Match] = []

    def between(self, start: int, end: int) -> Items:
        """Those that stand between two places."""
        return Items(
            [item for item in self.counts if start <= item[0].start < end],
            [item for item in self.rates if start <= item[0].start < end],
            [item for item in self.lengths if start <= item[0].start < end],
            [match for match in self.pairs if start <= match.start < end],
        )

    @property
    def only_single_doses(self) -> bool:
        """Whether every number of doses is one."""
        return bool(self.counts) and all(sessions is not None and sessions.value == 1 for _, sessions, _ in self.counts)

    @property
    def anchors(self) -> list[int]:
        """Where a new course begins: at each frequency or number of doses, whichever is named more often."""
        counts = sorted({item[0].start for item in self.counts})
        if len(self.rates) > len(counts):
            return [item[0].start for item in self.rates]
        return (
            counts or sorted(match.start for match in self.pairs) or sorted(item[0].start for item in self.lengths)[:1]
        )


def by_sentence(document: Document) -> dict[int, Items]:
    """What each sentence states, by its number."""
    items: dict[int, Items] = {}
    for count in session_counts(document):
        items.setdefault(count[0].sentence.number, Items()).counts.append(count)
    for rate in frequencies(document):
        items.setdefault(rate[0].sentence.number, Items()).rates.append(rate)
    for length in lengths(document):
        if length[0].sentence.role is not SectionRole.RESULTS:
            items.setdefault(length[0].sentence.number, Items()).lengths.append(length)
    for match in document.own("course.doses_in_time"):
        if is_of_one_patient(match):
            items.setdefault(match.sentence.number, Items()).pairs.append(match)
        elif says("sessions.at_most", match.before(70)):
            items.setdefault(match.sentence.number, Items()).lengths.append((match, length_of(match), True))
    for match in document.own("course.days"):
        if match.sentence.role is not SectionRole.RESULTS and are_days_of_dosing(match):
            add_dosing_days(items.setdefault(match.sentence.number, Items()), match)
    return items


def add_dosing_days(items: Items, match: Match) -> None:
    """Add the doses of a list of days (`on days 1, 4, 8 and 11`), and how often they are, where nothing else tells."""
    days = [int(day) for day in NUMBER.findall(str(match["days"]))]
    if days != sorted(set(days)) or days[0] > 1:
        return
    if not items.counts and not items.pairs:
        items.counts.append((match, number(match, len(days), derived=True, reason="days of dosing"), None))
    told = any(sessions is not None and sessions.value == len(days) for _, sessions, _ in items.counts)
    if not items.rates and (told or len(items.counts) <= 1):
        weeks = math.ceil((days[-1] - days[0] + 1) / 7)
        if len(days) % weeks == 0:
            items.rates.append((match, (len(days) / weeks,)))


def are_days_of_dosing(match: Match) -> bool:
    """Whether a list of days stands behind doses, with no word of assessment in between."""
    dosed = load()["course.dosed_in_front"].regex.search(match.before(110))
    return dosed is not None and not says("frequency.assessing_word", dosed["between"])


@lru_cache(maxsize=1)  # the schedule and the times of one document ask for them
def lengths(document: Document) -> tuple[Length, ...]:
    """Every stated length of treatment; what treatment lasted at least, or longer than, is none.

    Nor is a range (over 2 to 3 weeks): annotators leave it out, as it is no one length, and its ends would make a wrong
    number of doses out of a frequency.
    """
    return tuple(
        [length for length in lengths_stated(document) if not says("course.bound_in_front", length[0].before(20))]
    )


def lengths_stated(document: Document) -> Iterator[Length]:
    """The lengths of treatment in each of the ways in which they are stated."""
    for match in document.own("course.phase"):
        listed = LISTED.search(match.before(8)) is not None  # after 1, 3 and 6 months of treatment
        if not listed and not says("sessions.other_therapy", match.before(15) + match.after(25)):
            yield match, length_of(match), False
    for match in document.own("course.weeks_from_to") + document.own("course.phase_weeks"):
        yield match, 7 * ((match.number("last") or 0) - (match.number("first") or 0) + 1), False
    for match in document.own("course.nth_month"):
        yield match, days_of(1, "month"), False
    for match in [match for rule_id in PLAIN_LENGTHS for match in document.own(rule_id)]:
        yield match, length_of(match), False
    for match in document.own("sessions.times"):
        if match["length"] and is_times_given(match):
            yield match, length_of(match), False
    for match in document.own("course.for_time") + document.own("course.behind_frequency"):
        if is_length_of_dosing(match):
            yield match, length_of(match), "up to" in match.text


def is_length_of_dosing(match: Match) -> bool:
    """Whether a length of time is one of dosing the drug: in front of it, or behind it where it begins a sentence."""
    before = match.before(240)
    if not before.strip():
        after = match.after(70)
        repeated = says("sessions.counted", after) or says("frequency.times_weekly", after)
        return repeated and not says("course.not_of_dosing_behind", after)
    if says("course.state_in_front", before[-50:]):
        return False
    near = before[-120:]
    if not says("frequency.dosing_word", near) or not dosing_is_nearer(near):
        return False
    return shared_with_drug(before) or not belongs_to_another(before, match.after(45))


def length_of(match: Match) -> float:
    """The length of time that a match states, in days; `a week` is one week."""
    length = 1 if str(match["length"]).startswith("a") else match.number("length") or 0
    return 14 * length if match["unit"] == "fortnight" else days_of(length, str(match["unit"]))


def is_of_one_patient(match: Match) -> bool:
    """Whether a number of doses in a length of time is exact and of the drug."""
    before = match.before(12)
    if says("course.counts_people", match.text):
        return False
    if "times" in match.text and not says("infusion.given_in_front", match.before(60)):
        return False
    if says("sessions.defined_in_front", match.before(70)):
        return False
    if says("course.not_exact", before + match.text) or says("sessions.other_therapy", before + match.text):
        return False
    return "course" in before or not says("sessions.not_in_front", before)


def courses_in(sentence: Sentence, items: Items) -> Iterator[Course]:
    """The courses of one sentence: cut so that each frequency or number of doses begins a new one."""
    items.rates = flexible(items.rates)
    anchors = sorted({*items.anchors, *rates_of_later_phases(sentence, items)})
    cuts = [
        sentence.start,
        *(cut_between(sentence, a, b) for a, b in pairwise(anchors)),
        sentence.end,
    ]
    parts = [items.between(start, end) for start, end in pairwise(cuts)] if len(anchors) > 1 else [items]
    give_lengths_to_repeated_doses(parts)
    for end, place, part in zip(cuts[1:], anchors, parts, strict=False):
        passage = sentence.lower[max(0, place - sentence.start - 12) : end - sentence.start]
        yield from course_of(sentence, place, part, phase_of(passage))


def rates_of_later_phases(sentence: Sentence, items: Items) -> Iterator[int]:
    """Where frequencies stand that a word of a later phase parts from the number of doses in front of them."""
    for match, _ in items.rates:
        counted = max([count.end for count, _, _ in items.counts if count.end <= match.start], default=None)
        if counted is not None and LATER.search(
            sentence.lower[counted - sentence.start : match.end - sentence.start + PHASE_BEHIND]
        ):
            yield match.start


def give_lengths_to_repeated_doses(parts: list[Items]) -> None:
    """Move a length of time that stands behind a single dose to the repeated doses in front of it."""
    for repeated, single in pairwise(parts):
        if single.only_single_doses and repeated.counts and not repeated.only_single_doses and not repeated.lengths:
            repeated.lengths, single.lengths = single.lengths, []


def cut_between(sentence: Sentence, first: int, second: int) -> int:
    """Where one course ends and the next begins: at the last break of clauses between two anchors."""
    breaks = list(BREAK.finditer(sentence.lower, first - sentence.start, second - sentence.start))
    strong = [found for found in breaks if found["strong"]]
    chosen = strong or breaks
    return sentence.start + chosen[-1].start() if chosen else second


def course_of(sentence: Sentence, place: int, items: Items, phase: Phase | None) -> Iterator[Course]:
    """One course, or several when two frequencies or two numbers of doses are named at once."""
    told = [(match, days) for match, days, _ in items.lengths] + [(match, length_of(match)) for match in items.pairs]
    days = number(*min(told, key=lambda item: item[0].start)) if told and tells_all_doses(items) else None
    bounded = bool(items.lengths and items.lengths[0][2])
    for sessions, most in numbers_of_doses(items):
        for per_week in frequencies_of(items.rates, sessions, most, days):
            yield Course(place, sessions, most, per_week, days, phase, bounded, sentence.role)


def tells_all_doses(items: Items) -> bool:
    """Whether no number of doses is that of a part of the series, to which the length does not belong."""
    return not any(says("sessions.part_of_series", match.before(12)) for match, _, _ in items.counts)


def numbers_of_doses(items: Items) -> list[tuple[Reading | None, Reading | None]]:
    """Each number of doses and its upper end: as counted, else in a length of time, else unknown."""
    if items.counts:
        return [(sessions, most) for _, sessions, most in items.counts]
    if items.pairs:
        in_time = items.pairs[0]
        return [(number(in_time, in_time.number("sessions") or 0), None)]
    return [(None, None)]


def frequencies_of(
    rates: list[Rate], sessions: Reading | None, most: Reading | None, days: Reading | None
) -> list[Reading | None]:
    """The doses a week of a course: as stated, else from a number of doses in a number of weeks."""
    if rates:
        match, values = rates[0]
        return [None if math.isnan(value) else number(match, value) for value in values]
    if sessions is None or most is not None or days is None or "month" in days.span.quote:
        return [None]
    a_week = float(sessions.value) / math.ceil(float(days.value) / 7)
    if float(days.value) > LONGEST_FOR_FREQUENCY or float(sessions.value) < 2 or a_week < 1:
        return [None]
    derived = computed(days, round(a_week, 2), "doses over weeks begun", sessions)
    return [structs.replace(derived, confidence=LIKELY)]
