"""How long people were followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts.figure import BLUE, FAINT, GREY, ORANGE, Figure, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

LENGTHS: Final = (
    (1, "Up to 1 day"),
    (7, "2–7 days"),
    (28, "8–28 days"),
    (84, "5–12 weeks"),
    (183, "3–6 months"),
    (366, "7–12 months"),
    (float("inf"), "More than 1 year"),
)
"""Longest follow-up in days, and what the bar is called; month = 30 days."""
NOT_REPORTED: Final = "Not reported"
ANCHORS: Final = {
    "first_dose": "from first dose, baseline or randomisation",
    "last_dose": "from last dose",
    "unspecified": "start of counting not stated",
    None: NOT_REPORTED.lower(),
}
SOURCES: Final = {"abstract": "Stated in papers (abstracts)", "registry": "Planned or posted in the registry"}

_FOLLOW_UPS: Final = """
    select study_id, source, max(follow_up_days) as days, arg_max(follow_up_anchor, follow_up_days) as anchor
    from evidence.durability_of_effect
    join evidence.study_overview as overview using (study_id)
    where durability_of_effect.integrity != 'retracted' and not durability_of_effect.needs_review
        and overview.is_own_sample and not overview.needs_review
    group by study_id, source
    order by study_id, source
"""
_LEFT_OUT: Final = """
    select
        count(*) filter (not is_included and integrity = 'retracted') as retracted,
        count(*) filter (needs_review) as doubtful
    from evidence.study_overview
"""


def follow_up_length(reader: Reader) -> Figure:
    """Longest follow-up of each study: what papers state and what the registry plans stand apart."""
    found = reader.rows(_FOLLOW_UPS)
    (without,) = reader.rows(_LEFT_OUT)
    counts = Counter((row["source"], _length(row["days"]), _anchor(row)) for row in found)
    rows = [
        {"source": SOURCES[source], "length": length, "anchor": anchor, "studies": counts[source, length, anchor]}
        for source in SOURCES
        for length in [*(name for _, name in LENGTHS), NOT_REPORTED]
        for anchor in ANCHORS.values()
        if counts[source, length, anchor]
    ]
    n = {source: sum(row["source"] == source for row in found) for source in SOURCES}
    return figure(
        name="follow-up",
        title="Length of follow-up",
        counted=(
            "The longest time at which mood was assessed, once for each study and source: "
            f"{many(n['abstract'], 'study', 'studies')} with papers, "
            f"{many(n['registry'], 'study', 'studies')} with a registration; many have both. "
            + left_out(
                (without["retracted"], "retracted"),
                (without["doubtful"], "whose inclusion a person has yet to check"),
            )
        ),
        description=_description(rows),
        headings=("Source", "Follow-up", "Counted", "Studies"),
        rows=[[row["source"], row["length"], row["anchor"], row["studies"]] for row in rows],
        plot=_plot(rows),
    )


def _length(days: float | None) -> str:
    return NOT_REPORTED if days is None else next(name for most, name in LENGTHS if days <= most)


def _anchor(row: dict[str, Any]) -> str:
    return ANCHORS[None if row["days"] is None else row["anchor"] or "unspecified"]


def _description(rows: Sequence[dict[str, Any]]) -> str:
    sentences = []
    for source in SOURCES.values():
        counts: Counter[str] = Counter()
        for row in rows:
            counts[row["length"]] += row["studies"] * (row["source"] == source)
        if total := sum(counts.values()):
            known = {length: number for length, number in counts.items() if length != NOT_REPORTED and number}
            most = f", most often {max(known, key=lambda k: known[k]).lower()}" if known else ""
            sentences.append(f"{source}: {many(total, 'study', 'studies')}, {counts[NOT_REPORTED]} not reported{most}.")
    return "Bars count studies by length of follow-up. " + " ".join(sentences)


def _plot(rows: Sequence[dict[str, Any]]) -> alt.TopLevelMixin:
    lengths, anchors = [*(name for _, name in LENGTHS), NOT_REPORTED], [*ANCHORS.values()]
    totals: Counter[tuple[str, str]] = Counter()
    for row in rows:
        totals[row["source"], row["length"]] += row["studies"]
    y = alt.Y("length:N", title="Longest follow-up", sort=lengths).scale(domain=lengths)
    x = alt.X("studies:Q", title="Studies", axis=alt.Axis(format="d", tickMinStep=1)).stack("zero")
    bars = alt.Chart().mark_bar(stroke="white", strokeWidth=1.2, height={"band": 0.72})
    bars = bars.encode(
        x=x,
        y=y,
        order="place:Q",
        color=alt.Color("anchor:N", title="Counted", sort=anchors).scale(
            domain=anchors, range=[BLUE, ORANGE, "#a6a6a6", FAINT]
        ),
        tooltip=[
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("length:N", title="Follow-up"),
            alt.Tooltip("anchor:N", title="Counted"),
            alt.Tooltip("studies:Q", title="Studies"),
        ],
    )
    lasts = {(row["source"], row["length"]): row["anchor"] for row in rows}
    ends = alt.Chart().mark_text(align="left", dx=5, fontSize=11, color=GREY).transform_filter("datum.is_last")
    ends = ends.encode(x="total:Q", y=y, text="total:Q")
    stacked = [
        {
            **row,
            "place": anchors.index(row["anchor"]),
            "total": totals[row["source"], row["length"]],
            "is_last": lasts[row["source"], row["length"]] == row["anchor"],
        }
        for row in rows
    ]
    return (
        alt.layer(bars, ends, data=values(stacked))
        .properties(width=228, height=210)
        .facet(column=alt.Column("source:N", title=None, sort=[*SOURCES.values()]), spacing=20)
    )
