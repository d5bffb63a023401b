"""The closed sets of the field: the words that columns may hold.

Values are lower case and stand in the database as they stand here. A word of a service that is in no set is kept as
it came and flagged, never dropped (`unknown`).
"""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Where a document came from."""

    PUBMED = "pubmed"
    CTGOV = "ctgov"


class Drug(StrEnum):
    """The active drug. Racemic ketamine and ketamine of unstated form are both `ketamine`."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"
    ARKETAMINE = "arketamine"


class Route(StrEnum):
    """How the drug is given."""

    IV = "iv"
    IM = "im"
    SC = "sc"
    INTRANASAL = "intranasal"
    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    RECTAL = "rectal"


class DoseUnit(StrEnum):
    """The unit of a dose as written, in normalised spelling; units are never converted with an assumed weight."""

    MG_PER_KG = "mg/kg"
    MG = "mg"
    MG_PER_KG_PER_HOUR = "mg/kg/h"
    MG_PER_KG_PER_MINUTE = "mg/kg/min"
    UG_PER_KG_PER_MINUTE = "ug/kg/min"


class Design(StrEnum):
    """How the report's study was designed."""

    RCT_PARALLEL = "rct_parallel"
    RCT_CROSSOVER = "rct_crossover"
    RCT_WITHDRAWAL = "rct_withdrawal"
    OPEN_LABEL = "open_label"
    OBSERVATIONAL = "observational"
    CASE_SERIES = "case_series"
    SECONDARY_ANALYSIS = "secondary_analysis"
    PROTOCOL = "protocol"
    META_ANALYSIS = "meta_analysis"
    REVIEW = "review"
    OTHER = "other"


class Population(StrEnum):
    """Who was studied; several may apply."""

    TRD = "trd"
    MDD = "mdd"
    BIPOLAR = "bipolar"
    SUICIDAL = "suicidal"
    POSTPARTUM = "postpartum"
    LATE_LIFE = "late_life"
    ADOLESCENT = "adolescent"
    HEALTHY = "healthy"
    OTHER = "other"


class Comparator(StrEnum):
    """What the active drug was compared with."""

    PLACEBO = "placebo"
    MIDAZOLAM = "midazolam"
    ECT = "ect"
    REMIFENTANIL = "remifentanil"
    FENTANYL = "fentanyl"
    OTHER_ANAESTHETIC = "other_anaesthetic"
    ACTIVE_OTHER = "active_other"
    STANDARD_CARE = "standard_care"
    WAITLIST = "waitlist"
    KETAMINE_OTHER = "ketamine_other"
    NONE = "none"


class NBasis(StrEnum):
    """Which people a sample size counts; the kinds are never merged."""

    SCREENED = "screened"
    PLANNED = "planned"
    ENROLLED = "enrolled"
    RANDOMISED = "randomised"
    TREATED = "treated"
    ANALYSED = "analysed"
    COMPLETED = "completed"
    UNSPECIFIED = "unspecified"


class Anchor(StrEnum):
    """The zero of a time: what it is counted from."""

    FIRST_DOSE = "first_dose"
    LAST_DOSE = "last_dose"
    UNSPECIFIED = "unspecified"


class Phase(StrEnum):
    """The phase of treatment that a regimen belongs to."""

    ACUTE = "acute"
    MAINTENANCE = "maintenance"


class AtRisk(StrEnum):
    """In whom a rate was counted: rates in responders are not rates in all."""

    ALL = "all"
    RESPONDERS = "responders"
    REMITTERS = "remitters"


class OutcomeKind(StrEnum):
    """What a rate or a time is the rate or the time of."""

    RESPONSE = "response"
    REMISSION = "remission"
    RELAPSE = "relapse"
    RELAPSE_FREE = "relapse_free"
    """Free of relapse over the stated time: as stated, never 100 % minus a relapse rate."""
    SUSTAINED_RESPONSE = "sustained_response"
    """A response that lasted over a stated time, not one at a single visit."""
    SUSTAINED_REMISSION = "sustained_remission"
    """A remission that lasted over a stated time."""


class Decision(StrEnum):
    """What an eligibility criterion says of a condition."""

    EXCLUDED = "excluded"
    ALLOWED = "allowed"
    """Let in or asked for; a condition that is not named is neither."""


class TopicName(StrEnum):
    """What readers ask of a study beside dose, effect and safety; several may apply. ref.topic says what each means."""

    PSYCHOTHERAPY = "psychotherapy"
    SUICIDALITY_OUTCOME = "suicidality_outcome"
    MAINTENANCE = "maintenance"
    ABUSE_POTENTIAL = "abuse_potential"
    COST = "cost"
    ACCESS = "access"
    HOME = "home"
    TELEHEALTH = "telehealth"
    ADOLESCENT = "adolescent"
    LATE_LIFE = "late_life"
    POSTPARTUM = "postpartum"
    BIPOLAR = "bipolar"
    VETERANS = "veterans"


class SectionRole(StrEnum):
    """What a section of an abstract is for, whatever its label says."""

    TITLE = "title"
    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"
    REGISTRATION = "registration"
    UNLABELLED = "unlabelled"


class DatePrecision(StrEnum):
    """How much of a date the source states."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    RANGE = "range"
    YEAR = "year"
    UNKNOWN = "unknown"


class Integrity(StrEnum):
    """Whether a report still stands."""

    CURRENT = "current"
    UPDATED = "updated"
    """A later version replaced it: the journal article of a preprint, the next version of a review."""
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    CONCERN = "expression_of_concern"
    RETRACTED = "retracted"
    NOTICE = "notice"
    """The record is itself a retraction notice, an erratum or an expression of concern."""


class LinkKind(StrEnum):
    """The kind of evidence that joins a publication and a registration."""

    DATABANK = "databank"
    ABSTRACT_ID = "abstract_id"
    REGISTRY_RESULT_REFERENCE = "registry_result_reference"
    REGISTRY_DERIVED_REFERENCE = "registry_derived_reference"
    SECONDARY_ID = "secondary_id"


class ReportRole(StrEnum):
    """What a report is within its study; `evidence.study_reports` says how each is told."""

    REGISTRATION = "registration"
    PRIMARY = "primary"
    """The one paper that first gives the results of the study's own people."""
    SECONDARY = "secondary"
    """A further paper on the same people: a post hoc analysis, a subgroup, a later paper."""
    FOLLOW_UP = "follow_up"
    """What became of people of an earlier study: a long-term follow-up or an extension."""
    POOLED = "pooled"
    """People of several studies analysed together."""
    PROTOCOL = "protocol"
    REVIEW = "review"
    """A review, guideline, comment or meta-analysis."""
    REPRINT = "reprint"
    NOTICE = "notice"
    """A retraction, erratum or expression of concern: no report."""
    OTHER = "other"
    """No report on people: animals, cells, methods."""


class Absence(StrEnum):
    """Why a cell holds no value."""

    NOT_REPORTED = "not reported"
    """The source was read and states no value."""
    NOT_UNDERSTOOD = "not understood"
    """The source mentions the item, but no rule could read a value: a human should look."""
    NOT_POSTED = "not posted"
    """The registration has no results section."""
    NOT_APPLICABLE = "not applicable"


class Acceptable(StrEnum):
    """What a person may knowingly accept; it is written into the books of the run or the manifest of the release."""

    INCOMPLETE = "incomplete"
    STALE = "stale"
    ACCURACY = "accuracy"
    VOLUME = "volume"
    """Far fewer or more records than a source had, or fewer rows than the last release has."""
    LINKS = "links"
