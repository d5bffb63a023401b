"""When a rate was counted: at a time in its sentence, at the end of the course, or as the outcome was defined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from ketalit.extract.context import says
from ketalit.extract.numbers import days_of
from ketalit.extract.reading import LIKELY, number
from ketalit.extract.rules import load
from ketalit.extract.scan import Match
from ketalit.extract.schedule import Course, courses
from ketalit.extract.times import ORDINALS, Time, listed_numbers
from ketalit.extract.timing import assessed_times, is_from_last
from ketalit.model.evidence import Reading
from ketalit.vocabulary import OutcomeKind, Phase

OWN_RATE = 3
"""Characters behind a time within which its own rate begins."""
NEXT_RATE = re.compile(r"\d%|;")
"""Where the words on a rate end."""
JUST_BEHIND = 3
"""Days behind the last dose up to which a rate is that at the end of the course."""
LISTS = frozenset({"time.point", "time.length", "time.coded"})
"""Rules that read lists of times."""
DIRECTLY_BEHIND = re.compile(r"[)\]]{0,2},? (?:[\w-]+ ){0,3}?(?:at|on|by|after|within) (?:the )?")
CONTRAST = re.compile(r", (?:whereas|while|but)\b|;")


def time_near(match: Match, kind: OutcomeKind) -> Reading | None:
    """When a rate was counted."""
    times = assessed_times(match.document)
    percents = match.document.own_in(match.sentence, "rate.percent")
    time = time_of_rate(match, percents, times)
    if time is None:
        return time_of_follow_up(match, times) or end_of_course(match) or time_of_definition(match, kind, times)
    is_at_end = (time.days <= JUST_BEHIND and is_from_last(time)) or (
        time.match.end <= match.start and says("rate.at_the_end", NEXT_RATE.split(match.after(45))[0])
    )
    return (end_of_course(match) if is_at_end else None) or number(
        time.match, time.days, confidence=LIKELY, reason="time in the sentence"
    )


def time_of_follow_up(match: Match, times: Sequence[Time]) -> Reading | None:
    """The one time of follow-up, when a rate is said to be that at follow-up."""
    if "follow" not in match.sentence.lower or not says("rate.at_follow_up", match.before(60) + "|" + match.after(30)):
        return None
    found = [time for time in times if says("rate.follow_up_visit", time.match.before(30) + "|" + time.match.after(20))]
    if len({time.days for time in found}) != 1:
        return None
    return number(found[0].match, found[0].days, derived=True, confidence=LIKELY, reason="at follow-up")


def end_of_course(match: Match) -> Reading | None:
    """The length of the course, when a rate is said to be that at its end; of several phases, of the one named."""
    if not says("rate.at_the_end", match.sentence.lower) or says("rate.after_the_first", match.after(60)):
        return None
    stated = courses(match.document)
    lengths = [(course.phase, course.course_days) for course in stated if course.course_days]
    if lengths and is_before_the_last(match, stated):
        return None
    if len({days.value for _, days in lengths}) > 1:
        late = Phase.MAINTENANCE if says("rate.of_maintenance", match.before(140)) else Phase.ACUTE
        lengths = [(phase, days) for phase, days in lengths if (phase or Phase.ACUTE) is late]
    only = lengths[0][1] if len({days.value for _, days in lengths}) == 1 else None
    return only and structs.replace(only, derived=True, confidence=LIKELY, reason="at the end of the course")


def is_before_the_last(match: Match, stated: Sequence[Course]) -> bool:
    """Whether a rate is that after a numbered dose which is not the last of a course."""
    search = load()["rate.after_dose"].regex
    behind = search.search(NEXT_RATE.split(match.after(60))[0])
    named = [behind] if behind else list(search.finditer(match.before(200)))[-1:]
    last = {int(course.sessions.value) for course in stated if course.sessions}
    return bool(named and last) and place_of(named[0]["place"]) not in last


def place_of(place: str) -> int:
    """The number of a dose, from digits or an ordinal."""
    return int(place) if place.isdigit() else ORDINALS[place]


def time_of_definition(match: Match, kind: OutcomeKind, times: Sequence[Time]) -> Reading | None:
    """The time at which response was to be judged ("50% less after 7 days"), or over which relapse was watched."""
    rule_id = "rate.relapse_watched" if kind is OutcomeKind.RELAPSE else "rate.definition"
    found = [time for time in times if says(rule_id, time.match.sentence.lower)]
    if len({time.days for time in found}) != 1:
        return None
    return number(found[0].match, found[0].days, derived=True, confidence=LIKELY, reason="as the outcome was defined")


def time_of_rate(match: Match, percents: Sequence[Match], assessed: Sequence[Time]) -> Time | None:
    """When a rate was counted; of several times the one in the same place as the rate, if the sentence lists them."""
    here = [time for time in assessed if time.match.sentence is match.sentence]
    listed = [each for time in here for each in each_of(time)]
    if match in percents and 1 < len(listed) <= len(percents) and in_turn(here, percents):
        if len(percents) % len(listed):
            return None
        return listed[percents.index(match) % len(listed)]
    return time_beside(match, percents, within_contrast(match, here))


def each_of(time: Time) -> list[Time]:
    """The times of a list, in order."""
    numbers = listed_numbers(time.match) if time.match.rule.id in LISTS else ()
    if len(numbers) < 2:
        return [time]
    return [structs.replace(time, days=days_of(float(one), str(time.match["unit"]))) for one in numbers]


def in_turn(times: Sequence[Time], percents: Sequence[Match]) -> bool:
    """Whether times are listed together, with the rates of each in the same order in front of the list or behind it."""
    first, last = times[0].match.start, times[-1].match.end
    return not any(first < percent.start < last for percent in percents)


def within_contrast(match: Match, here: Sequence[Time]) -> Sequence[Time]:
    """Of the times in the sentence of a rate, where it contrasts two, those on the side of the rate, if any are."""
    contrast = CONTRAST.search(match.sentence.lower) if len(here) > 1 else None
    if contrast is None:
        return here
    place = match.sentence.start + contrast.start()
    return [time for time in here if (time.match.start > place) is (match.start > place)] or here


def time_beside(match: Match, percents: Sequence[Match], here: Sequence[Time]) -> Time | None:
    """The time directly behind a rate, else in the order in which the sentence names times and rates."""
    start = start_of(match)
    front = [time for time in here if time.match.end <= start]
    behind = [time for time in here if time.match.start >= match.end]
    if behind and is_directly_behind(behind[0], match, percents):
        return behind[0]
    first = min((start_of(percent) for percent in percents), default=start)
    times_lead = any(time.match.end <= first for time in here)
    if front and (times_lead or not behind):
        return front[-1]
    return behind[0] if behind else None


def is_directly_behind(time: Time, match: Match, percents: Sequence[Match]) -> bool:
    """Whether a time stands right behind a rate, and is not followed by its own: `60% at day 1, at day 7 30%`."""
    if not DIRECTLY_BEHIND.fullmatch(match.document.lower[match.end : time.match.start]):
        return False
    return not any(0 < percent.start - time.match.end <= OWN_RATE for percent in percents)


def start_of(match: Match) -> int:
    """Where the number of a rate stands: its percentage, when it has one."""
    return match.place("pct")[0] if match.rule.id == "rate.percent" else match.start
