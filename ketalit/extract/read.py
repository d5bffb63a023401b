"""Everything that the rules read in one publication or registration."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract import (
    benefit,
    demographics,
    design,
    dosing,
    durability,
    judgement,
    regimens,
    sample,
    selection,
    severity,
    timing,
)
from ketalit.extract.arm_count import arm_count
from ketalit.extract.comparators import comparators
from ketalit.extract.context import document_of
from ketalit.extract.population import population
from ketalit.extract.primary_outcome import primary_outcomes
from ketalit.extract.reading import word
from ketalit.extract.relapse_times import times_to_relapse
from ketalit.extract.role import roles
from ketalit.extract.safety import safety
from ketalit.extract.safety_counts import safety_counts
from ketalit.extract.safety_totals import safety_totals
from ketalit.extract.scales import scales
from ketalit.extract.scan import Document
from ketalit.extract.sections import units_of
from ketalit.extract.topics import topics
from ketalit.model.evidence import Facts, NotUnderstood, Rate, Reading, Regimen, Span, TextUnit
from ketalit.vocabulary import Design, SectionRole, Source

__all__ = ["facts", "regimens_of", "units_of"]


def facts(units: Sequence[TextUnit], *, publication_types: Sequence[str] = (), mesh: Sequence[str] = ()) -> Facts:
    """Read the text units of one publication or registration.

    Facts are read whether or not the record is included; `judgement` stands beside them. `publication_types` and `mesh`
    are PubMed's, where they are known: they help to tell reviews from trials and animals from people.
    """
    document = document_of(units)
    if not document.sentences:
        return nothing(units)
    try:
        return facts_in(document, publication_types, mesh)
    finally:
        document.forget()


def facts_in(document: Document, publication_types: Sequence[str], mesh: Sequence[str]) -> Facts:
    """Everything that the rules read in a document."""
    found_design = design.design(document, publication_types)
    kind = Design(str(found_design.value)) if found_design else None
    found_regimens = regimens.regimens(document, dosing.study_drugs(document))
    size = sample.total(document, kind)
    found_rates = severity.with_thresholds(durability.rates(document, size), document)
    return Facts(
        source=document.units[0].source,
        source_id=document.units[0].source_id,
        judgement=judgement.judgement(document, found_design, mesh),
        design=found_design,
        population=population(document),
        regimens=found_regimens,
        comparators=comparators(document, found_design, found_regimens, title_of(document)) if found_regimens else (),
        sample_sizes=sample.sizes_of(document) + sample.groups(document, size),
        n_total=size,
        demographics=demographics.demographics(document, kind, size),
        n_arms=arm_count(document),
        primary_outcomes=primary_outcomes(document),
        scales=scales(document),
        follow_up=timing.follow_up(document),
        rates=found_rates,
        times_to_relapse=times_to_relapse(document),
        effect_until_days=benefit.effect_until(document),
        safety=safety(document),
        selection=selection.of_text(document),
        safety_counts=safety_counts(document),
        safety_totals=safety_totals(document),
        topics=topics(document, document, found_regimens),
        registry_ids=registry_ids(document),
        not_understood=not_understood(document, found_regimens, found_rates),
        roles=roles(document, kind),
    )


def nothing(units: Sequence[TextUnit]) -> Facts:
    """The facts of a record without text."""
    source, source_id = (units[0].source, units[0].source_id) if units else (Source.PUBMED, "")
    return Facts(source, source_id, judgement.no("there is no text", None))


def regimens_of(units: Sequence[TextUnit]) -> tuple[Regimen, ...]:
    """The regimens that registry arms or other free texts describe, by the same rules."""
    document = document_of(units)
    try:
        return regimens.regimens(document, dosing.study_drugs(document)) if document.sentences else ()
    finally:
        document.forget()


def title_of(document: Document) -> Span:
    """The first sentence: what stands for a text that says nothing of an item."""
    first = document.sentences[0]
    return document.span(first.start, first.end)


def registry_ids(document: Document) -> tuple[Reading, ...]:
    """Ids of trial registries, each once, as written."""
    found: dict[str, Reading] = {}
    for match in document.find("registry.id"):
        quote = match.span.quote
        found.setdefault(quote.upper(), word(match, quote))
    return tuple(found.values())


def not_understood(document: Document, found: Sequence[Regimen], rates: Sequence[Rate]) -> tuple[NotUnderstood, ...]:
    """What the text mentions although no value could be read: a dose, a rate."""
    missing: list[NotUnderstood] = []
    if not any(regimen.dose for regimen in found):
        missing += [NotUnderstood("dose", match.span) for match in document.own("dose.amount")[:1]]
    if not rates:
        percents = [match for match in document.own("rate.percent") if match.sentence.role is SectionRole.RESULTS]
        told = [m for m in percents if any(stem in m.sentence.lower for stem in ("respon", "remi", "relaps"))]
        missing += [NotUnderstood("rate", match.span) for match in told[:1]]
    return tuple(missing)
