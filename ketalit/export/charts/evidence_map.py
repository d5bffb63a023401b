"""Where there is evidence, and where there is none: population by route by outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts import labels
from ketalit.export.charts.figure import BLUE, INK, Figure, bubble, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

OUTCOMES: Final = {
    "response": "Response",
    "remission": "Remission",
    "relapse": "Relapse",
    "suicidality": "Suicidality",
    "harms": "Harms",
}

_STUDIES: Final = """
    with outcomes as (
        select
            study_id,
            case
                when outcome_kind in ('response', 'sustained_response') then 'response'
                when outcome_kind in ('remission', 'sustained_remission') then 'remission'
                when outcome_kind in ('relapse', 'relapse_free') then 'relapse'
            end as outcome
        from evidence.durability_of_effect
        where integrity != 'retracted' and not needs_review
            and (pct is not null or n is not null or value is not null or time_to_relapse_days is not null)
        union
        select study_id, 'suicidality' from evidence.topics
        where topic = 'suicidality_outcome' and integrity != 'retracted' and not needs_review
        union
        select study_id, 'harms' from evidence.safety
        where integrity != 'retracted' and not needs_review and n_affected is not null
    )

    select overview.study_id, overview.populations, overview.routes, overview.n, outcomes.outcome
    from evidence.study_overview as overview
    left join outcomes on outcomes.study_id = overview.study_id and outcomes.outcome is not null
    where overview.is_included and overview.is_own_sample and not overview.needs_review
    order by all
"""
_LEFT_OUT: Final = """
    select
        count(*) filter (not is_included and integrity = 'retracted') as retracted,
        count(*) filter (needs_review) as doubtful,
        count(*) filter (is_included and not is_own_sample and not needs_review) as secondary
    from evidence.study_overview
"""


def evidence_map(reader: Reader) -> Figure:
    """A bubble for each population, route and outcome, as large as the number of people."""
    found = reader.rows(_STUDIES)
    (without,) = reader.rows(_LEFT_OUT)
    mapped = {row["study_id"] for row in found if row["outcome"]}
    unnumbered = {row["study_id"] for row in found if row["outcome"] and row["n"] is None}
    silent = {row["study_id"] for row in found} - mapped
    rows = _cells(found)
    return figure(
        name="evidence-map",
        title="Evidence map: population by route by outcome",
        counted=(
            f"{many(len(mapped), 'study', 'studies')} that state a result on an outcome (suicidality: measured or "
            "planned). Area: people; number: studies. A study with several populations, routes or outcomes stands in "
            "several cells, so cells do not add up. "
            + (f"Without a number of people, and so of no area: {len(unnumbered)}. " if unnumbered else "")
            + left_out(
                (len(silent), "without a result on any of these outcomes"),
                (without["secondary"], "secondary, pooled or review"),
                (without["retracted"], "retracted"),
                (without["doubtful"], "whose inclusion a person has yet to check"),
            )
        ),
        description=_description(rows),
        headings=("Outcome", "Population", "Route", "Studies", "People", "Studies without a number of people"),
        rows=[[row[k] for k in ("outcome", "population", "route", "studies", "people", "unnumbered")] for row in rows],
        plot=_plot(rows),
    )


def _cells(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    studies: defaultdict[tuple[str, str, str], dict[str, int | None]] = defaultdict(dict)
    for row in found:
        if row["outcome"]:
            for population in row["populations"] or [None]:
                for route in row["routes"] or [None]:
                    cell = (OUTCOMES[row["outcome"]], labels.POPULATIONS[population], labels.ROUTES[route])
                    studies[cell][row["study_id"]] = row["n"]
    orders = [[*OUTCOMES.values()], [*labels.POPULATIONS.values()], [*labels.ROUTES.values()]]
    places = sorted(studies, key=lambda cell: [order.index(name) for order, name in zip(orders, cell, strict=True)])
    return [
        {
            "outcome": cell[0],
            "population": cell[1],
            "route": cell[2],
            "studies": len(studies[cell]),
            "people": sum(n for n in studies[cell].values() if n is not None),
            "unnumbered": sum(n is None for n in studies[cell].values()),
        }
        for cell in places
    ]


def _description(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    most = max(rows, key=lambda row: (row["studies"], row["people"]))
    cells = len(OUTCOMES) * len({row["population"] for row in rows}) * len({row["route"] for row in rows})
    return (
        f"Bubbles in {many(len(rows), 'cell')} of {cells}; the others are empty. Most studies ({most['studies']}) are "
        f"on {most['outcome'].lower()} in {most['population'].lower()} by the {most['route'].lower()} route."
    )


def _plot(rows: Sequence[dict[str, Any]]) -> alt.TopLevelMixin:
    populations = [name for name in labels.POPULATIONS.values() if any(row["population"] == name for row in rows)]
    routes = [name for name in labels.ROUTES.values() if any(row["route"] == name for row in rows)]
    axis = alt.Axis(labelAngle=-90, labelLimit=100, ticks=False, grid=True, domain=False)
    x = alt.X("route:N", title=None, sort=routes, axis=axis).scale(domain=routes)
    y_axis = alt.Axis(ticks=False, grid=True, domain=False, labelPadding=6)
    y = alt.Y("population:N", title=None, sort=populations, axis=y_axis).scale(domain=populations)
    bubbles = alt.Chart().mark_point(filled=True, shape="circle", opacity=0.5, color=BLUE)
    bubbles = bubbles.encode(
        x=x,
        y=y,
        size=bubble("people", "People", rows),
        tooltip=[
            alt.Tooltip("outcome:N", title="Outcome"),
            alt.Tooltip("population:N", title="Population"),
            alt.Tooltip("route:N", title="Route"),
            alt.Tooltip("studies:Q", title="Studies"),
            alt.Tooltip("people:Q", title="People", format=","),
        ],
    )
    numbers = (
        alt.Chart()
        .mark_text(fontSize=9, color=INK, align="left", baseline="bottom", dx=3, dy=-2)
        .encode(x=x, y=y, text="studies:Q")
    )
    panels = [
        alt.layer(bubbles, numbers, data=values([row for row in rows if row["outcome"] in abreast]))
        .properties(width=alt.Step(22), height=alt.Step(30))
        .facet(column=alt.Column("outcome:N", title=None, sort=abreast), spacing=14)
        for abreast in ([*OUTCOMES.values()][:3], [*OUTCOMES.values()][3:])
        if any(row["outcome"] in abreast for row in rows)
    ]
    return alt.vconcat(*panels, spacing=20)
