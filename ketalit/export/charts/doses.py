"""Which doses were given by which route, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts import labels
from ketalit.export.charts.figure import Figure, bubble, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

UNITS: Final = {"mg/kg": "Dose (mg per kg body weight)", "mg": "Fixed dose (mg)"}
"""Units that are drawn, with the title of their axis. Neither is turned into the other with an assumed weight."""

TICKS: Final = [mantissa * 10**power for power in range(-3, 4) for mantissa in (1, 2, 5)]

_REGIMENS: Final = """
    select distinct
        dosing.study_id, overview.year, dosing.drug, dosing.route, dosing.dose, dosing.dose_max, dosing.dose_unit,
        overview.integrity
    from evidence.dosing_protocols as dosing
    join evidence.study_overview as overview using (study_id)
    where dosing.is_preferred and dosing.integrity != 'retracted' and not overview.needs_review
        and overview.is_own_sample
    order by all
"""
_STUDIES: Final = """
    select
        count(*) filter (is_included and not needs_review and is_own_sample) as counted,
        count(*) filter (needs_review) as doubtful,
        count(*) filter (not is_included and integrity = 'retracted') as retracted
    from evidence.study_overview
"""


def dose_map(reader: Reader) -> Figure:
    """Dose by route and year: a mark for each dose, as large as the number of studies that gave it in that year."""
    regimens = reader.rows(_REGIMENS)
    (studies,) = reader.rows(_STUDIES)
    drawn = [_drawn(regimen) for regimen in regimens if _is_drawn(regimen)]
    rows = _counted(drawn)
    shown = {regimen["study_id"] for regimen in regimens if _is_drawn(regimen)}
    rates = {r["study_id"] for r in regimens if r["dose_unit"] not in UNITS and r["dose_unit"]} - shown
    unplaced = {r["study_id"] for r in regimens if r["dose_unit"] in UNITS} - shown
    return figure(
        name="dose-map",
        title="Doses of ketamine, esketamine and arketamine by route and year",
        counted=(
            f"{many(len(shown), 'study', 'studies')} with a dose and a route, each read from its leading report. A "
            "study with several doses has several marks, a range is a line to its highest dose. Doses stand in the "
            "unit in which they were reported. "
            + left_out(
                (studies["counted"] - len(shown | rates | unplaced), "without a dose"),
                (len(unplaced), "with a dose but without a route or year"),
                (len(rates), "with an infusion rate only"),
                (studies["retracted"], "retracted"),
                (studies["doubtful"], "whose inclusion a person has yet to check"),
            )
        ),
        description=_description(rows),
        headings=("Unit", "Route", "Drug", "Year", "Dose", "Highest dose", "Studies"),
        rows=[[row[k] for k in ("unit", "route", "drug", "year", "dose", "dose_max", "studies")] for row in rows],
        plot=_plot(rows),
    )


def _is_drawn(regimen: dict[str, Any]) -> bool:
    lowest = regimen["dose"] if regimen["dose"] is not None else regimen["dose_max"]
    return bool(regimen["dose_unit"] in UNITS and regimen["route"] and regimen["year"] and lowest)


def _drawn(regimen: dict[str, Any]) -> tuple[Any, ...]:
    lowest = regimen["dose"] if regimen["dose"] is not None else regimen["dose_max"]
    return (
        regimen["dose_unit"],
        labels.ROUTES[regimen["route"]],
        labels.DRUGS[regimen["drug"]],
        regimen["year"],
        lowest,
        regimen["dose_max"] if regimen["dose_max"] != lowest else None,
    )


def _counted(drawn: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Each mark with its number of studies, in reading order."""
    units, routes, drugs = [*UNITS], [*labels.ROUTES.values()], [*labels.DRUGS.values()]
    names = ("unit", "route", "drug", "year", "dose", "dose_max")

    def place(mark: tuple[Any, ...]) -> tuple[Any, ...]:
        unit, route, drug, year, dose, dose_max = mark
        return units.index(unit), routes.index(route), drugs.index(drug), year, dose, dose_max or 0

    return [
        {**dict(zip(names, mark, strict=True)), "studies": drawn.count(mark)} for mark in sorted(set(drawn), key=place)
    ]


def _description(rows: Sequence[dict[str, Any]]) -> str:
    parts = []
    for unit in UNITS:
        of_unit = [row for row in rows if row["unit"] == unit]
        if of_unit:
            highest = max(row["dose_max"] or row["dose"] for row in of_unit)
            lowest = min(row["dose"] for row in of_unit)
            often = max(of_unit, key=lambda row: sum(r["studies"] for r in of_unit if r["dose"] == row["dose"]))
            parts.append(f"doses in {unit} range from {lowest:g} to {highest:g}, most often {often['dose']:g}")
    return f"Marks of doses by year in one panel a route; {'; '.join(parts)}." if parts else ""


def _plot(rows: Sequence[dict[str, Any]]) -> alt.TopLevelMixin:
    drugs = [name for name in labels.DRUG_MARKS if any(row["drug"] == name for row in rows)]
    of_units = {unit: [row for row in rows if row["unit"] == unit] for unit in UNITS}
    most = max((len({row["route"] for row in found}) for found in of_units.values()), default=1)
    panels = [
        _panel(_beside(found, drugs), UNITS[unit], _ends(rows), drugs, width=min(200, 560 // max(most, 1) - 16))
        for unit, found in of_units.items()
        if found
    ]
    return alt.vconcat(*panels, spacing=24)


def _ends(rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    years = [row["year"] for row in rows]
    return min(years) - 1, max(years) + 1


def _beside(rows: Sequence[dict[str, Any]], drugs: Sequence[str]) -> list[dict[str, Any]]:
    """Drugs of one year stand side by side, so that none hides another."""
    middle = (len(drugs) - 1) / 2
    return [{**row, "at": row["year"] + 0.22 * (drugs.index(row["drug"]) - middle)} for row in rows]


def _panel(
    rows: list[dict[str, Any]], axis: str, ends: tuple[int, int], drugs: list[str], *, width: int
) -> alt.FacetChart:
    routes = [route for route in labels.ROUTES.values() if any(row["route"] == route for row in rows)]
    x = alt.X("at:Q", title=None, axis=alt.Axis(format="d", tickCount=3, tickMinStep=1, labelFlush=True))
    x = x.scale(domain=ends, nice=False)
    y = alt.Y("dose:Q", title=axis, axis=alt.Axis(values=TICKS, format="~g", grid=True))
    y = y.scale(type="log", nice=False, domain=_reach(rows))
    colours, shapes = zip(*(labels.DRUG_MARKS[drug] for drug in drugs), strict=True)
    colour = alt.Color("drug:N", title="Drug", sort=drugs).scale(domain=drugs, range=[*colours])
    ranged = alt.Chart().transform_filter("isValid(datum.dose_max)").encode(x=x, color=colour)
    marks = alt.Chart().mark_point(filled=True, opacity=0.8, stroke="white", strokeWidth=0.6)
    marks = marks.encode(
        x=x,
        y=y,
        color=colour,
        shape=alt.Shape("drug:N", title="Drug", sort=drugs).scale(domain=drugs, range=[*shapes]),
        size=bubble("studies", "Studies", rows),
        tooltip=[
            alt.Tooltip("drug:N", title="Drug"),
            alt.Tooltip("route:N", title="Route"),
            alt.Tooltip("year:Q", title="Year", format="d"),
            alt.Tooltip("dose:Q", title="Dose"),
            alt.Tooltip("dose_max:Q", title="Highest dose"),
            alt.Tooltip("unit:N", title="Unit"),
            alt.Tooltip("studies:Q", title="Studies"),
        ],
    )
    layered = alt.layer(
        ranged.mark_rule(strokeWidth=1.2).encode(y=y, y2="dose_max:Q"),
        ranged.mark_tick(orient="horizontal", size=9, thickness=1.6).encode(y=alt.Y("dose_max:Q")),
        marks,
        data=values(rows),
    )
    header = alt.Header(titleOrient="bottom", titleFontWeight="normal", titleFontSize=12, titlePadding=6)
    return layered.properties(width=width, height=200).facet(
        column=alt.Column(
            "route:N", title="Year of first report (of start where none is published)", sort=routes, header=header
        ),
        spacing=16,
    )


def _reach(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Ends of the dose axis, with room for a mark beyond the outermost doses."""
    return min(row["dose"] for row in rows) * 0.8, max(row["dose_max"] or row["dose"] for row in rows) * 1.25
