"""Who may be treated and who may not: eligibility criteria side by side, observation and monitoring around a dose.

A criterion is decided by where it stands (inclusion or exclusion) and by the words in front of it. What is only named
(`family history of bipolar disorder`, `agree to avoid pregnancy`) decides nothing. What is not named is not reported:
it is never taken as allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ketalit.extract.context import document_of, says
from ketalit.extract.reading import DERIVED, LIKELY, STATED, number, word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.extract.severity import failed_treatments
from ketalit.model.evidence import Criterion, Reading, Selection, TextUnit
from ketalit.vocabulary import Decision, SectionRole

HEADING: Final = re.compile(
    r"(?:(?<=[\n.;:])|^)[\s*#\d.)(\\-]*(?:(?:key|main|major|general|principal|specific|additional|primary|patient|subject"
    r"|participant|study|for)s?[ ]+){0,3}"
    r"(?P<side>inclusion|exclusion)(?:ary)?s?(?:[ ]+criteri(?:a|on))?(?:[^\n:.;]{0,60}:|[ ]*(?=\n)|[ ]*$)"
    r"|(?<=\s)(?-i:(?P<inline>Inclusion|Exclusion|INCLUSION|EXCLUSION))[ ]criteria[ ]?:"
    r"|(?:not[ ]eligible|ineligible|excluded|exclude[ ](?:patients|subjects|participants))[^\n:.;]{0,40}:",
    re.IGNORECASE,
)
"""A heading of a list of criteria: at the start of a line or sentence, alone or with a colon, or with a capital."""
ITEM: Final = re.compile(r"[^\n]*\S[^\n]*")
MINUTES: Final = {"m": 1, "h": 60}


def of_criteria(unit: TextUnit) -> Selection:
    """What the eligibility criteria of a registration say."""
    criteria: dict[str, Criterion] = {}
    failed: Reading | None = None
    for side, item in items(unit):
        document = document_of([item])
        if not document.sentences:
            continue
        for criterion in criteria_in(document, side):
            criteria.setdefault(criterion.subject, criterion)
        if side is Decision.ALLOWED:
            failed = failed or failed_treatments(document)
    return Selection(criteria=tuple(criteria.values()), failed_treatments_min=failed)


def of_text(document: Document) -> Selection:
    """What a paper or a protocol's own text says on observation and monitoring."""
    return Selection(observation_minutes=observation(document), monitoring=tuple(monitoring(document)))


# ---- criteria


def items(unit: TextUnit) -> Iterator[tuple[Decision | None, TextUnit]]:
    """Each line of the criteria with its side: ALLOWED under inclusion, EXCLUDED under exclusion, None before both."""
    side: Decision | None = None
    place = 0
    for heading in HEADING.finditer(unit.text):
        yield from lines(unit, place, heading.start(), side)
        name = heading["side"] or heading["inline"] or ""
        side = Decision.ALLOWED if name.lower() == "inclusion" else Decision.EXCLUDED
        place = heading.end()
    yield from lines(unit, place, len(unit.text), side)


def lines(unit: TextUnit, start: int, end: int, side: Decision | None) -> Iterator[tuple[Decision | None, TextUnit]]:
    """The lines of a part of the criteria that hold anything."""
    for line in ITEM.finditer(unit.text, start, end):
        yield side, replace(unit, text=line[0], role=SectionRole.METHODS, start=unit.start + line.start())


def criteria_in(document: Document, side: Decision | None) -> Iterator[Criterion]:
    """What one line decides; the first mention of a condition that decides anything counts."""
    for rule in document.tried_of(family("selection")):
        if rule.value is None:
            continue
        for match in document.find(rule.id):
            decision = decision_on(match, side)
            if decision is not None:
                sure = STATED if side is not None else LIKELY
                yield Criterion(rule.value, word(match, decision, confidence=sure, reason=reason_of(side)))
                break


def reason_of(side: Decision | None) -> str:
    """Where the criterion stands, in words."""
    if side is None:
        return "criterion without a heading"
    return "inclusion criterion" if side is Decision.ALLOWED else "exclusion criterion"


def decision_on(match: Match, side: Decision | None) -> Decision | None:
    """Whether the condition keeps people out or lets them in; None where it is only named."""
    before, after = match.before(110), match.after(110)
    if says("selection.of_relatives", before) or says("selection.relatives_behind", after):
        return None
    if match.rule.value == "pregnancy" and says("selection.contraception", before):
        return None
    if side is Decision.EXCLUDED:
        return on_exclusion_side(before, after)
    if says("selection.negated", before) or negated_by_itself(match) or says("selection.negated_behind", after):
        return Decision.EXCLUDED
    return None if side is None or is_time_or_test(match) else side


def on_exclusion_side(before: str, after: str) -> Decision | None:
    """Excluded, unless the words around say that it is not."""
    if says("selection.excepted", before):
        return Decision.ALLOWED
    return None if says("selection.permitted_behind", after) else Decision.EXCLUDED


def negated_by_itself(match: Match) -> bool:
    """`Non-pregnant` and `ketamine-naive` hold their own negation."""
    return match.before(4).endswith("non-") or match.text.endswith("naive")


def is_time_or_test(match: Match) -> bool:
    """`During pregnancy`, `a pregnancy test` and `a pregnant partner` do not say that pregnant women are treated."""
    is_of_somebody = match.text.startswith("pregnant") and not says("selection.of_partner", match.after(30))
    return match.rule.value == "pregnancy" and not is_of_somebody


# ---- observation and monitoring


def observation(document: Document) -> Reading | None:
    """The longest time for which people are watched after a dose, in minutes."""
    found = [match for rule in document.tried_of(family("observation")) for match in document.own(rule.id)]
    if not found:
        return None
    readings = [number(match, minutes(match), derived=match["unit"] == "h", confidence=DERIVED) for match in found]
    return max(readings, key=lambda reading: float(reading.value))


def minutes(match: Match) -> float:
    """A stated time in minutes."""
    return (match.number("time") or 0) * MINUTES[str(match["unit"])[0]]


def monitoring(document: Document) -> Iterator[Reading]:
    """What is watched around the dose, each once: named in a sentence that says so."""
    watched = {match.sentence.number for match in document.own("monitoring.act")}
    for rule in document.tried_of(family("monitoring")) if watched else ():
        match = next((m for m in document.own(rule.id) if rule.value and m.sentence.number in watched), None)
        if match is not None and rule.value:
            yield word(match, rule.value)


def together(parts: Sequence[Selection]) -> Selection:
    """What several texts of one record say; the first that says anything on an item counts."""
    return Selection(
        criteria=next((part.criteria for part in parts if part.criteria), ()),
        failed_treatments_min=next((part.failed_treatments_min for part in parts if part.failed_treatments_min), None),
        observation_minutes=next((part.observation_minutes for part in parts if part.observation_minutes), None),
        monitoring=next((part.monitoring for part in parts if part.monitoring), ()),
    )
