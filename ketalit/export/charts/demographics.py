"""Who took part, beside who lives in the country whose census is the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ketalit.export.charts.figure import BLUE, GREY, VERMILION, Figure, figure, values
from ketalit.export.charts.labels import many
from ketalit.warehouse import Reader

ITEMS: Final = {"sex": "Sex", "age": "Age", "race": "Race", "ethnicity": "Ethnicity"}
CATEGORIES: Final = {
    "female": "Women",
    "male": "Men",
    "other_gender": "Another gender",
    "under_18": "Under 18 years",
    "18_to_64": "18–64 years",
    "65_and_over": "65 years and over",
    "white": "White",
    "black": "Black or African American",
    "asian": "Asian",
    "american_indian": "American Indian or Alaska Native",
    "pacific_islander": "Native Hawaiian or Pacific Islander",
    "multiple_races": "More than one race",
    "other_race": "Some other race",
    "hispanic": "Hispanic or Latino",
    "not_hispanic": "Not Hispanic or Latino",
}
ENOUGH: Final = 50
"""People from whom on a ratio is written into the drawing: of fewer it says little."""
PARTICIPANTS, REFERENCE = "Participants", "US population, census of 1 April 2020"

_SHARES: Final = """
    select
        item, category, n_studies, n_studies_reporting, n_studies_pooled, n_people, n_known, n_in_category,
        pct_of_known, reference_pct, participation_to_prevalence_ratio as ratio
    from evidence.representation
    where dimension = 'overall' and not starts_with(category, 'unknown')
"""


def demographics_and_reference(reader: Reader) -> Figure:
    """Pooled shares of age, sex, race and ethnicity beside the reference population."""
    found = [row for row in reader.rows(_SHARES) if row["pct_of_known"] is not None]
    items, categories = [*ITEMS], [*CATEGORIES]
    found.sort(key=lambda row: (items.index(row["item"]), categories.index(row["category"])))
    return figure(
        name="demographics",
        title="Who took part, beside the US population",
        counted=_counted(found),
        description=_description(found),
        headings=(
            "Item",
            "Category",
            "Participants, n",
            "of known, n",
            "Participants, %",
            "US population, %",
            "Participation-to-prevalence ratio",
            "Studies pooled",
            "Studies reporting",
        ),
        rows=[
            [
                ITEMS[row["item"]],
                CATEGORIES[row["category"]],
                row["n_in_category"],
                row["n_known"],
                row["pct_of_known"],
                row["reference_pct"],
                row["ratio"],
                row["n_studies_pooled"],
                row["n_studies_reporting"],
            ]
            for row in found
        ],
        plot=_plot(found),
    )


def _counted(rows: Sequence[dict[str, Any]]) -> str:
    of_items = {row["item"]: row for row in rows}
    pooled = "; ".join(
        f"{ITEMS[item].lower()} {row['n_studies_pooled']:,} ({row['n_known']:,} people)"
        for item, row in of_items.items()
    )
    studies = next((row["n_studies"] for row in rows), 0)
    return (
        f"Of {many(studies, 'study', 'studies')} that could report it, these count everyone, so that their tables "
        f"can be added up: {pooled or 'none'}. Left out: tables with percentages only, people of unknown category, "
        "secondary and retracted reports, and reports whose inclusion a person has yet to check. Ratio: share of "
        f"participants over share of the population, from {ENOUGH} people on. The reference is everybody "
        "who lives in the US, not people with depression; trials elsewhere have another one."
    )


def _description(rows: Sequence[dict[str, Any]]) -> str:
    shares = [
        f"{CATEGORIES[row['category']]} {row['pct_of_known']:.0f} %"
        + (f" (population {row['reference_pct']:.0f} %)" if row["reference_pct"] is not None else "")
        for row in rows
    ]
    return f"Dots compare shares of participants with the US census of 2020: {', '.join(shares)}."


def _plot(rows: Sequence[dict[str, Any]]) -> alt.TopLevelMixin:
    marks = [PARTICIPANTS, REFERENCE]
    shape = alt.Shape("mark:N", title=None, sort=marks).scale(domain=marks, range=["circle", "diamond"])
    color = alt.Color("mark:N", title=None, sort=marks).scale(domain=marks, range=[BLUE, VERMILION])
    panels = []
    for item, title in ITEMS.items():
        of_item = [_words(row) for row in rows if row["item"] == item]
        if not of_item:
            continue
        names = [row["category"] for row in of_item]
        y = alt.Y("category:N", title=None, sort=names, axis=alt.Axis(minExtent=205))
        is_last = item == rows[-1]["item"]
        points = [
            {**row, "mark": mark, "pct": row[key]}
            for row in of_item
            for mark, key in ((PARTICIPANTS, "part"), (REFERENCE, "reference"))
            if row[key] is not None
        ]
        base = alt.Chart(values(of_item))
        panels.append(
            alt.layer(
                base.mark_rule(color="#bdbdbd", strokeWidth=2).encode(x="part:Q", x2="reference:Q", y=y),
                alt.Chart(values(points))
                .mark_point(filled=True, size=80, opacity=1)
                .encode(
                    x=_shares(is_last),
                    y=y,
                    shape=shape,
                    color=color,
                    tooltip=[
                        alt.Tooltip("category:N", title=title),
                        alt.Tooltip("mark:N", title="Of"),
                        alt.Tooltip("pct:Q", title="%", format=".1f"),
                        alt.Tooltip("n:N", title="Participants"),
                        alt.Tooltip("ratio:Q", title="Participation-to-prevalence ratio"),
                    ],
                ),
                base.mark_text(align="left", fontSize=11, color=GREY).encode(x=alt.value(312), y=y, text="words:N"),
            ).properties(
                title=alt.Title(title, fontSize=12, anchor="start", frame="group", offset=4),
                width=300,
                height=alt.Step(20),
            )
        )
    return alt.vconcat(*panels, spacing=8).resolve_scale(x="shared") if panels else alt.vconcat()


def _shares(is_last: bool) -> alt.X:
    """The axis of every panel; written out once, under the last."""
    axis = alt.Axis(labels=is_last, ticks=is_last)
    title = "Share of people whose category is known (%)" if is_last else None
    return alt.X("pct:Q", title=title, axis=axis).scale(domain=[0, 100], nice=False)


def _words(row: dict[str, Any]) -> dict[str, Any]:
    ratio = f", ratio {row['ratio']:.2f}" if row["ratio"] is not None and row["n_known"] >= ENOUGH else ""
    return {
        "category": CATEGORIES[row["category"]],
        "part": row["pct_of_known"],
        "reference": row["reference_pct"],
        "n": f"{row['n_in_category']:,} of {row['n_known']:,}",
        "ratio": row["ratio"],
        "words": f"{row['n_in_category']:,} of {row['n_known']:,}{ratio}",
    }
