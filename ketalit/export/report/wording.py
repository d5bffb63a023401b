"""Values of the database as a printed table words them: ranges, schedules, shares, times, and why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ketalit.export.cells import plain
from ketalit.export.presentation import ABSENT, word
from ketalit.export.report.blocks import QUIET, Run, Text, text

ABBREVIATED: Final = {
    "not reported": "NR",
    "not understood": "NU",
    "partly understood": "PU",
    "not posted": "NP",
    "not collected": "NC",
    "not applicable": "NA",
}
MEANINGS: Final = {
    "NR": "not reported",
    "NU": "mentioned, but not understood by any rule",
    "PU": "partly understood",
    "NP": "not posted: the registration has no results",
    "NC": "not collected",
    "NA": "not applicable",
}
_ESCAPED: Final = re.compile(r"\\([<>\[\](){}*_~#+.!-])")

Row = Mapping[str, Any]


def number(value: float | None, digits: int | None = None) -> str:
    """`0.5`, `12`, or with that many digits after the point."""
    if value is None:
        return ""
    return plain(float(value)) if digits is None else f"{value:.{digits}f}"


def span(low: float | None, high: float | None) -> str:
    """`0.5–1`, or the one that is there."""
    ends = [plain(float(end)) for end in (low, high) if end is not None]
    return ends[0] if len(ends) == 2 and ends[0] == ends[1] else "–".join(ends)


def people(n: int | None, share: float | None) -> str:
    """`15 (62.5%)`, or the one that is stated."""
    stated = f"{number(share, 1)}%" if share is not None else ""
    if n is None:
        return stated
    return f"{n:,} ({stated})" if stated else f"{n:,}"


def sample(row: Row) -> str:
    """`68 randomised`: whom a number of people counts is never left out where the source says it."""
    if row["n"] is None:
        return ""
    basis = "" if row["n_basis"] in (None, "unspecified") else f" {coded(row['n_basis'])}"
    return f"{row['n']:,}{basis}"


def days(value: float | None) -> str:
    """A length of time in the unit that people would use: `4 hours`, `10 days`, `4 weeks`."""
    if value is None:
        return ""
    if value < 1:
        return _many(round(value * 24, 1), "hour")
    if value >= 14 and value % 7 == 0:
        return _many(value / 7, "week")
    return _many(value, "day")


def frequency(per_week: float | None) -> str:
    """`twice weekly`, `every 2 weeks`, `daily`."""
    named = {
        7: "daily",
        14: "twice daily",
        21: "three times daily",
        1: "weekly",
        2: "twice weekly",
        3: "3 times weekly",
    }
    if per_week is None:
        return ""
    if per_week in named:
        return named[int(per_week)]
    if 0 < per_week < 1 and abs(round(1 / per_week) - 1 / per_week) < 0.01:
        return f"every {round(1 / per_week)} weeks"
    return f"{plain(float(per_week))} a week"


def verbatim(value: Any) -> str:
    """A source's own words, without the backslashes of the registry's markdown and with real signs."""
    unescaped = _ESCAPED.sub(r"\1", plain(value))
    return " ".join(unescaped.replace(">=", "≥").replace("<=", "≤").split())


def listed(values: Any) -> str:
    """Closed words, parted by commas."""
    return ", ".join(word(plain(value)) for value in values or ())


def coded(value: Any) -> str:
    """A closed word."""
    return word(plain(value)) if value is not None else ""


def or_why(value: str, row: Row, absence: str) -> Text:
    """A cell's text, else in short why there is none."""
    if value:
        return text(value)
    said = row[absence]
    return text(Run(text=ABBREVIATED.get(str(said), str(said)), style=QUIET)) if said in ABSENT else text("–")


def or_dash(value: str) -> Text:
    """A cell's text, else a dash."""
    return text(value or "–")


def capital(words: str) -> str:
    """With a capital letter in front; abbreviations stay."""
    return words[:1].upper() + words[1:]


def _many(value: float, unit: str) -> str:
    return f"{plain(float(value))} {unit if value == 1 else f'{unit}s'}"
