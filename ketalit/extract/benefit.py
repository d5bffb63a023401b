"""Until when a benefit is said to last or to be significant: a statement of the text, not the time of an assessment."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract.context import says
from ketalit.extract.reading import INFERRED, number
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.extract.times import Time
from ketalit.extract.timing import (
    NEVER,
    assessed_times,
    clause_of,
    clauses_of,
    end_of_treatment,
    is_from_last,
    is_of_the_trial,
    longest_course,
    times_behind_the_dose,
    without_restated,
)
from ketalit.model.evidence import Reading


def effect_until(document: Document) -> Reading | None:
    """The latest time at which the text says that the benefit lasts or is still significant."""
    behind = times_behind_the_dose(document)
    latest = latest_of_benefit(behind) if behind else None
    through = benefit_through_the_course(document) or benefit_at_every_visit(document)
    if through and (latest is None or float(through.value) > latest.days):
        return through
    if latest is None:
        return None
    days = since_the_last_dose(latest, behind)
    return number(latest.match, days, confidence=INFERRED, reason="said to last or to be significant")


def latest_of_benefit(behind: Sequence[Time]) -> Time | None:
    """The latest time for which the benefit is said to last; of equal ones the first."""
    sentences = {time.match.sentence.number: time.match.sentence for time in behind}
    telling = {place for place, sentence in sentences.items() if tells_of_benefit(sentence)}
    found = [time for time in behind if time.match.sentence.number in telling and is_of_benefit(time)]
    return max(without_restated(found), key=lambda time: time.days) if found else None


def since_the_last_dose(latest: Time, behind: Sequence[Time]) -> float:
    """The days of a numbered day or week; where the text says how long that is after the last dose, these."""
    course = longest_course(latest.match.document) if latest.point else 0
    if not course or latest.days <= course:
        return latest.days
    same = (time for time in behind if not time.point and abs(course + time.days - latest.days) <= 1)
    return next((time.days for time in same if is_from_last(time)), latest.days)


def is_of_lasting_benefit(match: Match) -> bool:
    """Whether a match stands where a benefit is said to last, and not to be lost."""
    return tells_of_benefit(match.sentence) and not says("effect.lost", clause_of(match))


def tells_of_benefit(sentence: Sentence) -> bool:
    """Whether a sentence says that a benefit lasts, and not that it is only related to something."""
    if sentence.role in NEVER or not says("effect.persisted", sentence.lower):
        return False
    return says("effect.of_mood", sentence.lower)


def is_of_benefit(time: Time) -> bool:
    """Whether the clause of a time does not say that the benefit was lost then, nor that it is that of the trial."""
    if says("effect.not_behind", time.match.after(40)):
        return False
    if is_of_the_trial(time) and not says("time.throughout", time.match.before(20)):
        return False
    sentence = time.match.sentence
    if says("effect.related", sentence.lower) and says("effect.related", clause_of(time.match)):
        return False
    if not says("effect.lost", sentence.lower):
        return True
    return not says("effect.lost", clause_of(time.match)) and any(map(lasts, clauses_of(sentence)))


def lasts(clause: str) -> bool:
    """Whether a clause says that a benefit lasts, and not that it is lost or no longer significant."""
    return says("effect.persisted", clause) and not says("effect.lost", clause)


def benefit_through_the_course(document: Document) -> Reading | None:
    """The length of treatment, when the benefit is said to last through it."""
    told = [match for match in document.own("effect.through_the_course") if tells_of_benefit(match.sentence)]
    return end_of_treatment(document) if told else None


def benefit_at_every_visit(document: Document) -> Reading | None:
    """The last time of assessment, when results tell of the benefit at every visit."""
    told = [match for match in document.own("effect.at_every_visit") if is_of_lasting_benefit(match)]
    last = max(assessed_times(document), key=lambda time: time.days, default=None) if told else None
    if last is None:
        return None
    return number(last.match, last.days, confidence=INFERRED, reason="a benefit is told of every visit")
