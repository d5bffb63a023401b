"""evidence.durability_of_effect: one row a statement on response, remission, relapse or their times."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ketalit.model.evidence import FollowUp, Rate, TimeToRelapse
from ketalit.model.registration import OutcomeRow, PlannedOutcome, PostedResults, Registration
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


def divided(heading: str, first: str, *others: str, title: str = "Response", **changes: Any) -> list[OutcomeRow]:
    """The rows of one outcome under several headings: 11 people under the first, 9 under each other."""
    at = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0"
    return [
        outcome_row(
            title,
            "11" if n == 0 else "9",
            pointer=f"{at}/classes/{n}/categories/0/measurements/0/value"
            if heading == "class_title"
            else f"{at}/classes/0/categories/{n}/measurements/0/value",
            **{heading: words, **changes},
        )
        for n, words in enumerate((first, *others))
    ]


def planned(*outcomes: tuple[str, str]) -> Registration:
    at = "/protocolSection/outcomesModule/primaryOutcomes"
    return registration(
        outcomes=tuple(
            PlannedOutcome("primary", measure, None, frame, f"{at}/{n}") for n, (measure, frame) in enumerate(outcomes)
        )
    )


class TestFollowUpOfRegistrations:
    def followed(self, base: Base, *outcomes: tuple[str, str]) -> tuple[float | None, str | None]:
        row = only(base([planned(*outcomes)], [registry_facts()]).rows(TABLE))
        return row["follow_up_days"], row["follow_up_anchor"]

    def test_the_longest_time_frame_on_mood_counts(self, base: Base) -> None:
        assert self.followed(base, ("MADRS", "Baseline to day 28"), ("Suicidal ideation", "Day 1 to week 12")) == (
            84,
            "first_dose",
        )

    def test_the_time_frame_of_adverse_events_does_not(self, base: Base) -> None:
        found = self.followed(base, ("MADRS", "Baseline to day 28"), ("Adverse events", "Up to 52 weeks"))
        assert found == (28, "first_dose")

    def test_it_is_counted_from_where_the_frame_says(self, base: Base) -> None:
        assert self.followed(base, ("Time to relapse", "24 weeks after the last dose")) == (168, "last_dose")

    def test_a_bare_point_is_counted_from_nowhere_stated(self, base: Base) -> None:
        assert self.followed(base, ("MADRS", "Week 4")) == (28, "unspecified")

    def test_a_frame_without_a_time_is_not_reported(self, base: Base) -> None:
        assert self.followed(base, ("Time to relapse", "From randomisation to the end")) == (None, None)

    def test_it_leads_to_the_time_frame(self, base: Base) -> None:
        [cell] = base([planned(("MADRS", "Week 4"))], [registry_facts()]).rows(
            "select * from evidence.cell_source where column_name = 'follow_up_days'"
        )
        assert (cell["quote"], cell["field"]) == (
            "Week 4",
            "/protocolSection/outcomesModule/primaryOutcomes/0/timeFrame",
        )

    def test_rules_that_read_a_registration_say_nothing_on_it(self, base: Base) -> None:
        read = registry_facts(follow_up=FollowUp(reading(7, "day 7"), Anchor.FIRST_DOSE))
        assert only(base([registration()], [read]).rows(TABLE))["follow_up_days"] is None


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

    @pytest.mark.parametrize(
        ("with_event", "others"),
        [
            ("Yes", ("No",)),
            ("Responders", ("Non-responders", "Missing")),
            ("Achieved", ("Not achieved", "Not evaluable")),
            ("Remission", ("No remission", "Unknown")),
            ("Kept well", ("No", "Withdrawn")),
            ("Response", ("Partial response", "Stable", "Worse")),
        ],
    )
    def test_of_categories_only_those_with_the_event_are_rows(
        self, base: Base, with_event: str, others: tuple[str, ...]
    ) -> None:
        row = only(from_registry(base, *divided("category_title", with_event, *others)))
        assert (row["n"], row["row_heading"]) == (11, with_event)

    @pytest.mark.parametrize(("with_event", "other"), [("Onset seen", "Onset not seen"), ("Day 2: Yes", "Day 2: No")])
    def test_classes_that_count_the_others_are_no_row(self, base: Base, with_event: str, other: str) -> None:
        row = only(from_registry(base, *divided("class_title", with_event, other)))
        assert (row["n"], row["row_heading"]) == (11, with_event)

    def test_categories_within_days_count_those_with_the_event_on_each_day(self, base: Base) -> None:
        eight = divided("category_title", "Yes", "No", class_title="Day 8")
        days = [
            replace(row, pointer=row.pointer.replace("classes/0", "classes/1"), class_title="Day 15") for row in eight
        ]
        rows = from_registry(base, *eight, *days)
        assert [(row["time_days"], row["n"], row["row_heading"]) for row in rows] == [
            (8, 11, "Day 8: Yes"),
            (15, 11, "Day 15: Yes"),
        ]

    def test_days_are_classes_that_all_count(self, base: Base) -> None:
        rows = from_registry(base, *divided("class_title", "Day 8", "Day 15"))
        assert [row["time_days"] for row in rows] == [8, 15]

    def test_the_only_category_counts_whatever_it_is_called(self, base: Base) -> None:
        assert only(from_registry(base, outcome_row("Response", "11", category_title="Participants")))["n"] == 11

    def test_categories_that_say_neither_are_no_rows(self, base: Base) -> None:
        [row] = from_registry(base, *divided("category_title", "Mild", "Moderate", title="Response by severity"))
        assert (row["pct"], row["rates_absence"]) == (None, "not reported")

    def test_headings_under_one_title_tell_the_kind(self, base: Base) -> None:
        rows = from_registry(base, *divided("class_title", "Response", "Remission", title="Response and remission"))
        assert [row["outcome_kind"] for row in rows] == ["response", "remission"]

    def test_no_relapse_is_never_a_relapse_rate(self, base: Base) -> None:
        rows = from_registry(base, *divided("category_title", "Relapse", "No relapse", title="Relapse status"))
        assert [(row["outcome_kind"], row["n"]) for row in rows] == [("relapse", 11), ("relapse_free", 9)]

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("Remission at week 8 kept without relapse to week 32", "relapse_free"),
            ("Relapse-free at week 12", "relapse_free"),
            ("Participants with no relapse", "relapse_free"),
            ("Sustained response", "sustained_response"),
            ("Remission that was maintained", "sustained_remission"),
            ("Non-responders", None),
        ],
    )
    def test_the_title_tells_the_kind_and_the_rate_stays_as_posted(
        self, base: Base, title: str, kind: str | None
    ) -> None:
        row = only(from_registry(base, outcome_row(title, "11")))
        assert (row["outcome_kind"], row["outcome_title"], row["pct"]) == (kind, title, 55)

    def test_what_lasted_was_counted_at_the_end_of_the_frame(self, base: Base) -> None:
        onset = outcome_row("Onset of response", "11", class_title="By day 2", time_frame="Day 2 to day 28")
        row = only(from_registry(base, onset))
        assert (row["outcome_kind"], row["time_days"], row["row_heading"]) == ("sustained_response", 28, "By day 2")

    def test_in_whom_it_was_counted_is_said_where_the_title_says_it(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Relapse in stable remitters", "11")))
        assert (row["outcome_kind"], row["at_risk"]) == ("relapse", "remitters")

    def test_in_whom_it_was_counted_stays_open_where_nothing_says_it(self, base: Base) -> None:
        assert only(from_registry(base, outcome_row("Relapse by week 12", "11")))["at_risk"] is None

    def test_a_heading_may_say_in_whom(self, base: Base) -> None:
        rows = from_registry(base, *divided("class_title", "Stable remission", "Stable response", title="Relapse"))
        assert [(row["outcome_kind"], row["at_risk"]) for row in rows] == [
            ("relapse", "remitters"),
            ("relapse", "responders"),
        ]

    def test_the_definition_is_quoted_from_the_title(self, base: Base) -> None:
        found = base([posted(outcome_row("Remission (MADRS \\<=12)", "11"))], [registry_facts()])
        [cell] = found.rows("select * from evidence.cell_source where column_name = 'threshold'")
        assert (cell["value_text"], cell["span_start"], cell["field"].rpartition("/")[2]) == (
            "MADRS \\<=12",
            11,
            "title",
        )

    def test_the_definition_is_quoted_from_the_description_where_the_title_has_none(self, base: Base) -> None:
        defined = outcome_row("Response", "11", description="A MADRS fall of \\>=50% counts.")
        found = base([posted(defined)], [registry_facts()])
        [cell] = found.rows("select * from evidence.cell_source where column_name = 'threshold'")
        assert (cell["quote"], cell["field"].rpartition("/")[2]) == ("MADRS fall of \\>=50%", "description")

    def test_what_the_time_frame_is_counted_from_is_said(self, base: Base) -> None:
        frames = [
            outcome_row("Response", "11", time_frame=frame, pointer=f"/x/outcomeMeasures/{n}/value", outcome_index=n)
            for n, frame in enumerate(("Baseline to day 28", "4 weeks after the last dose", "Week 4"))
        ]
        assert [row["time_anchor"] for row in from_registry(base, *frames)] == [
            "first_dose",
            "last_dose",
            "unspecified",
        ]

    def test_a_mean_change_in_per_cent_is_no_rate(self, base: Base) -> None:
        change = outcome_row("MADRS change in responders", "60", unit="percent change", param_type="MEAN")
        assert only(from_registry(base, change))["rates_absence"] == "not reported"

    def test_a_denominator_of_infusions_makes_no_percentage(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Response", "11", denominator_unit="Infusions")))
        assert (row["n"], row["denominator"], row["pct"]) == (11, None, None)

    def test_a_number_of_events_is_no_number_of_people(self, base: Base) -> None:
        events = outcome_row("Relapse", "11", unit="events in participants", param_type="NUMBER")
        assert only(from_registry(base, events))["rates_absence"] == "not reported"

    def test_a_median_that_was_not_reached_is_kept_as_written(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Time to Relapse", "NA", unit="days", param_type="MEDIAN")))
        assert (row["value_verbatim"], row["time_to_relapse_days"], row["statistic"]) == ("NA", None, "median")

    def test_days_to_relapse_are_a_time_whether_or_not_the_title_says_time(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Days to relapse", "32", unit="Days", param_type="MEDIAN")))
        assert (row["time_to_relapse_days"], row["statistic"]) == (32, "median")

    def test_weeks_to_relapse_are_days(self, base: Base) -> None:
        row = only(from_registry(base, outcome_row("Time to Relapse", "4", unit="weeks", param_type="MEDIAN")))
        assert row["time_to_relapse_days"] == 28

    def test_a_mean_score_under_a_title_on_responders_is_no_rate(self, base: Base) -> None:
        score = outcome_row("MADRS in responders", "12", unit="units on a scale", param_type="MEAN")
        assert only(from_registry(base, score))["rates_absence"] == "not reported"

    def test_a_registration_without_results_says_not_posted(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(TABLE))
        assert row["rates_absence"] == "not posted"
