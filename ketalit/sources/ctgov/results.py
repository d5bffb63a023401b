"""The posted results of a registration as flat rows, each with the JSON pointer of the value that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from ketalit.model.registration import (
    AdverseEventGroup,
    AdverseEventRow,
    BaselineGroup,
    BaselineRow,
    FlowRow,
    OutcomeAnalysisRow,
    OutcomeMeasureRow,
    OutcomeRow,
    PostedResults,
)
from ketalit.sources.ctgov.numbers import bounded_number, number, whole_number, written
from ketalit.sources.ctgov.schema import (
    AdverseEvent,
    AdverseEventsModule,
    BaselineCharacteristicsModule,
    BaselineMeasure,
    Denom,
    FlowStats,
    Group,
    MeasureAnalysis,
    MeasureClass,
    Measurement,
    OutcomeMeasure,
    ParticipantFlowModule,
    ResultsSection,
)
from ketalit.sources.ctgov.values import Scalar, Strings

FLOW: Final = "/resultsSection/participantFlowModule"
BASELINE: Final = "/resultsSection/baselineCharacteristicsModule"
OUTCOMES: Final = "/resultsSection/outcomeMeasuresModule/outcomeMeasures"
ADVERSE: Final = "/resultsSection/adverseEventsModule"
PEOPLE: Final = "Participants"
"""Unit of the denominators that count people; others count eyes, teeth, …"""
TOTAL: Final = "Total of all reporting groups"
"""How the registry describes the column that it makes itself."""


def posted_results(section: ResultsSection) -> PostedResults:
    """Every row of the results section, in the order of the record."""
    measures = section.outcome_measures_module.outcome_measures
    adverse = section.adverse_events_module
    return PostedResults(
        flow=tuple(flow_rows(section.participant_flow_module)),
        baseline_groups=tuple(baseline_groups(section.baseline_characteristics_module)),
        baseline=tuple(baseline_rows(section.baseline_characteristics_module)),
        outcome_measures=tuple(outcome_measure_rows(measures)),
        outcomes=tuple(chain.from_iterable(outcome_rows(i, measure) for i, measure in enumerate(measures))),
        analyses=tuple(chain.from_iterable(analysis_rows(i, measure) for i, measure in enumerate(measures))),
        adverse_event_groups=tuple(adverse_event_groups(adverse)),
        adverse_events=tuple(adverse_event_rows(adverse)),
        limitations=section.more_info_module.limitations_and_caveats.description,
    )


def flow_rows(module: ParticipantFlowModule) -> Iterator[FlowRow]:
    """Who reached each milestone and who left for which reason."""
    groups = _by_id(module.groups)
    for i, period in enumerate(module.periods):
        at = f"{FLOW}/periods/{i}"
        for j, milestone in enumerate(period.milestones):
            path = f"{at}/milestones/{j}/achievements"
            yield from _flow(period.title, milestone.type, False, groups, milestone.achievements, path)
        for j, reason in enumerate(period.drop_withdraws):
            path = f"{at}/dropWithdraws/{j}/reasons"
            yield from _flow(period.title, reason.type, True, groups, reason.reasons, path)


def baseline_groups(module: BaselineCharacteristicsModule) -> Iterator[BaselineGroup]:
    """The columns of the baseline table with the number of people in each."""
    denominators = _Denominators(PEOPLE, (BASELINE, module.denoms))
    for i, group in enumerate(module.groups):
        n = denominators.of(_NO_CLASS, BASELINE, group.id)
        yield BaselineGroup(
            group_id=group.id or "",
            title=group.title,
            description=group.description,
            is_total=_is_total(group),
            n_text=n.text,
            n=whole_number(n.text),
            n_unit=n.unit,
            n_pointer=n.pointer,
            pointer=f"{BASELINE}/groups/{i}",
        )


def baseline_rows(module: BaselineCharacteristicsModule) -> Iterator[BaselineRow]:
    """Who was studied: every cell of the baseline table, and one row for a characteristic without any.

    `Race and Ethnicity Not Collected` has no cells: its title is what it says.
    """
    groups = _by_id(module.groups)
    for i, measure in enumerate(module.measures):
        at_measure = f"{BASELINE}/measures/{i}"
        levels = (at_measure, measure.denoms), (BASELINE, module.denoms)
        denominators = _Denominators(measure.denom_units_selected or PEOPLE, *levels)
        cells = list(_cells(measure.classes, at_measure))
        for block, category, cell, at in cells or [(_NO_CLASS, None, Measurement(), at_measure)]:
            yield _baseline_row(measure, block, category, cell, groups, denominators, at)


def outcome_measure_rows(measures: Sequence[OutcomeMeasure]) -> Iterator[OutcomeMeasureRow]:
    """Every outcome of the results section, with or without values."""
    for i, measure in enumerate(measures):
        yield OutcomeMeasureRow(
            outcome_index=i,
            kind=measure.type,
            title=measure.title,
            description=measure.description,
            time_frame=measure.time_frame,
            reporting_status=measure.reporting_status,
            pointer=f"{OUTCOMES}/{i}",
        )


def outcome_rows(index: int, measure: OutcomeMeasure) -> Iterator[OutcomeRow]:
    """Every cell of one posted outcome; none when its results are not posted."""
    groups = _by_id(measure.groups)
    denominators = _Denominators(measure.denom_units_selected, (f"{OUTCOMES}/{index}", measure.denoms))
    for block, category, cell, at in _cells(measure.classes, f"{OUTCOMES}/{index}"):
        yield _outcome_row(index, measure, block, category, cell, groups, denominators, at)


def analysis_rows(index: int, measure: OutcomeMeasure) -> Iterator[OutcomeAnalysisRow]:
    """The statistical comparisons of one posted outcome."""
    groups = _by_id(measure.groups)
    for i, analysis in enumerate(measure.analyses):
        yield _analysis_row(index, analysis, groups, f"{OUTCOMES}/{index}/analyses/{i}")


def adverse_event_groups(module: AdverseEventsModule) -> Iterator[AdverseEventGroup]:
    """People with serious, other and fatal events in each group."""
    threshold = written(module.frequency_threshold)
    for i, group in enumerate(module.event_groups):
        yield AdverseEventGroup(
            group_id=group.id or "",
            title=group.title,
            description=group.description,
            time_frame=module.time_frame,
            frequency_threshold_text=threshold,
            frequency_threshold_pct=number(threshold),
            serious_affected=group.serious_num_affected,
            serious_at_risk=group.serious_num_at_risk,
            other_affected=group.other_num_affected,
            other_at_risk=group.other_num_at_risk,
            deaths_affected=group.deaths_num_affected,
            deaths_at_risk=group.deaths_num_at_risk,
            pointer=f"{ADVERSE}/eventGroups/{i}",
        )


def adverse_event_rows(module: AdverseEventsModule) -> Iterator[AdverseEventRow]:
    """Each adverse event in each group, the serious ones first."""
    titles = {group.id: group.title for group in module.event_groups}
    yield from _adverse_events(module.serious_events, True, titles, f"{ADVERSE}/seriousEvents")
    yield from _adverse_events(module.other_events, False, titles, f"{ADVERSE}/otherEvents")


def strings(value: Strings) -> tuple[str, ...]:
    """A list of strings, boxed again where an export unboxed a list of one."""
    return (value,) if isinstance(value, str) else value


class _Denominator(NamedTuple):
    """How many a cell rests on, as written, of what, and where it says so."""

    text: str | None = None
    unit: str | None = None
    pointer: str | None = None


class _Denominators:
    """The denominator of a cell: that of its class, else of its measure, else of the module."""

    def __init__(self, unit: str | None, *levels: tuple[str, Sequence[Denom]]) -> None:
        """`levels` from the inside out, each with the JSON pointer of what holds its denominators."""
        self._unit = unit
        self._outer = tuple(self._counts(at, denoms) for at, denoms in levels)

    def of(self, block: MeasureClass, at: str, group_id: str | None) -> _Denominator:
        """The denominator of a group in a class that stands at `at`; empty when the record states none."""
        inner = (self._counts(at, block.denoms),) if block.denoms else ()
        return next((level[group_id] for level in (*inner, *self._outer) if group_id in level), _Denominator())

    def _counts(self, at: str, denoms: Sequence[Denom]) -> Mapping[str | None, _Denominator]:
        """By group, in the unit that the measure selects, else in the first one."""
        if not denoms:
            return {}
        i, chosen = next(((i, d) for i, d in enumerate(denoms) if d.units == self._unit), (0, denoms[0]))
        return {
            count.group_id: _Denominator(
                written(count.value), chosen.units, _pointer(f"{at}/denoms/{i}/counts/{k}", "value", count.value)
            )
            for k, count in enumerate(chosen.counts)
        }


def _cells(classes: Sequence[MeasureClass], at: str) -> Iterator[tuple[MeasureClass, str | None, Measurement, str]]:
    """Each measurement with its class, its category's title and its JSON pointer."""
    for i, block in enumerate(classes):
        for j, category in enumerate(block.categories):
            for k, cell in enumerate(category.measurements):
                yield block, category.title, cell, f"{at}/classes/{i}/categories/{j}/measurements/{k}"


def _baseline_row(
    measure: BaselineMeasure,
    block: MeasureClass,
    category: str | None,
    cell: Measurement,
    groups: Mapping[str | None, Group],
    denominators: _Denominators,
    at: str,
) -> BaselineRow:
    group = groups.get(cell.group_id, _NO_GROUP)
    denominator = denominators.of(block, at.partition("/categories/")[0], cell.group_id)
    return BaselineRow(
        measure=measure.title,
        description=measure.description,
        population_description=measure.population_description,
        param_type=measure.param_type,
        dispersion_type=measure.dispersion_type,
        unit=measure.unit_of_measure,
        class_title=block.title,
        category_title=category,
        group_id=cell.group_id,
        group_title=group.title,
        is_total=_is_total(group),
        value_text=written(cell.value),
        value=number(written(cell.value)),
        spread_text=written(cell.spread),
        spread=number(written(cell.spread)),
        lower_text=written(cell.lower_limit),
        lower=number(written(cell.lower_limit)),
        upper_text=written(cell.upper_limit),
        upper=number(written(cell.upper_limit)),
        denominator_text=denominator.text,
        denominator=whole_number(denominator.text),
        denominator_unit=denominator.unit,
        denominator_pointer=denominator.pointer,
        comment=cell.comment,
        pointer=_pointer(at, "value", cell.value),
    )


def _outcome_row(
    index: int,
    measure: OutcomeMeasure,
    block: MeasureClass,
    category: str | None,
    cell: Measurement,
    groups: Mapping[str | None, Group],
    denominators: _Denominators,
    at: str,
) -> OutcomeRow:
    group = groups.get(cell.group_id, _NO_GROUP)
    denominator = denominators.of(block, at.partition("/categories/")[0], cell.group_id)
    return OutcomeRow(
        outcome_index=index,
        kind=measure.type,
        title=measure.title,
        description=measure.description,
        time_frame=measure.time_frame,
        population_description=measure.population_description,
        param_type=measure.param_type,
        dispersion_type=measure.dispersion_type,
        unit=measure.unit_of_measure,
        class_title=block.title,
        category_title=category,
        group_id=cell.group_id,
        group_title=group.title,
        group_description=group.description,
        value_text=written(cell.value),
        value=number(written(cell.value)),
        spread_text=written(cell.spread),
        spread=number(written(cell.spread)),
        lower_text=written(cell.lower_limit),
        lower=number(written(cell.lower_limit)),
        upper_text=written(cell.upper_limit),
        upper=number(written(cell.upper_limit)),
        denominator_text=denominator.text,
        denominator=whole_number(denominator.text),
        denominator_unit=denominator.unit,
        denominator_pointer=denominator.pointer,
        comment=cell.comment,
        pointer=_pointer(at, "value", cell.value),
    )


def _analysis_row(
    index: int, analysis: MeasureAnalysis, groups: Mapping[str | None, Group], at: str
) -> OutcomeAnalysisRow:
    ids = strings(analysis.group_ids)
    p_value_text = written(analysis.p_value)
    bound, p_value = bounded_number(p_value_text)
    return OutcomeAnalysisRow(
        outcome_index=index,
        group_ids=ids,
        group_titles=tuple(groups.get(id_, _NO_GROUP).title or "" for id_ in ids),
        group_description=analysis.group_description,
        method=analysis.statistical_method,
        p_value_text=p_value_text,
        p_value=p_value,
        p_value_bound=bound,
        param_type=analysis.param_type,
        param_value_text=written(analysis.param_value),
        param_value=number(written(analysis.param_value)),
        dispersion_type=analysis.dispersion_type,
        dispersion_value_text=written(analysis.dispersion_value),
        dispersion_value=number(written(analysis.dispersion_value)),
        ci_sides=analysis.ci_num_sides,
        ci_pct_text=written(analysis.ci_pct_value),
        ci_pct=number(written(analysis.ci_pct_value)),
        ci_lower_text=written(analysis.ci_lower_limit),
        ci_lower=number(written(analysis.ci_lower_limit)),
        ci_upper_text=written(analysis.ci_upper_limit),
        ci_upper=number(written(analysis.ci_upper_limit)),
        non_inferiority_type=analysis.non_inferiority_type,
        comment=analysis.estimate_comment or analysis.p_value_comment,
        pointer=at,
    )


def _flow(
    period: str | None,
    event: str | None,
    is_drop_out: bool,
    groups: Mapping[str | None, Group],
    stats: Sequence[FlowStats],
    at: str,
) -> Iterator[FlowRow]:
    for i, stat in enumerate(stats):
        n_text = written(stat.num_subjects)
        yield FlowRow(
            period=period,
            event=event,
            is_drop_out=is_drop_out,
            group_id=stat.group_id,
            group_title=groups.get(stat.group_id, _NO_GROUP).title,
            n_text=n_text,
            n=whole_number(n_text),
            comment=stat.comment,
            pointer=_pointer(f"{at}/{i}", "numSubjects", stat.num_subjects),
        )


def _adverse_events(
    events: Sequence[AdverseEvent], is_serious: bool, titles: Mapping[str | None, str | None], at: str
) -> Iterator[AdverseEventRow]:
    for i, event in enumerate(events):
        for j, stats in enumerate(event.stats):
            yield AdverseEventRow(
                term=event.term,
                organ_system=event.organ_system,
                source_vocabulary=event.source_vocabulary,
                assessment_type=event.assessment_type,
                notes=event.notes,
                is_serious=is_serious,
                group_id=stats.group_id,
                group_title=titles.get(stats.group_id),
                n_events=stats.num_events,
                n_affected=stats.num_affected,
                n_at_risk=stats.num_at_risk,
                pointer=f"{at}/{i}/stats/{j}",
            )


_NO_GROUP: Final = Group()
_NO_CLASS: Final = MeasureClass()


def _is_total(group: Group) -> bool:
    """The registry makes the column that sums the others itself, and says so in its description."""
    return (group.title or "").strip().lower() == "total" or group.description == TOTAL


def _by_id(groups: Sequence[Group]) -> Mapping[str | None, Group]:
    return {group.id: group for group in groups}


def _pointer(at: str, field: str, value: Scalar) -> str:
    """The pointer of a value, or of the object that lacks it."""
    return at if value is None else f"{at}/{field}"
