"""The printed tables of studies, dosing protocols and durability of effect."""

from __future__ import annotations

import re
from typing import Any, Final

from ketalit.export.report.blocks import Column, Text, text
from ketalit.export.report.citing import Citations
from ketalit.export.report.printed import Printed
from ketalit.export.report.wording import (
    capital,
    coded,
    days,
    frequency,
    listed,
    number,
    or_dash,
    or_why,
    people,
    sample,
    span,
    verbatim,
)


def _study(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    reports = [("ctgov", name) for name in row["nct_ids"]] + [("pubmed", name) for name in row["reports"]]
    mark = "‡" if row["needs_review"] else ""
    return (
        text(f"{citations.name(row['study_id'])}{mark}", citations.cited(reports)),
        or_dash(", ".join(row["registry_ids"])),
        or_dash(capital(coded(row["design"]))),
        or_dash(listed(row["populations"])),
        or_dash(listed(row["drugs"])),
        or_dash(listed(row["routes"])),
        or_dash(listed(row["comparators"])),
        or_dash(sample(row)),
        or_dash(row["sponsor"] or ""),
        or_dash(coded(row["status"])),
    )


STUDIES: Final = Printed(
    view="study_overview",
    title="Included studies",
    rows=(
        "select overview.*, coalesce(reports.pmids, []) as reports, 'registry' as source, '' as source_id"
        " from evidence.study_overview as overview"
        " left join (select study_id, list(source_id order by reported_on, source_id) as pmids"
        " from evidence.study_reports where source = 'pubmed' and is_included and integrity != 'retracted'"
        " group by study_id) as reports using (study_id)"
        " where is_included order by study_id"
    ),
    columns=(
        Column("Study", 16),
        Column("Registry numbers", 15),
        Column("Design", 12),
        Column("Population", 12),
        Column("Drug", 11),
        Column("Route", 9),
        Column("Compared with", 14),
        Column("n", 12),
        Column("Lead sponsor", 14),
        Column("Registry status", 10),
    ),
    cells=_study,
    unit="study",
    left_out="A study is named after its primary report",
    notes=(
        "Count studies and people only where the study has a sample of its own",
        "TRD: treatment-resistant depression. MDD: major depressive disorder",
    ),
)


def _dosing(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    dose = span(row["dose"], row["dose_max"])
    unit = coded(row["dose_unit"])
    sessions = span(row["sessions"], row["sessions_max"])
    upper_only = row["sessions"] is None and row["sessions_max"] is not None
    return (
        citations.study(row),
        or_dash(_arm(row)),
        or_why(coded(row["drug"]), row, "drug_absence"),
        or_why(coded(row["route"]), row, "route_absence"),
        or_why(f"{dose} {unit}" if dose else "", row, "dose_absence"),
        or_why(number(row["infusion_minutes"]), row, "infusion_minutes_absence"),
        or_why(f"up to {sessions}" if upper_only else sessions, row, "sessions_absence"),
        _frequency(row),
        or_why(days(row["course_days"]), row, "course_days_absence"),
        or_why(listed(row["comparators"]), row, "comparators_absence"),
        or_why(sample(row), row, "n_absence"),
    )


def _frequency(row: dict[str, Any]) -> Text:
    """A single dose has no frequency, which is not a gap."""
    if row["per_week"] is None and row["sessions"] == 1:
        return text("single dose")
    return or_why(frequency(row["per_week"]), row, "per_week_absence")


def _arm(row: dict[str, Any]) -> str:
    return ", ".join(part for part in (verbatim(row["arm_label"]), coded(row["phase"])) if part)


DOSING: Final = Printed(
    view="dosing_protocols",
    title="Dosing protocols",
    rows=(
        "select * from evidence.dosing_protocols where is_preferred or integrity = 'retracted'"
        " order by study_id, source, source_id, length(row_id), row_id"
    ),
    columns=(
        Column("Study", 17),
        Column("Arm, phase", 18),
        Column("Drug", 11),
        Column("Route", 10),
        Column("Dose", 13),
        Column("Infusion, min", 8),
        Column("Doses given", 8),
        Column("Frequency", 12),
        Column("Course", 9),
        Column("Compared with", 14),
        Column("n", 13),
    ),
    cells=_dosing,
    unit="regimen",
    left_out="One record speaks for each study here; what its other records state stands in the workbook",
    notes=(
        "Doses stand in the unit of the source and are never converted with an assumed weight",
        "Doses given: those that one patient is planned or stated to get in the phase",
        "n: people of the arm where the source states it, else of the whole sample; the word tells whom it counts",
    ),
)


def _durability(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    outcome = " ".join(part for part in (coded(row["outcome_kind"]) or _unkind(row), coded(row["instrument"])) if part)
    return (
        citations.study(row),
        or_dash(verbatim(row["arm_label"])),
        text(capital(outcome)),
        or_dash(verbatim(row["threshold"])),
        or_dash(coded(row["at_risk"])),
        text(_result(row)),
        or_why(days(row["time_days"]), row, "time_days_absence"),
        or_why(days(row["days_after_last_dose"]), row, "days_after_last_dose_absence"),
        or_dash(coded(row["treatment_status"])),
        or_why(_follow_up(row), row, "follow_up_absence"),
    )


def _unkind(row: dict[str, Any]) -> str:
    return "effect persists" if row["effect_until_days"] is not None else "time to relapse"


def _result(row: dict[str, Any]) -> str:
    """A rate with its numbers, a time to relapse with its limits, or how long the effect was seen."""
    if row["effect_until_days"] is not None:
        return f"until {days(row['effect_until_days'])}"
    if row["value_absence"] == "not reached" or (row["statistic"] and row["time_to_relapse_days"] is not None):
        return _time_to_relapse(row)
    share = f"{number(row['pct'], 1)}%" if row["pct"] is not None else ""
    if row["n"] is not None and row["denominator"] is not None:
        return f"{row['n']:,}/{row['denominator']:,}" + (f" ({share})" if share else "")
    if row["denominator"] is not None and share:
        return f"{share} of {row['denominator']:,}"
    return people(row["n"], row["pct"])


def _time_to_relapse(row: dict[str, Any]) -> str:
    low, high = row["lower_verbatim"], row["upper_verbatim"]
    kind = re.sub("Confidence Interval", "CI", row["dispersion_type"] or "", flags=re.IGNORECASE)
    limits = f" ({kind} {low} to {'not reached' if high == 'NA' else high})" if low and high and kind else ""
    value = row["time_to_relapse_days"]
    reached = days(value) if value is not None else "not reached"
    return f"{coded(row['statistic'])} {reached}{limits}".strip()


def _follow_up(row: dict[str, Any]) -> str:
    if row["follow_up_days"] is None:
        return ""
    anchor = {"first_dose": " from first dose", "last_dose": " from last dose"}.get(row["follow_up_anchor"], "")
    return f"{days(row['follow_up_days'])}{anchor}"


DURABILITY: Final = Printed(
    view="durability_of_effect",
    title="Response, remission and relapse over time",
    rows=(
        "select * from evidence.durability_of_effect"
        " where outcome_kind not in ('score', 'score_change') and (pct is not null or n is not null)"
        " or time_to_relapse_days is not null or value_absence = 'not reached' or effect_until_days is not null"
        " order by study_id, source, source_id, length(row_id), row_id"
    ),
    columns=(
        Column("Study", 17),
        Column("Arm or group", 16),
        Column("Outcome, scale", 13),
        Column("Definition", 16),
        Column("Among", 10),
        Column("Result", 15),
        Column("At", 10),
        Column("After last dose", 10),
        Column("Treatment then", 10),
        Column("Longest follow-up", 13),
    ),
    cells=_durability,
    unit="result",
    left_out="Scores, and records that state no rate, stand in the workbook",
    notes=(
        "Rates in responders or remitters are not rates in all; definitions differ and are never merged",
        "Free of relapse is as stated, never 100% minus a relapse rate",
        "At: when it was counted, as the source counts; a month is 30 days",
        "Registry and abstract stand in rows of their own: the citation tells which",
    ),
)
