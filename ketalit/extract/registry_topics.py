"""Topics of a registration: each is read only in the fields that can state it.

Titles, summary and description speak of the plan among background; arms and interventions count where the drug is
given; planned outcomes say what is measured; conditions and keywords say who is studied. The eligibility text is never
read: it names people in order to exclude them. Eligible ages come from structure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ketalit.extract.arms import gets_ketamine, gives, ketamine_interventions
from ketalit.extract.context import document_of
from ketalit.extract.topics import topics
from ketalit.model.evidence import Reading, Regimen, Span, TextUnit, Topic
from ketalit.model.registration import Registration
from ketalit.vocabulary import Source, TopicName

PROTOCOL: Final = "/protocolSection"
ELIGIBILITY: Final = f"{PROTOCOL}/eligibilityModule"
READ_IN_FULL: Final = tuple(
    f"{PROTOCOL}/{module}/" for module in ("identificationModule", "descriptionModule", "outcomesModule")
)
LAST_PAEDIATRIC_YEAR: Final = 21
"""The oldest age of a sample of children and adolescents (US FDA: paediatric patients are 21 or younger)."""
LATE_LIFE_FROM: Final = 60
"""The youngest age of a sample in late life (United Nations: older persons are 60 or over)."""


def registered_topics(
    registration: Registration, units: Sequence[TextUnit], who: Sequence[TextUnit], regimens: Sequence[Regimen]
) -> tuple[Topic, ...]:
    """Every topic of a registration, once: eligible ages where the text does not name the people."""
    protocol = document_of(list(_plan(registration, units)))
    read = topics(protocol, document_of(who), regimens)
    found = {topic.name.value: topic for topic in (*_by_age(registration), *read)}
    return tuple(found[name] for name in TopicName if name in found)


def _plan(registration: Registration, units: Sequence[TextUnit]) -> Iterator[TextUnit]:
    """The units that may state a topic: of arms and interventions only those that go with the drug."""
    ketamine = ketamine_interventions(registration)
    arms = [arm for arm in registration.arms if gets_ketamine(registration, arm, ketamine)]
    given = [item for item in registration.interventions if any(gives(arm, item) for arm in arms)]
    pointers = tuple(f"{pointer}/" for pointer in (*(arm.pointer for arm in arms), *(item.pointer for item in given)))
    for unit in units:
        if unit.field.startswith((*READ_IN_FULL, *pointers)) and not unit.field.endswith("/timeFrame"):
            yield unit


def _by_age(registration: Registration) -> Iterator[Topic]:
    """Late life and adolescence by the ages that may enter."""
    ages = registration.eligibility
    if ages.min_age_years is not None and ages.min_age_text and ages.min_age_years >= LATE_LIFE_FROM:
        yield _by_limit(registration, TopicName.LATE_LIFE, "minimumAge", ages.min_age_text)
    if ages.max_age_years is not None and ages.max_age_text and ages.max_age_years <= LAST_PAEDIATRIC_YEAR:
        yield _by_limit(registration, TopicName.ADOLESCENT, "maximumAge", ages.max_age_text)


def _by_limit(registration: Registration, name: TopicName, field: str, written: str) -> Topic:
    span = Span(Source.CTGOV, registration.nct_id, f"{ELIGIBILITY}/{field}", 0, len(written), written)
    return Topic(Reading(str(name), span, f"registry.{field}", reason="ages that may enter"))
