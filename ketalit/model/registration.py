"""Registrations: what one trial record of ClinicalTrials.gov states, with its posted results as flat rows.

Every row and every item that evidence may rest on has a `pointer`, the JSON pointer (RFC 6901) of the value in the raw
study. Numbers stand beside the text that they were read from: `…_text` is the value as written, the name without
`_text` the number, None where the text is not a plain number (`NA`, `<0.001`).
"""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.dates import PartialDate


class RegistryDate(Struct, frozen=True, gc=False):
    """A date of a registration; `kind` is ACTUAL or ESTIMATED, None where the registry does not say."""

    date: PartialDate
    kind: str | None


class SecondaryId(Struct, frozen=True, gc=False):
    """Another id of the trial; `kind` is the registry's word for it (EUDRACT_NUMBER, CTIS, REGISTRY, NIH, OTHER, …)."""

    id: str
    kind: str | None
    domain: str | None
    pointer: str


class Arm(Struct, frozen=True, gc=False):
    """One arm; `kind` is EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, … as the registry says it."""

    label: str
    kind: str | None
    description: str | None
    intervention_names: tuple[str, ...]
    """As written under the arm, with the type in front: `Drug: Ketamine`."""
    pointer: str


class Intervention(Struct, frozen=True, gc=False):
    """One intervention; `kind` is DRUG, DEVICE, BEHAVIORAL, …"""

    kind: str | None
    name: str
    description: str | None
    other_names: tuple[str, ...]
    arm_labels: tuple[str, ...]
    pointer: str


class PlannedOutcome(Struct, frozen=True, gc=False):
    """One outcome of the protocol; `kind` is `primary`, `secondary` or `other`."""

    kind: str
    measure: str
    description: str | None
    time_frame: str | None
    pointer: str


class Eligibility(Struct, frozen=True, gc=False):
    """Who may take part. Ages in years, None where no limit is stated; `criteria` keeps the registry's markdown."""

    criteria: str | None
    sex: str | None
    min_age_text: str | None
    min_age_years: float | None
    max_age_text: str | None
    max_age_years: float | None
    healthy_volunteers: bool | None
    std_ages: tuple[str, ...]


class Location(Struct, frozen=True, gc=False):
    """One site."""

    facility: str | None
    city: str | None
    state: str | None
    country: str | None
    status: str | None


class Reference(Struct, frozen=True, gc=False):
    """One cited publication; `kind` is RESULT, DERIVED or BACKGROUND. Only the first two are about this trial."""

    pmid: str | None
    kind: str | None
    citation: str | None
    pointer: str


class Investigator(Struct, frozen=True, gc=False):
    """Who answers for the trial; `role` is PRINCIPAL_INVESTIGATOR, STUDY_CHAIR, … as the registry says it.

    `name` keeps degrees and order as written; `pointer` is that of the name.
    """

    name: str
    role: str | None
    affiliation: str | None
    pointer: str


class FlowRow(Struct, frozen=True, gc=False):
    """How many people of one group reached a milestone, or left for a reason, in one period.

    `event` is the milestone (STARTED, COMPLETED, NOT COMPLETED, …) or the reason; `is_drop_out` tells which.
    `pointer` is that of `n_text`.
    """

    period: str | None
    event: str | None
    is_drop_out: bool
    group_id: str | None
    group_title: str | None
    n_text: str | None
    n: int | None
    comment: str | None
    pointer: str


class BaselineGroup(Struct, frozen=True, gc=False):
    """One column of the baseline table.

    `n` counts `n_unit`, which is Participants wherever the record counts people.
    """

    group_id: str
    title: str | None
    description: str | None
    is_total: bool
    n_text: str | None
    n: int | None
    n_unit: str | None
    n_pointer: str | None
    pointer: str


class BaselineRow(Struct, frozen=True, gc=False):
    """One measurement of one baseline characteristic in one group.

    `denominator` is the number of the group that the measurement rests on: that of the class, else of the measure, else
    of the whole module. `is_total` marks the column that sums the others. `pointer` is that of `value_text`; spread and
    limits are its siblings. A characteristic without any measurement has one row without group and value, and `pointer`
    is its own.
    """

    measure: str | None
    description: str | None
    population_description: str | None
    param_type: str | None
    dispersion_type: str | None
    unit: str | None
    class_title: str | None
    category_title: str | None
    group_id: str | None
    group_title: str | None
    is_total: bool
    value_text: str | None
    value: float | None
    spread_text: str | None
    spread: float | None
    lower_text: str | None
    lower: float | None
    upper_text: str | None
    upper: float | None
    denominator_text: str | None
    denominator: int | None
    denominator_unit: str | None
    comment: str | None
    pointer: str
    denominator_pointer: str | None = None
    """JSON pointer of the denominator."""


class OutcomeRow(Struct, frozen=True, gc=False):
    """One measurement of one posted outcome in one group; `pointer` is that of `value_text`.

    `outcome_index` is the place of the outcome among those posted, from 0. `kind` is PRIMARY, SECONDARY,
    OTHER_PRE_SPECIFIED or POST_HOC. `NA` in a median or its limits means that it was not reached.
    """

    outcome_index: int
    kind: str | None
    title: str | None
    description: str | None
    time_frame: str | None
    population_description: str | None
    param_type: str | None
    dispersion_type: str | None
    unit: str | None
    class_title: str | None
    category_title: str | None
    group_id: str | None
    group_title: str | None
    group_description: str | None
    value_text: str | None
    value: float | None
    spread_text: str | None
    spread: float | None
    lower_text: str | None
    lower: float | None
    upper_text: str | None
    upper: float | None
    denominator_text: str | None
    denominator: int | None
    denominator_unit: str | None
    comment: str | None
    pointer: str
    denominator_pointer: str | None = None
    """JSON pointer of the denominator."""


class OutcomeAnalysisRow(Struct, frozen=True, gc=False):
    """One statistical comparison of a posted outcome; `pointer` is that of the analysis object.

    `p_value` is the number in `p_value_text`; `p_value_bound` is `<`, `>`, `<=`, `>=` when only a bound is stated.
    """

    outcome_index: int
    group_ids: tuple[str, ...]
    group_titles: tuple[str, ...]
    group_description: str | None
    method: str | None
    p_value_text: str | None
    p_value: float | None
    p_value_bound: str | None
    param_type: str | None
    param_value_text: str | None
    param_value: float | None
    dispersion_type: str | None
    dispersion_value_text: str | None
    dispersion_value: float | None
    ci_sides: str | None
    ci_pct_text: str | None
    ci_pct: float | None
    ci_lower_text: str | None
    ci_lower: float | None
    ci_upper_text: str | None
    ci_upper: float | None
    non_inferiority_type: str | None
    comment: str | None
    pointer: str


class AdverseEventGroup(Struct, frozen=True, gc=False):
    """Adverse events of one group in sum: people affected and at risk; `pointer` is that of the group object."""

    group_id: str
    title: str | None
    description: str | None
    time_frame: str | None
    frequency_threshold_text: str | None
    frequency_threshold_pct: float | None
    """Other events are posted when more than so many per cent of one group had them."""
    serious_affected: int | None
    serious_at_risk: int | None
    other_affected: int | None
    other_at_risk: int | None
    deaths_affected: int | None
    deaths_at_risk: int | None
    pointer: str


class AdverseEventRow(Struct, frozen=True, gc=False):
    """One adverse event in one group; `pointer` is that of the object that holds the three counts."""

    term: str | None
    organ_system: str | None
    source_vocabulary: str | None
    """Where the term is from, as written: `MedDRA (23.1)`; None where the registry does not say."""
    assessment_type: str | None
    """SYSTEMATIC_ASSESSMENT (asked for) or NON_SYSTEMATIC_ASSESSMENT (told unasked), as the registry says it."""
    notes: str | None
    is_serious: bool
    group_id: str | None
    group_title: str | None
    n_events: int | None
    n_affected: int | None
    n_at_risk: int | None
    pointer: str


class PostedResults(Struct, frozen=True):
    """The results section as flat rows, in the order of the record."""

    flow: tuple[FlowRow, ...] = ()
    baseline_groups: tuple[BaselineGroup, ...] = ()
    baseline: tuple[BaselineRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    analyses: tuple[OutcomeAnalysisRow, ...] = ()
    adverse_event_groups: tuple[AdverseEventGroup, ...] = ()
    adverse_events: tuple[AdverseEventRow, ...] = ()
    limitations: str | None = None


class Registration(Struct, frozen=True):
    """One trial record of ClinicalTrials.gov, words of the registry kept as the registry writes them."""

    nct_id: str
    aliases: tuple[str, ...]
    """Obsolete or duplicate NCT ids of the same trial."""
    org_study_id: str | None
    secondary_ids: tuple[SecondaryId, ...]
    brief_title: str | None
    official_title: str | None
    acronym: str | None
    status: str | None
    why_stopped: str | None
    study_type: str | None
    phases: tuple[str, ...]
    allocation: str | None
    intervention_model: str | None
    """For an observational study its observational model."""
    masking: str | None
    primary_purpose: str | None
    enrollment: int | None
    """None when absent or when the registry writes its sentinel for unknown, 99999999."""
    enrollment_kind: str | None
    """ACTUAL or ESTIMATED: planned and actual enrolment are never merged."""
    start: RegistryDate | None
    primary_completion: RegistryDate | None
    completion: RegistryDate | None
    first_posted: RegistryDate | None
    last_update_posted: RegistryDate | None
    results_first_posted: RegistryDate | None
    version_holder: str | None
    """The day of the registry's data that this copy was taken from."""
    has_results: bool
    lead_sponsor: str | None
    sponsor_class: str | None
    is_fda_regulated_drug: bool | None
    """Whether the sponsor says that it studies a drug that the US Food and Drug Administration regulates."""
    collaborators: tuple[str, ...]
    conditions: tuple[str, ...]
    keywords: tuple[str, ...]
    condition_meshes: tuple[str, ...]
    intervention_meshes: tuple[str, ...]
    brief_summary: str | None
    detailed_description: str | None
    arms: tuple[Arm, ...]
    interventions: tuple[Intervention, ...]
    outcomes: tuple[PlannedOutcome, ...]
    eligibility: Eligibility
    locations: tuple[Location, ...]
    references: tuple[Reference, ...]
    results: PostedResults
    investigators: tuple[Investigator, ...] = ()
    """Overall officials and the responsible party, as far as they are people with a name."""
