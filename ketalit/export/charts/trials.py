"""Registered trials by the year of their start and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts.figure import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, Figure, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

STAGES: Final = {
    "to come": ("To come", SKY),
    "recruiting": ("Recruiting", GREEN),
    "running": ("Running, recruitment closed", BLUE),
    "paused": ("Paused", ORANGE),
    "completed": ("Completed", GREY),
    "stopped": ("Stopped early", VERMILION),
    "unknown": ("Not updated for two years", PURPLE),
    "expanded access": ("Expanded access", "#8c6d31"),
    "unrecognised": ("Status not recognised", "#000000"),
}

_TRIALS: Final = """
    select pipeline.nct_id, pipeline.stage, year(overview.started_on) as started, pipeline.reported_year as registered,
        pipeline.n_expected, pipeline.as_of
    from evidence.trial_pipeline as pipeline
    join evidence.study_overview as overview using (study_id)
    where not pipeline.needs_review
    order by pipeline.nct_id
"""
_DOUBTFUL: Final = "select count(*) filter (needs_review) as doubtful from evidence.trial_pipeline"


def trials_over_time(reader: Reader) -> Figure:
    """Trials of each status by year of start, a row of bars for each status."""
    found = reader.rows(_TRIALS)
    (without,) = reader.rows(_DOUBTFUL)
    dated = [trial for trial in found if trial["started"] or trial["registered"]]
    undated = sum(trial["started"] is None for trial in dated)
    counts = Counter((trial["stage"], trial["started"] or trial["registered"]) for trial in dated)
    stages = [stage for stage in STAGES if any(key[0] == stage for key in counts)]
    rows = [
        {"stage": STAGES[stage][0], "year": year, "trials": number}
        for stage in stages
        for (of, year), number in sorted(counts.items())
        if of == stage
    ]
    as_of = max((trial["as_of"] for trial in found), default=None)
    expected = sum(trial["n_expected"] or 0 for trial in found)
    return figure(
        name="trials",
        title="Registered trials by year of start and status",
        counted=(
            f"{many(len(dated), 'registration')} at ClinicalTrials.gov"
            + (f", status as of {as_of.isoformat()}" if as_of else "")
            + ". "
            + (
                f"{many(undated, 'trial')} without a start {'stands' if undated == 1 else 'stand'} at the year of "
                "registration. "
                if undated
                else ""
            )
            + (f"Trials to come, recruiting or running expect {expected:,} participants. " if expected else "")
            + left_out(
                (len(found) - len(dated), "without any date"),
                (without["doubtful"], "whose inclusion a person has yet to check"),
            )
        ),
        description=_description(rows),
        headings=("Status", "Year of start", "Trials"),
        rows=[[row["stage"], row["year"], row["trials"]] for row in rows],
        plot=_plot(rows, [STAGES[stage] for stage in stages]),
    )


def _description(rows: Sequence[dict[str, Any]]) -> str:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["stage"]] += row["trials"]
    years = [row["year"] for row in rows]
    parts = ", ".join(f"{stage.lower()} {number}" for stage, number in totals.items())
    span = f"from {min(years)} to {max(years)}" if years else ""
    return f"Bars count trials that started {span}, a row of bars a status: {parts}."


def _plot(rows: Sequence[dict[str, Any]], stages: Sequence[tuple[str, str]]) -> alt.TopLevelMixin:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["stage"]] += row["trials"]
    names = {stage: f"{stage} (n = {totals[stage]})" for stage, _ in stages}
    shown = [{**row, "name": names[row["stage"]]} for row in rows]
    years = [row["year"] for row in rows] or [2000]
    most = max((row["trials"] for row in rows), default=1)
    x = alt.X("year:Q", title="Year of start", axis=alt.Axis(format="d", tickMinStep=1, grid=False))
    y = alt.Y("trials:Q", title=None, axis=alt.Axis(values=[0, most], format="d"))
    base = alt.Chart().encode(
        x=x.scale(domain=[min(years) - 0.7, max(years) + 0.7], nice=False),
        y=y.scale(domain=[0, most * 1.4], nice=False),
    )
    bars = base.mark_bar(width=max(4, min(22, 420 // (max(years) - min(years) + 2)))).encode(
        color=alt.Color("stage:N", legend=None, sort=[stage for stage, _ in stages]).scale(
            domain=[stage for stage, _ in stages], range=[colour for _, colour in stages]
        ),
        tooltip=[
            alt.Tooltip("stage:N", title="Status"),
            alt.Tooltip("year:Q", title="Year of start", format="d"),
            alt.Tooltip("trials:Q", title="Trials"),
        ],
    )
    numbers = base.mark_text(dy=-6, fontSize=9, color=GREY).encode(text="trials:Q")
    header = alt.Header(
        labelAngle=0,
        labelAlign="left",
        labelFontWeight="normal",
        labelFontSize=11,
        labelPadding=8,
        titleFontSize=12,
        titleFontWeight="normal",
    )
    return (
        alt.layer(bars, numbers, data=values(shown))
        .properties(width=430, height=52)
        .facet(row=alt.Row("name:N", title="Trials a year", sort=[*names.values()], header=header), spacing=8)
    )
