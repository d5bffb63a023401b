"""Which names are those of other drugs: a dose, a frequency or a number beside one of them is never ketamine's.

Names that trials of ketamine bring up are listed one by one. Others are known by the stem that the nonproprietary names
of a class share (captopril, nifedipine, labetalol), so that a drug that nobody listed is one all the same.
"""

from __future__ import annotations

from functools import cache, lru_cache

from ketalit.extract.rules import terms

SHORTEST = 7
"""Letters from which a name with a stem of a class is one of a drug; shorter are words (April)."""


@cache
def stems() -> tuple[str, ...]:
    """The ends of names that tell the class of a drug."""
    return tuple(sorted(terms("drug_stems")))


@lru_cache(maxsize=8192)  # each word of a sentence with a dose is asked for
def is_other_drug(name: str) -> bool:
    """Whether a word in lower case is the name of a drug that is not ketamine or one of its forms."""
    return name in terms("other_drugs") or (len(name) >= SHORTEST and name.endswith(stems()))
