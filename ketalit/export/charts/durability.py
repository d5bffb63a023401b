"""How many responded, remitted or relapsed, by the time since the last dose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts.figure import BLUE, GREY, VERMILION, Figure, figure, values
from ketalit.export.charts.labels import left_out, many
from ketalit.warehouse import Reader

KINDS: Final = {
    "response": "Response",
    "remission": "Remission",
    "relapse": "Relapse",
    "relapse_free": "Free of relapse",
    "sustained_response": "Sustained response",
    "sustained_remission": "Sustained remission",
}
"""Kinds of rates, each in a panel of its own: those who stayed free of relapse are never turned into a relapse rate."""
GROUPS: Final = {
    "Ketamine, esketamine or arketamine": (BLUE, "circle"),
    "Comparator": (VERMILION, "square"),
    "Group not stated": (GREY, "diamond"),
}
HOUR: Final = 1 / 24
TIMES: Final = {HOUR: "1 h", 1: "1 d", 7: "1 wk", 28: "4 wk", 365: "1 y"}
"""Days at which the axis has a tick, and what it says there."""

_RATES: Final = """
    select distinct
        durability.study_id,
        durability.outcome_kind as kind,
        case
            when regexp_matches(durability.arm_label, '(?i)\\bvs\\b|versus|\\bnot\\b') then 'Group not stated'
            when ref.drug_in(durability.arm_label) is not null then 'Ketamine, esketamine or arketamine'
            when regexp_matches(
                durability.arm_label,
                '(?i)placebo|saline|midazolam|control|sham|quetiapine|fentanyl|\\bect\\b|waitlist|usual|standard'
            ) then 'Comparator'
            else 'Group not stated'
        end as people,
        durability.at_risk in ('responders', 'remitters') as is_among_responders,
        durability.at_risk,
        durability.threshold,
        round(durability.pct, 1) as pct,
        durability.n,
        durability.denominator,
        durability.days_after_last_dose as days
    from evidence.durability_of_effect as durability
    join evidence.study_overview as overview using (study_id)
    where durability.pct is not null and durability.integrity != 'retracted' and not durability.needs_review
        and overview.is_own_sample and not overview.needs_review
    order by all
"""
_RETRACTED: Final = """
    select count(*) filter (integrity = 'retracted') as retracted, count(*) filter (needs_review) as doubtful
    from evidence.durability_of_effect
    where pct is not null
"""


def effect_since_last_dose(reader: Reader) -> Figure:
    """Each stated rate whose time since the last dose is known."""
    rates = reader.rows(_RATES)
    (without,) = reader.rows(_RETRACTED)
    kinds, groups = [*KINDS], [*GROUPS]
    drawn = [rate for rate in rates if rate["days"] is not None and rate["kind"] in KINDS]
    drawn.sort(key=lambda r: (kinds.index(r["kind"]), r["days"], groups.index(r["people"]), r["study_id"], r["pct"]))
    studies = {rate["study_id"] for rate in drawn}
    return figure(
        name="effect-since-last-dose",
        title="Response, remission and relapse by time since the last dose",
        counted=(
            f"{many(len(drawn), 'rate')} from {many(len(studies), 'study', 'studies')}, as abstracts and the registry "
            "state them. Definitions differ between studies, so no line joins them. Hollow marks: counted in "
            "responders or remitters only. "
            + left_out(
                (len(rates) - len(drawn), "on treatment or without a time since the last dose"),
                (without["retracted"], "retracted"),
                (without["doubtful"], "from reports whose inclusion a person has yet to check"),
            )
        ),
        description=_description(drawn),
        headings=("Outcome", "Study", "Group", "Counted in", "Definition", "Days since last dose", "%", "n", "of"),
        rows=[
            [
                KINDS[rate["kind"]],
                rate["study_id"],
                rate["people"],
                rate["at_risk"] or "not reported",
                rate["threshold"] or "not reported",
                rate["days"],
                rate["pct"],
                rate["n"],
                rate["denominator"],
            ]
            for rate in drawn
        ],
        plot=_plot(drawn),
    )


def _description(rates: Sequence[dict[str, Any]]) -> str:
    parts = []
    for kind, name in KINDS.items():
        found = [rate for rate in rates if rate["kind"] == kind]
        if found:
            least, most = min(rate["pct"] for rate in found), max(rate["pct"] for rate in found)
            last = max(rate["days"] for rate in found)
            parts.append(
                f"{name}: {many(len(found), 'rate')} from {least:g} to {most:g} %, the latest at {last:g} days"
            )
    return f"Marks of rates in per cent by days since the last dose. {'; '.join(parts)}."


def _plot(rates: Sequence[dict[str, Any]]) -> alt.TopLevelMixin:
    kinds = [name for kind, name in KINDS.items() if any(rate["kind"] == kind for rate in rates)]
    groups = [*GROUPS]
    colours, shapes = zip(*GROUPS.values(), strict=True)
    shown = [
        {
            **rate,
            "kind": KINDS[rate["kind"]],
            "at": max(rate["days"], HOUR),
            "of": f"{rate['n']} of {rate['denominator']}" if rate["n"] and rate["denominator"] else "not reported",
        }
        for rate in rates
    ]
    axis = alt.Axis(values=[*TIMES], labelExpr=_labels(TIMES), labelFlush=True, labelOverlap=False)
    marks = alt.Chart().encode(
        x=alt.X("at:Q", title=None, axis=axis).scale(type="log", domain=[HOUR * 0.8, 450], nice=False),
        y=alt.Y("pct:Q", title="People (%)").scale(domain=[0, 100], nice=False),
        color=alt.Color("people:N", title="Group", sort=groups).scale(domain=groups, range=[*colours]),
        shape=alt.Shape("people:N", title="Group", sort=groups).scale(domain=groups, range=[*shapes]),
        tooltip=[
            alt.Tooltip("study_id:N", title="Study"),
            alt.Tooltip("kind:N", title="Outcome"),
            alt.Tooltip("people:N", title="Group"),
            alt.Tooltip("at_risk:N", title="Counted in"),
            alt.Tooltip("threshold:N", title="Definition"),
            alt.Tooltip("days:Q", title="Days since last dose", format="~g"),
            alt.Tooltip("pct:Q", title="%"),
            alt.Tooltip("of:N", title="People"),
        ],
    )
    in_all = marks.mark_point(filled=True, size=70, opacity=0.8).transform_filter("!datum.is_among_responders")
    in_some = marks.mark_point(filled=False, size=60, strokeWidth=1.8).transform_filter("datum.is_among_responders")
    layered = alt.layer(in_all, in_some, data=values(shown))
    header = alt.Header(titleOrient="bottom", titleFontWeight="normal", titleFontSize=12, titlePadding=6)
    column = alt.Column("kind:N", title="Time since the last dose (logarithmic)", sort=kinds, header=header)
    width = min(290, 600 // max(len(kinds), 1) - 18)
    return layered.properties(width=width, height=230).facet(column=column, spacing=18)


def _labels(names: Mapping[float, str]) -> str:
    """The words of an axis, as an expression of Vega."""
    cases = "".join(f"datum.value < {1.01 * value} ? '{name}' : " for value, name in names.items())
    return f"{cases}''"
