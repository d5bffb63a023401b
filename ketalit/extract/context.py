"""Does a sentence speak of this study? Doses and results of earlier work are never evidence of this one."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract.asked import NOTES
from ketalit.extract.rules import RULES, Rule, holds, may_match
from ketalit.extract.scan import Document, Sentence
from ketalit.extract.sections import cut
from ketalit.model.evidence import TextUnit
from ketalit.vocabulary import SectionRole

SHORT = 100
"""Characters of a text in which a rule is tried at once: looking for its literals first would take as long."""
DESCRIPTIONS = "/protocolSection/descriptionModule/"
"""Summary and description of a registration, which tell of earlier work as well; its other fields are the plan."""
ALWAYS_OWN = frozenset({SectionRole.TITLE, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.REGISTRATION})


def document_of(units: Sequence[TextUnit]) -> Document:
    """The units, cut at section labels, with every sentence marked as own or not."""
    return Document(cut(units), mark_own)


def says(rule_id: str, text: str) -> bool:
    """Whether a rule matches anywhere in a text."""
    notes = NOTES.get()
    if notes is not None:
        notes.said[rule_id, text] = None
    rule = RULES[rule_id]
    if len(text) > SHORT and rule.needs and not holds(text, rule.needs):  # `is_said` in place, as it is asked so often
        return False
    return rule.searches[text.isascii()](text) is not None


def is_said(rule: Rule, text: str) -> bool:
    """The same, by a rule of any codebook."""
    if len(text) > SHORT and not may_match(rule, text):
        return False
    return rule.searches[text.isascii()](text) is not None


def said_in(sentence: Sentence, rule_id: str) -> bool:
    """Whether a rule that reads whole texts matches in a sentence: the same, but it is known if a need stands there."""
    lower, rule = sentence.lower, RULES[rule_id]
    notes = NOTES.get()
    if notes is not None:
        notes.said[rule_id, lower] = None
    if len(lower) > SHORT and not sentence.tried >> rule.number & 1:
        return False
    return rule.searches[lower.isascii()](lower) is not None


def mark_own(document: Document) -> None:
    """Mark each sentence that speaks of the study itself."""
    begun = False
    for sentence in document.sentences:
        field = sentence.unit.field
        if field.startswith(DESCRIPTIONS):
            sentence.own = own_in_description(sentence)
        elif field not in ("title", "abstract") or sentence.role in ALWAYS_OWN:
            sentence.own = True
        elif sentence.role is SectionRole.UNLABELLED:
            sentence.own = own_when_unlabelled(sentence, begun)
            begun = begun or sentence.own
        else:
            sentence.own = own_in_section(sentence)


def own_in_description(sentence: Sentence) -> bool:
    """Where a registration describes itself, all counts but wording of earlier work without own wording beside it."""
    return not said_in(sentence, "context.earlier") or said_in(sentence, "context.own")


def own_in_section(sentence: Sentence) -> bool:
    """In a background only aims and own wording count; conclusions count unless they look ahead or back."""
    if sentence.role is SectionRole.BACKGROUND:
        if said_in(sentence, "context.aim") or said_in(sentence, "context.strongly_own"):
            return True
        return said_in(sentence, "context.own") and not said_in(sentence, "context.earlier")
    return not said_in(sentence, "context.future")


def own_when_unlabelled(sentence: Sentence, begun: bool) -> bool:
    """Without labels, the study begins with the first sentence in own wording; then only others' wording is not own."""
    if begun and said_in(sentence, "context.future"):
        return False
    of_others = said_in(sentence, "context.earlier")
    if begun and not of_others:
        return True  # most sentences: asked first, as own wording takes the longest to look for
    own = said_in(sentence, "context.own") or said_in(sentence, "context.aim")
    return own and (begun or not of_others or said_in(sentence, "context.strongly_own"))
