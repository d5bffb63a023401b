"""evidence.durability_of_effect: one row a statement on response, remission, relapse or their times."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ketalit.model.evidence import FollowUp, Rate, Reading, Regimen, Span, TimeToRelapse
from ketalit.model.registration import OutcomeRow, PlannedOutcome, PostedResults, Registration
from ketalit.vocabulary import Anchor, AtRisk, OutcomeKind, Phase, Source
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    facts,
    outcome_measures,
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
    results = PostedResults(outcome_measures=outcome_measures(*outcomes), outcomes=outcomes)
    return registration(has_results=True, results=results)


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


def score(value: str = "-9.5", **changes: Any) -> OutcomeRow:
    """A mean change of MADRS at day 28 with its SD."""
    plain: dict[str, Any] = {
        "param_type": "MEAN",
        "unit": "units on a scale",
        "dispersion_type": "Standard Deviation",
        "spread_text": "7.2",
        "spread": 7.2,
    }
    return outcome_row(**{"title": "Change from baseline in MADRS", "value": value} | plain | changes)


def several(*rows: OutcomeRow) -> list[OutcomeRow]:
    """The rows, each of an outcome of its own."""
    at = "/resultsSection/outcomeMeasuresModule/outcomeMeasures"
    return [
        replace(row, outcome_index=n, pointer=f"{at}/{n}/classes/0/categories/0/measurements/0/value")
        for n, row in enumerate(rows)
    ]


class TestPostedScores:
    def test_a_change_of_madrs_is_a_row_with_its_dispersion_unit_and_number_analysed(self, base: Base) -> None:
        row = only(from_registry(base, score()))
        assert {name: row[name] for name in ("outcome_kind", "instrument", "value", "value_verbatim", "unit")} == {
            "outcome_kind": "score_change",
            "instrument": "madrs",
            "value": -9.5,
            "value_verbatim": "-9.5",
            "unit": "units on a scale",
        }
        assert (row["dispersion_type"], row["dispersion"], row["denominator"], row["statistic"], row["n"]) == (
            "Standard Deviation", 7.2, 20, "mean", None,
        )  # fmt: skip

    def test_a_score_is_no_rate(self, base: Base) -> None:
        row = only(from_registry(base, score()))
        assert (row["pct"], row["rates_absence"]) == (None, "not reported")

    def test_limits_stand_beside_their_words_and_na_is_no_number(self, base: Base) -> None:
        limits = {"lower_text": "-12.0", "lower": -12.0, "upper_text": "NA", "upper": None, "comment": "One person."}
        row = only(from_registry(base, score(dispersion_type="95% Confidence Interval", **limits)))
        assert (row["lower_limit"], row["upper_limit"], row["upper_verbatim"]) == (-12, None, "NA")
        assert (row["limits_absence"], row["value_comment"]) == ("not understood", "One person.")

    def test_a_median_time_that_was_not_reached_says_so_of_value_and_limits(self, base: Base) -> None:
        median = {"unit": "days", "param_type": "MEDIAN", "lower_text": "54", "lower": 54.0, "upper_text": "NA"}
        row = only(from_registry(base, outcome_row("Time to relapse", "NA", **median)))
        assert (row["value"], row["value_absence"], row["limits_absence"]) == (None, "not reached", "not reached")
        assert (row["value_verbatim"], row["lower_limit"], row["upper_verbatim"]) == ("NA", 54, "NA")

    def test_words_and_never_the_sign_tell_a_change_from_a_level(self, base: Base) -> None:
        rows = from_registry(
            base,
            *several(
                score("12", title="MADRS total score"),
                score("-12", title="MADRS total score"),
                score("-12", title="MADRS", time_frame="Change from baseline to day 28"),
                score("-12", title="MADRS at day 28 and baseline"),
                score("30", class_title="Baseline"),
            ),
        )
        assert [row["outcome_kind"] for row in rows] == ["score", "score", "score_change", None, "score"]

    def test_a_baseline_score_is_before_the_first_dose(self, base: Base) -> None:
        row = only(from_registry(base, score("30", class_title="Baseline")))
        assert (row["time_days"], row["days_after_first_dose"], row["days_after_last_dose"]) == (0, 0, None)
        assert (row["treatment_status"], row["treatment_basis"]) == ("unknown", "before the first dose")

    def test_a_heading_goes_before_the_title(self, base: Base) -> None:
        rows = from_registry(
            base,
            *several(
                score(title="Change in mood", class_title="Depression (PHQ-9)"),
                score(title="Change in mood", class_title="Anxiety (GAD-7)"),
            ),
        )
        assert [row["instrument"] for row in rows] == ["phq9"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"title": "Change in CADSS total score"},
            {"unit": "units on a scale * day"},
            {"unit": "days"},
            {"title": "Age at first depression", "unit": "years"},
            {"title": "Depression", "param_type": "COUNT_OF_PARTICIPANTS", "unit": "Participants"},
        ],
        ids=str,
    )
    def test_other_scales_areas_times_and_counts_are_no_scores_of_mood(
        self, base: Base, changes: dict[str, Any]
    ) -> None:
        row = only(from_registry(base, score(**changes)))
        assert (row["value"], row["outcome_title"]) == (None, None)

    def test_an_instrument_in_the_description_counts_where_it_is_the_only_one(self, base: Base) -> None:
        rows = from_registry(
            base,
            *several(
                score(title="Change in depression", description="Rated with the HAM-D17."),
                score(title="Change in depression", description="Rated with HAM-D17 and MADRS."),
            ),
        )
        assert [row["instrument"] for row in rows] == ["hamd17", None]
        assert rows[1]["instrument_absence"] == "not reported"

    def test_each_number_leads_to_its_own_pointer(self, base: Base) -> None:
        found = base([posted(score())], [registry_facts()]).rows(
            "select column_name, field, quote from evidence.cell_source where column_name in ('value', 'dispersion')"
        )
        assert [(row["field"].rpartition("/")[2], row["quote"]) for row in found] == [
            ("spread", "7.2"),
            ("value", "-9.5"),
        ]


AT = "/protocolSection/descriptionModule/briefSummary"
"""Where the text of the registration of these tests says how long treatment lasts."""


def said(value: str | float, quote: str) -> Reading:
    return Reading(value, Span(Source.CTGOV, "NCT00000001", AT, 0, len(quote), quote), "an.example")


def course(days: float, quote: str = "for 4 weeks", **changes: Any) -> Regimen:
    return Regimen(**{"drug": said("esketamine", "esketamine"), "course_days": said(days, quote), **changes})


SINGLE = Regimen(drug=said("ketamine", "ketamine"), sessions=said(1, "one infusion"))


class TestTreatmentTime:
    COLUMNS = "days_after_first_dose", "days_after_last_dose", "treatment_status", "treatment_basis"

    def timed(self, base: Base, *rows: OutcomeRow, **read: Any) -> list[tuple[Any, ...]]:
        found = base([posted(*several(*rows))], [registry_facts(**read)]).rows(TABLE)
        return [tuple(row[name] for name in self.COLUMNS) for row in found]

    def test_words_of_the_outcome_decide_and_a_bare_time_point_does_not(self, base: Base) -> None:
        frames = (
            score(title="Induction phase: change in MADRS", time_frame="Baseline to day 28"),
            score(title="Change in MADRS in the follow-up phase", time_frame="Week 12"),
            score(time_frame="Week 4 of the treatment phase"),
            score(time_frame="Week 4 of the treatment phase and week 8 of the follow-up phase"),
            score(time_frame="2 weeks after the last infusion"),
            score(time_frame="Week 4"),
            score(time_frame="Baseline to post-treatment at week 8"),
            score(time_frame="Week 4 and 2 weeks after the last infusion"),
            score(time_frame="Baseline and 24 hours after each infusion"),
        )
        assert self.timed(base, *frames) == [
            (28, None, "on_drug", "words of the outcome"),
            (None, None, "drug_free", "words of the outcome"),
            (None, None, "on_drug", "words of the time"),
            (None, None, "mixed", "words of the time"),
            (None, 14, "drug_free", "words of the time"),
            (None, None, "unknown", None),
            (56, None, "unknown", None),
            (None, None, "unknown", None),
            (None, None, "unknown", None),
        ]

    def test_a_stated_course_tells_what_was_within_it_and_how_long_after_its_end_the_rest(self, base: Base) -> None:
        frames = (
            score(time_frame="Baseline to day 28"),
            score(time_frame="Baseline to week 8"),
            score(time_frame="Week 8"),
            score(time_frame="4 weeks after the end of treatment"),
            outcome_row("Sustained response", "11", time_frame="Baseline to week 8"),
        )
        found = self.timed(base, *frames, regimens=(course(28),))
        assert sorted(found, key=str) == sorted(
            [
                (28, None, "on_drug", "time against the course"),
                (56, 28, "drug_free", "time against the course"),
                (None, None, "drug_free", "time against the course"),
                (56, 28, "drug_free", "words of the time"),
                (56, 28, "mixed", "time against the course"),
            ],
            key=str,
        )

    def test_courses_that_differ_or_go_on_are_not_reckoned_with(self, base: Base) -> None:
        frame = score(time_frame="Baseline to week 8")
        open_end = Regimen(drug=said("esketamine", "esketamine"))
        for regimens in ((course(28), course(14, "for 2 weeks")), (course(28), open_end)):
            assert self.timed(base, frame, regimens=regimens) == [(56, None, "unknown", None)]

    def test_a_course_is_no_last_dose_where_a_further_phase_is_named(self, base: Base) -> None:
        frames = score(time_frame="Baseline to day 28"), score(time_frame="Baseline to week 8")
        within, beyond = (28, None, "on_drug", "time against the course"), (56, None, "unknown", None)
        acute = course(28, phase=Phase.ACUTE)
        assert self.timed(base, *frames, regimens=(acute,)) == [within, beyond]
        goes_on = replace(posted(*several(*frames)), brief_summary="Responders enter maintenance treatment.")
        rows = base([goes_on], [registry_facts(regimens=(course(28),))]).rows(TABLE)
        assert [tuple(row[name] for name in self.COLUMNS) for row in rows] == [within, beyond]

    def test_after_a_single_session_all_time_is_after_the_last_dose_too(self, base: Base) -> None:
        frames = score(time_frame="24 hours"), score(time_frame="Day 7 of the treatment phase")
        assert self.timed(base, *frames, regimens=(SINGLE,)) == [
            (1, 1, "drug_free", "after a single session"),
            (7, 7, "drug_free", "after a single session"),
        ]

    def test_in_a_randomised_withdrawal_one_arm_stays_on_and_one_goes_off(self, base: Base) -> None:
        arms = [
            outcome_row("Relapse", "11", time_frame="Maintenance phase", group_title=arm)
            for arm in ("Esketamine", "Placebo spray", "Group C")
        ]
        found = self.timed(base, *arms, design=said("rct_withdrawal", "withdrawal"))
        assert [row[2] for row in found] == ["on_drug", "drug_free", "unknown"]

    def test_the_last_dose_of_a_course_cites_the_words_on_the_course(self, base: Base) -> None:
        records = [posted(score(time_frame="Baseline to week 8"))], [registry_facts(regimens=(course(28),))]
        [time, words] = base(*records).rows(
            "select * from evidence.cell_source where column_name = 'days_after_last_dose'"
        )
        assert (time["quote"], words["quote"], words["is_derived"]) == ("Baseline to week 8", "for 4 weeks", True)

    def test_why_there_are_no_days_after_the_last_dose(self, base: Base) -> None:
        frames = score(time_frame="Baseline to week 4 of the treatment phase"), score(time_frame="Week 4")
        rows = from_registry(base, *several(*frames))
        assert [row["days_after_last_dose_absence"] for row in rows] == ["not applicable", "not reported"]

    def test_an_abstract_says_it_where_its_follow_up_counts_from_the_last_dose(self, base: Base) -> None:
        [row] = from_abstract(base, follow_up=FollowUp(reading(7, "day 7"), Anchor.LAST_DOSE))
        assert (row["days_after_first_dose"], row["days_after_last_dose"]) == (None, 7)
        assert row["treatment_status"] == "drug_free"

    def test_an_abstract_names_its_instrument_in_the_definition(self, base: Base) -> None:
        assert only(from_abstract(base))["instrument_absence"] == "not reported"
