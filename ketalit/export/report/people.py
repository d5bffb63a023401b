"""The printed tables of who took part, who could, and who is represented."""

from __future__ import annotations

from typing import Any, Final

from ketalit.export.facts import Facts
from ketalit.export.presentation import presented
from ketalit.export.report.blocks import Column, Row, Table, Text, text
from ketalit.export.report.citing import Citations
from ketalit.export.report.printed import Printed
from ketalit.export.report.wording import (
    capital,
    coded,
    listed,
    number,
    or_dash,
    or_why,
    people,
    sample,
    span,
    verbatim,
)
from ketalit.warehouse import Reader

REPORTED: Final = " or ".join(
    f"{item}_status = 'reported'" for item in ("age", "sex", "race", "ethnicity", "severity", "failed_treatments")
)


def _demographics(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    return (
        citations.study(row),
        text(coded(row["source"])),
        or_why(sample(row), row, "n_absence"),
        or_why(_age(row), row, "age_status"),
        or_why(people(row["n_female"], row["pct_female"]), row, "sex_status"),
        *(or_why(_share(row, race), row, "race_status") for race in ("white", "black", "asian")),
        or_why(_share(row, "hispanic"), row, "ethnicity_status"),
        or_why(listed_as_written(row["countries"]), row, "country_status"),
        or_why(_severity(row), row, "severity_status"),
        or_why(_failed(row), row, "failed_treatments_status"),
    )


def listed_as_written(values: Any) -> str:
    """Countries as the record writes them."""
    return ", ".join(verbatim(value) for value in values or ())


def _age(row: dict[str, Any]) -> str:
    """`44.9 (12.1)`, `median 46 (IQR 35–54)`, `18–64`."""
    if row["age_mean"] is not None:
        return f"{number(row['age_mean'])} ({number(row['age_sd'])})" if row["age_sd"] else number(row["age_mean"])
    if row["age_median"] is not None:
        quartiles = span(row["age_q1"], row["age_q3"])
        return f"median {number(row['age_median'])}" + (f" (IQR {quartiles})" if quartiles else "")
    if row["age_min"] is not None or row["age_max"] is not None:
        return f"range {span(row['age_min'], row['age_max'])}"
    groups = ("n_age_under_18", "n_age_18_to_64", "n_age_65_and_over")
    return "by group" if any(row[group] is not None for group in groups) else ""


def _share(row: dict[str, Any], name: str) -> str:
    return people(row[f"n_{name}"], row[f"pct_{name}"])


def _severity(row: dict[str, Any]) -> str:
    scale = coded(row["baseline_scale"])
    if row["baseline_score_mean"] is not None:
        spread = f" ({number(row['baseline_score_sd'])})" if row["baseline_score_sd"] is not None else ""
        return f"{scale} {number(row['baseline_score_mean'])}{spread}"
    if row["baseline_score_median"] is not None:
        return f"{scale} median {number(row['baseline_score_median'])}"
    return ""


def _failed(row: dict[str, Any]) -> str:
    if row["failed_treatments_mean"] is not None:
        return f"mean {number(row['failed_treatments_mean'])}"
    if row["failed_treatments_median"] is not None:
        return f"median {number(row['failed_treatments_median'])}"
    if row["failed_treatments_min"] is not None:
        return f"at least {number(row['failed_treatments_min'])}"
    return "by group" if row["failed_treatments_groups"] else ""


DEMOGRAPHICS: Final = Printed(
    view="trial_demographics",
    title="Who took part",
    rows=(
        f"select * from evidence.trial_demographics where is_total and ({REPORTED})"  # noqa: S608 – no text of others
        " order by study_id, source, source_id, length(row_id), row_id"
    ),
    columns=(
        Column("Study", 17),
        Column("Source", 9),
        Column("n", 12),
        Column("Age, years: mean (SD)", 12),
        Column("Women, n (%)", 11),
        Column("White, n (%)", 11),
        Column("Black, n (%)", 10),
        Column("Asian, n (%)", 10),
        Column("Hispanic, n (%)", 10),
        Column("Countries", 12),
        Column("Baseline severity: mean (SD)", 12),
        Column("Failed treatments", 10),
    ),
    cells=_demographics,
    unit="sample",
    left_out="Whole samples only; records that report none of these, and all other columns, stand in the workbook",
    notes=(
        "SD: standard deviation. IQR: interquartile range",
        "Registry and abstract of a study stand in rows of their own and are never to be added up",
    ),
)

CONDITIONS: Final = (
    "psychosis",
    "bipolar",
    "substance_use",
    "uncontrolled_hypertension",
    "pregnancy",
    "prior_ketamine",
)


def _selection(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    watched = number(row["observation_minutes"])
    return (
        citations.study(row),
        text(coded(row["source"])),
        _ages(row),
        or_why(number(row["failed_treatments_min"]), row, "failed_treatments_min_absence"),
        *(or_dash(coded(row[condition])) for condition in CONDITIONS),
        or_why(watched, row, "observation_minutes_absence"),
        or_why(listed(row["monitoring"]), row, "monitoring_absence"),
    )


def _ages(row: dict[str, Any]) -> Text:
    if row["age_min"] is None and row["age_max"] is None:
        return or_why("", row, "age_max_absence")
    if row["age_max"] is None:
        return text(f"{number(row['age_min'])} and over")
    return text(span(row["age_min"], row["age_max"]))


SELECTION: Final = Printed(
    view="patient_selection",
    title="Who could take part, and how people were watched",
    rows=(
        "select * from evidence.patient_selection"
        " where coalesce(psychosis, bipolar, substance_use, uncontrolled_hypertension, pregnancy, prior_ketamine)"
        " is not null or failed_treatments_min is not null or observation_minutes is not null or len(monitoring) > 0"
        " order by study_id, source, source_id, length(row_id), row_id"
    ),
    columns=(
        Column("Study", 17),
        Column("Source", 9),
        Column("Ages, years", 9),
        Column("Failed treatments, at least", 9),
        Column("Psychosis", 9),
        Column("Bipolar disorder", 9),
        Column("Substance use", 9),
        Column("Hypertension", 10),
        Column("Pregnancy", 9),
        Column("Earlier ketamine", 9),
        Column("Observed, min", 9),
        Column("Monitored", 12),
    ),
    cells=_selection,
    unit="record",
    left_out="Records that state none of these beyond age stand in the workbook",
    notes=("A dash under a condition means that the criteria do not name it, which never means that it is allowed",),
)


def representation_table(reader: Reader, facts: Facts) -> Table:
    """How many studies report age, sex, race and ethnicity, and the pooled shares beside the census."""
    found = reader.rows(
        "select * exclude (reporting_study_ids, pooled_study_ids) from evidence.representation"
        " where dimension = 'overall'"
    )
    return Table(
        name="representation",
        caption=f"Who is represented (all {_asked(found)} studies that could say)",
        head=facts.short_head,
        columns=(
            Column("Item", 10),
            Column("Category", 26),
            Column("Studies reporting, n (%)", 14, is_number=True),
            Column("Studies pooled, n", 12, is_number=True),
            Column("People, n/N known (%)", 16, is_number=True),
            Column("US census 2020, %", 12, is_number=True),
            Column("Ratio to census", 10, is_number=True),
        ),
        rows=tuple(Row(cells=_represented(row)) for row in found),
        notes=(*presented("representation").notes, "By year, drug, route, sponsor and country: in the workbook."),
    )


def _asked(found: list[dict[str, Any]]) -> int:
    return max((row["n_studies"] for row in found), default=0)


def _represented(row: dict[str, Any]) -> tuple[Text, ...]:
    share = row["pct_of_known"] if row["pct_of_known"] is not None else row["pct_of_people"]
    whole = row["n_known"] if row["pct_of_known"] is not None else row["n_people"]
    counted = f"{row['n_in_category']:,}/{whole:,} ({number(share, 1)}%)" if row["n_in_category"] is not None else ""
    return (
        text(capital(coded(row["item"]))),
        text(capital(coded(row["category"]))),
        text(people(row["n_studies_reporting"], row["pct_studies_reporting"])),
        text(f"{row['n_studies_pooled']:,}"),
        or_dash(counted),
        or_dash(number(row["reference_pct"], 1)),
        or_dash(number(row["participation_to_prevalence_ratio"], 2)),
    )
