"""Real records of the registry, taken as if each were on topic: every audit holds and every quote can be found again.

What the rules would read in their text is left out on purpose: here the structured values are looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from ketalit.linkage import links, studies
from ketalit.model.document import Document
from ketalit.sources.ctgov.parse import registration
from ketalit.vocabulary import Source
from ketalit.warehouse import rows
from ketalit.warehouse.database import Warehouse
from tests.unit.warehouse.examples import registry_facts

pytestmark = pytest.mark.corpus

RACES = {
    "white": "n_white",
    "black or african american": "n_black",
    "asian": "n_asian",
    "american indian or alaska native": "n_american_indian",
    "native hawaiian or other pacific islander": "n_pacific_islander",
    "more than one race": "n_multiple_races",
    "unknown or not reported": "n_race_unknown",
}


def document(body: bytes) -> Document:
    nct_id = json.loads(body)["protocolSection"]["identificationModule"]["nctId"]
    digest = hashlib.sha256(body).hexdigest()
    return Document(Source.CTGOV, nct_id, body, digest, "2026-01-01T00:00:00Z", "imported: real records")


def load(warehouse: Warehouse, documents: Iterable[Document]) -> None:
    registrations = []
    for item in documents:
        record = registration(item)
        registrations.append(record)
        warehouse.load(rows.of_document(item))
        warehouse.load(rows.of_registration(record))
        warehouse.load(rows.of_facts(registry_facts(record.nct_id)))
    for study in studies([], registrations, links([], registrations)):
        warehouse.load(rows.of_study(study))


def at(study: Any, pointer: str) -> str:
    """The value that a JSON pointer names, as text."""
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    value = reduce(lambda value, step: value[int(step)] if isinstance(value, list) else value[step], steps, study)
    return json.dumps(value) if isinstance(value, bool) else str(value)


def quoted(study: Any, row: dict[str, Any]) -> str:
    return at(study, row["field"])[row["span_start"] : row["span_end"]]


@pytest.fixture(scope="module")
def records(shared: Path) -> dict[str, Document]:
    lines = (shared / "corpus" / "ctgov" / "v2_studies.jsonl").read_bytes().splitlines()
    return {item.source_id: item for item in map(document, lines)}


@pytest.fixture(scope="module")
def warehouse(records: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.create(tmp_path_factory.mktemp("real") / "new.duckdb") as warehouse:
        load(warehouse, records.values())
        warehouse.run_sql()
        yield warehouse


def test_no_audit_finds_an_offender(warehouse: Warehouse) -> None:
    assert len(warehouse.audit()) > 20


def test_every_record_is_screened(warehouse: Warehouse, records: dict[str, Document]) -> None:
    assert warehouse.counts()["evidence.screening"] == len(records)


def test_every_quote_stands_in_the_stored_document_where_its_pointer_says(
    warehouse: Warehouse, records: dict[str, Document]
) -> None:
    studies_by_id = {nct_id: json.loads(item.body) for nct_id, item in records.items()}
    sources = warehouse.rows("from evidence.cell_source")
    wrong = [row for row in sources if quoted(studies_by_id[row["source_id"]], row) != row["quote"]]
    assert len(sources) > 5000
    assert wrong == []


def test_women_and_men_of_each_group_are_those_that_the_registry_posts(
    warehouse: Warehouse, records: dict[str, Document]
) -> None:
    expected = {}
    for nct_id, item in records.items():
        for group, category, value in _posted(item, {"Sex: Female, Male"}):
            expected[nct_id, group, f"n_{category.lower()}"] = value
    assert expected.items() <= _counted(warehouse, ("n_female", "n_male")).items()


def test_races_of_each_group_are_those_that_the_registry_posts(
    warehouse: Warehouse, records: dict[str, Document]
) -> None:
    expected: dict[tuple[str, str, str], int] = {}
    for nct_id, item in records.items():
        for group, category, value in _posted(item, {"Race (NIH/OMB)", "Race (NIH&#x2F;OMB)"}):
            key = nct_id, group, RACES[category.lower()]
            expected[key] = expected.get(key, 0) + value
    assert len(expected) > 400
    assert _counted(warehouse, tuple(RACES.values())).items() >= expected.items()


def _posted(item: Document, titles: set[str]) -> Iterator[tuple[str, str, int]]:
    results = json.loads(item.body).get("resultsSection", {})
    for measure in results.get("baselineCharacteristicsModule", {}).get("measures", []):
        if measure["title"] in titles:
            for block in measure["classes"]:
                for category in block["categories"]:
                    for cell in category.get("measurements", []):
                        yield cell["groupId"], category["title"], int(cell["value"])


def _counted(warehouse: Warehouse, columns: tuple[str, ...]) -> dict[tuple[str, str, str], int]:
    table = warehouse.rows("from evidence.trial_demographics where arm_id is not null")
    return {(row["nct_id"], row["arm_id"], name): row[name] for row in table for name in columns}


# Two esketamine trials; the figures are those of their registry pages.


@pytest.fixture(scope="module")
def results(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    bodies = [path.read_bytes() for path in sorted((shared / "corpus" / "ctgov" / "partial").glob("*.json"))]
    with Warehouse.create(tmp_path_factory.mktemp("posted") / "new.duckdb") as warehouse:
        load(warehouse, map(document, bodies))
        warehouse.run_sql()
        yield warehouse.rows("from evidence.durability_of_effect")


def test_response_and_remission_at_day_28_in_transform_2(results: list[dict[str, Any]]) -> None:
    rates = [
        (row["outcome_kind"], row["pct"], row["denominator"])
        for row in results
        if row["nct_id"] == "NCT02418585" and row["outcome_kind"] in ("response", "remission")
    ]
    assert sorted(rates) == [
        ("remission", 30.3, 109),
        ("remission", 48.2, 112),
        ("response", 49.5, 109),
        ("response", 63.4, 112),
    ]


def test_those_without_onset_of_response_are_left_out(results: list[dict[str, Any]]) -> None:
    rates = [row["pct"] for row in results if row["nct_id"] == "NCT02918318" and row["pct"] is not None]
    assert sorted(rates) == [2.4, 2.6, 6.3, 7.3]


def test_an_onset_that_had_to_last_is_a_sustained_response(results: list[dict[str, Any]]) -> None:
    onsets = [(row["pct"], row["time_days"]) for row in results if row["outcome_kind"] == "sustained_response"]
    assert sorted(onsets) == [(2.4, 28), (2.6, 28), (4.6, 28), (6.3, 28), (6.4, 28), (7.3, 28), (7.9, 28), (10.5, 28)]


def test_definitions_are_quoted(results: list[dict[str, Any]]) -> None:
    stated = {row["outcome_kind"]: row["threshold"] for row in results if row["nct_id"] == "NCT02418585"}
    assert (stated["remission"], "50" in stated["response"]) == ("MADRS<=12", True)


def test_relapse_was_timed_in_responders_from_the_end_of_treatment(results: list[dict[str, Any]]) -> None:
    found = {(row["at_risk"], row["outcome_kind"]) for row in results if row["statistic"] == "median"}
    assert found == {("responders", "relapse")}


def test_median_days_to_relapse_in_the_dose_finding_trial(results: list[dict[str, Any]]) -> None:
    times = [row["time_to_relapse_days"] for row in results if row["statistic"] == "median"]
    assert sorted(times) == [26, 32, 79.5, 91]
