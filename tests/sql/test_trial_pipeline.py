"""evidence.trial_pipeline: what is to come, what was stopped, and what was never reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from ketalit.model.dates import PartialDate
from ketalit.model.registration import RegistryDate
from ketalit.vocabulary import DatePrecision
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import day, facts, publication, registration, registry_facts, stated_id

MONTH = PartialDate("2020-02", DatePrecision.MONTH, "2020-02-01", "2020-02-29")
PAPER = publication(registry_ids=(stated_id("NCT00000001"),))


def row_of(base: Base, *papers: Any, **changes: Any) -> Row:
    """The only row of a registration, seen on the day that the literal documents carry: 1 January 2026."""
    found = base([registration(**changes), *papers], [registry_facts(), *(facts(paper.pmid) for paper in papers)])
    [row] = found.rows("from evidence.trial_pipeline")
    return row


def on(text: str, kind: str = "ACTUAL") -> RegistryDate:
    return RegistryDate(day(text), kind)


class TestToCome:
    def test_planned_enrolment_of_a_recruiting_trial_is_expected(self, base: Base) -> None:
        row = row_of(base, status="RECRUITING", enrollment=120, enrollment_kind="ESTIMATED")
        assert (row["stage"], row["n_expected"], row["gap"], row["reason"]) == ("recruiting", 120, None, None)

    def test_actual_enrolment_of_a_running_trial_is_not_to_come(self, base: Base) -> None:
        row = row_of(base, status="ACTIVE_NOT_RECRUITING", enrollment=120, enrollment_kind="ACTUAL")
        assert (row["stage"], row["n_expected"]) == ("running", None)

    def test_a_status_that_nobody_knows_is_kept_and_flagged(self, base: Base) -> None:
        row = row_of(base, status="PAUSED_BY_ROBOT", enrollment_kind="ESTIMATED")
        assert (row["stage"], row["status"], row["n_expected"]) == ("unrecognised", "PAUSED_BY_ROBOT", None)
        assert row["reason"] == "the registry's status is not one that we know"

    def test_a_registration_without_a_status_is_flagged_too(self, base: Base) -> None:
        assert row_of(base, status=None)["stage"] == "unrecognised"


class TestStopped:
    def test_a_stopped_trial_says_why(self, base: Base) -> None:
        row = row_of(base, status="TERMINATED", why_stopped="Too few people wanted to take part")
        assert (row["stage"], row["reason"]) == ("stopped", "stopped: Too few people wanted to take part")

    def test_a_stopped_trial_without_reason_says_that(self, base: Base) -> None:
        assert row_of(base, status="TERMINATED")["reason"] == "stopped, no reason given"

    def test_a_withdrawn_trial_owes_no_results(self, base: Base) -> None:
        row = row_of(base, status="WITHDRAWN", enrollment=0, primary_completion=on("2019-03-01"))
        assert (row["gap"], row["months_overdue"]) == (None, None)


class TestSilence:
    def test_results_are_due_a_year_after_primary_completion(self, base: Base) -> None:
        row = row_of(base, primary_completion=on("2023-07-15"), completion=on("2024-01-31"))
        assert (row["results_due_on"], row["months_overdue"]) == (date(2024, 7, 15), 17)
        assert row["gap"] == "neither results nor paper"
        assert row["reason"] == "no results 17 months after they were due on 2024-07-15"

    def test_a_month_counts_to_its_last_day(self, base: Base) -> None:
        row = row_of(base, primary_completion=RegistryDate(MONTH, "ACTUAL"))
        assert row["results_due_on"] == date(2021, 2, 28)

    def test_results_that_are_not_due_yet_are_not_overdue(self, base: Base) -> None:
        row = row_of(base, primary_completion=on("2025-06-01"))
        assert (row["months_overdue"], row["reason"]) == (None, "over, results are due on 2026-06-01")

    def test_an_estimated_completion_makes_nothing_due(self, base: Base) -> None:
        row = row_of(base, primary_completion=on("2020-06-01", "ESTIMATED"))
        assert (row["results_due_on"], row["reason"]) == (None, "over, but no date of completion is given")

    def test_completion_stands_in_where_primary_completion_is_missing(self, base: Base) -> None:
        assert row_of(base, completion=on("2020-06-01"))["results_due_on"] == date(2021, 6, 1)

    def test_posted_results_are_never_overdue(self, base: Base) -> None:
        row = row_of(base, has_results=True, primary_completion=on("2015-06-01"))
        assert (row["months_overdue"], row["gap"]) == (None, "no paper linked")
        assert row["reason"] == "results are posted, but no paper is linked"

    def test_a_linked_paper_leaves_only_the_results_missing(self, base: Base) -> None:
        row = row_of(base, PAPER, primary_completion=on("2018-06-01"))
        assert (row["n_reports"], row["gap"]) == (1, "no results posted")

    def test_a_trial_with_both_has_no_gap(self, base: Base) -> None:
        row = row_of(base, PAPER, has_results=True)
        assert (row["gap"], row["reason"]) == (None, None)


class TestWhomTheRuleBinds:
    def test_a_phase_2_trial_of_a_regulated_drug_is_bound(self, base: Base) -> None:
        assert row_of(base, is_fda_regulated_drug=True)["is_bound_by_fdaaa"] == "yes"

    def test_a_phase_1_trial_is_not(self, base: Base) -> None:
        assert row_of(base, is_fda_regulated_drug=True, phases=("PHASE1",))["is_bound_by_fdaaa"] == "no"

    def test_an_observational_study_is_not(self, base: Base) -> None:
        assert row_of(base, study_type="OBSERVATIONAL")["is_bound_by_fdaaa"] == "no"

    def test_an_unregulated_drug_is_not(self, base: Base) -> None:
        assert row_of(base, is_fda_regulated_drug=False)["is_bound_by_fdaaa"] == "no"

    def test_silence_is_no_answer(self, base: Base) -> None:
        assert row_of(base)["is_bound_by_fdaaa"] == "not stated"


def test_each_value_cites_its_registry_field(base: Base) -> None:
    found = base([registration(completion=on("2020-06-01"))], [registry_facts()])
    sources = found.rows(
        "select column_name, field, quote, is_derived from evidence.cell_source where view_name = 'trial_pipeline'"
    )
    assert {
        "column_name": "results_due_on",
        "field": "/protocolSection/statusModule/completionDateStruct/date",
        "quote": "2020-06-01",
        "is_derived": True,
    } in sources
    assert found.audit()
