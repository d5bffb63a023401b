"""evidence.prisma_flow: each record is in the boxes that it went through, and in no other."""

from __future__ import annotations

import pytest

from ketalit.model.evidence import Judgement
from ketalit.vocabulary import Integrity
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base
from tests.unit.warehouse.examples import facts, notice, publication, registration, registry_facts

LOST = "insert into core.unobtained_document values ('r', 'pubmed', '{}', 'no record came')"
WITHDRAWN = (
    "insert into core.withdrawn_document values"
    " ('pubmed', '{}', null, 'gone', {}, now()::timestamp, 'r', '', now()::timestamp, '')"
)


@pytest.fixture
def flow(base: Base) -> Warehouse:
    """A trial with its paper; a review; a doubtful, a retracted paper and its notice; three that never came or left."""
    papers = [publication("101"), publication("102"), publication("103"), notice("105", "104")]
    papers.append(publication("104", integrity=Integrity.RETRACTED))
    read = [facts("101"), registry_facts(), facts("104"), facts("105")]
    read += [facts("102", judgement=Judgement(include=False, doubtful=False, reason="a review"))]
    read += [facts("103", judgement=Judgement(include=True, doubtful=True, reason="a case of doubt"))]
    warehouse = base([*papers, registration()], read)
    for statement in (
        LOST.format("106"),
        LOST.format("101"),
        WITHDRAWN.format("107", "null"),
        WITHDRAWN.format("108", "'101'"),
    ):
        warehouse.rows(statement)
    return warehouse


def boxes(flow: Warehouse, source: str | None = "pubmed") -> dict[str, int]:
    rows = flow.rows("select box, source, sum(n)::integer as n from evidence.prisma_flow group by box, source")
    return {row["box"]: row["n"] for row in rows if row["source"] == source}


def test_each_record_is_in_the_boxes_that_it_went_through(flow: Warehouse) -> None:
    assert boxes(flow) == {
        "identified": 8,
        "removed": 4,
        "screened": 4,
        "excluded": 1,
        "sought": 3,
        "not retrieved": 0,
        "assessed": 3,
        "reports excluded": 1,
        "reports included": 2,
        "reports to be checked": 1,
    }


def test_sources_are_counted_apart_and_studies_together(flow: Warehouse) -> None:
    assert boxes(flow, "ctgov")["reports included"] == 1
    assert boxes(flow, None) == {"studies included": 3, "studies with people of their own": 3}


def test_a_record_that_was_removed_says_why(flow: Warehouse) -> None:
    rows = flow.rows("select reason, n from evidence.prisma_flow where box = 'removed' and n > 0 order by reason")
    assert [(row["reason"], row["n"]) for row in rows] == [
        ("deleted by its source", 1),
        ("duplicate: its source merged it into another record", 1),
        ("listed by its source, but not supplied", 1),
        ("notice about another report (retraction, erratum or concern)", 1),
    ]


def test_a_reason_for_exclusion_is_that_of_the_screening(flow: Warehouse) -> None:
    (row,) = flow.rows("select source, reason, n from evidence.prisma_flow where box = 'excluded'")
    assert row == {"source": "pubmed", "reason": "a review", "n": 1}


def test_boxes_without_reasons_stand_even_when_they_are_empty(base: Base) -> None:
    rows = base([], []).rows("select box, n from evidence.prisma_flow")
    assert {row["n"] for row in rows} == {0}
    assert {"identified", "screened", "not retrieved", "studies included"} <= {row["box"] for row in rows}


@pytest.mark.parametrize(
    "tampered",
    [
        "delete from core.judgement where source_id = '102'",
        "delete from core.document where source_id = '101'",
        "insert into core.judgement select * replace ('999' as source_id) from core.judgement where source_id = '102'",
    ],
)
def test_boxes_that_do_not_add_up_are_found(flow: Warehouse, tampered: str) -> None:
    from ketalit.warehouse import sql_folder

    audit = (sql_folder() / "90_audit" / "prisma_boxes_add_up.sql").read_text("utf-8")
    assert flow.rows(audit) == []
    flow.rows(tampered)
    assert flow.rows(audit) != []
