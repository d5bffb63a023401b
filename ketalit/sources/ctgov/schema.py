"""The JSON of ClinicalTrials.gov API v2, typed: the parts of a study that ketalit reads, named as the registry does.

Every field may be absent, closed lists are plain strings (they grow), unknown fields are ignored: the raw document is
kept. Written after the official OpenAPI description, version 2.0.5.
"""

from __future__ import annotations

from msgspec import Struct

from ketalit.sources.ctgov.people import Official, ResponsibleParty
from ketalit.sources.ctgov.values import Count, Scalar, Strings


class _Node(Struct, frozen=True, gc=False, rename="camel"):
    """A JSON object. Trees without cycles, so the garbage collector need not look at them."""


# ---- protocol section, in the registry's order


class OrgStudyIdInfo(_Node, frozen=True):
    """The sponsor's own id."""

    id: str | None = None


class SecondaryIdInfo(_Node, frozen=True):
    """An id in another registry or of a grant."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None


class IdentificationModule(_Node, frozen=True):
    """Ids and titles."""

    nct_id: str | None = None
    nct_id_aliases: Strings = ()
    org_study_id_info: OrgStudyIdInfo = OrgStudyIdInfo()
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None


class DateStruct(_Node, frozen=True):
    """A date, `yyyy`, `yyyy-MM` or `yyyy-MM-dd`, and whether it is ACTUAL or ESTIMATED."""

    date: str | None = None
    type: str | None = None


class StatusModule(_Node, frozen=True):
    """Recruitment status and dates."""

    overall_status: str | None = None
    why_stopped: str | None = None
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_first_post_date_struct: DateStruct | None = None
    last_update_post_date_struct: DateStruct | None = None


class OversightModule(_Node, frozen=True):
    """Who oversees the study."""

    is_fda_regulated_drug: bool | None = None


class Sponsor(Struct, frozen=True, gc=False, rename={"class_": "class"}):
    """A sponsor or collaborator and its class (INDUSTRY, NIH, …)."""

    name: str | None = None
    class_: str | None = None


class SponsorCollaboratorsModule(_Node, frozen=True):
    """Who runs and supports the study."""

    responsible_party: ResponsibleParty = ResponsibleParty()
    lead_sponsor: Sponsor = Sponsor()
    collaborators: tuple[Sponsor, ...] = ()


class DescriptionModule(_Node, frozen=True):
    """Free text on the study."""

    brief_summary: str | None = None
    detailed_description: str | None = None


class ConditionsModule(_Node, frozen=True):
    """Conditions and keywords as the sponsor wrote them."""

    conditions: Strings = ()
    keywords: Strings = ()


class MaskingInfo(_Node, frozen=True):
    """Blinding."""

    masking: str | None = None


class DesignInfo(_Node, frozen=True):
    """How the study is designed."""

    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    masking_info: MaskingInfo = MaskingInfo()


class EnrollmentInfo(_Node, frozen=True):
    """Number of participants, ACTUAL or ESTIMATED."""

    count: Count | None = None
    type: str | None = None


class DesignModule(_Node, frozen=True):
    """Study type, phases, design, enrolment."""

    study_type: str | None = None
    phases: Strings = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: EnrollmentInfo = EnrollmentInfo()


class ArmGroup(_Node, frozen=True):
    """One arm."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: Strings = ()


class Intervention(_Node, frozen=True):
    """One intervention."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: Strings = ()
    other_names: Strings = ()


class ArmsInterventionsModule(_Node, frozen=True):
    """Arms and what they get."""

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(_Node, frozen=True):
    """One outcome of the protocol."""

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class OutcomesModule(_Node, frozen=True):
    """The outcomes of the protocol."""

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class EligibilityModule(_Node, frozen=True):
    """Who may take part."""

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: Strings = ()


class Location(_Node, frozen=True):
    """One site."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None


class ContactsLocationsModule(_Node, frozen=True):
    """The sites and who leads the study; contacts (telephone numbers, addresses) are not read."""

    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()


class Reference(_Node, frozen=True):
    """One cited publication."""

    pmid: Scalar = None
    type: str | None = None
    citation: str | None = None


class ReferencesModule(_Node, frozen=True):
    """The cited publications."""

    references: tuple[Reference, ...] = ()


class ProtocolSection(_Node, frozen=True):
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


# ---- results section


class Group(_Node, frozen=True):
    """One column of a results table."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class FlowStats(_Node, frozen=True):
    """How many of one group."""

    group_id: str | None = None
    comment: str | None = None
    num_subjects: Scalar = None


class FlowMilestone(_Node, frozen=True):
    """A milestone and who reached it."""

    type: str | None = None
    achievements: tuple[FlowStats, ...] = ()


class DropWithdraw(_Node, frozen=True):
    """A reason for leaving and who left for it."""

    type: str | None = None
    reasons: tuple[FlowStats, ...] = ()


class FlowPeriod(_Node, frozen=True):
    """One period of the study."""

    title: str | None = None
    milestones: tuple[FlowMilestone, ...] = ()
    drop_withdraws: tuple[DropWithdraw, ...] = ()


class ParticipantFlowModule(_Node, frozen=True):
    """Who started, completed and left."""

    groups: tuple[Group, ...] = ()
    periods: tuple[FlowPeriod, ...] = ()


class DenomCount(_Node, frozen=True):
    """The denominator of one group."""

    group_id: str | None = None
    value: Scalar = None


class Denom(_Node, frozen=True):
    """Denominators in one unit (Participants, eyes, …)."""

    units: str | None = None
    counts: tuple[DenomCount, ...] = ()


class Measurement(_Node, frozen=True):
    """One cell of a results table."""

    group_id: str | None = None
    value: Scalar = None
    spread: Scalar = None
    lower_limit: Scalar = None
    upper_limit: Scalar = None
    comment: str | None = None


class Category(_Node, frozen=True):
    """One row of a results table."""

    title: str | None = None
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(_Node, frozen=True):
    """One block of rows; may override the denominators."""

    title: str | None = None
    denoms: tuple[Denom, ...] = ()
    categories: tuple[Category, ...] = ()


class BaselineMeasure(_Node, frozen=True):
    """One baseline characteristic."""

    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    denom_units_selected: str | None = None
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()


class BaselineCharacteristicsModule(_Node, frozen=True):
    """Who was studied."""

    groups: tuple[Group, ...] = ()
    denoms: tuple[Denom, ...] = ()
    measures: tuple[BaselineMeasure, ...] = ()


class MeasureAnalysis(_Node, frozen=True):
    """One statistical comparison."""

    param_type: str | None = None
    param_value: Scalar = None
    dispersion_type: str | None = None
    dispersion_value: Scalar = None
    statistical_method: str | None = None
    p_value: Scalar = None
    p_value_comment: str | None = None
    ci_num_sides: str | None = None
    ci_pct_value: Scalar = None
    ci_lower_limit: Scalar = None
    ci_upper_limit: Scalar = None
    estimate_comment: str | None = None
    non_inferiority_type: str | None = None
    group_description: str | None = None
    group_ids: Strings = ()


class OutcomeMeasure(_Node, frozen=True):
    """One posted outcome."""

    type: str | None = None
    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    reporting_status: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    time_frame: str | None = None
    denom_units_selected: str | None = None
    groups: tuple[Group, ...] = ()
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()
    analyses: tuple[MeasureAnalysis, ...] = ()


class OutcomeMeasuresModule(_Node, frozen=True):
    """The posted outcomes."""

    outcome_measures: tuple[OutcomeMeasure, ...] = ()


class EventGroup(_Node, frozen=True):
    """Adverse events of one group in sum."""

    id: str | None = None
    title: str | None = None
    description: str | None = None
    deaths_num_affected: Count | None = None
    deaths_num_at_risk: Count | None = None
    serious_num_affected: Count | None = None
    serious_num_at_risk: Count | None = None
    other_num_affected: Count | None = None
    other_num_at_risk: Count | None = None


class EventStats(_Node, frozen=True):
    """One adverse event in one group."""

    group_id: str | None = None
    num_events: Count | None = None
    num_affected: Count | None = None
    num_at_risk: Count | None = None


class AdverseEvent(_Node, frozen=True):
    """One adverse event."""

    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None
    stats: tuple[EventStats, ...] = ()


class AdverseEventsModule(_Node, frozen=True):
    """The adverse events."""

    frequency_threshold: Scalar = None
    time_frame: str | None = None
    event_groups: tuple[EventGroup, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


class LimitationsAndCaveats(_Node, frozen=True):
    """Free text."""

    description: str | None = None


class MoreInfoModule(_Node, frozen=True):
    """What else the sponsor says on the results."""

    limitations_and_caveats: LimitationsAndCaveats = LimitationsAndCaveats()


class ResultsSection(_Node, frozen=True):
    """What was found."""

    participant_flow_module: ParticipantFlowModule = ParticipantFlowModule()
    baseline_characteristics_module: BaselineCharacteristicsModule = BaselineCharacteristicsModule()
    outcome_measures_module: OutcomeMeasuresModule = OutcomeMeasuresModule()
    adverse_events_module: AdverseEventsModule = AdverseEventsModule()
    more_info_module: MoreInfoModule = MoreInfoModule()


# ---- derived section


class MiscInfoModule(_Node, frozen=True):
    """The day of the registry's data."""

    version_holder: str | None = None


class Mesh(_Node, frozen=True):
    """A Medical Subject Heading that the registry assigned."""

    id: str | None = None
    term: str | None = None


class BrowseModule(_Node, frozen=True):
    """The headings that the registry assigned."""

    meshes: tuple[Mesh, ...] = ()


class DerivedSection(_Node, frozen=True):
    """What the registry derived itself."""

    misc_info_module: MiscInfoModule = MiscInfoModule()
    condition_browse_module: BrowseModule = BrowseModule()
    intervention_browse_module: BrowseModule = BrowseModule()


class Study(_Node, frozen=True):
    """One study of API v2."""

    protocol_section: ProtocolSection = ProtocolSection()
    results_section: ResultsSection = ResultsSection()
    derived_section: DerivedSection = DerivedSection()
    has_results: bool = False
