"""What a report calls itself within a study: pooled, follow-up or secondary. Most reports say nothing of the kind."""

from __future__ import annotations

from collections.abc import Iterator

from ketalit.extract.design import REPORTING, first
from ketalit.extract.reading import word
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Design, ReportRole

_NO_PEOPLE = frozenset({Design.REVIEW, Design.META_ANALYSIS, Design.PROTOCOL, Design.OTHER})
"""Designs that say by themselves what the report is."""


def roles(document: Document, design: Design | None) -> tuple[Reading, ...]:
    """The roles that the text gives the report, the most telling first."""
    return () if design in _NO_PEOPLE else tuple(_roles(document, design))


def follow_up(document: Document) -> tuple[Reading, ...]:
    """That a registration continues an earlier study, so that its people were counted there."""
    match = _cue(document, "role.follow_up")
    return () if match is None else (word(match, ReportRole.FOLLOW_UP),)


def _roles(document: Document, design: Design | None) -> Iterator[Reading]:
    is_secondary = design is Design.SECONDARY_ANALYSIS
    pooled = _cue(document, "role.pooled") or (_cue(document, "role.several_trials") if is_secondary else None)
    if pooled:
        yield word(pooled, ReportRole.POOLED)
    yield from follow_up(document)
    part = _cue(document, "role.part_of_trial")
    if part:
        yield word(part, ReportRole.SECONDARY)


def _cue(document: Document, rule_id: str) -> Match | None:
    """The match in the title, else the first one where the paper speaks of its own people."""
    if not document.own(rule_id):
        return None
    return document.titled(rule_id) or first(document, rule_id, REPORTING)
