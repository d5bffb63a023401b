"""How many people had one adverse effect: a number that stands beside the name of that effect, and of no other.

`Nausea (12 %)` and `dissociation in 5 of 20 patients` are read. `Nausea and vomiting (12 %)` is not, nor are the two
numbers of two arms, shares of infusions or of events, and people who left because of the effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from ketalit.extract.context import says
from ketalit.extract.reading import number
from ketalit.extract.rules import family
from ketalit.extract.safety import RESULT_ROLES, occurred
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, SafetyCount

MEASURES = ("blood pressure", "systolic", "rate", "pulse", "namic")
"""Words that name an effect, but can be measured too: a share behind them may be by how much it rose."""
ROUNDING = 1.0
"""Percentage points by which a stated share may differ from that of its counts."""


def safety_counts(document: Document) -> tuple[SafetyCount, ...]:
    """The count of each effect; an effect with two different ones, as of two arms or times, has none."""
    found: dict[str, list[SafetyCount]] = {}
    for effect, count in stated(document):
        found.setdefault(effect, []).append(count)
    return tuple([counts[0] for counts in found.values() if len({values(count) for count in counts}) == 1])


def stated(document: Document) -> Iterator[tuple[str, SafetyCount]]:
    """Every number right behind the name of an effect that occurred."""
    for rule in document.tried_of(family("safety")):
        for effect in document.own(rule.id):
            count = number_behind(effect)
            if count and rule.value and stands_alone(effect, count) and occurred(effect, RESULT_ROLES):
                numbers = numbers_of(count)
                if numbers:
                    yield rule.value, SafetyCount(rule.value, *numbers)


def number_behind(effect: Match) -> Match | None:
    """The number that begins right behind the name of an effect, in brackets or in words."""
    document, sentence = effect.document, effect.sentence
    for in_words in document.own_in(sentence, "safety_count.behind"):
        if in_words.start == effect.end:
            return in_words
    for in_brackets in document.own_in(sentence, "safety_count.brackets"):
        if in_brackets.start - 1 == effect.end:
            return in_brackets
    return None


def stands_alone(effect: Match, count: Match) -> bool:
    """Whether the number is of this effect only, of people, and of one group of them."""
    if effect.text.endswith(MEASURES) or not says("safety_count.alone_in_front", effect.before(80)):
        return False
    if says("safety_count.left", effect.before(80)) or says("safety_count.two_groups", count.after(60)):
        return False
    return not says("safety_count.not_of_people", effect.sentence.lower)


def numbers_of(match: Match) -> tuple[Reading | None, Reading | None, Reading | None] | None:
    """People affected, people at risk and per cent of a match; None when they contradict each other."""
    n = first(match, "n", "n_behind", "n_of", "n_alone", "n_people")
    at_risk, pct = first(match, "n_at_risk"), first(match, "pct", "pct_first", "pct_of")
    computed = round(100 * n / at_risk, 2) if n is not None and at_risk else None
    if max(computed or 0, pct or 0) > 100 or (
        computed is not None and pct is not None and abs(computed - pct) > ROUNDING
    ):
        return None
    share = number(match, computed, derived=True) if pct is None and computed is not None else optional(match, pct)
    return optional(match, n), optional(match, at_risk), share


def optional(match: Match, value: float | None) -> Reading | None:
    """A reading of a number that may not be stated."""
    return None if value is None else number(match, value)


def first(match: Match, *groups: str) -> float | None:
    """The number of the first of several groups that took part; not every rule has all of them."""
    numbers = (match.number(group) for group in groups if group in match.rule.regex.groupindex)
    return next((value for value in numbers if value is not None), None)


def values(count: SafetyCount) -> tuple[object, ...]:
    """What is said, wherever it stands."""
    readings = count.n_affected, count.n_at_risk, count.pct
    return tuple(reading and reading.value for reading in readings)
