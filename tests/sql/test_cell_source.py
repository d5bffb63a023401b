"""evidence.cell_source: from every number back to the words, and the same answer in whatever order records come."""

from __future__ import annotations

import random

from ketalit.export.tables import PUBLISHED
from ketalit.model.evidence import Facts, Rate
from ketalit.model.registration import PostedResults
from ketalit.vocabulary import OutcomeKind
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base
from tests.unit.warehouse.examples import (
    SENTENCE,
    Loaded,
    baseline_row,
    esketamine_arm,
    facts,
    outcome_row,
    publication,
    reading,
    registration,
    registry_facts,
    stated_id,
)

SOURCES = "select * from evidence.cell_source"


def trial() -> tuple[list[Loaded], list[Facts]]:
    """A registration with results, its paper, and a paper without registration."""
    arm, given = esketamine_arm()
    results = PostedResults(
        baseline=(
            baseline_row("Sex: Female, Male", "12", category="Female"),
            baseline_row("Race (NIH/OMB)", "15", category="White"),
        ),
        outcomes=(outcome_row("Number of Participants With Response", "11"),),
    )
    registered = registration(arms=(arm,), interventions=(given,), has_results=True, results=results)
    records = [publication(registry_ids=(stated_id("NCT00000001"),)), publication("102"), registered]
    return records, [facts(), facts("102"), registry_facts()]


def test_every_quote_of_an_abstract_stands_where_its_span_says(base: Base) -> None:
    found = [row for row in base(*trial()).rows(SOURCES) if row["field"] == "abstract"]
    assert [SENTENCE[row["span_start"] : row["span_end"]] for row in found] == [row["quote"] for row in found]


def test_a_dose_leads_to_its_words_its_document_and_its_rule(base: Base) -> None:
    found = base([publication()], [facts()]).rows(f"{SOURCES} where column_name = 'dose'")
    assert [(row["quote"], row["sha256"], row["rule"]) for row in found] == [("0.4 mg/kg", "digest-101", "an.example")]


def test_a_posted_count_leads_to_its_json_pointer(base: Base) -> None:
    [found] = base(*trial()).rows(f"{SOURCES} where column_name = 'n_white'")
    assert (found["field"], found["quote"]) == (
        "/resultsSection/baselineCharacteristicsModule/measures/0/Race (NIH/OMB)/White/BG000/value",
        "15",
    )


def test_a_posted_share_of_women_says_that_it_is_arithmetic(base: Base) -> None:
    count, whole = base(*trial()).rows(f"{SOURCES} where column_name = 'pct_female'")
    assert (count["is_derived"], count["value_number"], count["quote"], whole["quote"]) == (True, 60, "12", "20")


def test_a_posted_share_of_a_race_says_that_it_is_arithmetic(base: Base) -> None:
    count, whole = base(*trial()).rows(f"{SOURCES} where column_name = 'pct_white'")
    assert (count["is_derived"], count["value_number"], count["quote"], whole["quote"]) == (True, 75, "15", "20")


def test_a_posted_rate_says_that_it_is_arithmetic(base: Base) -> None:
    count, whole = base(*trial()).rows(f"{SOURCES} where column_name = 'pct' and source = 'ctgov'")
    assert (count["is_derived"], count["quote"], whole["is_derived"], whole["quote"]) == (True, "11", True, "20")


def test_a_misreading_is_flagged_and_not_deleted(base: Base) -> None:
    misread = facts(rates=(Rate(OutcomeKind.RESPONSE, reading(160, "60%")),))
    [found] = base([publication()], [misread]).rows(f"{SOURCES} where column_name = 'pct'")
    assert (found["value_number"], found["is_plausible"], found["quote"]) == (160, False, "60%")


def test_the_order_in_which_records_come_changes_nothing(base: Base) -> None:
    def everything(built: Warehouse) -> list[object]:
        return [built.rows(f"from evidence.{view}") for view in PUBLISHED]

    records, read = trial()
    first = everything(base(records, read))
    for seed in range(3):
        random.Random(seed).shuffle(records)  # noqa: S311 – an order, not a secret
        random.Random(seed).shuffle(read)  # noqa: S311
        assert everything(base(records, read)) == first


def test_many_threads_answer_in_the_same_order(base: Base) -> None:
    built = base(*trial())
    answers = []
    for threads in (1, 4):
        built.rows(f"set threads = {threads}")
        answers.append([built.rows(f"from evidence.{view}") for view in PUBLISHED])
    assert answers[0] == answers[1]
