"""The stated primary outcome: the rating scale, and the time at which it was measured.

Only a clause that says so is read: `the primary outcome was …`, `… (primary endpoint)`. A result (`the primary outcome
was not met`) says nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ketalit.extract.context import says
from ketalit.extract.reading import number, word
from ketalit.extract.rules import family, load
from ketalit.extract.scan import Document, Match
from ketalit.extract.times import BRACKETS, NUMBER, Time, times
from ketalit.model.evidence import PrimaryOutcome, Reading

LONGEST_CLAUSE = 300
"""Characters on either side in which the clause must end."""
LISTS = frozenset({"time.point", "time.length"})
"""Rules that read lists of times."""
LONGEST_TIME = 800
"""Days: a later time is a number of something else."""


class Clause(Struct, frozen=True):
    """Where in the normalised text the primary outcome is described."""

    start: int
    end: int

    def holds(self, match: Match) -> bool:
        """Whether a match stands in the clause."""
        return self.start <= match.start and match.end <= self.end


def primary_outcomes(document: Document) -> tuple[PrimaryOutcome, ...]:
    """One a scale that the first telling clause names; without a scale, its time alone."""
    for clause in clauses(document):
        scales, time = tuple(scales_in(document, clause)), time_in(document, clause)
        if scales:
            return tuple(PrimaryOutcome(scale, time) for scale in scales)
        if time is not None:
            return (PrimaryOutcome(time_days=time),)
    return ()


def clauses(document: Document) -> Iterator[Clause]:
    """The clauses that describe the primary outcome, announced ones first."""
    for match in document.own("primary_outcome.announced"):
        yield Clause(match.end, match.end + end_of(match.after(LONGEST_CLAUSE)))
    for match in document.own("primary_outcome.named"):
        yield Clause(match.start - len(last_part(match.before(LONGEST_CLAUSE))), match.start)


def end_of(text: str) -> int:
    """Where the words on something else begin."""
    found = load()["primary_outcome.ends"].regex.search(text)
    return found.start() if found else len(text)


def last_part(text: str) -> str:
    """What stands behind the last words on something else."""
    ends = [found.end() for found in load()["primary_outcome.ends"].regex.finditer(text)]
    return text[ends[-1] :] if ends else text


def scales_in(document: Document, clause: Clause) -> Iterator[Reading]:
    """The rating scales of a clause, each once."""
    for rule in document.tried_of(family("scale")):
        named = [match for match in document.own(rule.id) if clause.holds(match)]
        if named:
            yield word(named[0], str(rule.value))


def time_in(document: Document, clause: Clause) -> Reading | None:
    """The one time of a clause; none where it names several."""
    found = [time for time in times(document) if clause.holds(time.match) and is_of_measurement(time)]
    if not found or is_list(found) or found[0].days > LONGEST_TIME:
        return None
    return number(found[0].match, found[0].days)


def is_of_measurement(time: Time) -> bool:
    """Whether it is not the time from which a change is counted."""
    return not says("primary_outcome.starts_at", time.match.before(30))


def is_list(found: Sequence[Time]) -> bool:
    """Whether several times are named, in one list or in several places."""
    return len({time.days for time in found}) > 1 or any(len(listed(time.match)) > 1 for time in found)


def listed(match: Match) -> list[str]:
    """The numbers of a list of times; one that is named in words has none."""
    return NUMBER.findall(BRACKETS.sub("", str(match["list"]))) if match.rule.id in LISTS else []
