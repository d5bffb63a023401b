"""What a report says of all adverse events together: who had a serious one, and who left because of one.

`No serious adverse events occurred` is a statement, 0, and not silence. Numbers of two arms give none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ketalit.extract.context import says
from ketalit.extract.reading import number
from ketalit.extract.safety import RESULT_ROLES
from ketalit.extract.safety_counts import numbers_of
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import SafetyTotal

NOBODY = {"any_serious": "safety_total.no_serious", "discontinuation": "safety_total.nobody_left"}
SOME = {"any_serious": "safety_total.serious", "discontinuation": "safety_total.left"}


def safety_totals(document: Document) -> tuple[SafetyTotal, ...]:
    """One total an item; where a report states two different ones, as for two arms or phases, there is none."""
    found = [list(totals(document, item)) for item in NOBODY]
    return tuple(stated[0] for stated in found if len({values(total) for total in stated}) == 1)


def totals(document: Document, item: str) -> Iterator[SafetyTotal]:
    """Every statement of results on one item."""
    for match in document.own(NOBODY[item]):
        if match.sentence.role in RESULT_ROLES:
            yield SafetyTotal(item, number(match, 0))
    for match in document.own(SOME[item]):
        numbers = numbers_of(match)
        if match.sentence.role in RESULT_ROLES and numbers and is_of_one_group(match):
            yield SafetyTotal(item, *numbers)


def is_of_one_group(match: Match) -> bool:
    """Whether no second number of another group follows."""
    return not says("safety_count.two_groups", match.after(60))


def values(total: SafetyTotal) -> tuple[object, ...]:
    """What is said, wherever it stands."""
    readings = total.n_affected, total.n_at_risk, total.pct
    return tuple(reading and reading.value for reading in readings)
