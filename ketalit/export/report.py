"""One HTML page with the search, the counts and the evidence tables; it needs no network and runs no script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from ketalit.export.cells import plain
from ketalit.warehouse import Reader

PUBMED_ID: Final = re.compile(r"\d{1,8}")
NCT_ID: Final = re.compile(r"NCT\d{8}")

ABSENT: Final = frozenset(
    {"not reported", "not understood", "partly understood", "not posted", "not collected", "not applicable"}
)


class Column(Struct, frozen=True):
    """One column of the report: the view's column, its heading, and the column that says why a cell is empty."""

    name: str
    heading: str
    absence: str | None = None


class ReportTable(Struct, frozen=True):
    """One table of the report."""

    view: str
    title: str
    columns: tuple[Column, ...]


TABLES: Final = (
    ReportTable(
        view="dosing_protocols",
        title="Dosing protocols",
        columns=(
            Column("arm_label", "Arm"),
            Column("drug", "Drug", "drug_absence"),
            Column("route", "Route", "route_absence"),
            Column("dose", "Dose", "dose_absence"),
            Column("dose_max", "to"),
            Column("dose_unit", "Unit"),
            Column("infusion_minutes", "Infusion, min", "infusion_minutes_absence"),
            Column("sessions", "Sessions", "sessions_absence"),
            Column("sessions_max", "at most"),
            Column("per_week", "A week", "per_week_absence"),
            Column("course_days", "Course, days", "course_days_absence"),
            Column("phase", "Phase"),
            Column("comparators", "Compared with", "comparators_absence"),
            Column("n", "n", "n_absence"),
            Column("n_basis", "n counts"),
        ),
    ),
    ReportTable(
        view="durability_of_effect",
        title="Durability of effect",
        columns=(
            Column("arm_label", "Arm"),
            Column("outcome_kind", "Outcome", "rates_absence"),
            Column("outcome_title", "Outcome as posted"),
            Column("row_heading", "Row"),
            Column("threshold", "Definition"),
            Column("at_risk", "Among"),
            Column("pct", "%"),
            Column("n", "n"),
            Column("denominator", "of"),
            Column("time_days", "At day", "time_days_absence"),
            Column("time_frame", "Time frame"),
            Column("time_anchor", "from"),
            Column("time_to_relapse_days", "Time to relapse, days"),
            Column("statistic", "Statistic"),
            Column("effect_until_days", "Effect until day"),
            Column("value_verbatim", "As posted"),
            Column("follow_up_days", "Follow-up, days", "follow_up_absence"),
            Column("follow_up_anchor", "counted from"),
        ),
    ),
    ReportTable(
        view="trial_demographics",
        title="Trial demographics",
        columns=(
            Column("arm_label", "Group"),
            Column("n", "n", "n_absence"),
            Column("n_basis", "n counts"),
            Column("age_mean", "Age, mean", "age_status"),
            Column("age_sd", "SD"),
            Column("age_median", "median"),
            Column("age_min", "from"),
            Column("age_max", "to"),
            Column("n_female", "Women, n", "sex_status"),
            Column("pct_female", "%"),
            Column("pct_white", "White, %", "race_status"),
            Column("pct_black", "Black, %"),
            Column("pct_asian", "Asian, %"),
            Column("pct_race_unknown", "Race unknown, %"),
            Column("pct_hispanic", "Hispanic, %", "ethnicity_status"),
            Column("baseline_scale", "Scale"),
            Column("baseline_score_mean", "Baseline mean"),
            Column("failed_treatments_min", "Failed treatments, at least"),
        ),
    ),
)

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ketalit.export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render_report(reader: Reader, release_id: str) -> str:
    """The report of a release as one HTML page."""
    quotes = _quotes(reader)
    return _ENVIRONMENT.get_template("report.html").render(
        release_id=release_id,
        is_replayed=_is_replayed(reader),
        runs=reader.rows("select * from core.run order by run_id"),
        queries=_latest_queries(reader),
        unobtained=reader.rows("select * from core.unobtained_document order by run_id, source_id"),
        decisions=_decisions(reader),
        studies=_study_counts(reader),
        tables=[_filled(reader, table, quotes) for table in TABLES],
        plain=plain,
        cited=_cited,
    )


def _is_replayed(reader: Reader) -> bool:
    """Whether a server on this machine stood in for the services."""
    (found,) = reader.rows(
        "select coalesce(bool_or(regexp_matches(request, '^https?://(127\\.0\\.0\\.1|localhost)')), false) as yes"
        " from core.document"
    )
    return bool(found["yes"])


def _latest_queries(reader: Reader) -> list[dict[str, Any]]:
    """The queries of the last refresh of each source: what the search is now."""
    return reader.rows(
        "select run.source, query.* from core.query join core.run using (run_id)"
        " where run_id in (select max(run_id) from core.run where kind = 'refresh' group by source)"
        " order by run_id, ordinal"
    )


def _decisions(reader: Reader) -> list[dict[str, Any]]:
    return reader.rows(
        "select source, decision, reason, count(*) as documents from evidence.screening"
        " group by all order by source, decision, documents desc, reason"
    )


def _study_counts(reader: Reader) -> dict[str, Any]:
    (counts,) = reader.rows(
        "select count(*) as studies, count(*) filter (is_included) as included,"
        " count(*) filter (is_included and is_own_sample) as own_samples,"
        " count(*) filter (needs_review) as to_review, count(*) filter (n_retracted > 0) as with_retraction"
        " from evidence.study_overview"
    )
    return counts


def _quotes(reader: Reader) -> Mapping[str, list[dict[str, Any]]]:
    """Row id → what stands behind its cells."""
    quotes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for cell in reader.rows(
        "select row_id, column_name, quote, field, is_derived from evidence.cell_source"
        " order by row_id, column_name, ordinal, field, span_start, quote"
    ):
        quotes[cell["row_id"]].append(cell)
    return quotes


def _filled(reader: Reader, table: ReportTable, quotes: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
    rows = reader.rows(f"select * from evidence.{table.view}")  # noqa: S608 - a name of our own
    return {
        "view": table.view,
        "title": table.title,
        "headings": [column.heading for column in table.columns],
        "rows": [
            {
                "study_id": row["study_id"],
                "source": row["source"],
                "source_id": row["source_id"],
                "integrity": row["integrity"],
                "needs_review": row["needs_review"],
                "cells": [_cell(row, column) for column in table.columns],
                "quotes": quotes.get(row["row_id"], ()),
            }
            for row in rows
        ],
    }


def _cell(row: Mapping[str, Any], column: Column) -> dict[str, Any]:
    """A cell's text, or why it has none."""
    text = plain(row[column.name])
    absence = row[column.absence] if column.absence and not text else None
    return {"text": text, "absence": absence if absence in ABSENT else None}


def _cited(source_id: str) -> Markup:
    """A PMID or registry id as a link to its record; anything else as text."""
    if PUBMED_ID.fullmatch(source_id):
        return Markup('<a href="https://pubmed.ncbi.nlm.nih.gov/{0}/">PMID {0}</a>').format(source_id)
    if NCT_ID.fullmatch(source_id):
        return Markup('<a href="https://clinicaltrials.gov/study/{0}">{0}</a>').format(source_id)
    return Markup("{}").format(source_id)
