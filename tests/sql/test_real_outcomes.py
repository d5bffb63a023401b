"""Outcomes, comparisons and participant flow of real records, counted anew from their JSON.

The records are taken as if each were on topic; the two esketamine trials with posted results are among them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from ketalit.model.document import Document
from ketalit.warehouse.database import Warehouse
from tests.sql.test_real_registrations import document, load, quoted

pytestmark = pytest.mark.corpus

Json = dict[str, Any]
PLANNED = {"primaryOutcomes": "primary", "secondaryOutcomes": "secondary", "otherOutcomes": "other"}
POSTED = {"PRIMARY": "primary", "SECONDARY": "secondary", "OTHER_PRE_SPECIFIED": "other", "POST_HOC": "post_hoc"}
VIEWS = "'durability_of_effect', 'outcome_comparisons', 'outcome_measures', 'participant_flow'"


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Document]:
    folder = shared / "corpus" / "ctgov"
    bodies = chain(
        (folder / "v2_studies.jsonl").read_bytes().splitlines(),
        (path.read_bytes() for path in sorted((folder / "partial").glob("*.json"))),
    )
    return list(map(document, bodies))


@pytest.fixture(scope="module")
def studies(documents: list[Document]) -> dict[str, Json]:
    return {item.source_id: json.loads(item.body) for item in documents}


@pytest.fixture(scope="module")
def warehouse(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.create(tmp_path_factory.mktemp("outcomes") / "new.duckdb") as warehouse:
        load(warehouse, documents)
        warehouse.run_sql()
        yield warehouse


def measures(study: Json) -> list[Json]:
    return list(study.get("resultsSection", {}).get("outcomeMeasuresModule", {}).get("outcomeMeasures", []))


def number(text: str | None) -> float | None:
    """A plain number as the registry writes it: `30,600`, `.05`, `-.90`."""
    plain = (text or "").replace(",", "")
    return float(plain) if re.fullmatch(r"-?\d*\.?\d+", plain) else None


def test_no_audit_finds_an_offender(warehouse: Warehouse) -> None:
    assert "last_dose_not_before_first_dose" in list(warehouse.audit())


def test_every_quote_stands_where_its_pointer_says(warehouse: Warehouse, studies: dict[str, Json]) -> None:
    sources = warehouse.rows(f"from evidence.cell_source where view_name in ({VIEWS})")
    assert len(sources) > 20_000
    assert [row for row in sources if quoted(studies[row["source_id"]], row) != row["quote"]] == []


def test_every_outcome_of_every_protocol_and_results_section_has_its_row(
    warehouse: Warehouse, studies: dict[str, Json]
) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for nct_id, study in studies.items():
        planned = study["protocolSection"].get("outcomesModule", {})
        for name, kind in PLANNED.items():
            for outcome in planned.get(name, []):
                expected[nct_id, False, kind, outcome["measure"], outcome.get("timeFrame")] += 1
        for outcome in measures(study):
            expected[nct_id, True, POSTED[outcome["type"]], outcome["title"], outcome.get("timeFrame")] += 1
    columns = "nct_id", "is_posted", "outcome_type", "outcome_title", "time_frame"
    rows = warehouse.rows("from evidence.outcome_measures where outcome_absence is null")
    assert expected == Counter(tuple(row[column] for column in columns) for row in rows)


def test_every_posted_comparison_has_its_row_with_its_numbers(warehouse: Warehouse, studies: dict[str, Json]) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for nct_id, study in studies.items():
        for outcome in measures(study):
            for analysis in outcome.get("analyses", []):
                stated = (analysis.get(name) for name in ("paramValue", "ciLowerLimit", "ciUpperLimit"))
                expected[nct_id, outcome["title"], analysis.get("pValue"), *map(number, stated)] += 1
    columns = "nct_id", "outcome_title", "p_value_verbatim", "effect", "ci_lower", "ci_upper"
    rows = warehouse.rows("from evidence.outcome_comparisons")
    assert expected == Counter(tuple(row[column] for column in columns) for row in rows)


def test_bounds_of_p_values_are_told_from_values(warehouse: Warehouse) -> None:
    rows = warehouse.rows("from evidence.outcome_comparisons where p_value is not null")
    expected = [row["p_value_verbatim"].lstrip("< >=") for row in rows]
    assert [row["p_value"] for row in rows] == [number(text) for text in expected]
    assert {row["p_value_bound"] for row in rows if "<" in row["p_value_verbatim"]} == {"<"}
    assert {row["p_value_bound"] for row in rows if row["p_value_verbatim"][0].isdigit()} == {None}


def test_started_completed_and_left_are_those_that_the_registry_posts(
    warehouse: Warehouse, studies: dict[str, Json]
) -> None:
    expected: dict[tuple[str, int, str], dict[str, float | None]] = {}
    for nct_id, study in studies.items():
        periods = study.get("resultsSection", {}).get("participantFlowModule", {}).get("periods", [])
        for place, period in enumerate(periods, 1):
            for milestone in period["milestones"]:
                for stat in milestone["achievements"]:
                    counts = expected.setdefault((nct_id, place, stat["groupId"]), {})
                    counts[milestone["type"]] = number(stat.get("numSubjects"))
            for reason in period.get("dropWithdraws", []):
                for stat in reason["reasons"]:
                    counts = expected[nct_id, place, stat["groupId"]]
                    counts["left"] = (counts.get("left") or 0) + (number(stat.get("numSubjects")) or 0)
    assert len(expected) > 90
    rows = warehouse.rows("from evidence.participant_flow where flow_absence is null")
    found = {(row["nct_id"], row["period_number"], row["arm_id"]): row for row in rows}
    assert found.keys() == expected.keys()
    for key, counts in expected.items():
        row = found[key]
        left = [row[name] for name in row if name.startswith("n_left_") and row[name] is not None]
        assert (row["n_started"], row["n_completed"], row["n_not_completed"]) == (
            counts.get("STARTED"), counts.get("COMPLETED"), counts.get("NOT COMPLETED"),
        )  # fmt: skip
        assert sum(left) == (counts.get("left") or 0)


def test_started_is_completed_and_not_completed_or_the_row_says_why_not(warehouse: Warehouse) -> None:
    rows = warehouse.rows("from evidence.participant_flow where flow_absence is null")
    for row in rows:
        counts = row["n_started"], row["n_completed"], row["n_not_completed"]
        adds_up = None not in counts and counts[0] == counts[1] + counts[2]
        assert (row["balance_status"] == "adds up") == adds_up
        assert row["balance_status"]


def test_every_mean_of_a_depression_scale_is_a_row_with_its_dispersion_and_number(
    warehouse: Warehouse, studies: dict[str, Json]
) -> None:
    named = re.compile(r"MADRS|HAM-D\b|PHQ-[89]|EPDS", re.IGNORECASE)
    expected = Counter(
        (nct_id, outcome["title"], block.get("title"), cell["value"], number(cell.get("spread")))
        for nct_id, study in studies.items()
        for outcome in measures(study)
        if named.search(outcome["title"]) and outcome.get("paramType") in ("MEAN", "LEAST_SQUARES_MEAN")
        for block in outcome["classes"]
        for category in block["categories"]
        for cell in category["measurements"]
    )
    columns = "nct_id", "outcome_title", "row_heading", "value_verbatim", "dispersion"
    rows = warehouse.rows("from evidence.durability_of_effect where outcome_kind in ('score', 'score_change')")
    found = Counter(tuple(row[column] for column in columns) for row in rows)
    assert sum(expected.values()) > 20
    assert expected <= found


# Two esketamine trials; the figures are those of their registry pages.


def shown(warehouse: Warehouse, nct_id: str, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    rows = warehouse.rows("from evidence.durability_of_effect")
    return [
        tuple(row[column] for column in columns)
        for row in rows
        if (row["nct_id"], row["outcome_kind"]) == (nct_id, kind)
    ]


def test_changes_in_madrs_in_transform_2(warehouse: Warehouse) -> None:
    found = shown(warehouse, "NCT02418585", "score_change", "value", "dispersion", "denominator", "treatment_status")
    assert found == [
        (-21.4, 12.32, 101, "on_drug"),
        (-17.0, 13.88, 100, "on_drug"),
        (-19.6, 13.58, 112, "on_drug"),
        (-16.3, 14.24, 109, "on_drug"),
    ]


def test_relapse_in_the_dose_finding_trial_was_drug_free_with_a_limit_that_was_not_reached(
    warehouse: Warehouse,
) -> None:
    columns = "days_after_last_dose", "lower_limit", "upper_limit", "limits_absence", "treatment_status"
    assert shown(warehouse, "NCT02918318", "relapse", *columns) == [
        (32, 13, 44, None, "drug_free"),
        (26, 9, 121, None, "drug_free"),
        (79.5, 16, 108, None, "drug_free"),
        (91, 22, None, "not reached", "drug_free"),
    ]
