"""How long it took until relapse: the mean or median times that a text states."""

from __future__ import annotations

from ketalit.extract.numbers import days_of
from ketalit.extract.reading import number
from ketalit.extract.scan import Document
from ketalit.model.evidence import TimeToRelapse

UNITS = ("unit", "unit2", "unit3", "unit4", "unit5", "unit6", "unit7")
STATISTICS = ("statistic", "statistic4", "statistic6", "statistic7")
LENGTHS = (
    "length",
    "other",
    "other_unit",
    "next_unit",
    "length2",
    "length3",
    "other3",
    "length4",
    "other4",
    "length5",
    "length6",
    "length7",
    "other7",
)


def times_to_relapse(document: Document) -> tuple[TimeToRelapse, ...]:
    """Stated mean or median times until relapse, in days."""
    found: dict[float, TimeToRelapse] = {}
    for match in document.own("relapse.time"):
        unit = next(str(match[group]) for group in UNITS if match[group])
        stated = next((match[group] for group in STATISTICS if match[group]), "median" if match["length3"] else "mean")
        statistic = "median" if stated == "median" else "mean"
        for group in LENGTHS:
            if match[group]:
                days = round(days_of(match.number(group) or 0, unit), 2)
                found.setdefault(days, TimeToRelapse(number(match, days), statistic))
    return tuple(found.values())
