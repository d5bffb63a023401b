"""Times as they are written in a text, in days: points (day 28), lengths (4 weeks), ordinals, the next day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from ketalit.extract.numbers import days_of
from ketalit.extract.scan import Document, Match

ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = {word: place for place, word in enumerate(ORDINAL_WORDS.split(), 1)}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BRACKETS = re.compile(r"\([^()]*\)")


class Time(Struct, frozen=True):
    """A time as found, in days."""

    days: float
    match: Match
    point: bool
    """Whether it was written as a point (day 28), not as a length (4 weeks)."""


@lru_cache(maxsize=1)  # several decisions on one document ask for the same times
def times(document: Document) -> tuple[Time, ...]:
    """Every time in sentences of this study, the longest of each list, in order of place."""
    return tuple(sorted(times_written(document), key=lambda time: time.match.start))


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
    return days_of(max(map(float, listed_numbers(match))), str(match["unit"]))


def listed_numbers(match: Match) -> list[str]:
    """The numbers of a list of times, in order; remarks in brackets are none."""
    listed, upper = str(match["list"]), match["upper"] if match.rule.id == "time.length" else None
    numbers = [listed] if listed.isdigit() else NUMBER.findall(BRACKETS.sub("", listed))
    return [*numbers, upper] if upper else numbers


def starts_at_one(match: Match) -> bool:
    """Whether days are counted from a day 1 that is the baseline, so that day 2 is one day later."""
    return str(match["unit"]).startswith("day") and bool(match.document.find("time.day_one_is_baseline"))
