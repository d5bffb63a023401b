"""Comparing the values of a registry study: words, enumerations, dates, numbers and ages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from ketalit.replay.essie import Coverage, Range
from ketalit.replay.index import words
from ketalit.replay.refusal import QueryRefused
from ketalit.replay.study_fields import FieldType, Piece


def covers(value: list[str], sought: list[str], coverage: Coverage) -> bool:
    """Tell whether the words sought stand in a value's words where `coverage` says."""
    match coverage:
        case Coverage.FULL_MATCH:
            return value == sought
        case Coverage.STARTS_WITH:
            return value[: len(sought)] == sought
        case _:
            return value[-len(sought) :] == sought


def equal_to(text: str, piece: Piece) -> Callable[[Sequence[Any]], bool]:
    """Return the test whether some value of a field is what `text` says: a date may be cut to its month or year."""
    match piece.type:
        case FieldType.ENUM:
            sought = _allowed(text, piece)
            return lambda values: sought in values
        case FieldType.BOOLEAN:
            return lambda values: text.casefold() in (str(value).casefold() for value in values)
        case FieldType.DATE:
            return lambda values: any(str(value).startswith(text) for value in values)
        case _:
            order = ORDERED[piece.type]
            return lambda values: order(text) in map(order, map(str, values))


def _allowed(text: str, piece: Piece) -> str:
    """Case, spaces and hyphens do not count: `Phase 3` is PHASE3."""
    by_letters = {_letters(value): value for value in piece.allowed}
    if _letters(text) not in by_letters:
        allowed = ", ".join(f"`{value}`" for value in piece.allowed)
        raise QueryRefused(f"Allowed values for enum field `{piece.path}` are {allowed}")
    return by_letters[_letters(text)]


def _letters(text: str) -> str:
    return "".join(words(text.replace("_", " ")))


def within(bounds: Range, piece: Piece) -> Callable[[Sequence[Any]], bool]:
    """Return the test whether some value of a field lies between two bounds, both included."""
    order = ORDERED[piece.type]
    low = order(bounds.low) if bounds.low is not None else None
    high = order(bounds.high) if bounds.high is not None else None
    if piece.type is FieldType.DATE and high is not None:
        high += "-99"  # an upper bound without a day or month reaches to its end

    def holds(values: Sequence[Any]) -> bool:
        places = [order(str(value)) for value in values]
        return any((low is None or low <= place) and (high is None or place <= high) for place in places)

    return holds


_DATE = re.compile(r"(?P<iso>\d{4}(?:-\d\d(?:-\d\d)?)?)|(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})")


def _date(text: str) -> str:
    """ISO dates order as text; one without a day or month stands before every day of its month or year."""
    found = _DATE.match(text.strip())
    if not found:
        raise QueryRefused(f"mismatched input '{text}' in RANGE")
    if found["iso"]:
        return found["iso"]
    return f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise QueryRefused(f"mismatched input '{text}' in RANGE") from None


_DAYS = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440}
_AGE = re.compile(r"(?P<number>\d+)\s*(?P<unit>year|month|week|day|hour|minute)s?", re.IGNORECASE)


def _age_in_days(text: str) -> float:
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise QueryRefused(f"mismatched input '{text}' in RANGE")
    return int(found["number"]) * _DAYS[found["unit"].lower()]


ORDERED: dict[FieldType, Callable[[str], Any]] = {
    FieldType.DATE: _date,
    FieldType.NUMBER: _number,
    FieldType.AGE: _age_in_days,
}
