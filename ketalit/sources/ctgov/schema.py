"""The JSON of ClinicalTrials.gov API v2, typed: the parts of a study that ketalit reads, named as the registry does.

Every field may be absent, closed lists are plain strings (they grow), unknown fields are ignored: the raw document is
kept. Written after the official OpenAPI description, version 2.0.5.
"""

from __future__ import annotations

from msgspec import Struct

from ketalit.sources.ctgov.node import Count, Node, Scalar, Strings
from ketalit.sources.ctgov.people import Official, ResponsibleParty
from ketalit.sources.ctgov.posted import ResultsSection

# ---- protocol section, in the registry's order


class OrgStudyIdInfo(Node, frozen=True):
    """The sponsor's own id."""

    id: str | None = None


class SecondaryIdInfo(Node, frozen=True):
    """An id in another registry or of a grant."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None


class IdentificationModule(Node, frozen=True):
    """Ids and titles."""

    nct_id: str | None = None
    nct_id_aliases: Strings = ()
    org_study_id_info: OrgStudyIdInfo = OrgStudyIdInfo()
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None


class DateStruct(Node, frozen=True):
    """A date, `yyyy`, `yyyy-MM` or `yyyy-MM-dd`, and whether it is ACTUAL or ESTIMATED."""

    date: str | None = None
    type: str | None = None


class StatusModule(Node, frozen=True):
    """Recruitment status and dates."""

    overall_status: str | None = None
    why_stopped: str | None = None
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_first_post_date_struct: DateStruct | None = None
    last_update_post_date_struct: DateStruct | None = None


class OversightModule(Node, frozen=True):
    """Who oversees the study."""

    is_fda_regulated_drug: bool | None = None


class Sponsor(Struct, frozen=True, gc=False, rename={"class_": "class"}):
    """A sponsor or collaborator and its class (INDUSTRY, NIH, …)."""

    name: str | None = None
    class_: str | None = None


class SponsorCollaboratorsModule(Node, frozen=True):
    """Who runs and supports the study."""

    responsible_party: ResponsibleParty = ResponsibleParty()
    lead_sponsor: Sponsor = Sponsor()
    collaborators: tuple[Sponsor, ...] = ()


class DescriptionModule(Node, frozen=True):
    """Free text on the study."""

    brief_summary: str | None = None
    detailed_description: str | None = None


class ConditionsModule(Node, frozen=True):
    """Conditions and keywords as the sponsor wrote them."""

    conditions: Strings = ()
    keywords: Strings = ()


class MaskingInfo(Node, frozen=True):
    """Blinding."""

    masking: str | None = None


class DesignInfo(Node, frozen=True):
    """How the study is designed."""

    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    masking_info: MaskingInfo = MaskingInfo()


class EnrollmentInfo(Node, frozen=True):
    """Number of participants, ACTUAL or ESTIMATED."""

    count: Count | None = None
    type: str | None = None


class DesignModule(Node, frozen=True):
    """Study type, phases, design, enrolment."""

    study_type: str | None = None
    phases: Strings = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: EnrollmentInfo = EnrollmentInfo()


class ArmGroup(Node, frozen=True):
    """One arm."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: Strings = ()


class Intervention(Node, frozen=True):
    """One intervention."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: Strings = ()
    other_names: Strings = ()


class ArmsInterventionsModule(Node, frozen=True):
    """Arms and what they get."""

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(Node, frozen=True):
    """One outcome of the protocol."""

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class OutcomesModule(Node, frozen=True):
    """The outcomes of the protocol."""

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class EligibilityModule(Node, frozen=True):
    """Who may take part."""

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: Strings = ()


class Location(Node, frozen=True):
    """One site."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None


class ContactsLocationsModule(Node, frozen=True):
    """The sites and who leads the study; contacts (telephone numbers, addresses) are not read."""

    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()


class Reference(Node, frozen=True):
    """One cited publication."""

    pmid: Scalar = None
    type: str | None = None
    citation: str | None = None


class ReferencesModule(Node, frozen=True):
    """The cited publications."""

    references: tuple[Reference, ...] = ()


class ProtocolSection(Node, frozen=True):
    """What was planned."""

    identification_module: IdentificationModule = IdentificationModule()
    status_module: StatusModule = StatusModule()
    sponsor_collaborators_module: SponsorCollaboratorsModule = SponsorCollaboratorsModule()
    oversight_module: OversightModule = OversightModule()
    description_module: DescriptionModule = DescriptionModule()
    conditions_module: ConditionsModule = ConditionsModule()
    design_module: DesignModule = DesignModule()
    arms_interventions_module: ArmsInterventionsModule = ArmsInterventionsModule()
    outcomes_module: OutcomesModule = OutcomesModule()
    eligibility_module: EligibilityModule = EligibilityModule()
    contacts_locations_module: ContactsLocationsModule = ContactsLocationsModule()
    references_module: ReferencesModule = ReferencesModule()


# ---- derived section


class MiscInfoModule(Node, frozen=True):
    """The day of the registry's data."""

    version_holder: str | None = None


class Mesh(Node, frozen=True):
    """A Medical Subject Heading that the registry assigned."""

    id: str | None = None
    term: str | None = None


class BrowseModule(Node, frozen=True):
    """The headings that the registry assigned."""

    meshes: tuple[Mesh, ...] = ()


class DerivedSection(Node, frozen=True):
    """What the registry derived itself."""

    misc_info_module: MiscInfoModule = MiscInfoModule()
    condition_browse_module: BrowseModule = BrowseModule()
    intervention_browse_module: BrowseModule = BrowseModule()


class Study(Node, frozen=True):
    """One study of API v2."""

    protocol_section: ProtocolSection = ProtocolSection()
    results_section: ResultsSection = ResultsSection()
    derived_section: DerivedSection = DerivedSection()
    has_results: bool = False
