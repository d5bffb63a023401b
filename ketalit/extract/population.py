"""Who the sample is, by what the study calls it."""

from __future__ import annotations

from ketalit.extract.design import named
from ketalit.extract.reading import INFERRED, word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Population

DISORDERS = frozenset({Population.TRD, Population.MDD, Population.BIPOLAR, Population.SUICIDAL, Population.POSTPARTUM})


def population(document: Document) -> tuple[Reading, ...]:
    """Everything the sample is called; `other` when only depression is said."""
    found: list[Reading] = []
    for rule in family("population"):
        match = named(document, rule.id) if rule.value else None
        if match and rule.value:
            found.append(word(match, Population(rule.value)))
    depressed = named(document, "population.depressed")
    if depressed and not any(reading.value in DISORDERS for reading in found):
        found.append(word(depressed, Population.OTHER, confidence=INFERRED, reason="depression of unstated kind"))
    return tuple(found)
