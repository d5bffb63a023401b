"""evidence.durability_of_effect: one row a statement on response, remission, relapse or their times."""

from __future__ import annotations

from typing import Any

from ketalit.model.evidence import FollowUp, Rate, TimeToRelapse
from ketalit.model.registration import OutcomeRow, PostedResults, Registration
from ketalit.vocabulary import Anchor, AtRisk, OutcomeKind
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    facts,
    outcome_row,
    publication,
    reading,
    registration,
    registry_facts,
)

TABLE = "select * from evidence.durability_of_effect"


def only(rows: list[Row]) -> Row:
    [row] = rows
    return row


def posted(*outcomes: OutcomeRow) -> Registration:
    return registration(has_results=True, results=PostedResults(outcomes=outcomes))


def from_abstract(base: Base, **changes: Any) -> list[Row]:
    return base([publication()], [facts(**changes)]).rows(TABLE)


def from_registry(base: Base, *outcomes: OutcomeRow) -> list[Row]:
    return base([posted(*outcomes)], [registry_facts()]).rows(TABLE)


class TestAbstracts:
    def test_a_rate_is_a_row_with_its_numbers_and_time(self, base: Base) -> None:
        row = only(from_abstract(base))
        assert (row["outcome_kind"], row["pct"], row["n"], row["denominator"], row["time_days"]) == (
            "response", 60, 12, 20, 7,
        )  # fmt: skip

    def test_in_whom_it_was_counted_is_said(self, base: Base) -> None:
        relapse = Rate(OutcomeKind.RELAPSE, reading(60, "60%"), at_risk=AtRisk.RESPONDERS)
        assert only(from_abstract(base, rates=(relapse,)))["at_risk"] == "responders"

    def test_the_definition_is_kept_as_written(self, base: Base) -> None:
        response = Rate(OutcomeKind.RESPONSE, reading(60, "60%"), threshold=reading("responded", "responded"))
        assert only(from_abstract(base, rates=(response,)))["threshold"] == "responded"

    def test_a_time_to_relapse_keeps_its_statistic(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(), times_to_relapse=(TimeToRelapse(reading(7, "day 7"), "median"),)))
        assert (row["outcome_kind"], row["time_to_relapse_days"], row["statistic"]) == ("relapse", 7, "median")

    def test_a_stated_persistence_is_a_row(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(), effect_until_days=reading(7, "day 7")))
        assert (row["effect_until_days"], row["rates_absence"]) == (7, "not reported")

    def test_the_follow_up_stands_beside_every_statement_with_its_anchor(self, base: Base) -> None:
        rows = from_abstract(base, effect_until_days=reading(7, "day 7"))
        assert [(row["follow_up_days"], row["follow_up_anchor"]) for row in rows] == [(7, "first_dose")] * 2

    def test_a_follow_up_alone_has_a_row(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(), follow_up=FollowUp(reading(7, "day 7"), Anchor.LAST_DOSE)))
        assert (row["follow_up_anchor"], row["rates_absence"]) == ("last_dose", "not reported")

    def test_a_report_that_states_nothing_has_a_row_of_reasons(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(), follow_up=None))
        assert (row["rates_absence"], row["follow_up_absence"]) == ("not reported", "not reported")

    def test_a_rate_beyond_100_is_not_understood(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(Rate(OutcomeKind.RESPONSE, reading(160, "60%")),)))
        assert (row["pct"], row["rates_absence"], row["outcome_kind"]) == (None, "not understood", "response")

    def test_more_people_with_the_event_than_at_risk_are_not_shown(self, base: Base) -> None:
        swapped = Rate(OutcomeKind.RESPONSE, reading(60, "60%"), n=reading(20, "20"), denominator=reading(12, "12"))
        row = only(from_abstract(base, rates=(swapped,)))
        assert (row["n"], row["denominator"], row["pct"]) == (None, None, 60)

    def test_a_rate_without_a_time_says_so(self, base: Base) -> None:
        row = only(from_abstract(base, rates=(Rate(OutcomeKind.RESPONSE, reading(60, "60%")),)))
        assert row["time_days_absence"] == "not reported"


class TestPostedResults:
    def test_a_count_of_people_is_a_rate_with_its_denominator(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Number of Participants With Response", "11")))
        assert (row["outcome_kind"], row["n"], row["denominator"], row["pct"]) == ("response", 11, 20, 55)

    def test_a_percentage_is_a_rate_as_posted(self, base: Base) -> None:
        share = outcome_row("Remission", "35", unit="percentage of participants", param_type="NUMBER")
        row = only(from_registry(base, share))
        assert (row["outcome_kind"], row["pct"], row["n"]) == ("remission", 35, None)

    def test_a_proportion_is_no_percentage(self, base: Base) -> None:
        part = outcome_row("Response", "0.6", unit="proportion of participants", param_type="NUMBER")
        assert only(from_registry(base, part))["pct"] == 60

    def test_the_time_frame_is_kept_and_read(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Response", "11")))
        assert (row["time_frame"], row["time_days"]) == ("Baseline to Day 28", 28)

    def test_the_time_of_the_row_goes_before_that_of_the_frame(self, base: Base) -> None:
        assert only(from_registry(base, outcome_row("Response", "11", class_title="Day 8")))["time_days"] == 8

    def test_those_without_the_event_are_no_row(self, base: Base) -> None:
        rows = from_registry(
            base,
            outcome_row("Response", "11", category_title="Yes"),
            outcome_row("Response", "9", category_title="No", pointer="/x/outcomeMeasures/0/classes/0/y/1/value"),
        )
        assert only(rows)["n"] == 11

    def test_a_median_that_was_not_reached_is_kept_as_written(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Time to Relapse", "NA", unit="days", param_type="MEDIAN")))
        assert (row["value_verbatim"], row["time_to_relapse_days"], row["statistic"]) == ("NA", None, "median")

    def test_weeks_to_relapse_are_days(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Time to Relapse", "4", unit="weeks", param_type="MEDIAN")))
        assert row["time_to_relapse_days"] == 28

    def test_a_mean_score_under_a_title_on_responders_is_no_rate(self, base: Base) -> None:
        score = outcome_row("MADRS in responders", "12", unit="units on a scale", param_type="MEAN")
        assert only(from_registry(base, score))["rates_absence"] == "not reported"

    def test_a_registration_without_results_says_not_posted(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(TABLE))
        assert row["rates_absence"] == "not posted"
