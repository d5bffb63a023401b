"""Scales of depression, suicidality, dissociation, psychosis and mania that the text names."""

from __future__ import annotations

from ketalit.extract.reading import word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document
from ketalit.model.evidence import Reading


def scales(document: Document) -> tuple[Reading, ...]:
    """Each scale once, at its first mention."""
    found = [(document.find(rule.id), rule) for rule in document.tried_of(family("scale"))]
    return tuple(word(matches[0], str(rule.value)) for matches, rule in found if matches)
