"""Everything that the rules read in one publication or registration."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract import demographics, design, dosing, durability, judgement, regimens, sample, scales, timing
from ketalit.extract.context import document_of
from ketalit.extract.safety import safety
from ketalit.extract.scan import Document
from ketalit.extract.sections import units_of
from ketalit.model.evidence import Facts, NotUnderstood, Reading, Regimen, Span, TextUnit
from ketalit.vocabulary import Design, SectionRole, Source

__all__ = ["facts", "regimens_of", "units_of"]


def facts(units: Sequence[TextUnit], *, publication_types: Sequence[str] = (), mesh: Sequence[str] = ()) -> Facts:
    """Read the text units of one publication or registration.

    Facts are read whether or not the record is included; `judgement` stands beside them.
    """
    document = document_of(units)
    found_design = design.design(document, publication_types)
    kind = Design(str(found_design.value)) if found_design else None
    drugs = dosing.study_drugs(document)
    found_regimens = regimens.regimens(document, drugs)
    size = sample.total(document, kind)
    found_rates = durability.rates(document, size)
    source, source_id = (units[0].source, units[0].source_id) if units else (Source.PUBMED, "")
    return Facts(
        source=source,
        source_id=source_id,
        judgement=judgement.judgement(document, found_design),
        design=found_design,
        population=design.population(document),
        regimens=found_regimens,
        comparators=design.comparators(document, found_design, found_regimens, title_span(document)) if found_regimens else (),
        sample_sizes=sample.sizes_of(document) + sample.arms(document),
        n_total=size,
        demographics=demographics.demographics(document, kind, size),
        scales=scales.scales(document),
        follow_up=timing.follow_up(document),
        rates=found_rates,
        times_to_relapse=durability.times_to_relapse(document),
        effect_until_days=timing.effect_until(document),
        safety=safety(document),
        registry_ids=registry_ids(document),
        not_understood=not_understood(document, found_regimens, bool(found_rates)),
    )


def regimens_of(units: Sequence[TextUnit]) -> tuple[Regimen, ...]:
    """The regimens that registry arms or other free texts describe, by the same rules."""
    document = document_of(units)
    return regimens.regimens(document, dosing.study_drugs(document))


def title_span(document: Document) -> Span:
    """The whole first sentence: what stands for a text that says nothing of an item."""
    first = document.sentences[0]
    return document.span(first.start, first.end)


def registry_ids(document: Document) -> tuple[Reading, ...]:
    """Ids of trial registries, each once, as written."""
    found: dict[str, Reading] = {}
    for match in document.find("registry.id"):
        span = match.span
        found.setdefault(span.quote.upper(), Reading(span.quote, span, "registry.id"))
    return tuple(found.values())


MENTIONS = (("dose", "dose.amount"), ("response", "event.response"), ("relapse", "event.relapse"), ("n_total", "n.people"))


def not_understood(document: Document, found: Sequence[Regimen], rated: bool) -> tuple[NotUnderstood, ...]:
    """What the text mentions although no value could be read: a dose, a rate."""
    missing: list[NotUnderstood] = []
    if not any(regimen.dose for regimen in found):
        missing += [NotUnderstood("dose", match.span) for match in document.own("dose.amount")[:1]]
    if not rated:
        own = [m for m in document.own("rate.percent") if m.sentence.role is SectionRole.RESULTS and ("respon" in m.sentence.lower or "remi" in m.sentence.lower)]
        missing += [NotUnderstood("rate", match.span) for match in own[:1]]
    return tuple(missing)
