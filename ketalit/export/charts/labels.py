"""The words of the closed sets as a reader of a journal expects them, and sentences with the right number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ketalit.export.charts.figure import BLUE, GREEN, GREY, VERMILION

ROUTES: Final = {
    "iv": "Intravenous",
    "im": "Intramuscular",
    "sc": "Subcutaneous",
    "intranasal": "Intranasal",
    "oral": "Oral",
    "sublingual": "Sublingual",
    "rectal": "Rectal",
    None: "Not reported",
}
DRUGS: Final = {
    "ketamine": "Ketamine (racemic or not stated)",
    "esketamine": "Esketamine",
    "arketamine": "Arketamine",
    None: "Not reported",
}
DRUG_MARKS: Final = {
    DRUGS["ketamine"]: (BLUE, "circle"),
    DRUGS["esketamine"]: (VERMILION, "triangle-up"),
    DRUGS["arketamine"]: (GREEN, "square"),
    DRUGS[None]: (GREY, "cross"),
}
"""Colour and shape: the second tells the drugs apart where the first cannot."""
POPULATIONS: Final = {
    "trd": "Treatment-resistant depression",
    "mdd": "Major depressive disorder",
    "bipolar": "Bipolar depression",
    "suicidal": "Suicidal ideation or crisis",
    "postpartum": "Around childbirth",
    "late_life": "Late life",
    "adolescent": "Children and adolescents",
    "healthy": "Healthy volunteers",
    "other": "Other",
    None: "Not reported",
}


def many(number: int, one: str, more: str | None = None) -> str:
    """`1 study`, `3,120 studies`: a number with its noun."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *firsts, last = [*words]
    return f"{', '.join(firsts)} and {last}" if firsts else last


def left_out(*reasons: tuple[int, str]) -> str:
    """The sentence that says what is not in the chart; nothing is left out in silence."""
    named = [f"{number:,} {reason}" for number, reason in reasons if number]
    return f"Left out: {'; '.join(named)}." if named else "Nothing was left out."
