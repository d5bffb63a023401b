"""Courses of treatment, from the first dose to the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt
from msgspec import Struct

from ketalit.export.charts import labels
from ketalit.export.charts.figure import BLUE, GREY, INK, ORANGE, Figure, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

MOST: Final = 40
"""Lanes that are drawn at most; the table has all."""
MOST_TICKS: Final = 30
"""Doses whose ticks can still be told apart."""
LENGTH: Final = 260
"""Pixels of a lane."""
PHASES: Final = {"acute": "Induction", "maintenance": "Maintenance", None: "Phase not stated"}
PHASE_COLOURS: Final = {PHASES["acute"]: BLUE, PHASES["maintenance"]: ORANGE, PHASES[None]: "#a6a6a6"}

_REGIMENS: Final = """
    select
        study_id, arm_label, phase, drug, route, dose, dose_max, dose_unit,
        sessions, sessions_max, per_week, course_days
    from evidence.dosing_protocols as dosing
    join evidence.study_overview as overview using (study_id)
    where dosing.is_preferred and dosing.integrity != 'retracted' and dosing.drug is not null
        and overview.is_own_sample and not overview.needs_review
    order by row_id
"""
_LEFT_OUT: Final = """
    select
        count(*) filter (is_included and is_own_sample and not needs_review) as counted,
        count(*) filter (not is_included and integrity = 'retracted') as retracted,
        count(*) filter (needs_review) as doubtful
    from evidence.study_overview
"""


class Stretch(Struct, frozen=True, order=True):
    """One phase of a course."""

    phase: str
    start: float
    days: float
    doses: str
    per_week: float


class Lane(Struct, frozen=True, order=True):
    """One course as it was given: studies that gave the same share a lane."""

    route: str
    drug: str
    dose: str
    stretches: tuple[Stretch, ...]

    @property
    def days(self) -> float:
        """Day on which the last phase ends."""
        return max(stretch.start + stretch.days for stretch in self.stretches)


def regimen_lanes(reader: Reader) -> Figure:
    """Courses of more than one dose whose length is known, the longest first within a route."""
    regimens = reader.rows(_REGIMENS)
    (without,) = reader.rows(_LEFT_OUT)
    studies = _studies_of_lanes(regimens)
    routes = [*labels.ROUTES.values()]
    lanes = sorted(studies, key=lambda lane: (routes.index(lane.route), lane.drug, -lane.days, lane))
    often = sorted(lanes, key=lambda lane: (-len(studies[lane]), -lane.days, lane))[:MOST]
    drawn = [lane for lane in lanes if lane in often]
    shown: set[str] = set().union(*studies.values())
    single = {r["study_id"] for r in regimens if r["sessions"] == 1 and r["sessions_max"] is None} - shown
    open_ended = sum(regimen["phase"] == "maintenance" and not _days(regimen) for regimen in regimens)
    more = (
        f" The {MOST} lanes of most studies are drawn, {len(lanes) - MOST} more stand in the table."
        if len(lanes) > MOST
        else ""
    )
    return figure(
        name="regimens",
        title="Courses of treatment, from induction to maintenance",
        counted=(
            f"{many(len(lanes), 'course')} of more than one dose, given in {many(len(shown), 'study', 'studies')}. "
            "Studies that gave the same course share a lane; a tick is a dose, spread evenly over the course. A "
            "length that is not stated follows from number and frequency of doses where both are; maintenance follows "
            f"induction where that has a length and starts at 0 where it has none.{more} "
            + left_out(
                (len(single), "of single doses only"),
                (without["counted"] - len(shown | single), "without a length of the course"),
                (open_ended, "of maintenance without a length"),
                (without["retracted"], "retracted"),
                (without["doubtful"], "whose inclusion a person has yet to check"),
            )
        ),
        description=_description(lanes, studies),
        headings=("Route", "Drug", "Dose", "Phase", "From day", "Days", "Doses", "A week", "Studies", "Study ids"),
        rows=[
            [
                lane.route,
                lane.drug,
                lane.dose,
                stretch.phase,
                stretch.start,
                stretch.days,
                stretch.doses,
                stretch.per_week or None,
                len(studies[lane]),
                ", ".join(sorted(studies[lane])),
            ]
            for lane in lanes
            for stretch in lane.stretches
        ],
        plot=_plot(drawn, studies),
    )


def _studies_of_lanes(regimens: Sequence[dict[str, Any]]) -> dict[Lane, set[str]]:
    arms: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for regimen in regimens:
        arms[regimen["study_id"], regimen["arm_label"] or ""].append(regimen)
    studies: defaultdict[Lane, set[str]] = defaultdict(set)
    for (study_id, _), found in arms.items():
        for lane in _lanes(found):
            studies[lane].add(study_id)
    return dict(studies)


def _lanes(regimens: Sequence[dict[str, Any]]) -> Iterator[Lane]:
    """The courses of an arm. Maintenance follows induction where the arm has one induction of known length."""
    inductions = [regimen for regimen in regimens if regimen["phase"] == "acute"]
    maintained = [regimen for regimen in regimens if regimen["phase"] == "maintenance" and _days(regimen)]
    first = inductions[0] if len(inductions) == 1 and _days(inductions[0]) else None
    for regimen in regimens:
        if not _days(regimen) or (maintained and regimen is first):
            continue
        if first is not None and regimen["phase"] == "maintenance":
            yield _lane(regimen, (_stretch(first, 0), _stretch(regimen, _days(first))))
        else:
            yield _lane(regimen, (_stretch(regimen, 0),))


def _lane(regimen: dict[str, Any], stretches: tuple[Stretch, ...]) -> Lane:
    return Lane(labels.ROUTES[regimen["route"]], labels.DRUGS[regimen["drug"]], _dose(regimen), stretches)


def _stretch(regimen: dict[str, Any], start: float) -> Stretch:
    return Stretch(PHASES[regimen["phase"]], start, _days(regimen), _doses(regimen), regimen["per_week"] or 0.0)


def _days(regimen: dict[str, Any]) -> float:
    """Length of the phase in days; 0 for a single dose and where nothing tells."""
    most, often = regimen["sessions_max"] or regimen["sessions"], regimen["per_week"]
    if most == 1:
        return 0.0
    if regimen["course_days"]:
        return float(regimen["course_days"])
    return float(round((most - 1) * 7 / often)) if most and often else 0.0


def _doses(regimen: dict[str, Any]) -> str:
    if regimen["sessions"] and regimen["sessions_max"]:
        return f"{regimen['sessions']:g}–{regimen['sessions_max']:g}"
    if regimen["sessions_max"]:
        return f"up to {regimen['sessions_max']:g}"
    return f"{regimen['sessions']:g}" if regimen["sessions"] else "not reported"


def _dose(regimen: dict[str, Any]) -> str:
    ends = [f"{regimen[end]:g}" for end in ("dose", "dose_max") if regimen[end] is not None]
    return f"{'–'.join(dict.fromkeys(ends))} {regimen['dose_unit']}" if ends else "dose not reported"


def _description(lanes: Sequence[Lane], studies: dict[Lane, set[str]]) -> str:
    if not lanes:
        return ""
    often = max(lanes, key=lambda lane: (len(studies[lane]), lane))
    longest = max(lanes, key=lambda lane: lane.days)
    return (
        f"Bars from the first to the last dose of {many(len(lanes), 'course')}. Most studies "
        f"({len(studies[often])}) gave {_words(often)}; the longest course lasts {longest.days:g} days "
        f"({_words(longest)})."
    )


def _words(lane: Lane) -> str:
    return f"{lane.drug.split(' (')[0].lower()}, {lane.route.lower()}, {lane.dose}: {_schedule(lane)}"


def _schedule(lane: Lane) -> str:
    """`6 doses, 3 a week, in 12 days`; phases one after the other."""
    parts = []
    for stretch in lane.stretches:
        words = (
            []
            if stretch.doses == "not reported"
            else [f"{stretch.doses} {'dose' if stretch.doses == '1' else 'doses'}"]
        )
        words += [f"{stretch.per_week:g} a week"] if stretch.per_week else []
        phase = "" if stretch.phase == PHASES[None] else f"{stretch.phase.lower()} "
        parts.append(phase + ", ".join([*words, f"{stretch.days:g} days"]))
    return ", then ".join(parts)


def _plot(lanes: Sequence[Lane], studies: dict[Lane, set[str]]) -> alt.TopLevelMixin:
    bars: list[dict[str, Any]] = [
        {
            "lane": _name(number, lane),
            "route": lane.route,
            "drug": lane.drug,
            "dose": lane.dose,
            "phase": stretch.phase,
            "from": stretch.start,
            "to": stretch.start + stretch.days,
            "end": lane.days,
            "words": f"{_schedule(lane)}{'' if len(studies[lane]) == 1 else f' · {len(studies[lane])} studies'}",
            "studies": ", ".join(sorted(studies[lane])),
        }
        for number, lane in enumerate(lanes)
        for stretch in lane.stretches
    ]
    ticks = [
        {"lane": _name(number, lane), "route": lane.route, "at": day}
        for number, lane in enumerate(lanes)
        for stretch in lane.stretches
        for day in _dose_days(stretch)
    ]
    routes = [route for route in labels.ROUTES.values() if any(bar["route"] == route for bar in bars)]
    end = max((bar["end"] for bar in bars), default=1)
    panels = [_panel(route, bars, ticks, end=end, is_last=route == routes[-1]) for route in routes]
    return alt.vconcat(*panels, spacing=8)


def _name(number: int, lane: Lane) -> str:
    """Name of a lane on the axis, behind a number that tells lanes of one dose apart."""
    return f"{number:03} {lane.drug.split(' (')[0]}, {lane.dose}"


def _dose_days(stretch: Stretch) -> list[float]:
    """Days of the doses, evenly through the phase, where their number is known and they can be told apart."""
    if not stretch.doses.isdigit() or not 1 < (doses := int(stretch.doses)) <= MOST_TICKS:
        return []
    step = min(7 / stretch.per_week, stretch.days / (doses - 1)) if stretch.per_week else stretch.days / doses
    return [stretch.start + number * step for number in range(doses)]


def _panel(
    route: str, bars: Sequence[dict[str, Any]], ticks: Sequence[dict[str, Any]], *, end: float, is_last: bool
) -> alt.LayerChart | alt.FacetChart:
    own = [bar for bar in bars if bar["route"] == route]
    order = [*dict.fromkeys(bar["lane"] for bar in own)]
    axis = alt.Axis(
        labelExpr="slice(datum.label, 4)", minExtent=185, labelLimit=185, labelPadding=5, ticks=False, domain=False
    )
    y = alt.Y("lane:N", title=None, sort=order, axis=axis).scale(domain=order)
    weeks = [week * 7 for week in (0, 1, 2, 4, 8, 12, 16, 24, 36, 52, 78, 104) if week * 7 <= end * 1.05]
    x_axis = alt.Axis(values=weeks, labelExpr="datum.value / 7", labels=is_last, ticks=is_last, grid=True)
    title = "Weeks since the first dose (square-root scale)" if is_last else None
    x = alt.X("from:Q", title=title, axis=x_axis).scale(type="sqrt", domain=[0, end], nice=False)
    phases = [phase for phase in PHASE_COLOURS if any(bar["phase"] == phase for bar in bars)]
    colours = [PHASE_COLOURS[phase] for phase in phases]
    drawn = (
        alt.Chart(values(own))
        .mark_bar(height=11, cornerRadius=1)
        .encode(
            x=x,
            x2="to:Q",
            y=y,
            color=alt.Color("phase:N", title="Phase", sort=phases).scale(domain=phases, range=colours),
            tooltip=[
                alt.Tooltip("drug:N", title="Drug"),
                alt.Tooltip("route:N", title="Route"),
                alt.Tooltip("dose:N", title="Dose"),
                alt.Tooltip("phase:N", title="Phase"),
                alt.Tooltip("words:N", title="Course"),
                alt.Tooltip("studies:N", title="Studies"),
            ],
        )
    )
    words = alt.Chart(values([bar for bar in own if bar["to"] == bar["end"]]))
    words = words.mark_text(align="left", fontSize=10, color=GREY)
    layers: list[alt.Chart] = [drawn, words.encode(x=alt.value(LENGTH + 8), y=y, text="words:N")]
    if doses := [tick for tick in ticks if tick["route"] == route]:
        layers.append(alt.Chart(values(doses)).mark_tick(thickness=1, size=11, color=INK).encode(x="at:Q", y=y))
    heading = alt.Title(route, fontSize=12, anchor="start", frame="group", offset=4)
    return alt.layer(*layers).properties(title=heading, width=LENGTH, height=alt.Step(17))
