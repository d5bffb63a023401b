"""Rows of one registration. Posted results are flat already: their fields are the columns of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from ketalit.model.registration import Arm, Intervention, Registration, RegistryDate
from ketalit.warehouse.rows.row import Row, Rows, Value, earliest


def of_registration(registration: Registration) -> Rows:
    """The record, its lists, and its posted results."""
    nct_id = registration.nct_id
    results = registration.results
    yield "registration", _record(registration)
    yield "eligibility", _flat(registration.eligibility, nct_id=nct_id)
    yield from _secondary_ids(registration)
    yield from _arms(registration)
    yield from _numbered("planned_outcome", nct_id, registration.outcomes)
    yield from _numbered("registry_reference", nct_id, registration.references)
    yield from _numbered("location", nct_id, registration.locations)
    yield from _numbered("investigator", nct_id, registration.investigators)
    yield from _numbered("participant_flow", nct_id, results.flow)
    yield from _numbered("baseline_group", nct_id, results.baseline_groups)
    yield from _numbered("baseline_value", nct_id, results.baseline)
    yield from _numbered("outcome_value", nct_id, results.outcomes)
    yield from _numbered("outcome_analysis", nct_id, results.analyses)
    yield from _numbered("adverse_event", nct_id, results.adverse_events)
    for group in results.adverse_event_groups:
        yield "adverse_event_group", _flat(group, nct_id=nct_id)


def _numbered(table: str, nct_id: str, items: Iterable[Struct]) -> Rows:
    for ordinal, item in enumerate(items, 1):
        yield table, _flat(item, nct_id=nct_id, ordinal=ordinal)


def _flat(item: Struct, **key: Value) -> Row:
    """The fields of a flat struct behind the key; an enumeration or tuple among them is stored as it is."""
    return {**key, **asdict(item)}


def _record(registration: Registration) -> Row:
    return {
        "nct_id": registration.nct_id,
        "aliases": list(registration.aliases),
        "org_study_id": registration.org_study_id,
        "brief_title": registration.brief_title,
        "official_title": registration.official_title,
        "acronym": registration.acronym,
        "status": registration.status,
        "why_stopped": registration.why_stopped,
        "study_type": registration.study_type,
        "phases": list(registration.phases),
        "allocation": registration.allocation,
        "intervention_model": registration.intervention_model,
        "masking": registration.masking,
        "primary_purpose": registration.primary_purpose,
        "enrollment": registration.enrollment,
        "enrollment_kind": registration.enrollment_kind,
        **_date("start", registration.start),
        **_date("primary_completion", registration.primary_completion),
        **_date("completion", registration.completion),
        "first_posted": _day(registration.first_posted),
        "last_update_posted": _day(registration.last_update_posted),
        "results_first_posted": _day(registration.results_first_posted),
        "version_holder": registration.version_holder,
        "has_results": registration.has_results,
        "lead_sponsor": registration.lead_sponsor,
        "sponsor_class": registration.sponsor_class,
        "is_fda_regulated_drug": registration.is_fda_regulated_drug,
        "collaborators": list(registration.collaborators),
        "conditions": list(registration.conditions),
        "keywords": list(registration.keywords),
        "condition_meshes": list(registration.condition_meshes),
        "intervention_meshes": list(registration.intervention_meshes),
        "brief_summary": registration.brief_summary,
        "detailed_description": registration.detailed_description,
        "limitations": registration.results.limitations,
    }


def _date(name: str, stated: RegistryDate | None) -> Row:
    return {
        f"{name}_text": stated.date.text if stated else None,
        f"{name}_earliest": _day(stated),
        f"{name}_kind": stated.kind if stated else None,
    }


def _day(stated: RegistryDate | None) -> date | None:
    return earliest(stated.date) if stated else None


def _secondary_ids(registration: Registration) -> Rows:
    for ordinal, secondary in enumerate(registration.secondary_ids, 1):
        yield (
            "registry_secondary_id",
            {
                "nct_id": registration.nct_id,
                "ordinal": ordinal,
                "secondary_id": secondary.id,
                "kind": secondary.kind,
                "domain": secondary.domain,
                "pointer": secondary.pointer,
            },
        )


def _arms(registration: Registration) -> Rows:
    nct_id = registration.nct_id
    for place, arm in enumerate(registration.arms, 1):
        yield (
            "arm",
            {
                "arm_id": f"ctgov:{nct_id}/arm/{place}",
                "nct_id": nct_id,
                "ordinal": place,
                "label": arm.label,
                "kind": arm.kind,
                "description": arm.description,
                "pointer": arm.pointer,
            },
        )
    for place, intervention in enumerate(registration.interventions, 1):
        yield (
            "intervention",
            {
                "intervention_id": f"ctgov:{nct_id}/intervention/{place}",
                "nct_id": nct_id,
                "ordinal": place,
                "kind": intervention.kind,
                "name": intervention.name,
                "description": intervention.description,
                "other_names": list(intervention.other_names),
                "pointer": intervention.pointer,
            },
        )
    for arm_place, intervention_place in _given(registration):
        yield (
            "arm_intervention",
            {
                "arm_id": f"ctgov:{nct_id}/arm/{arm_place}",
                "intervention_id": f"ctgov:{nct_id}/intervention/{intervention_place}",
                "nct_id": nct_id,
            },
        )


def _given(registration: Registration) -> Iterator[tuple[int, int]]:
    """Places of the arms and of what they get."""
    for arm_place, arm in enumerate(registration.arms, 1):
        for intervention_place, intervention in enumerate(registration.interventions, 1):
            if _gets(arm, intervention):
                yield arm_place, intervention_place


def _gets(arm: Arm, intervention: Intervention) -> bool:
    """The registry says it on either side: in the intervention's arm labels, or as `Drug: Ketamine` under the arm."""
    names = (name.partition(": ")[2] for name in arm.intervention_names)
    return arm.label in intervention.arm_labels or intervention.name in names
