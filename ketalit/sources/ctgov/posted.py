"""The results section of a study, typed: what was posted after it ended. See schema.py for its rules."""

from __future__ import annotations

from ketalit.sources.ctgov.node import Count, Node, Scalar, Strings


class Group(Node, frozen=True):
    """One column of a results table."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class FlowStats(Node, frozen=True):
    """How many of one group."""

    group_id: str | None = None
    comment: str | None = None
    num_subjects: Scalar = None


class FlowMilestone(Node, frozen=True):
    """A milestone and who reached it."""

    type: str | None = None
    achievements: tuple[FlowStats, ...] = ()


class DropWithdraw(Node, frozen=True):
    """A reason for leaving and who left for it."""

    type: str | None = None
    reasons: tuple[FlowStats, ...] = ()


class FlowPeriod(Node, frozen=True):
    """One period of the study."""

    title: str | None = None
    milestones: tuple[FlowMilestone, ...] = ()
    drop_withdraws: tuple[DropWithdraw, ...] = ()


class ParticipantFlowModule(Node, frozen=True):
    """Who started, completed and left."""

    groups: tuple[Group, ...] = ()
    periods: tuple[FlowPeriod, ...] = ()


class DenomCount(Node, frozen=True):
    """The denominator of one group."""

    group_id: str | None = None
    value: Scalar = None


class Denom(Node, frozen=True):
    """Denominators in one unit (Participants, eyes, …)."""

    units: str | None = None
    counts: tuple[DenomCount, ...] = ()


class Measurement(Node, frozen=True):
    """One cell of a results table."""

    group_id: str | None = None
    value: Scalar = None
    spread: Scalar = None
    lower_limit: Scalar = None
    upper_limit: Scalar = None
    comment: str | None = None


class Category(Node, frozen=True):
    """One row of a results table."""

    title: str | None = None
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(Node, frozen=True):
    """One block of rows; may override the denominators."""

    title: str | None = None
    denoms: tuple[Denom, ...] = ()
    categories: tuple[Category, ...] = ()


class BaselineMeasure(Node, frozen=True):
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


class BaselineCharacteristicsModule(Node, frozen=True):
    """Who was studied."""

    groups: tuple[Group, ...] = ()
    denoms: tuple[Denom, ...] = ()
    measures: tuple[BaselineMeasure, ...] = ()


class MeasureAnalysis(Node, frozen=True):
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


class OutcomeMeasure(Node, frozen=True):
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


class OutcomeMeasuresModule(Node, frozen=True):
    """The posted outcomes."""

    outcome_measures: tuple[OutcomeMeasure, ...] = ()


class EventGroup(Node, frozen=True):
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


class EventStats(Node, frozen=True):
    """One adverse event in one group."""

    group_id: str | None = None
    num_events: Count | None = None
    num_affected: Count | None = None
    num_at_risk: Count | None = None


class AdverseEvent(Node, frozen=True):
    """One adverse event."""

    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None
    stats: tuple[EventStats, ...] = ()


class AdverseEventsModule(Node, frozen=True):
    """The adverse events."""

    frequency_threshold: Scalar = None
    time_frame: str | None = None
    event_groups: tuple[EventGroup, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


class LimitationsAndCaveats(Node, frozen=True):
    """Free text."""

    description: str | None = None


class MoreInfoModule(Node, frozen=True):
    """What else the sponsor says on the results."""

    limitations_and_caveats: LimitationsAndCaveats = LimitationsAndCaveats()


class ResultsSection(Node, frozen=True):
    """What was found."""

    participant_flow_module: ParticipantFlowModule = ParticipantFlowModule()
    baseline_characteristics_module: BaselineCharacteristicsModule = BaselineCharacteristicsModule()
    outcome_measures_module: OutcomeMeasuresModule = OutcomeMeasuresModule()
    adverse_events_module: AdverseEventsModule = AdverseEventsModule()
    more_info_module: MoreInfoModule = MoreInfoModule()
