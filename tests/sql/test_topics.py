"""evidence.topics: one row a study, document and topic, and one row of reasons where a report takes up none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ketalit.extract import registry
from ketalit.model.document import Document
from ketalit.model.evidence import Facts, Judgement, Reading, Span, Topic
from ketalit.sources.ctgov.parse import registration as parsed
from ketalit.sources.ctgov.parse import text_units
from ketalit.vocabulary import Integrity, Source, TopicName
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    SENTENCE,
    facts,
    publication,
    reading,
    registration,
    registry_facts,
    stated_id,
)

TABLE = "select * from evidence.topics"


def topic(name: TopicName, quote: str = "3 infusions", pmid: str = "101") -> Topic:
    """A topic as read from words of the example abstract, with their sentence."""
    sentence = Span(Source.PUBMED, pmid, "abstract", 0, len(SENTENCE), SENTENCE)
    return Topic(reading(str(name), quote, pmid, support=(sentence,)))


def planned(nct_id: str = "NCT00000001", kind: str = "primary") -> Topic:
    at = f"/protocolSection/outcomesModule/{kind}Outcomes/0/measure"
    span = Span(Source.CTGOV, nct_id, at, 0, 17, "Suicidal ideation")
    return Topic(Reading("suicidality_outcome", span, "an.example"), Reading(kind, span, "an.example"))


def only(rows: list[Row]) -> Row:
    [row] = rows
    return row


def test_a_topic_of_an_abstract_is_a_row_with_its_words(base: Base) -> None:
    row = only(base([publication()], [facts(topics=(topic(TopicName.HOME),))]).rows(TABLE))
    assert {name: row[name] for name in ("study_id", "source", "pmid", "nct_id", "topic", "quote", "field")} == {
        "study_id": "PMID101",
        "source": "abstract",
        "pmid": "101",
        "nct_id": None,
        "topic": "home",
        "quote": "3 infusions",
        "field": "abstract",
    }


def test_the_sentence_of_the_words_stands_beside_them(base: Base) -> None:
    row = only(base([publication()], [facts(topics=(topic(TopicName.HOME),))]).rows(TABLE))
    assert (row["sentence"], row["topic_absence"]) == (SENTENCE, None)


def test_a_topic_belongs_to_the_question_that_readers_ask(base: Base) -> None:
    both = facts(topics=(topic(TopicName.HOME), topic(TopicName.VETERANS)))
    rows = base([publication()], [both]).rows(TABLE)
    assert [(row["topic_group"], row["topic"]) for row in rows] == [
        ("home_or_telehealth", "home"),
        ("special_population", "veterans"),
    ]


def test_a_report_without_any_topic_has_one_row_that_says_so(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert (row["topic"], row["topic_group"], row["topic_absence"]) == (None, None, "not reported")


def test_a_planned_outcome_keeps_its_kind(base: Base) -> None:
    row = only(base([registration()], [registry_facts(topics=(planned(kind="secondary"),))]).rows(TABLE))
    assert (row["topic"], row["outcome_kind"]) == ("suicidality_outcome", "secondary")


def test_registry_and_abstract_stand_side_by_side(base: Base) -> None:
    paper = publication(registry_ids=(stated_id("NCT00000001"),))
    read_facts = [facts(topics=(topic(TopicName.SUICIDALITY_OUTCOME),)), registry_facts(topics=(planned(),))]
    rows = base([paper, registration()], read_facts).rows(TABLE)
    assert [(row["study_id"], row["source"], row["topic"]) for row in rows] == [
        ("NCT00000001", "registry", "suicidality_outcome"),
        ("NCT00000001", "abstract", "suicidality_outcome"),
    ]


def test_an_excluded_report_is_in_no_row(base: Base) -> None:
    off_topic = facts(topics=(topic(TopicName.HOME),), judgement=Judgement(False, False, "no ketamine"))
    assert base([publication()], [off_topic]).rows(TABLE) == []


def test_a_retracted_report_is_marked(base: Base) -> None:
    withdrawn = publication(integrity=Integrity.RETRACTED)
    row = only(base([withdrawn], [facts(topics=(topic(TopicName.HOME),))]).rows(TABLE))
    assert row["integrity"] == "retracted"


def test_each_value_of_a_row_is_cited(base: Base) -> None:
    warehouse = base([registration()], [registry_facts(topics=(planned(),))])
    cited = warehouse.rows(
        "select column_name, quote from evidence.cell_source where view_name = 'topics' order by all"
    )
    assert [(row["column_name"], row["quote"]) for row in cited] == [
        ("outcome_kind", "Suicidal ideation"),
        ("quote", "Suicidal ideation"),
        ("topic", "Suicidal ideation"),
    ]


def test_every_topic_of_the_vocabulary_is_explained(base: Base) -> None:
    rows = base([], []).rows("select topic from ref.topic order by topic")
    assert [row["topic"] for row in rows] == sorted(TopicName)


def test_every_audit_holds(base: Base) -> None:
    paper = publication(registry_ids=(stated_id("NCT00000001"),))
    both = [facts(topics=(topic(TopicName.HOME), topic(TopicName.COST))), registry_facts(topics=(planned(),))]
    assert len(base([paper, registration()], both).audit()) > 20


# ---- real records of the registry, read by the rules; what they must say is computed anew from their JSON


@pytest.fixture(scope="module")
def studies(shared: Path) -> dict[str, dict[str, Any]]:
    lines = (shared / "corpus" / "ctgov" / "v2_studies.jsonl").read_bytes().splitlines()
    records = [json.loads(line) for line in lines]
    return {record["protocolSection"]["identificationModule"]["nctId"]: record for record in records}


@pytest.fixture(scope="module")
def read_in(studies: dict[str, dict[str, Any]]) -> dict[str, Facts]:
    found = {}
    for nct_id, study in studies.items():
        record = parsed(Document(Source.CTGOV, nct_id, json.dumps(study).encode(), "", "2026-01-01T00:00:00Z", ""))
        found[nct_id] = registry.facts(record, text_units(record))
    return found


def years(study: dict[str, Any], limit: str) -> float | None:
    match = re.fullmatch(r"(\d+) Years?", study["protocolSection"].get("eligibilityModule", {}).get(limit, ""))
    return float(match[1]) if match else None


def having(read_in: dict[str, Facts], name: str) -> set[str]:
    return {nct_id for nct_id, found in read_in.items() if any(topic.name.value == name for topic in found.topics)}


@pytest.mark.corpus
def test_who_may_enter_only_young_is_an_adolescent(
    studies: dict[str, dict[str, Any]], read_in: dict[str, Facts]
) -> None:
    young = {nct_id for nct_id, study in studies.items() if (years(study, "maximumAge") or 99) <= 21}
    assert len(young) > 10
    assert young - having(read_in, "adolescent") == set()


@pytest.mark.corpus
def test_who_may_enter_only_old_is_in_late_life(studies: dict[str, dict[str, Any]], read_in: dict[str, Facts]) -> None:
    old = {nct_id for nct_id, study in studies.items() if (years(study, "minimumAge") or 0) >= 60}
    assert len(old) > 5
    assert old - having(read_in, "late_life") == set()


@pytest.mark.corpus
def test_special_populations_agree_with_the_populations_that_were_read(read_in: dict[str, Facts]) -> None:
    disputed = {
        (found.source_id, topic.name.value)
        for found in read_in.values()
        for topic in found.topics
        if topic.name.rule.startswith("population.")
        and topic.name.value not in {reading.value for reading in found.population}
    }
    assert disputed == set()


def suicidal_outcomes(study: dict[str, Any]) -> Iterator[str]:
    module = study["protocolSection"].get("outcomesModule", {})
    for kind in ("primary", "secondary", "other"):
        for item in module.get(f"{kind}Outcomes", []):
            if "suicid" in item["measure"].lower() and "adverse" not in item["measure"].lower():
                yield kind


@pytest.mark.corpus
def test_a_planned_outcome_on_suicidality_is_read_with_its_kind(
    studies: dict[str, dict[str, Any]], read_in: dict[str, Facts]
) -> None:
    expected = {nct_id: kinds[0] for nct_id, study in studies.items() if (kinds := [*suicidal_outcomes(study)])}
    found = {
        nct_id: topic.outcome_kind.value
        for nct_id, read_facts in read_in.items()
        for topic in read_facts.topics
        if topic.name.value == "suicidality_outcome" and topic.outcome_kind is not None
    }
    assert len(expected) > 4
    assert found == expected


@pytest.mark.corpus
def test_every_quote_of_a_topic_stands_where_its_pointer_says(
    studies: dict[str, dict[str, Any]], read_in: dict[str, Facts]
) -> None:
    spans = [
        span
        for found in read_in.values()
        for topic in found.topics
        for value in (topic.name, topic.outcome_kind)
        if value is not None
        for span in (value.span, *value.support)
    ]
    wrong = [span for span in spans if at(studies[span.source_id], span.field)[span.start : span.end] != span.quote]
    assert len(spans) > 200
    assert wrong == []


def at(study: Any, pointer: str) -> str:
    return str(
        reduce(
            lambda value, step: value[int(step)] if isinstance(value, list) else value[step],
            pointer.split("/")[1:],
            study,
        )
    )


@pytest.mark.corpus
def test_the_real_records_pass_every_audit_with_their_topics(
    studies: dict[str, dict[str, Any]], read_in: dict[str, Facts], base: Base
) -> None:
    records = [
        parsed(Document(Source.CTGOV, nct_id, json.dumps(study).encode(), "", "2026-01-01T00:00:00Z", ""))
        for nct_id, study in studies.items()
    ]
    taken = [replace(found, judgement=Judgement(True, False, "taken as if on topic")) for found in read_in.values()]
    warehouse: Warehouse = base(records, taken)
    assert len(warehouse.audit()) > 20
    assert warehouse.counts()["evidence.topics"] >= len(studies)
