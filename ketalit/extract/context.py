"""Does a sentence speak of this study? Doses and results of earlier work are never evidence of this one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from ketalit.extract.rules import holds, load
from ketalit.extract.scan import Document, Sentence
from ketalit.extract.sections import split
from ketalit.model.evidence import TextUnit
from ketalit.vocabulary import SectionRole

SHORT = 100
"""Characters of a text in which a rule is tried at once: looking for its literals first would take as long."""
ALWAYS_OWN = frozenset({SectionRole.TITLE, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.REGISTRATION})


def document_of(units: Sequence[TextUnit]) -> Document:
    """The units, cut at section labels, with every sentence marked as own or not."""
    document = Document([part for unit in units for part in split(unit)])
    mark_own(document)
    return document


def says(rule_id: str, text: str) -> bool:
    """Whether a rule matches anywhere in a text."""
    if len(text) > SHORT and not holds(text, load()[rule_id].needs):
        return False
    search = search_of_ascii(rule_id) if text.isascii() else search_of(rule_id)
    return search(text) is not None


@cache
def search_of(rule_id: str) -> Callable[[str], re.Match[str] | None]:
    """How a rule is looked for."""
    return load()[rule_id].regex.search


@cache
def search_of_ascii(rule_id: str) -> Callable[[str], re.Match[str] | None]:
    """How a rule is looked for in a text of ASCII alone."""
    return load()[rule_id].regex_for(True).search


def mark_own(document: Document) -> None:
    """Mark each sentence that speaks of the study itself."""
    begun = False
    for sentence in document.sentences:
        field = document.unit_of(sentence).field
        if field not in ("title", "abstract") or sentence.role in ALWAYS_OWN:
            sentence.own = True
        elif sentence.role is SectionRole.UNLABELLED:
            sentence.own = own_when_unlabelled(sentence, begun)
            begun = begun or sentence.own
        else:
            sentence.own = own_in_section(sentence)


def own_in_section(sentence: Sentence) -> bool:
    """In a background only aims and own wording count; conclusions count unless they look ahead or back."""
    if sentence.role is SectionRole.BACKGROUND:
        if says("context.aim", sentence.lower) or says("context.strongly_own", sentence.lower):
            return True
        return says("context.own", sentence.lower) and not says("context.earlier", sentence.lower)
    return not says("context.future", sentence.lower)


def own_when_unlabelled(sentence: Sentence, begun: bool) -> bool:
    """Without labels, the study begins with the first sentence in own wording; then only others' wording is not own."""
    of_others = says("context.earlier", sentence.lower) or (begun and says("context.future", sentence.lower))
    if begun and not of_others:
        return True  # most sentences: asked first, as own wording takes the longest to look for
    own = says("context.own", sentence.lower) or says("context.aim", sentence.lower)
    return own and (begun or not of_others or says("context.strongly_own", sentence.lower))
