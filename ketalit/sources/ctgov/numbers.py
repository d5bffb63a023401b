"""Numbers and ages as the registry writes them: always text, beside which the text is kept."""

from __future__ import annotations

import math
import re
from typing import Final

from ketalit.sources.ctgov.values import MOST, Scalar

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_BOUNDED = re.compile(r"\s*+[pP]?\s*+(?P<bound><=|>=|≤|≥|<|>|=)?\s*+(?P<number>[^\s<>=≤≥]++)\s*+")
_AGE = re.compile(r"\s*(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>year|month|week|day|hour|minute)s?\s*", re.IGNORECASE)

_BOUNDS: Final = {"≤": "<=", "≥": ">=", "=": None, None: None}

YEARS_PER: Final = {
    "year": 1.0,
    "month": 1 / 12,
    "week": 7 / 365.25,
    "day": 1 / 365.25,
    "hour": 1 / 8766,
    "minute": 1 / 525960,
}


def written(value: Scalar) -> str | None:
    """The value as written; a number that an export made of a string is written as JSON writes it."""
    if value is None or isinstance(value, str):
        return value
    return repr(value)


def number(text: str | None) -> float | None:
    """`-21.4`, `30,600`, `.05`, `-.90`, `1E-3` as a number; None for `NA`, `<0.001`, `12 (3)` and whatever else."""
    if text is None:
        return None
    text = text.strip().replace("−", "-")
    if not any(map(str.isdecimal, text)) or not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", ""))
    return value if math.isfinite(value) else None


def whole_number(text: str | None) -> int | None:
    """A count of people or events; None when it is no whole number, or larger than any count."""
    value = number(text)
    return int(value) if value is not None and value.is_integer() and abs(value) <= MOST else None


def bounded_number(text: str | None) -> tuple[str | None, float | None]:
    """A P value: `0.475` is (None, 0.475), `= 0.02` the same way, `<0.001` is ("<", 0.001), `NS` is (None, None)."""
    match = _BOUNDED.fullmatch(text) if text else None
    if match is None:
        return None, None
    value = number(match["number"])
    if value is None:
        return None, None
    return _BOUNDS.get(match["bound"], match["bound"]), value


def age_years(text: str | None) -> float | None:
    """`18 Years` as 18.0, `6 Months` as 0.5; None when no limit is stated."""
    match = _AGE.fullmatch(text) if text else None
    if match is None:
        return None
    return float(match["count"]) * YEARS_PER[match["unit"].lower()]
