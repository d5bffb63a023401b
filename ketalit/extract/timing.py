"""Times in a text: how long an administration, a treatment and a follow-up took, and from when they are counted.

The three are different quantities. A time is one of follow-up when mood or clinical outcome was assessed then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from ketalit.extract.context import says
from ketalit.extract.numbers import days_of
from ketalit.extract.reading import INFERRED, LIKELY, number
from ketalit.extract.scan import Document, Match
from ketalit.extract.schedule import lengths
from ketalit.model.evidence import FollowUp, Reading
from ketalit.vocabulary import Anchor, SectionRole

ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = {word: place for place, word in enumerate(ORDINAL_WORDS.split(), 1)}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BRACKETS = re.compile(r"\([^()]*\)")
LONGEST_ADMINISTRATION = 0.2
"""Days: a time below it may be the length of an infusion."""
BY_THE_MINUTE = 0.2
"""Days: a time below it, in a sentence about dissociation or sedation, is one of side effects."""
FOLLOW_UP_PROPER = 7
"""Days: a time from the last dose that is at least as long lies behind the end of the course."""
NEW_CLAUSE = re.compile(r";|, (?:but|whereas|while|although|however|yet|and (?:this|these|the|it|clinical)) ")
DIRECTLY_BEHIND = re.compile(r"[)\]]{0,2},? (?:[\w-]+ ){0,3}?(?:at|on|by|after|within) (?:the )?")
LONGEST_POINT = 800
"""Days: a later `day 1000` is a number of something else."""
NEVER = frozenset({SectionRole.METHODS, SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.REGISTRATION})
"""Sections that announce times but report no lasting benefit."""


class Time(Struct, frozen=True):
    """A time as found, in days."""

    days: float
    match: Match
    point: bool
    """Whether it was written as a point (day 28), not as a length (4 weeks)."""


def times(document: Document) -> Iterator[Time]:
    """Every time in sentences of this study, the longest of each list."""
    for match in document.own("time.point"):
        yield Time(longest_of(match) - starts_at_one(match), match, True)
    for match in document.own("time.ordinal"):
        yield Time(days_of(ORDINALS[str(match["ordinal"])], str(match["unit"])), match, True)
    for match in document.own("time.next_day"):
        yield Time(1.0, match, True)
    for match in document.own("time.length"):
        yield Time(longest_of(match), match, False)


def longest_of(match: Match) -> float:
    """The longest time of a list, in days; remarks in brackets are no times."""
    numbers = NUMBER.findall(BRACKETS.sub("", str(match["list"])))
    return days_of(max(float(found) for found in numbers), str(match["unit"]))


def starts_at_one(match: Match) -> bool:
    """Whether days are counted from a day 1 that is the baseline, so that day 2 is one day later."""
    return str(match["unit"]).startswith("day") and bool(match.document.find("time.day_one_is_baseline"))


def is_follow_up(time: Time) -> bool:
    """Whether patients were assessed at this time."""
    match = time.match
    before, after = match.before(90), match.after(40)
    if says("time.history", before) or says("time.not_behind", after) or is_not_clinical(time):
        return False
    if before.endswith("within ") and not (says("time.from_behind", after) or says("time.event_within", before)):
        return False
    if time.point:
        return time.days <= LONGEST_POINT and not says("time.dosing_day", before)
    return is_assessed_length(time, before, after)


def is_assessed_length(time: Time, before: str, after: str) -> bool:
    """Whether a length of time is one after which patients were assessed, not one over which they were treated."""
    if says("time.given_over", before) and not says("time.from_behind", after):
        return False
    if str(time.match["unit"]).startswith("y"):
        return says("time.over_years", before) or "follow" in after
    if is_of_administration(time.match, time.days):
        return False
    return says("time.follow_up", before[-45:] + after[:30]) or time.days >= 7


def is_not_clinical(time: Time) -> bool:
    """Whether the sentence is about samples, scans or adverse events alone, or about the registration."""
    sentence = time.match.sentence
    if sentence.role is SectionRole.REGISTRATION:
        return True
    if says("time.clinical", sentence.lower):
        return False
    return says("time.not_clinical", sentence.lower) or (
        time.days < BY_THE_MINUTE and says("time.side_effect", sentence.lower)
    )


def is_of_administration(match: Match, days: float) -> bool:
    """Whether a time is the length of an infusion: some minutes or hours over which something was given."""
    if days > LONGEST_ADMINISTRATION:
        return says("time.infusion_behind", match.after(30))
    return not says("time.from_behind", match.after(15)) and not says("time.at_point", match.before(25))


def assessed_times(document: Document) -> list[Time]:
    """The times at which patients were assessed; lengths of treatment and times until relapse are none."""
    taken = [m for m, _, _ in lengths(document)]
    taken += [*document.own("course.doses_in_time"), *document.own("relapse.time")]
    return [time for time in times(document) if is_follow_up(time) and not overlaps(time.match, taken)]


def overlaps(match: Match, others: list[Match]) -> bool:
    """Whether one of other matches stands in the same place."""
    return any(other.start < match.end and match.start < other.end for other in others)


def follow_up(document: Document) -> FollowUp | None:
    """The longest time at which patients were assessed, with its anchor."""
    every = assessed_times(document)
    found = [time for time in every if time.match.sentence.role is not SectionRole.BACKGROUND] or every
    found = [time for time in found if not says("time.of_the_trial", time.match.after(40))] or found
    course = longest_course(document)
    longest = max(found, key=lambda time: rank(time, course), default=None)
    end = end_of_treatment(document)
    if end and (longest is None or float(end.value) > elapsed(longest, course)):
        return FollowUp(end, Anchor.FIRST_DOSE)
    if longest is None or longest.days <= 0:
        return None
    reading = number(longest.match, longest.days, confidence=LIKELY, reason="longest time of assessment")
    return FollowUp(reading, anchor_of(longest))


def rank(time: Time, course: float) -> tuple[float, bool, bool, int]:
    """Order of follow-up times: the latest; of equal ones a numbered day, then one with its anchor, then the first."""
    return elapsed(time, course), time.point, is_from_last(time), -time.match.start


def longest_course(document: Document) -> float:
    """The longest stated length of treatment in days, 0 where none is stated."""
    stated = (days for match, days, _ in lengths(document) if match.sentence.role is not SectionRole.BACKGROUND)
    return max(stated, default=0)


def elapsed(time: Time, course: float) -> float:
    """Days from the first dose: a follow-up that begins at the last dose lies behind the course."""
    return time.days + course if time.days >= FOLLOW_UP_PROPER and is_from_last(time) else time.days


def end_of_treatment(document: Document) -> Reading | None:
    """The length of treatment, when patients were assessed at its end."""
    ends = [*document.own("time.end_of_treatment"), *filter(reports_outcome, document.own("time.during_treatment"))]
    stated = [(days, m) for m, days, _ in lengths(document) if m.sentence.role is not SectionRole.BACKGROUND]
    if not ends or not stated:
        return None
    days, match = max(stated, key=lambda item: item[0])
    reason = "assessed at the end of treatment"
    return number(match, days, derived=True, confidence=INFERRED, reason=reason, support=(ends[0].span,))


def reports_outcome(match: Match) -> bool:
    """Whether a sentence gives a result on mood."""
    return match.sentence.role not in NEVER and says("time.clinical", match.sentence.lower)


def is_from_last(time: Time) -> bool:
    """Whether a time is said to be counted from the last dose; a numbered day only when the words behind it say so."""
    match = time.match
    if time.point:
        return says("time.from_behind", match.after(15)) and says("time.last_dose", match.after(45))
    around = match.before(90) + match.text + match.after(70)
    if says("time.last_dose", around):
        return True
    return time.days >= 1 and says("time.post_treatment", around) and not says("time.single_dose", match.document.lower)


def anchor_of(time: Time) -> Anchor:
    """What a follow-up is counted from: the end of treatment when the sentence says so, else the first dose."""
    if is_from_last(time):
        return Anchor.LAST_DOSE
    around = time.match.before(90) + time.match.text + time.match.after(70)
    if says("time.other_zero", around) and not says("time.from_the_dose", around):
        return Anchor.UNSPECIFIED
    is_numbered = time.match.rule.id == "time.point"
    if says("time.anchor_unsaid", around) and not is_numbered and time.days >= 28 and "baseline" not in around:
        return Anchor.UNSPECIFIED
    return Anchor.FIRST_DOSE


def effect_until(document: Document) -> Reading | None:
    """The latest time at which the text says that the benefit lasts or is still significant."""
    found = [time for time in times(document) if tells_of_benefit(time) and is_follow_up(time)]
    if not found:
        return None
    latest = max(found, key=lambda time: time.days)
    return number(latest.match, latest.days, confidence=INFERRED, reason="said to last or to be significant")


def tells_of_benefit(time: Time) -> bool:
    """Whether the sentence of a time says that a benefit lasts, and its clause not that it is lost or only related."""
    sentence = time.match.sentence
    if sentence.role in NEVER or not says("effect.persisted", sentence.lower):
        return False
    if not says("effect.of_mood", sentence.lower) or says("effect.related", sentence.lower):
        return False
    return not says("effect.lost", clause_of(time.match))


def blank(found: re.Match[str]) -> str:
    """As many blanks as were found."""
    return " " * len(found[0])


def clause_of(match: Match) -> str:
    """The clause of a sentence in which a match stands."""
    sentence, place = match.sentence, match.start - match.sentence.start
    breaks = [found.start() for found in NEW_CLAUSE.finditer(BRACKETS.sub(blank, sentence.lower))]
    start = max((at for at in breaks if at <= place), default=0)
    end = min((at for at in breaks if at > place), default=len(sentence.lower))
    return sentence.lower[start:end]


def time_of_rate(match: Match, percents: Sequence[Match], assessed: Sequence[Time]) -> Time | None:
    """When a rate was counted; of a list of times the one in the same place as the rate, if there are as many."""
    time = time_beside(match, percents, [time for time in assessed if time.match.sentence is match.sentence])
    if time is None or time.match.rule.id not in ("time.point", "time.length"):
        return time
    listed = NUMBER.findall(BRACKETS.sub("", str(time.match["list"])))
    if len(listed) < 2 or match not in percents:
        return time
    if len(listed) != len(percents):
        return None
    return structs.replace(time, days=days_of(float(listed[percents.index(match)]), str(time.match["unit"])))


def time_beside(match: Match, percents: Sequence[Match], here: Sequence[Time]) -> Time | None:
    """The time directly behind a rate, else in the order in which the sentence names times and rates."""
    start = start_of(match)
    front = [time for time in here if time.match.end <= start]
    behind = [time for time in here if time.match.start >= match.end]
    if behind and DIRECTLY_BEHIND.fullmatch(match.document.lower[match.end : behind[0].match.start]):
        return behind[0]
    first = min((start_of(percent) for percent in percents), default=start)
    times_lead = any(time.match.end <= first for time in here)
    if front and (times_lead or not behind):
        return front[-1]
    return behind[0] if behind else None


def start_of(match: Match) -> int:
    """Where the number of a rate stands: its percentage, when it has one."""
    return match.place("pct")[0] if match.rule.id == "rate.percent" else match.start
