"""The fields of a registry study that can be searched, sorted by, or asked for, and the search areas made of them.

Piece names, types and search areas after the pages "Study Data Structure" and "Search Areas" of ClinicalTrials.gov,
read in a public copy; paths and enumerations after the official OpenAPI description 2.0.5, which a test compares.
Fields of the results section can be asked for as modules, not searched.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class FieldType(Enum):
    """How the values of a field are compared."""

    TEXT = "text"
    ENUM = "enum"
    DATE = "date"
    NUMBER = "number"
    AGE = "age"
    BOOLEAN = "boolean"


class Piece(Struct, frozen=True):
    """One field: its path in the study, how it is compared, and the words it may hold if they are few."""

    path: str
    type: FieldType = FieldType.TEXT
    allowed: tuple[str, ...] = ()


STATUSES = (
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
    "UNKNOWN",
)
_AGENCIES = ("NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN")
_ARM_TYPES = (
    "EXPERIMENTAL",
    "ACTIVE_COMPARATOR",
    "PLACEBO_COMPARATOR",
    "SHAM_COMPARATOR",
    "NO_INTERVENTION",
    "OTHER",
)
_INTERVENTION_TYPES = (
    "BEHAVIORAL",
    "BIOLOGICAL",
    "COMBINATION_PRODUCT",
    "DEVICE",
    "DIAGNOSTIC_TEST",
    "DIETARY_SUPPLEMENT",
    "DRUG",
    "GENETIC",
    "PROCEDURE",
    "RADIATION",
    "OTHER",
)
_PURPOSES = (
    "TREATMENT",
    "PREVENTION",
    "DIAGNOSTIC",
    "ECT",
    "SUPPORTIVE_CARE",
    "SCREENING",
    "HEALTH_SERVICES_RESEARCH",
    "BASIC_SCIENCE",
    "DEVICE_FEASIBILITY",
    "OTHER",
)

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_SPONSOR = "protocolSection.sponsorCollaboratorsModule"
_DESIGN = "protocolSection.designModule"
_ARMS = "protocolSection.armsInterventionsModule"
_OUTCOMES = "protocolSection.outcomesModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_CONTACTS = "protocolSection.contactsLocationsModule"
_DERIVED = "derivedSection"


def _date(path: str) -> Piece:
    return Piece(f"{_STATUS}.{path}", FieldType.DATE)


def _enum(path: str, *allowed: str) -> Piece:
    return Piece(path, FieldType.ENUM, allowed)


PIECES = {
    "NCTId": Piece(f"{_IDENTIFICATION}.nctId"),
    "NCTIdAlias": Piece(f"{_IDENTIFICATION}.nctIdAliases"),
    "OrgStudyId": Piece(f"{_IDENTIFICATION}.orgStudyIdInfo.id"),
    "SecondaryId": Piece(f"{_IDENTIFICATION}.secondaryIdInfos.id"),
    "BriefTitle": Piece(f"{_IDENTIFICATION}.briefTitle"),
    "OfficialTitle": Piece(f"{_IDENTIFICATION}.officialTitle"),
    "Acronym": Piece(f"{_IDENTIFICATION}.acronym"),
    "OrgFullName": Piece(f"{_IDENTIFICATION}.organization.fullName"),
    "OverallStatus": _enum(f"{_STATUS}.overallStatus", *STATUSES),
    "WhyStopped": Piece(f"{_STATUS}.whyStopped"),
    "StatusVerifiedDate": _date("statusVerifiedDate"),
    "StartDate": _date("startDateStruct.date"),
    "PrimaryCompletionDate": _date("primaryCompletionDateStruct.date"),
    "CompletionDate": _date("completionDateStruct.date"),
    "StudyFirstSubmitDate": _date("studyFirstSubmitDate"),
    "StudyFirstPostDate": _date("studyFirstPostDateStruct.date"),
    "ResultsFirstSubmitDate": _date("resultsFirstSubmitDate"),
    "ResultsFirstPostDate": _date("resultsFirstPostDateStruct.date"),
    "LastUpdateSubmitDate": _date("lastUpdateSubmitDate"),
    "LastUpdatePostDate": _date("lastUpdatePostDateStruct.date"),
    "LeadSponsorName": Piece(f"{_SPONSOR}.leadSponsor.name"),
    "LeadSponsorClass": _enum(f"{_SPONSOR}.leadSponsor.class", *_AGENCIES),
    "CollaboratorName": Piece(f"{_SPONSOR}.collaborators.name"),
    "CollaboratorClass": _enum(f"{_SPONSOR}.collaborators.class", *_AGENCIES),
    "BriefSummary": Piece("protocolSection.descriptionModule.briefSummary"),
    "DetailedDescription": Piece("protocolSection.descriptionModule.detailedDescription"),
    "Condition": Piece("protocolSection.conditionsModule.conditions"),
    "Keyword": Piece("protocolSection.conditionsModule.keywords"),
    "StudyType": _enum(f"{_DESIGN}.studyType", "EXPANDED_ACCESS", "INTERVENTIONAL", "OBSERVATIONAL"),
    "Phase": _enum(f"{_DESIGN}.phases", "NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"),
    "DesignAllocation": _enum(f"{_DESIGN}.designInfo.allocation", "RANDOMIZED", "NON_RANDOMIZED", "NA"),
    "DesignInterventionModel": _enum(
        f"{_DESIGN}.designInfo.interventionModel", "SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL"
    ),
    "DesignPrimaryPurpose": _enum(f"{_DESIGN}.designInfo.primaryPurpose", *_PURPOSES),
    "DesignMasking": _enum(
        f"{_DESIGN}.designInfo.maskingInfo.masking", "NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"
    ),
    "EnrollmentCount": Piece(f"{_DESIGN}.enrollmentInfo.count", FieldType.NUMBER),
    "EnrollmentType": _enum(f"{_DESIGN}.enrollmentInfo.type", "ACTUAL", "ESTIMATED"),
    "ArmGroupLabel": Piece(f"{_ARMS}.armGroups.label"),
    "ArmGroupType": _enum(f"{_ARMS}.armGroups.type", *_ARM_TYPES),
    "ArmGroupDescription": Piece(f"{_ARMS}.armGroups.description"),
    "InterventionType": _enum(f"{_ARMS}.interventions.type", *_INTERVENTION_TYPES),
    "InterventionName": Piece(f"{_ARMS}.interventions.name"),
    "InterventionDescription": Piece(f"{_ARMS}.interventions.description"),
    "InterventionOtherName": Piece(f"{_ARMS}.interventions.otherNames"),
    "PrimaryOutcomeMeasure": Piece(f"{_OUTCOMES}.primaryOutcomes.measure"),
    "PrimaryOutcomeDescription": Piece(f"{_OUTCOMES}.primaryOutcomes.description"),
    "PrimaryOutcomeTimeFrame": Piece(f"{_OUTCOMES}.primaryOutcomes.timeFrame"),
    "SecondaryOutcomeMeasure": Piece(f"{_OUTCOMES}.secondaryOutcomes.measure"),
    "SecondaryOutcomeDescription": Piece(f"{_OUTCOMES}.secondaryOutcomes.description"),
    "SecondaryOutcomeTimeFrame": Piece(f"{_OUTCOMES}.secondaryOutcomes.timeFrame"),
    "OtherOutcomeMeasure": Piece(f"{_OUTCOMES}.otherOutcomes.measure"),
    "OtherOutcomeDescription": Piece(f"{_OUTCOMES}.otherOutcomes.description"),
    "EligibilityCriteria": Piece(f"{_ELIGIBILITY}.eligibilityCriteria"),
    "HealthyVolunteers": Piece(f"{_ELIGIBILITY}.healthyVolunteers", FieldType.BOOLEAN),
    "Sex": _enum(f"{_ELIGIBILITY}.sex", "FEMALE", "MALE", "ALL"),
    "MinimumAge": Piece(f"{_ELIGIBILITY}.minimumAge", FieldType.AGE),
    "MaximumAge": Piece(f"{_ELIGIBILITY}.maximumAge", FieldType.AGE),
    "StdAge": _enum(f"{_ELIGIBILITY}.stdAges", "CHILD", "ADULT", "OLDER_ADULT"),
    "StudyPopulation": Piece(f"{_ELIGIBILITY}.studyPopulation"),
    "OverallOfficialName": Piece(f"{_CONTACTS}.overallOfficials.name"),
    "OverallOfficialAffiliation": Piece(f"{_CONTACTS}.overallOfficials.affiliation"),
    "LocationFacility": Piece(f"{_CONTACTS}.locations.facility"),
    "LocationCity": Piece(f"{_CONTACTS}.locations.city"),
    "LocationState": Piece(f"{_CONTACTS}.locations.state"),
    "LocationZip": Piece(f"{_CONTACTS}.locations.zip"),
    "LocationCountry": Piece(f"{_CONTACTS}.locations.country"),
    "ReferencePMID": Piece("protocolSection.referencesModule.references.pmid"),
    "ReferenceType": _enum("protocolSection.referencesModule.references.type", "BACKGROUND", "RESULT", "DERIVED"),
    "ReferenceCitation": Piece("protocolSection.referencesModule.references.citation"),
    "ConditionMeshTerm": Piece(f"{_DERIVED}.conditionBrowseModule.meshes.term"),
    "ConditionAncestorTerm": Piece(f"{_DERIVED}.conditionBrowseModule.ancestors.term"),
    "InterventionMeshTerm": Piece(f"{_DERIVED}.interventionBrowseModule.meshes.term"),
    "InterventionAncestorTerm": Piece(f"{_DERIVED}.interventionBrowseModule.ancestors.term"),
    "VersionHolder": Piece(f"{_DERIVED}.miscInfoModule.versionHolder", FieldType.DATE),
    "HasResults": Piece("hasResults", FieldType.BOOLEAN),
}
"""Every field that can be searched here, by its piece name."""

_TITLES = ("Acronym", "BriefTitle", "OfficialTitle")
_CONDITIONS = ("Condition", "ConditionMeshTerm", "ConditionAncestorTerm", "Keyword")
_INTERVENTIONS = (
    "InterventionName",
    "InterventionType",
    "InterventionOtherName",
    "InterventionDescription",
    "InterventionMeshTerm",
    "InterventionAncestorTerm",
    "ArmGroupType",
    "ArmGroupLabel",
    "ArmGroupDescription",
)
_OUTCOME_TEXTS = (
    "PrimaryOutcomeMeasure",
    "PrimaryOutcomeDescription",
    "SecondaryOutcomeMeasure",
    "SecondaryOutcomeDescription",
    "OtherOutcomeMeasure",
    "OtherOutcomeDescription",
)
_SPONSORS = ("LeadSponsorName", "CollaboratorName", "OrgFullName")
_LOCATIONS = ("LocationCity", "LocationState", "LocationCountry", "LocationFacility", "LocationZip")
_IDS = ("NCTId", "NCTIdAlias", "OrgStudyId", "SecondaryId")

AREAS = {
    "BasicSearch": (
        *_IDS,
        *_TITLES,
        *_CONDITIONS,
        *_INTERVENTIONS,
        *_OUTCOME_TEXTS,
        *_SPONSORS,
        *_LOCATIONS,
        "BriefSummary",
        "DetailedDescription",
        "EligibilityCriteria",
        "StudyPopulation",
        "OverallOfficialName",
        "OverallOfficialAffiliation",
        "OverallStatus",
        "Phase",
        "StdAge",
        "StudyType",
    ),
    "ConditionSearch": ("Condition", "BriefTitle", "OfficialTitle", *_CONDITIONS[1:], "NCTId"),
    "InterventionSearch": (*_INTERVENTIONS, "BriefTitle", "OfficialTitle", "Keyword"),
    "InterventionNameSearch": ("InterventionName", "InterventionOtherName"),
    "TitleSearch": _TITLES,
    "OutcomeSearch": _OUTCOME_TEXTS,
    "OutcomeNameSearch": ("PrimaryOutcomeMeasure", "SecondaryOutcomeMeasure", "OtherOutcomeMeasure"),
    "SponsorSearch": _SPONSORS,
    "LocationSearch": _LOCATIONS,
    "EligibilitySearch": ("EligibilityCriteria", "StudyPopulation"),
    "IdSearch": (*_IDS, "Acronym"),
    "ExternalIdsSearch": ("OrgStudyId", "SecondaryId"),
    "NCTIdSearch": ("NCTId", "NCTIdAlias"),
    "FunderTypeSearch": ("LeadSponsorClass", "CollaboratorClass"),
}
"""Search areas: which fields a query of a kind looks into. Weights rank results; nothing is ranked here.
PatientSearch and ContactSearch are not held."""

SECTIONS = (
    "protocolSection",
    "resultsSection",
    "annotationSection",
    "documentSection",
    "derivedSection",
    "protocolSection.identificationModule",
    "protocolSection.statusModule",
    "protocolSection.sponsorCollaboratorsModule",
    "protocolSection.oversightModule",
    "protocolSection.descriptionModule",
    "protocolSection.conditionsModule",
    "protocolSection.designModule",
    "protocolSection.armsInterventionsModule",
    "protocolSection.outcomesModule",
    "protocolSection.eligibilityModule",
    "protocolSection.contactsLocationsModule",
    "protocolSection.referencesModule",
    "protocolSection.ipdSharingStatementModule",
    "resultsSection.participantFlowModule",
    "resultsSection.baselineCharacteristicsModule",
    "resultsSection.outcomeMeasuresModule",
    "resultsSection.adverseEventsModule",
    "resultsSection.moreInfoModule",
    "derivedSection.miscInfoModule",
    "derivedSection.conditionBrowseModule",
    "derivedSection.interventionBrowseModule",
)
"""Branches that can be asked for as a whole, by path or by their last name with a capital."""


def _paths_by_name() -> dict[str, tuple[str, ...]]:
    branches = {name: (path,) for path in SECTIONS for name in (path, _capitalised(path.rpartition(".")[2]))}
    leaves = {name: (piece.path,) for piece_name, piece in PIECES.items() for name in (piece_name, piece.path)}
    areas = {area: tuple(PIECES[piece].path for piece in pieces) for area, pieces in AREAS.items()}
    return {**branches, **leaves, **areas}


def _capitalised(name: str) -> str:
    return name[0].upper() + name[1:]


PATHS_BY_NAME = _paths_by_name()
"""What the parameter `fields` may name, and the paths that each name brings."""


def values_at(study: object, path: str) -> tuple[object, ...]:
    """Return the values at a path of a study, through every list on the way."""
    found = [study]
    for key in path.split("."):
        found = [below for value in found if isinstance(value, dict) for below in _as_list(value.get(key))]
    return tuple(found)


def _as_list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
