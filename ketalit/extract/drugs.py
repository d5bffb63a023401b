"""Which names are those of other drugs: a dose, a frequency or a number beside one of them is never ketamine's.

Names that trials of ketamine bring up are listed one by one. Others are known by the stem that the nonproprietary names
of a class share (captopril, nifedipine, labetalol), so that a drug that nobody listed is one all the same.
"""

from __future__ import annotations

from functools import cache

from ketalit.extract.rules import terms

SHORTEST = 7
"""Letters from which a name with a stem of a class is one of a drug; shorter are words (April)."""


@cache
def names() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of other drugs that are listed, and the ends of names that tell the class of a drug."""
    return terms("other_drugs"), tuple(sorted(terms("drug_stems")))


def is_other_drug(name: str) -> bool:
    """Whether a word in lower case is the name of a drug that is not ketamine or one of its forms."""
    listed, stems = names()
    return name in listed or (len(name) >= SHORTEST and name.endswith(stems))
