"""Doses that one patient gets over time, told from doses of alternative arms.

What parts two doses of a drug tells which they are. Words of raising, of a limit or of a later time between them make
them steps of one range; words of groups make them arms, and nothing at all leaves them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ketalit.extract.context import says
from ketalit.extract.scan import Document, Match
from ketalit.vocabulary import DoseUnit, Drug, SectionRole

NUMBER = re.compile(r"\d+(?:\.\d+)?")
FARTHEST = 160
"""Characters between two doses, beyond which neither is told by the other."""
STEPS = 3
"""So many levels in one list are the steps of a titration where the study calls itself one."""
ABOUT_THE_STUDY = frozenset({SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.CONCLUSIONS})
"""Where a study says of itself that it titrates."""


class DoseFound(Struct, frozen=True):
    """A dose level that the text gives to a drug."""

    drug: Drug
    dose: float
    dose_max: float | None
    unit: DoseUnit
    match: Match
    places: frozenset[int]
    """The numbers of all sentences that name it."""
    titrated: bool = False
    match_max: Match | None = None
    """Where the highest dose stands, when that is another place."""

    @property
    def highest(self) -> float:
        """The upper end of a range, else the dose."""
        return self.dose_max or self.dose

    @property
    def kind(self) -> tuple[Drug, DoseUnit]:
        """What doses of one course share."""
        return self.drug, self.unit


def over_time(stated: Sequence[DoseFound], document: Document) -> Iterator[DoseFound]:
    """The ranges that doses of one patient run through: `56 mg at the first visit and 84 mg thereafter`."""
    for place, later in enumerate(stated[1:], 1):
        earlier = joined([dose for dose in stated[:place] if precedes(dose, later)], document)
        if earlier and is_of_the_same_patient(later, earlier, document):
            doses = (later, *earlier)
            low, high = min(doses, key=lambda dose: dose.dose), max(doses, key=lambda dose: dose.highest)
            places = frozenset(dose.match.sentence.number for dose in (low, later))
            yield DoseFound(later.drug, low.dose, high.highest, later.unit, low.match, places, True, high.match)


def precedes(dose: DoseFound, later: DoseFound) -> bool:
    """Whether another dose of the drug stands in front, in the same sentence or in the one before."""
    distance = later.match.sentence.number - dose.match.sentence.number
    return dose.kind == later.kind and dose.dose != later.highest and distance <= 1


def joined(doses: list[DoseFound], document: Document) -> list[DoseFound]:
    """The last of several doses, with those in front of it that nothing parts from it as another arm."""
    kept = doses[-1:]
    for dose in reversed(doses[:-1]):
        between = document.lower[dose.match.end : kept[0].match.start]
        if " or " in between or says("dose.arms_between", "|" + between):
            break
        kept.insert(0, dose)
    return kept


def is_of_the_same_patient(later: DoseFound, earlier: Sequence[DoseFound], document: Document) -> bool:
    """Whether a dose follows within a patient on those in front of it."""
    if document.own("dose.in_turn"):
        return False
    last = next((dose for dose in reversed(earlier) if dose.match is not later.match), None)
    if last is None:
        return is_list_of_steps(later.match)
    between = document.lower[last.match.end : later.match.start]
    if len(between) > FARTHEST or says("dose.arms_behind", later.match.after(40)):
        return False
    if is_changed(last, later, between):
        return True
    if says("dose.arms_between", last.match.before(30) + "|" + between):
        return False
    if last.dose > later.highest:  # told from the top: `at most 1 mg/kg, from an initial 0.5 mg/kg`
        return is_first(later.match) and says("dose.later_between", last.match.before(40))
    if says("dose.answered_between", between) or says("dose.answered_behind", later.match.after(70)):
        return True
    return is_list_of_steps(later.match) or follows_in_time(later, earlier, between)


def is_changed(last: DoseFound, later: DoseFound, between: str) -> bool:
    """Whether the words between two doses change the one into the other, or make the second the limit of the first."""
    if last.dose > later.highest:
        return says("dose.lowered_between", between)
    return says("dose.raised_between", between) or says("dose.raised_behind", later.match.after(40))


def follows_in_time(later: DoseFound, earlier: Sequence[DoseFound], between: str) -> bool:
    """Whether a dose is called a later or the highest one, and one in front of it the first or the lowest."""
    is_later = says("dose.later_between", between) or says("dose.later_behind", later.match.after(40))
    return is_later and any(is_first(dose.match) for dose in earlier)


def is_first(match: Match) -> bool:
    """Whether a dose is called the first or the lowest one that patients get."""
    return says("dose.first_in_front", match.before(60)) or says("dose.first_behind", match.after(40))


def is_list_of_steps(match: Match) -> bool:
    """Whether the levels of one list are steps of a titration: the sentence says so, or the study of itself."""
    told = match.document.own("dose.ascending")
    if not told or says("dose.arms_between", match.before(80) + "|") or says("dose.arms_behind", match.after(60)):
        return False
    if any(found.sentence is match.sentence for found in told):
        return True
    has_many_levels = len(NUMBER.findall(str(match["amounts"]))) >= STEPS
    return has_many_levels and any(found.sentence.role in ABOUT_THE_STUDY for found in told)
