"""Adverse effects that the results name as occurring; what was only looked for does not count."""

from __future__ import annotations

from ketalit.extract.context import says
from ketalit.extract.reading import word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import SectionRole

RESULT_ROLES = frozenset({SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.CONCLUSIONS})


def safety(document: Document) -> tuple[Reading, ...]:
    """Each adverse effect that occurred, once."""
    found: dict[str, Reading] = {}
    for rule in family("safety"):
        match = next((m for m in document.own(rule.id) if occurred(m)), None)
        if match and rule.value:
            found[rule.value] = word(match, rule.value)
    return tuple(found.values())


def occurred(match: Match) -> bool:
    """Whether the sentence says that the effect occurred."""
    sentence = match.sentence
    if sentence.role not in RESULT_ROLES or says("effects.absent", match.before(110)):
        return False
    if says("effects.of_scale", match.after(25)):
        return False
    return says("effects.occurred", sentence.lower)
