"""Adverse effects that the results name as occurring; what was only looked for does not count."""

from __future__ import annotations

from ketalit.extract.context import says
from ketalit.extract.reading import word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import SectionRole

RESULT_ROLES = frozenset({SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.CONCLUSIONS})
OF_THE_ILLNESS = frozenset(
    {
        "anxiety", "suicidal ideation", "suicide attempt", "insomnia", "fatigue", "cognitive impairment", "agitation",
        "irritability", "restlessness", "dysphoria", "crying", "decreased appetite", "increased weight", "hypersomnia",
        "panic", "amnesia",
    }
)  # fmt: skip
"""Effects that are symptoms of depression as well: they count only where adverse effects are listed."""
SAME_EFFECT = {"psychotomimetic effects": "psychotomimetic symptoms"}
"""A wider name that says nothing more where the narrower one was read."""


def safety(document: Document) -> tuple[Reading, ...]:
    """Each adverse effect that occurred, once."""
    found: dict[str, Reading] = {}
    for rule in family("safety"):
        match = next((m for m in document.own(rule.id) if occurred(m)), None)
        if match and rule.value:
            found[rule.value] = word(match, rule.value)
    return tuple(reading for value, reading in found.items() if SAME_EFFECT.get(value) not in found)


def occurred(match: Match) -> bool:
    """Whether the sentence says that the effect occurred."""
    sentence = match.sentence
    if sentence.role not in RESULT_ROLES or says("effects.absent", match.before(110)):
        return False
    if says("effects.of_scale", match.after(25)) or says("effects.absent_behind", match.after(90)):
        return False
    if match.rule.value in OF_THE_ILLNESS:
        return says("effects.adverse", sentence.lower) and not says("effects.relieved", match.before(60))
    return says("effects.occurred", sentence.lower) or was_seen(match)


def was_seen(match: Match) -> bool:
    """Whether the words beside an effect say that it was felt or seen."""
    return says("effects.induced_in_front", match.before(70)) or says("effects.induced_behind", match.after(120))
