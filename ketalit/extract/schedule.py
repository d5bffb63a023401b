"""How many doses, how often, for how long: the schedule of each phase or arm.

Frequencies of visits are no frequencies of dosing, sessions of psychotherapy or ECT are no doses, and "after six
infusions" is a time of assessment. What is computed from stated numbers is marked as derived.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from msgspec import Struct, structs

from ketalit.extract.context import says
from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.rules import load, terms
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Phase, SectionRole

WEEKLY_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "weekly": 1.0, "every 2 weeks": 0.5, "every other week": 0.5, "fortnightly": 0.5}
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
MOST_SESSIONS = 130
"""More doses than this are the total over all patients, never the number that one patient gets."""
NOT_A_DOSE_COUNT = re.compile(
    r"(?:after|before|following|least|than|by|until|every|each|between|first|last|final|over|post|weeks?|days?|months?|day|visits?|phase|[<>=]|median(?: of)?|mean(?: of)?|average(?: of)?|approximately|nearly|about|these|those|both|the) ?(?:the |a |an )?(?:first |last |final |initial |all |total of )?$"
)
DOSING = re.compile(r"infus|doses|dosing|treat|administ|\bmg|receiv|session|ketamine|inject|spray|course|induction|given|regimen|maintenance|phase|therapy|midazolam|schedule|\besk")
ASSESSING = re.compile(r"assess|visit|rated|rating|follow|monitor|evaluat|measur|interview|test|questionnaire|score|symptom|sustain|persist|maintained|maintaining|efficacy|improve|remain|lasting|significan|effect")
OTHER_THAN_COMPARATORS = frozenset({"midazolam", "placebo", "saline", "sodium"})
PLACES = frozenset({SectionRole.TITLE, SectionRole.METHODS, SectionRole.BACKGROUND, SectionRole.UNLABELLED, SectionRole.RESULTS})


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
        return tuple(None if r is None else r.value for r in (self.sessions, self.sessions_max, self.per_week, self.course_days))


def days_of(length: float, unit: str) -> float:
    """A length of time in days: a month is 30 days, a year 365."""
    if unit.startswith("mi"):
        return length / 1440
    return length / 24 if unit.startswith("h") else length * DAYS[unit[0]]


def reading(match: Match, value: float, derived: bool = False, reason: str = "") -> Reading:
    """A number of the schedule as a reading."""
    confidence = 0.7 if match.sentence.role is SectionRole.CONCLUSIONS else 0.9
    return Reading(whole_or_decimal(value), match.span, match.rule.id, derived, confidence - 0.1 * derived, reason)


def session_counts(document: Document) -> list[Count]:
    """Every number of doses that one patient gets: (match, sessions, sessions_max)."""
    found = [item for match in document.own("sessions.counted") if is_dose_count(match) for item in counted(match)]
    found += [(m, reading(m, m.number("sessions") or 0), reading(m, m.number("sessions_max") or 0)) for m in document.own("sessions.range")]
    found += [(m, reading(m, 1), reading(m, 2)) for m in document.own("sessions.single_or_double")]
    found = without_additional(found)
    several = any(most is not None or (count is not None and float(count.value) > 1) for _, count, most in found)
    for match in document.own("sessions.single"):
        weak = match.sentence.role in (SectionRole.BACKGROUND, SectionRole.CONCLUSIONS, SectionRole.RESULTS)
        if is_one_dose(match) and not (several and weak):
            found.append((match, reading(match, 1), None))
    return found or [item for match in document.own("sessions.counted") if is_after_doses(match) for item in counted(match)][-1:]


def is_after_doses(match: Match) -> bool:
    """Whether a number of doses is only told as a time of assessment ("after 8 ketamine infusions")."""
    around = match.before(14) + match.text + match.after(14)
    return re.search(r"(?:after|following) (?:the )?$", match.before(14)) is not None and not says("sessions.other_therapy", around)


def counted(match: Match) -> Iterator[Count]:
    """A number of doses as stated: exact, at most, a range, or two arms (`either 3 or 6 infusions`)."""
    count, most = match.number("sessions") or 0, match.number("sessions_max")
    if max(count, most or 0) > MOST_SESSIONS or count == 1 and most is None:
        return
    if is_upper_bound(match) or re.search(r"until [^.;]{0,60}\bor $", match.before(70)):
        yield match, None, reading(match, count, reason="at most this many")
    elif most is not None and most > count:
        if re.search(r"either $", match.before(8)):
            yield match, reading(match, count), None
            yield match, reading(match, most), None
        else:
            yield match, reading(match, count), reading(match, most)
    else:
        yield match, reading(match, count), None


def is_upper_bound(match: Match) -> bool:
    """Whether a number of doses is the most that a patient may get."""
    return re.search(r"(?:up to|up to a (?:maximum|total) of|maximum of|at most|no more than) $", match.before(26)) is not None


def without_additional(found: list[Count]) -> list[Count]:
    """Further doses are added to the first one, unless a phase of their own or the whole number is named."""
    numbers = {count.value for _, count, _ in found if count}
    kept: list[Count] = []
    for match, count, most in found:
        extra = count is not None and re.search(r"additional|further|more", match.text) is not None
        if extra and count is not None and phase_of(match.before(60) + match.after(60)) is None and "weekly" not in match.after(40):
            if len(numbers) == 1 and isinstance(count.value, (int, float)):
                kept.append((match, reading(match, count.value + 1, True, "the first and the further ones"), most))
        else:
            kept.append((match, count, most))
    return kept


def is_dose_count(match: Match) -> bool:
    """Whether a number counts the doses of the drug that one patient gets."""
    before, after = match.before(28), match.after(30)
    if re.match(r" ?(?:of \w+ )?(?:per|an?|each|every|/) ?(?:week|wk|day|month)|(?: of \w+)? (?:weekly|daily) for", after):
        return False
    if not is_upper_bound(match) and NOT_A_DOSE_COUNT.search(before):
        return bool(re.search(r"(?:series|course) of (?:up to )?$|receiv\w+ (?:a total of |all |the )$|for the (?:first|last|next|final) $", before))
    if not match.text.endswith("s") and "-" not in match.text and not match.text.endswith("ketamine"):
        return False
    if re.match(r" ?(?:was|were|of|per|/)? ?(?:ketamine |iv )?(?:were |was )?(?:performed|apart|devices|groups?|arms?|response|resist|fail|later|modalit|option)", after) and not match.text.endswith("ketamine"):
        return False
    around = before[-14:] + match.text + after[:30]
    if says("sessions.other_therapy", after[:14]) and "ketamine" not in match.text + after[:14]:
        return False
    if "ketamine" in around or "infusion" in match.text:
        return True
    return not says("sessions.other_therapy", around) and not belongs_to_another(match.before(240), match.after(45))


def is_one_dose(match: Match) -> bool:
    """Whether `single …` or `one …` is the one dose of the active drug."""
    before, after = match.before(24), match.after(28)
    if re.search(r"(?:than|beyond|per|any) (?:a |the |an )?$", before):
        return False
    if match.text.startswith("1") and not re.search(r"(?:receiv\w+|given|administered|underw\w+|either|with|of|after|following|to) $", before):
        return False
    if match.text.startswith("1") and re.search(r"week|day|month|each|after \w+ $", after[:24] + before[-7:]):
        return False
    words = re.findall(r"[a-z][a-z0-9-]*", match.text[7:] + after)[:6]
    other = next((word for word in words if word in terms("other_drugs") or word.endswith("ketamine")), "")
    return other not in terms("other_drugs") - OTHER_THAN_COMPARATORS


def frequencies(document: Document) -> Iterator[tuple[Match, tuple[float, ...]]]:
    """Every frequency of dosing: the match and the doses a week, two numbers when two frequencies are named."""
    taken: list[tuple[int, int]] = []
    for rule_id, doses_a_week in FREQUENCY_RULES:
        for match in document.own(rule_id):
            if any(start < match.end and match.start < end for start, end in taken):
                continue
            values = doses_a_week(match)
            if values and is_of_dosing(match, document):
                taken.append((match.start, match.end))
                yield match, values


def or_times(match: Match) -> tuple[float, ...]:
    """Two frequencies named at once: two arms, or one flexible frequency when weeks may be left out."""
    both = [WEEKLY_TIMES.get(str(match[group])) or (float(str(match[group])) if str(match[group]).isdigit() else 0.0) for group in ("first", "second")]
    if "week" not in match.text or not all(both):
        return ()
    return (math.nan,) if both == [1.0, 0.5] else (both[0], both[1])


def times_weekly(match: Match) -> tuple[float, ...]:
    """So many times a week; a stated range gives no single number."""
    if match["word_max"] or match["times_max"]:
        return (math.nan,)
    return (WEEKLY_TIMES[str(match["word"])] if match["word"] else float(match["times"] or 0),)


def every_days(match: Match) -> tuple[float, ...]:
    """A dose every so many days."""
    return (round(7 / float(match["days_max"] or match["days"] or 7) + 0.05, 0) if match["days_max"] else round(7 / float(match["days"] or 7), 2),)


def every_weeks(match: Match) -> tuple[float, ...]:
    """A dose every so many weeks."""
    return (1 / float(match["weeks"] or 2),)


def daily(match: Match) -> tuple[float, ...]:
    """Doses a week when they are given every day, also several times a day."""
    times = str(match["times"] or 1)
    return (7 * (WEEKLY_TIMES.get(times) or float(times)),)


FREQUENCY_RULES = (
    ("frequency.or_times", or_times),
    ("frequency.times_weekly", times_weekly),
    ("frequency.weekdays", lambda match: (3.0,)),
    ("frequency.alternate_days", lambda match: (3.5,)),
    ("frequency.every_days", every_days),
    ("frequency.every_weeks", every_weeks),
    ("frequency.daily", daily),
    ("frequency.weekly", lambda match: (1.0,)),
)


def is_of_dosing(match: Match, document: Document) -> bool:
    """Whether a frequency is one of dosing the active drug: dosing words stand nearer than words of assessment."""
    before, after = match.before(200), match.after(45)
    if re.match(r"[ ,]*(?:oral |standard |concomitant )?(?:antidepress|visit|assess|follow|rating|cbt|psychother)", after):
        return False
    if belongs_to_another(before, after):
        return False
    if re.match(r"[ ,-]*(?:for \d+ )?(?:iv |intravenous |sc |subcutaneous |im |intranasal |oral )*(?:(?:es)?ketamine|infus|inject|dos(?:es|ing)|session|treatments|administration)", after):
        return True
    dosing = max((found.end() for found in DOSING.finditer(before)), default=-1)
    assessing = max((found.end() for found in ASSESSING.finditer(before)), default=-1)
    if dosing < 0 and assessing < 0:
        return DOSING.search(after) is not None and not ASSESSING.search(after[:25])
    return dosing >= assessing


def belongs_to_another(before: str, after: str) -> bool:
    """Whether the last treatment named in front of a frequency is another drug or another therapy."""
    words = re.findall(r"[a-z][a-z0-9-]*", before)
    drugs = [word for word in words if word in terms("other_drugs") or word.endswith("ketamine") or word == "esk"]
    for word in reversed(drugs):
        if word not in terms("other_drugs"):
            break
        if word not in OTHER_THAN_COMPARATORS:
            return True
    therapy = last_place("sessions.other_therapy", before)
    drug = max(before.rfind(word) for word in ("ketamine", "infus", "inject", "spray", "esk "))
    return therapy > drug and "ketamine" not in after[:45]


def last_place(rule_id: str, text: str) -> int:
    """Where a rule matches last, -1 when nowhere."""
    return max((found.start() for found in load()[rule_id].regex.finditer(text)), default=-1)


def lengths(document: Document) -> Iterator[tuple[Match, float, bool]]:
    """Every stated length of treatment: (match, days, whether it is only an upper bound)."""
    for match in document.own("course.phase"):
        if not says("sessions.other_therapy", match.before(15) + match.after(25)):
            yield match, days_of(float(match["length"] or 0), str(match["unit"])), False
    for match in document.own("course.weeks_from_to"):
        yield match, 7 * (float(match["last"] or 0) - float(match["first"] or 0) + 1), False
    for match in document.own("course.for_time"):
        before = match.before(80)
        dosing = max((found.end() for found in DOSING.finditer(before)), default=-1)
        assessing = max((found.end() for found in ASSESSING.finditer(before)), default=-1)
        if dosing > assessing:
            yield match, days_of(float(match["length"] or 0), str(match["unit"])), bool(match["up_to"])


def phase_of(text: str) -> Phase | None:
    """The phase of treatment that a passage names first."""
    named = re.search(r"(?P<late>maintenance|continuation|optimi[sz]ation|thereafter)|induction|acute|initial", text)
    if named is None:
        return None
    return Phase.MAINTENANCE if named["late"] else Phase.ACUTE


Count = tuple[Match, Reading | None, Reading | None]
Rate = tuple[Match, tuple[float, ...]]
Length = tuple[Match, float, bool]


def passages(document: Document) -> Iterator[Course]:
    """The schedule as each passage of the text states it, in order; conclusions are read only when nothing else tells."""
    found = [
        course
        for number, (counts, rates, spans, pairs) in sorted(by_sentence(document).items())
        for course in courses_in(document.sentences[number], counts, flexible(rates), spans, pairs)
    ]
    primary = [course for course in found if course.role in PLACES]
    yield from primary
    if not any(course.sessions or course.per_week or course.sessions_max for course in primary):
        yield from (course for course in found if course.role not in PLACES)


Items = tuple[list[Count], list[Rate], list[Length], list[Match]]


def by_sentence(document: Document) -> dict[int, Items]:
    """What each sentence states: numbers of doses, frequencies, lengths, and numbers of doses in a length of time."""
    items: dict[int, Items] = {}

    def of(match: Match) -> Items:
        return items.setdefault(match.sentence.number, ([], [], [], []))

    for count in session_counts(document):
        of(count[0])[0].append(count)
    for rate in frequencies(document):
        of(rate[0])[1].append(rate)
    for span in lengths(document):
        if span[0].sentence.role is not SectionRole.RESULTS:
            of(span[0])[2].append(span)
    for match in document.own("course.doses_in_time"):
        if is_pair(match):
            of(match)[3].append(match)
    return items


def is_pair(match: Match) -> bool:
    """Whether a number of doses in a time is that of one patient."""
    if re.search(r"(?:per|a|each) week|up to", match.text + match.before(7)):
        return False
    return not says("sessions.other_therapy", match.before(12) + match.text) and not re.search(r"(?:after|than|least|of) $", match.before(7)) or "course" in match.before(12)


def flexible(rates: list[Rate]) -> list[Rate]:
    """Frequencies in order; several joined by `or` within a few characters are one flexible frequency."""
    kept: list[Rate] = []
    for rate in sorted(rates, key=lambda item: item[0].start):
        gap = rate[0].document.lower[kept[-1][0].end : rate[0].start] if kept else ""
        if kept and re.fullmatch(r",? ?(?:or )?,? ?", gap) and rate[1][0] < 1:
            kept[-1] = (kept[-1][0], (math.nan,))
        else:
            kept.append(rate)
    return kept


def courses_in(sentence: Sentence, counts: list[Count], rates: list[Rate], spans: list[Length], pairs: list[Match]) -> Iterator[Course]:
    """The courses of one sentence: cut so that each frequency and each number of doses begins a new one."""
    anchors = anchor_places(counts, rates, spans, pairs)
    if not anchors:
        return
    cuts = [sentence.start, *(cut_between(sentence, a, b) for a, b in zip(anchors, anchors[1:], strict=False)), sentence.end]
    for start, end in zip(cuts, cuts[1:], strict=False):
        here = [item for item in counts if start <= item[0].start < end]
        rate = [item for item in rates if start <= item[0].start < end]
        span = [item for item in spans if start <= item[0].start < end]
        pair = [match for match in pairs if start <= match.start < end]
        place = min(a for a in anchors if start <= a < end) if any(start <= a < end for a in anchors) else start
        yield from course_of(sentence, place, here, rate, span, pair, phase_of(sentence.lower[max(0, place - sentence.start - 12) : end - sentence.start]))


def cut_between(sentence: Sentence, first: int, second: int) -> int:
    """Where one course ends and the next begins: at the last break of clauses between two anchors."""
    text = sentence.lower[first - sentence.start : second - sentence.start]
    breaks = list(re.finditer(r";|, (?:and|then|followed)|\band\b|\bthen\b|followed by|,|\bor\b", text))
    strong = [found for found in breaks if found[0] != "," and found[0] != "or"]
    chosen = strong or breaks
    return first + chosen[-1].start() if chosen else second


def anchor_places(counts: list[Count], rates: list[Rate], spans: list[Length], pairs: list[Match]) -> list[int]:
    """Where a new course begins within a sentence."""
    places = sorted({item[0].start for item in counts})
    rate_places = [item[0].start for item in rates]
    if len(rate_places) > len(places):
        return rate_places
    return places or sorted(match.start for match in pairs) or sorted(item[0].start for item in spans)[:1]


def course_of(sentence: Sentence, place: int, counts: list[Count], rates: list[Rate], spans: list[Length], pairs: list[Match], phase: Phase | None) -> Iterator[Course]:
    """One course, or several when two frequencies or two numbers of doses are named at once."""
    days = reading(spans[0][0], spans[0][1]) if spans else None
    if pairs:
        days = days or reading(pairs[0], days_of(float(pairs[0]["length"] or 0), str(pairs[0]["unit"])))
        counts = counts or [(pairs[0], reading(pairs[0], pairs[0].number("sessions") or 0), None)]
    bounded = bool(spans and spans[0][2])
    for _, sessions, most in counts or [(None, None, None)]:
        for per_week in frequencies_of(rates, sessions, most, days):
            yield Course(place, sessions, most, per_week, days, phase, bounded, sentence.role)


def frequencies_of(rates: list[Rate], sessions: Reading | None, most: Reading | None, days: Reading | None) -> list[Reading | None]:
    """The doses a week of a course: as stated, else from a number of doses in a number of weeks."""
    if rates:
        match, values = rates[0]
        return [None if math.isnan(value) else reading(match, value) for value in values]
    if sessions is None or most is not None or days is None or float(days.value) > 42 or "month" in days.span.quote:
        return [None]
    a_week = round(float(sessions.value) / math.ceil(float(days.value) / 7), 2)
    if float(sessions.value) < 2 or a_week < 1:
        return [None]
    return [structs.replace(days, value=whole_or_decimal(a_week), derived=True, confidence=0.75, reason="doses over weeks begun", support=(sessions.span,))]


def with_derived_sessions(course: Course) -> Course:
    """Doses a week times weeks, when both are stated, fixed, and give a whole number; weeks from weekly doses."""
    if course.sessions is None and course.sessions_max is None and course.per_week and course.course_days and not course.bounded:
        count = float(course.per_week.value) * float(course.course_days.value) / 7
        if count >= 1 and abs(count - round(count)) < 0.05:
            derived = structs.replace(course.per_week, value=round(count), derived=True, confidence=0.8, reason="frequency times length", support=(course.course_days.span,))
            return structs.replace(course, sessions=derived)
    if course.sessions and course.per_week and course.per_week.value == 1 and course.course_days is None and not course.per_week.derived:
        derived = structs.replace(course.sessions, value=int(float(course.sessions.value) * 7), derived=True, confidence=0.7, reason="weekly doses")
        return structs.replace(course, course_days=derived)
    return course


def merged(first: Course, second: Course) -> Course | None:
    """One course out of two that say the same or complement each other, None when they contradict."""
    pairs = zip(first.values, second.values, strict=True)
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    if first.phase and second.phase and first.phase is not second.phase:
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


def courses(document: Document) -> list[Course]:
    """The distinct courses of the study; passages that agree are one."""
    found: list[Course] = []
    for course in passages(document):
        if all(value is None for value in course.values):
            continue
        for number, known in enumerate(found):
            both = merged(known, course)
            if both:
                found[number] = both
                break
        else:
            found.append(course)
    return [with_derived_sessions(course) for course in found]


def one_dose_by_grammar(document: Document) -> Reading | None:
    """A study that speaks of the infusion, and hardly of infusions, gave one."""
    singular, plural = document.own("sessions.singular"), document.own("sessions.plural")
    counted_from = document.own("sessions.after_infusion")
    if not singular and len(counted_from) >= 2:
        singular, plural = counted_from, plural[:0] if len(plural) == 1 else plural
    if document.own("sessions.repeated") or len(singular) < max(1, 2 * len(plural)):
        return None
    return reading(singular[0], 1, True, "the infusion, hardly ever infusions")
