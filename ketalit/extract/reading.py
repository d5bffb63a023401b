"""Readings: a value, its span, its rule, and how far one may lean on it before looking.

The scale of confidence:

STATED      a rule read the value where the study describes itself (title, methods, results)
DERIVED     arithmetic on stated values
LATE        stated, but only in a background or in conclusions
LIKELY      one of several candidates, chosen by a rule of precedence
INFERRED    from grammar or context, not from a statement
UNSURE      the last resort, or the absence of a statement
"""

from __future__ import annotations

from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.scan import Match
from ketalit.model.evidence import Reading, Span
from ketalit.vocabulary import SectionRole

STATED, DERIVED, LATE, LIKELY, INFERRED, UNSURE = 0.95, 0.8, 0.75, 0.7, 0.6, 0.5
LATE_ROLES = frozenset({SectionRole.BACKGROUND, SectionRole.CONCLUSIONS})


def confidence_of(match: Match, derived: bool) -> float:
    """How far one may lean on what a rule read, by the section and by whether it was computed."""
    if match.sentence.role in LATE_ROLES:
        return LATE
    return DERIVED if derived else STATED


def number(
    match: Match,
    value: float,
    *,
    derived: bool = False,
    confidence: float | None = None,
    reason: str = "",
    support: tuple[Span, ...] = (),
) -> Reading:
    """A number that stands in a match, or is computed from it."""
    sure = confidence_of(match, derived) if confidence is None else confidence
    return Reading(whole_or_decimal(round(value, 4)), match.span, match.rule.id, derived, sure, reason, support)


def word(
    match: Match, value: str, *, derived: bool = False, confidence: float | None = None, reason: str = ""
) -> Reading:
    """A word of the vocabulary that a match stands for."""
    sure = confidence_of(match, derived) if confidence is None else confidence
    return Reading(str(value), match.span, match.rule.id, derived, sure, reason)
