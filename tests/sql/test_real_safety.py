"""evidence.safety over real records of the registry, taken as if each were on topic.

What is expected is computed anew from the JSON here, without our parser and SQL. The groups of all posted terms are
listed, so that a change of the wordings shows what it moves.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ketalit.warehouse.database import Warehouse
from tests.sql.test_real_registrations import document, load

pytestmark = pytest.mark.corpus

Study = dict[str, Any]
Row = dict[str, Any]

EXPECTED: dict[str, set[str]] = {
    "abuse_or_misuse": {
        "accidental overdose", "alcohol abuse", "alcohol poisoning", "drug abuse", "overdose",
    },
    "blood_pressure": {
        "accelerated hypertension", "blood pressure fluctuation", "blood pressure increased",
        "blood pressure orthostatic decreased", "essential hypertension", "hypertension", "hypertensive crisis",
        "hypertensive emergency", "hypertensive encephalopathy", "hypertensive heart disease",
        "hypertensive nephropathy", "hypertensive urgency", "hypotension", "labile hypertension",
        "malignant hypertension", "orthostatic hypotension", "systolic hypertension",
    },
    "cognition": {
        "alcohol induced persisting dementia", "amnesia", "cognitive disorder", "cognitive disturbance", "confusion",
        "confusional state", "delirium", "dementia", "dementia alzheimer's type", "dementia with lewy bodies",
        "disorientation", "memory impairment", "mental status changes", "postoperative delirium",
    },
    "death": {
        "accidental death", "death", "death nos", "sudden cardiac death", "sudden death",
    },
    "mania_or_psychosis": {
        "bipolar disorder", "delusional disorder, unspecified type", "hallucination", "mania",
    },
    "nausea_or_dizziness": {
        "dizziness", "dizziness postural", "lightheadedness", "nausea", "presyncope", "procedural nausea", "vertigo",
        "vertigo cns origin", "vertigo positional", "vomiting",
    },
    "sedation": {
        "altered state of consciousness", "coma", "decrease level of consciousness",
        "depressed level of consciousness", "lethargy", "loss of consciousness", "somnolence",
    },
    "suicidality": {
        "completed suicide", "hanging", "intentional overdose", "non-suicidal self-injury ideation",
        "poisoning deliberate", "suicidal behaviour", "suicidal ideation", "suicide attempt", "suicide threat",
    },
    "urinary": {
        "bladder infection", "bladder outlet obstruction", "blood urine present", "cystitis", "cystitis bacterial",
        "cystitis haemorrhagic", "cystitis noninfective", "cystitis radiation", "cystitis ulcerative", "dysuria",
        "emphysematous cystitis", "escherichia urinary tract infection", "genitourinary tract infection",
        "haematuria", "hematuria", "hydronephrosis", "klebsiella urinary tract infection",
        "lower urinary tract symptoms", "nocturia", "pyelocystitis", "septic shock (urinary infection)",
        "stress urinary incontinence", "ureteric obstruction", "ureteric stenosis", "urethritis",
        "urinary hesitation", "urinary incontinence", "urinary retention", "urinary track infection",
        "urinary track obstruction", "urinary tract disorder", "urinary tract infection",
        "urinary tract infection bacterial", "urinary tract infection enterococcal",
        "urinary tract infection fungal", "urinary tract infection staphylococcal", "urinary tract obstruction",
        "urinary tract pain", "urosepsis", "vesicoureteric reflux",
    },
}  # fmt: skip
"""Every posted event of up to four words that is not `other`, read by eye; none of them belongs elsewhere."""
STEMS = re.compile(
    r"\b(dissoc|dereal|deperson|illusion|percept|hallucin|delus|psychos|psychot|paran|mani[ac]|hypomani|bipolar|schizo"
    r"|blood pressure|hypert\w*tension|hypertens|hypotens|sedat|somnol|drows|conscious|unconscious|coma|stupor|letharg"
    r"|nause|vomit|dizz|vertig|lighthead|suicid|self[ -]|hang|cystit|dysur|urin|bladder|haematuria|hematuria|nocturia"
    r"|abuse|misuse|depend|overdos|addict|craving|cognit|memor|amnes|confus|delir|dement|disorient|death|died|fatal)"
)
"""Beginnings of words that make one think of a group."""
NOT_SPECIFIC = re.compile(
    r"cancer|carcinoma|neoplasm|calculus|cyst\b|polyp|operation|resection|biopsy|sclerosis|surgery|removal"
    r"|(portal|pulmonary) hypertension|coma$|unconsciousness|protein urine|urine output|urinary disorders - other"
    r"|^pituitary-dependent"
)
"""Tumours, stones and operations, pressure of other vessels, metabolic coma: no harm of ketamine's set."""


def of_events(study: Study) -> Iterator[tuple[Any, ...]]:
    for name, is_serious in (("seriousEvents", True), ("otherEvents", False)):
        for event in adverse(study).get(name, []):
            for stats in event["stats"]:
                counts = (stats.get("numAffected"), stats.get("numAtRisk"), stats.get("numEvents"))
                yield nct_id(study), stats["groupId"], event["term"], is_serious, *counts


def of_groups(study: Study) -> Iterator[tuple[Any, ...]]:
    for group in adverse(study).get("eventGroups", []):
        for item, name in (("any_serious", "serious"), ("any_other", "other"), ("death", "deaths")):
            yield nct_id(study), group["id"], item, group.get(f"{name}NumAffected"), group.get(f"{name}NumAtRisk")


def of_leavers(study: Study) -> Iterator[tuple[Any, ...]]:
    for period in study.get("resultsSection", {}).get("participantFlowModule", {}).get("periods", []):
        begun = {
            group["groupId"]: int(group["numSubjects"])
            for milestone in period["milestones"]
            if milestone["type"] == "STARTED"
            for group in milestone["achievements"]
        }
        for reason in period.get("dropWithdraws", []):
            if reason["type"] == "Adverse Event":
                for group in reason["reasons"]:
                    at_risk = begun[group["groupId"]]
                    yield nct_id(study), group["groupId"], period["title"], int(group["numSubjects"]), at_risk


def adverse(study: Study) -> Study:
    module: Study = study.get("resultsSection", {}).get("adverseEventsModule", {})
    return module


def nct_id(study: Study) -> str:
    return str(study["protocolSection"]["identificationModule"]["nctId"])


@pytest.fixture(scope="module")
def studies(shared: Path) -> list[Study]:
    lines = (shared / "corpus" / "ctgov" / "v2_studies.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def warehouse(studies: list[Study], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.create(tmp_path_factory.mktemp("harms") / "new.duckdb") as warehouse:
        load(warehouse, (document(json.dumps(study).encode()) for study in studies))
        warehouse.run_sql()
        yield warehouse


@pytest.fixture(scope="module")
def rows(warehouse: Warehouse) -> list[Row]:
    return warehouse.rows("from evidence.safety")


def picked(rows: list[Row], items: set[str], *columns: str) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in rows if row["item"] in items)


def test_every_posted_event_of_every_group_is_there_once_with_its_counts(studies: list[Study], rows: list[Row]) -> None:
    expected = Counter(found for study in studies for found in of_events(study))
    columns = ("nct_id", "arm_id", "term", "is_serious", "n_affected", "n_at_risk", "n_events")
    assert expected.total() > 9_000
    assert picked(rows, {"event"}, *columns) == expected


def test_totals_and_deaths_are_those_that_the_registry_posts(studies: list[Study], rows: list[Row]) -> None:
    expected = Counter(found for study in studies for found in of_groups(study))
    items = {"any_serious", "any_other", "death"}
    assert picked(rows, items, "nct_id", "arm_id", "item", "n_affected", "n_at_risk") == expected


def test_who_left_because_of_an_event_is_who_the_flow_says_did(studies: list[Study], rows: list[Row]) -> None:
    expected = Counter(found for study in studies for found in of_leavers(study))
    assert expected.total() > 40
    assert picked(rows, {"discontinuation"}, "nct_id", "arm_id", "period", "n_affected", "n_at_risk") == expected


def test_every_share_is_that_of_its_counts(rows: list[Row]) -> None:
    wrong = [
        row["row_id"]
        for row in rows
        if (row["pct"] is None) != (not row["n_at_risk"] or row["n_affected"] is None)
        or (row["pct"] is not None and abs(row["pct"] - 100 * row["n_affected"] / row["n_at_risk"]) > 0.0051)
    ]
    assert wrong == []


def test_records_without_results_say_so_and_no_other_does(studies: list[Study], rows: list[Row]) -> None:
    expected = {nct_id(study) for study in studies if "resultsSection" not in study}
    assert {row["nct_id"] for row in rows if row["term_absence"] == "not posted"} == expected


def test_each_posted_term_is_in_the_group_that_a_reader_expects(rows: list[Row]) -> None:
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["item"] == "event" and len(row["event"].split()) <= 4:
            found.setdefault(row["event_group"], set()).add(row["event"])
    del found["other"]
    assert found == EXPECTED


def test_nothing_that_is_obviously_specific_is_among_the_others(rows: list[Row]) -> None:
    others = {row["event"] for row in rows if row["event_group"] == "other"}
    assert len(others) > 1_900
    assert {event for event in others if STEMS.search(event) and not NOT_SPECIFIC.search(event)} == set()
