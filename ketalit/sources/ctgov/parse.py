"""ClinicalTrials.gov: from the bytes of an answer or file to studies, and from one study to a Registration. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from ketalit.errors import DocumentUnreadable, SourceChanged, SourceUnavailable
from ketalit.model.document import Document
from ketalit.model.evidence import TextUnit
from ketalit.model.history import RegisteredPlan
from ketalit.model.registration import (
    Arm,
    Eligibility,
    Intervention,
    Investigator,
    Location,
    PlannedOutcome,
    Reference,
    Registration,
    RegistryDate,
    SecondaryId,
)
from ketalit.sources import dates
from ketalit.sources.ctgov import schema
from ketalit.sources.ctgov.numbers import age_years, written
from ketalit.sources.ctgov.results import posted_results, strings
from ketalit.vocabulary import SectionRole, Source

UNKNOWN_ENROLLMENT: Final = 99999999
"""The registry's sentinel for an unknown number of participants."""

_DAMAGED: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for JSON that is broken, not UTF-8, of another shape, or nested without end."""

PROTOCOL: Final = "/protocolSection"
ARMS: Final = f"{PROTOCOL}/armsInterventionsModule"


# ---- from an answer or file to studies


class _Page(Struct, rename="camel"):
    """What may stand at the top: a page of studies, one study, or one study inside the history endpoint's answer."""

    studies: list[Raw] | UnsetType = UNSET
    study: Raw | UnsetType = UNSET
    protocol_section: Raw | UnsetType = UNSET


class _Identification(Struct, rename="camel"):
    nct_id: Annotated[str, Meta(pattern=r"^NCT[0-9]{8}$")]


class _Protocol(Struct, rename="camel"):
    identification_module: _Identification


class _Identity(Struct, rename="camel"):
    """As little of a study as tells which one it is."""

    protocol_section: _Protocol


class _Planned(Struct, rename="camel"):
    """A study without its results: most of its bytes, and no part of its history."""

    protocol_section: schema.ProtocolSection = schema.ProtocolSection()
    has_results: bool = False


_page = msgspec.json.Decoder(_Page)
_raw_list = msgspec.json.Decoder(list[Raw])
_identity = msgspec.json.Decoder(_Identity)
_study = msgspec.json.Decoder(schema.Study, strict=False)
_planned = msgspec.json.Decoder(_Planned, strict=False)


def studies(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Each study of an answer or file as (NCT id, its bytes as they stand there).

    Reads one study, `{"studies": […]}`, a list of studies, one study a line, and the answer of the history endpoint.
    The whole body is checked before the first study is given: SourceUnavailable when it is empty or ends too early,
    SourceChanged when it is something else.
    """
    return iter([(_nct_id(raw), bytes(raw)) for raw in _raw_studies(body)])


def _raw_studies(body: bytes) -> Sequence[Raw]:
    text = body.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        raise SourceUnavailable("ClinicalTrials.gov: the answer is empty")
    if text[:1] not in b"{[":
        raise SourceChanged(f"ClinicalTrials.gov: JSON was due, but the answer begins with {_start(text)}")
    try:
        return _raw_list.decode(text) if text[:1] == b"[" else _studies_of_page(_page.decode(text), text)
    except msgspec.DecodeError as error:
        return _studies_of_lines(text, error)
    except RecursionError as error:
        raise SourceChanged("ClinicalTrials.gov: the answer is nested deeper than any study") from error


def _studies_of_page(page: _Page, text: bytes) -> Sequence[Raw]:
    if page.studies is not UNSET:
        return page.studies
    if page.study is not UNSET:
        return [page.study]
    if page.protocol_section is not UNSET:
        return [Raw(text)]
    raise SourceChanged(f"ClinicalTrials.gov: the answer holds no study and begins with {_start(text)}")


def _studies_of_lines(text: bytes, whole: msgspec.DecodeError) -> Sequence[Raw]:
    """One study a line; `whole` is why the body is not one JSON value."""
    lines = [line for line in text.split(b"\n") if line.strip()]
    try:
        return [raw for line in lines for raw in _studies_of_page(_page.decode(line), line.strip())]
    except msgspec.DecodeError:
        raise _not_json(text, whole) from whole


def _not_json(text: bytes, error: msgspec.DecodeError) -> SourceChanged | SourceUnavailable:
    if "truncated" in str(error):
        return SourceUnavailable("ClinicalTrials.gov: the answer ends too early and was not used")
    return SourceChanged(f"ClinicalTrials.gov: the answer is not JSON that we know ({error})")


def _nct_id(raw: Raw) -> str:
    try:
        return _identity.decode(raw).protocol_section.identification_module.nct_id
    except _DAMAGED as error:
        raise SourceChanged(f"ClinicalTrials.gov: a study without NCT id ({error}): {_start(bytes(raw))}") from error


def _start(text: bytes) -> str:
    return repr(" ".join(text[:240].decode("utf-8", "replace").split())[:80])


# ---- from one study to a Registration


def registration(document: Document) -> Registration:
    """What one study states. DocumentUnreadable with the reason when its JSON is damaged or of another shape."""
    study = _decode(document)
    protocol = study.protocol_section
    nct_id = protocol.identification_module.nct_id
    if nct_id is None or nct_id != document.source_id:
        raise DocumentUnreadable(f"ClinicalTrials.gov {document.source_id}: the study says that it is {nct_id}")
    return _registration(nct_id, study)


def _decode(document: Document) -> schema.Study:
    try:
        return _study.decode(document.body)
    except _DAMAGED as error:
        raise DocumentUnreadable(f"ClinicalTrials.gov {document.source_id}: {error}") from error


def _registration(nct_id: str, study: schema.Study) -> Registration:
    protocol, derived = study.protocol_section, study.derived_section
    identification, status = protocol.identification_module, protocol.status_module
    design = protocol.design_module
    sponsors = protocol.sponsor_collaborators_module
    count = design.enrollment_info.count
    return Registration(
        nct_id=nct_id,
        aliases=strings(identification.nct_id_aliases),
        org_study_id=identification.org_study_id_info.id,
        secondary_ids=_secondary_ids(identification),
        brief_title=identification.brief_title,
        official_title=identification.official_title,
        acronym=identification.acronym,
        status=status.overall_status,
        why_stopped=status.why_stopped,
        study_type=design.study_type,
        phases=strings(design.phases),
        allocation=design.design_info.allocation,
        intervention_model=design.design_info.intervention_model or design.design_info.observational_model,
        masking=design.design_info.masking_info.masking,
        primary_purpose=design.design_info.primary_purpose,
        enrollment=None if count == UNKNOWN_ENROLLMENT else count,
        enrollment_kind=design.enrollment_info.type,
        start=_date(status.start_date_struct),
        primary_completion=_date(status.primary_completion_date_struct),
        completion=_date(status.completion_date_struct),
        first_posted=_date(status.study_first_post_date_struct),
        last_update_posted=_date(status.last_update_post_date_struct),
        results_first_posted=_date(status.results_first_post_date_struct),
        version_holder=derived.misc_info_module.version_holder,
        has_results=study.has_results,
        lead_sponsor=sponsors.lead_sponsor.name,
        sponsor_class=sponsors.lead_sponsor.class_,
        is_fda_regulated_drug=protocol.oversight_module.is_fda_regulated_drug,
        collaborators=tuple(sponsor.name for sponsor in sponsors.collaborators if sponsor.name),
        conditions=strings(protocol.conditions_module.conditions),
        keywords=strings(protocol.conditions_module.keywords),
        condition_meshes=_terms(derived.condition_browse_module),
        intervention_meshes=_terms(derived.intervention_browse_module),
        brief_summary=protocol.description_module.brief_summary,
        detailed_description=protocol.description_module.detailed_description,
        arms=_arms(protocol.arms_interventions_module),
        interventions=_interventions(protocol.arms_interventions_module),
        outcomes=_outcomes(protocol.outcomes_module),
        eligibility=_eligibility(protocol.eligibility_module),
        locations=_locations(protocol.contacts_locations_module),
        references=_references(protocol.references_module),
        results=posted_results(study.results_section),
        investigators=tuple(_investigators(protocol)),
    )


def plan(document: Document) -> RegisteredPlan:
    """What one version of a study states of its plan; raises DocumentUnreadable as `registration` does."""
    try:
        study = _planned.decode(document.body)
    except _DAMAGED as error:
        raise DocumentUnreadable(f"ClinicalTrials.gov {document.source_id}: {error}") from error
    protocol = study.protocol_section
    status, enrolled = protocol.status_module, protocol.design_module.enrollment_info
    return RegisteredPlan(
        status=status.overall_status,
        why_stopped=status.why_stopped,
        enrollment=None if enrolled.count == UNKNOWN_ENROLLMENT else enrolled.count,
        enrollment_kind=enrolled.type,
        start=_date(status.start_date_struct),
        primary_completion=_date(status.primary_completion_date_struct),
        completion=_date(status.completion_date_struct),
        posted=_date(status.last_update_post_date_struct),
        has_results=study.has_results,
        results_first_posted=_date(status.results_first_post_date_struct),
        lead_sponsor=protocol.sponsor_collaborators_module.lead_sponsor.name,
        eligibility=_eligibility(protocol.eligibility_module),
        arms=_arms(protocol.arms_interventions_module),
        interventions=_interventions(protocol.arms_interventions_module),
        outcomes=_outcomes(protocol.outcomes_module),
    )


def _date(struct: schema.DateStruct | None) -> RegistryDate | None:
    if struct is None or not struct.date:
        return None
    return RegistryDate(dates.of_iso(struct.date), struct.type)


def _terms(module: schema.BrowseModule) -> tuple[str, ...]:
    return tuple(mesh.term for mesh in module.meshes if mesh.term)


def _secondary_ids(module: schema.IdentificationModule) -> tuple[SecondaryId, ...]:
    at = f"{PROTOCOL}/identificationModule/secondaryIdInfos"
    return tuple(
        SecondaryId(info.id, info.type, info.domain, f"{at}/{i}/id")
        for i, info in enumerate(module.secondary_id_infos)
        if info.id
    )


def _arms(module: schema.ArmsInterventionsModule) -> tuple[Arm, ...]:
    return tuple(
        Arm(arm.label or "", arm.type, arm.description, strings(arm.intervention_names), f"{ARMS}/armGroups/{i}")
        for i, arm in enumerate(module.arm_groups)
    )


def _interventions(module: schema.ArmsInterventionsModule) -> tuple[Intervention, ...]:
    return tuple(
        Intervention(
            kind=given.type,
            name=given.name or "",
            description=given.description,
            other_names=strings(given.other_names),
            arm_labels=strings(given.arm_group_labels),
            pointer=f"{ARMS}/interventions/{i}",
        )
        for i, given in enumerate(module.interventions)
    )


def _outcomes(module: schema.OutcomesModule) -> tuple[PlannedOutcome, ...]:
    kinds = (
        ("primary", module.primary_outcomes),
        ("secondary", module.secondary_outcomes),
        ("other", module.other_outcomes),
    )
    return tuple(
        PlannedOutcome(
            kind=kind,
            measure=outcome.measure or "",
            description=outcome.description,
            time_frame=outcome.time_frame,
            pointer=f"{PROTOCOL}/outcomesModule/{kind}Outcomes/{i}",
        )
        for kind, outcomes in kinds
        for i, outcome in enumerate(outcomes)
    )


def _eligibility(module: schema.EligibilityModule) -> Eligibility:
    return Eligibility(
        criteria=module.eligibility_criteria,
        sex=module.sex,
        min_age_text=module.minimum_age,
        min_age_years=age_years(module.minimum_age),
        max_age_text=module.maximum_age,
        max_age_years=age_years(module.maximum_age),
        healthy_volunteers=module.healthy_volunteers,
        std_ages=strings(module.std_ages),
    )


def _locations(module: schema.ContactsLocationsModule) -> tuple[Location, ...]:
    return tuple(Location(site.facility, site.city, site.state, site.country, site.status) for site in module.locations)


def _references(module: schema.ReferencesModule) -> tuple[Reference, ...]:
    return tuple(
        Reference(written(cited.pmid), cited.type, cited.citation, f"{PROTOCOL}/referencesModule/references/{i}")
        for i, cited in enumerate(module.references)
    )


def _investigators(protocol: schema.ProtocolSection) -> Iterator[Investigator]:
    """Overall officials, then the responsible party where it is a person."""
    at = f"{PROTOCOL}/contactsLocationsModule/overallOfficials"
    for i, official in enumerate(protocol.contacts_locations_module.overall_officials):
        if official.name:
            yield Investigator(official.name, official.role, official.affiliation, f"{at}/{i}/name")
    party = protocol.sponsor_collaborators_module.responsible_party
    at = f"{PROTOCOL}/sponsorCollaboratorsModule/responsibleParty"
    if party.investigator_full_name:
        name, affiliation = party.investigator_full_name, party.investigator_affiliation
        yield Investigator(name, party.type, affiliation, f"{at}/investigatorFullName")


# ---- the free text that rules read


def text_units(registration: Registration) -> tuple[TextUnit, ...]:
    """The free text of a registration, one unit a field, named by its JSON pointer, markdown escapes left in."""
    return tuple(
        TextUnit(Source.CTGOV, registration.nct_id, pointer, text, role)
        for pointer, text, role in _free_text(registration)
        if text
    )


def _free_text(registration: Registration) -> Iterator[tuple[str, str | None, SectionRole]]:
    methods = SectionRole.METHODS
    yield f"{PROTOCOL}/identificationModule/briefTitle", registration.brief_title, SectionRole.TITLE
    yield f"{PROTOCOL}/identificationModule/officialTitle", registration.official_title, SectionRole.TITLE
    for arm in registration.arms:
        yield f"{arm.pointer}/label", arm.label, methods
        yield f"{arm.pointer}/description", arm.description, methods
    for given in registration.interventions:
        yield f"{given.pointer}/name", given.name, methods
        yield f"{given.pointer}/description", given.description, methods
    for outcome in registration.outcomes:
        yield f"{outcome.pointer}/measure", outcome.measure, methods
        yield f"{outcome.pointer}/timeFrame", outcome.time_frame, methods
        yield f"{outcome.pointer}/description", outcome.description, methods
    yield f"{PROTOCOL}/descriptionModule/briefSummary", registration.brief_summary, SectionRole.UNLABELLED
    yield f"{PROTOCOL}/descriptionModule/detailedDescription", registration.detailed_description, SectionRole.UNLABELLED
    yield f"{PROTOCOL}/eligibilityModule/eligibilityCriteria", registration.eligibility.criteria, methods
