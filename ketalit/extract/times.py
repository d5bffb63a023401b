"""Times as they are written in a text, in days: points (day 28), lengths (4 weeks), ordinals, the next day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ketalit.extract.numbers import days_of
from ketalit.extract.scan import Document, Match

ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = {word: place for place, word in enumerate(ORDINAL_WORDS.split(), 1)}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
BRACKETS_OPEN = frozenset("([")
CODED_UNITS = {"d": "day", "w": "week", "m": "month"}
"""Letters of a code that are a unit: M6 is six months."""
DEFINED_BEHIND = re.compile(r"[ ]?[(=:,][ ]?(?:at |after )?")
"""Between a code and the time that it stands for: T1 (24 h), T2: 4 weeks."""
REACH_OF_CODE = 60
"""Characters between a time and the code in brackets that stands for it."""


class Time(Struct, frozen=True):
    """A time as found, in days."""

    days: float
    match: Match
    point: bool
    """Whether it was written as a point (day 28), not as a length (4 weeks)."""


@lru_cache(maxsize=1)  # several decisions on one document ask for the same times
def times(document: Document) -> tuple[Time, ...]:
    """Every time in sentences of this study, the longest of each list, in order of place."""
    written = sorted(times_written(document), key=by_place)
    codes = document.own("time.code")
    return tuple(sorted([*written, *times_of_codes(codes, written)], key=by_place) if codes else written)


def by_place(time: Time) -> int:
    """Order of times: by place."""
    return time.match.start


def times_of_codes(codes: Sequence[Match], written: Sequence[Time]) -> Iterator[Time]:
    """The times that codes stand for (`at T2`), where the text says which these are."""
    meant: dict[str, float] = {}
    earlier = 0
    for code in codes:
        name = str(code["code"])
        if name in meant:
            yield Time(meant[name], code, True)
            continue
        days = time_defined(code, written, earlier)
        if days is not None:
            meant[name] = days
        earlier = code.end


def time_defined(code: Match, written: Sequence[Time], earlier: int) -> float | None:
    """The time that the first mention of a code gives it: in front of its brackets, or right behind it."""
    lower, name = code.document.lower, str(code["code"])
    in_brackets = code.before(1) in BRACKETS_OPEN
    if in_brackets and name[0] in CODED_UNITS:
        return days_of(float(name[1:]), CODED_UNITS[name[0]])
    behind = next((time for time in written if time.match.start >= code.end), None)
    if behind and DEFINED_BEHIND.fullmatch(lower[code.end : behind.match.start]):
        return behind.days
    around = next((time for time in written if time.match.start < code.start < time.match.end), None)
    if around:
        return days_in_front(code, around)
    since = max(earlier, code.start - REACH_OF_CODE)
    front = next((time for time in written if since < time.match.end <= code.start), None)
    if not in_brackets or front is None or front.match.sentence is not code.sentence:
        return None
    return None if "baseline" in lower[front.match.end : code.start] else front.days


def days_in_front(code: Match, listed: Time) -> float | None:
    """The time of a list directly in front of a code that stands in it: one (T1), three (T2) and six months (T3)."""
    front = BRACKETS.sub("", code.document.lower[listed.match.start : code.start])
    numbers = NUMBER.findall(front)
    return days_of(float(numbers[-1]), str(listed.match["unit"])) if numbers else None


def times_written(document: Document) -> Iterator[Time]:
    """The times in each of the ways in which they are written."""
    for match in document.own("time.point"):
        yield Time(longest_of(match) - starts_at_one(match), match, True)
    for match in document.own("time.ordinal"):
        place = int(match["place"]) if match["place"] else ORDINALS[str(match["ordinal"])]
        yield Time(days_of(place, str(match["unit"])), match, True)
    for match in document.own("time.one_unit"):
        yield Time(days_of(1, str(match["unit"])), match, False)
    for match in document.own("time.next_day"):
        yield Time(1.0, match, True)
    for match in document.own("time.half_year"):
        yield Time(days_of(6, "month"), match, False)
    for match in document.own("time.coded"):
        yield Time(longest_of(match), match, True)
    for match in document.own("time.length"):
        yield Time(longest_of(match), match, False)


def longest_of(match: Match) -> float:
    """The longest time of a list, in days."""
    numbers = listed_numbers(match)
    longest = max(map(float, numbers)) if len(numbers) > 1 else float(numbers[0])
    return days_of(longest, str(match["unit"]))


def listed_numbers(match: Match) -> list[str]:
    """The numbers of a list of times, in order; remarks in brackets are none."""
    listed, upper = str(match["list"]), None
    if match.rule.id == "time.length":
        listed, upper = f"{listed}{match['elided'] or ''}", match["upper"]
    numbers = [listed] if listed.isdigit() else NUMBER.findall(BRACKETS.sub("", listed))
    numbers = ascending(numbers, from_end=match.rule.id == "time.length") if len(numbers) > 1 else numbers
    return [*numbers, upper] if upper else numbers


def ascending(numbers: list[str], *, from_end: bool) -> list[str]:
    """Of numbers beside a unit those that ascend, as times do: `day 14, 7 patients`, `on day 28, 2 weeks later`."""
    falls = [place for place in range(1, len(numbers)) if float(numbers[place]) < float(numbers[place - 1])]
    if not falls:
        return numbers
    return numbers[falls[-1] :] if from_end else numbers[: falls[0]]


def starts_at_one(match: Match) -> bool:
    """Whether days are counted from a day 1 that is the baseline, so that day 2 is one day later."""
    return str(match["unit"]).startswith("day") and bool(match.document.find("time.day_one_is_baseline"))
