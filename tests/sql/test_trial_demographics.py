"""evidence.trial_demographics: one row a study, document and arm or total."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ketalit.model.evidence import BaselineSeverity, Demographics, RaceShare
from ketalit.model.registration import BaselineRow, PostedResults, Registration
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import baseline_row, facts, publication, reading, registration, registry_facts

TABLE = "select * from evidence.trial_demographics"
AGE = baseline_row(
    "Age, Continuous", "44.5", param_type="MEAN", dispersion_type="STANDARD_DEVIATION", unit="years",
    spread_text="10.1", spread=10.1,
)  # fmt: skip
WOMEN = baseline_row("Sex: Female, Male", "12", category="Female")
MEN = baseline_row("Sex: Female, Male", "8", category="Male")


def only(rows: list[Row]) -> Row:
    [row] = rows
    return row


def posted(*baseline: BaselineRow) -> Registration:
    return registration(has_results=True, results=PostedResults(baseline=baseline))


def from_registry(base: Base, *baseline: BaselineRow) -> list[Row]:
    return base([posted(*baseline)], [registry_facts()]).rows(TABLE)


def from_abstract(base: Base, who: Demographics, **changes: Any) -> Row:
    return only(base([publication()], [facts(demographics=who, **changes)]).rows(TABLE))


class TestPostedBaseline:
    def test_a_mean_age_comes_with_its_spread(self, base: Base) -> None:
        row = only(from_registry(base, AGE))
        assert (row["age_mean"], row["age_sd"], row["age_status"]) == (44.5, 10.1, "reported")

    def test_a_median_age_comes_with_its_range(self, base: Base) -> None:
        median = baseline_row(
            "Age, Continuous", "41", param_type="MEDIAN", dispersion_type="FULL_RANGE", unit="years",
            lower_text="19", lower=19.0, upper_text="64", upper=64.0,
        )  # fmt: skip
        row = only(from_registry(base, median))
        assert (row["age_median"], row["age_min"], row["age_max"], row["age_mean"]) == (41, 19, 64, None)

    def test_quartiles_are_no_range(self, base: Base) -> None:
        quartiles = baseline_row(
            "Age, Continuous", "41", param_type="MEDIAN", dispersion_type="INTER_QUARTILE_RANGE", unit="years",
            lower_text="30", lower=30.0, upper_text="50", upper=50.0,
        )  # fmt: skip
        row = only(from_registry(base, quartiles))
        assert (row["age_min"], row["age_max"]) == (None, None)

    def test_months_are_years(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Age, Continuous", "180", param_type="MEAN", unit="months")))
        assert row["age_mean"] == 15

    def test_women_and_men_are_counted(self, base: Base) -> None:
        row = only(from_registry(base, WOMEN, MEN))
        assert (row["n_female"], row["n_male"], row["pct_female"], row["sex_status"]) == (12, 8, 60, "reported")

    def test_the_number_of_the_group_is_its_denominator(self, base: Base) -> None:
        row = only(from_registry(base, WOMEN))
        assert (row["n"], row["n_basis"]) == (20, "analysed")

    def test_each_nih_omb_race_has_its_column(self, base: Base) -> None:
        categories = {
            "White": "n_white",
            "Black or African American": "n_black",
            "Asian": "n_asian",
            "American Indian or Alaska Native": "n_american_indian",
            "Native Hawaiian or Other Pacific Islander": "n_pacific_islander",
            "More than one race": "n_multiple_races",
            "Unknown or Not Reported": "n_race_unknown",
        }
        counts = [
            baseline_row("Race (NIH&#x2F;OMB)", str(n), category=category) for n, category in enumerate(categories, 1)
        ]
        row = only(from_registry(base, *counts))
        assert [row[column] for column in categories.values()] == [1, 2, 3, 4, 5, 6, 7]

    def test_each_ethnicity_has_its_column(self, base: Base) -> None:
        categories = {
            "Hispanic or Latino": "n_hispanic",
            "Not Hispanic or Latino": "n_not_hispanic",
            "Unknown or Not Reported": "n_ethnicity_unknown",
        }
        counts = [
            baseline_row("Ethnicity (NIH/OMB)", str(n), category=category) for n, category in enumerate(categories, 1)
        ]
        row = only(from_registry(base, *counts))
        assert [row[column] for column in categories.values()] == [1, 2, 3]

    def test_race_and_ethnicity_are_reported_apart(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Race (NIH/OMB)", "3", category="Asian")))
        assert (row["race_status"], row["ethnicity_status"]) == ("reported", "not reported")

    def test_the_races_of_a_customised_table_may_be_its_row_headings(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Race/Ethnicity, Customized", "3", class_title="Asian")))
        assert row["n_asian"] == 3

    def test_hispanic_in_a_customised_race_table_is_an_ethnicity(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Race/Ethnicity, Customized", "3", category="Hispanic or Latino")))
        assert row["n_hispanic"] == 3

    def test_nobody_is_counted_twice_when_race_is_posted_twice(self, base: Base) -> None:
        row = only(
            from_registry(
                base,
                baseline_row("Race/Ethnicity, Customized", "15", category="White"),
                baseline_row("Race (NIH/OMB)", "14", category="White"),
            )
        )
        assert row["n_white"] == 14

    def test_rows_of_one_race_add_up(self, base: Base) -> None:
        row = only(
            from_registry(
                base,
                baseline_row("Race (NIH/OMB)", "4", category="Asian", class_title="Japan"),
                baseline_row("Race (NIH/OMB)", "5", category="Asian", class_title="France"),
            )
        )
        assert row["n_asian"] == 9

    def test_posted_counts_give_shares_of_the_number_that_they_rest_on(self, base: Base) -> None:
        row = only(from_registry(base, WOMEN, baseline_row("Race (NIH/OMB)", "3", category="Asian", denominator=15)))
        assert (row["n"], row["pct_female"], row["pct_asian"]) == (20, 60, 20)

    def test_people_who_are_posted_by_country_and_in_sum_are_not_counted_twice(self, base: Base) -> None:
        parts = {"Japan": "7", "France": "5", "All": "12"}
        row = only(
            from_registry(
                base,
                *(baseline_row("Sex: Female, Male", n, category="Female", class_title=c) for c, n in parts.items()),
            )
        )
        assert (row["n_female"], row["pct_female"], row["sex_status"]) == (None, None, "not understood")

    def test_nobody_is_counted_twice_when_ethnicity_stands_in_the_race_table_too(self, base: Base) -> None:
        row = only(
            from_registry(
                base,
                baseline_row("Race/Ethnicity, Customized", "3", category="Hispanic"),
                baseline_row("Ethnicity (NIH/OMB)", "3", category="Hispanic or Latino"),
            )
        )
        assert row["n_hispanic"] == 3

    def test_two_tables_under_one_title_speak_for_what_each_counts(self, base: Base) -> None:
        at = "/resultsSection/baselineCharacteristicsModule/measures"
        title = "Race/Ethnicity, Customized"
        row = only(
            from_registry(
                base,
                baseline_row(title, "3", category="Hispanic or Latino", pointer=f"{at}/1/classes/0/value"),
                baseline_row(title, "15", category="White", pointer=f"{at}/2/classes/0/value"),
            )
        )
        assert (row["n_hispanic"], row["n_white"]) == (3, 15)

    def test_words_that_no_column_stands_for_are_not_understood(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Race/Ethnicity, Customized", "9", category="Non-Hispanic White")))
        assert (row["n_white"], row["race_status"]) == (None, "not understood")

    def test_a_table_of_which_one_row_has_no_column_is_partly_understood(self, base: Base) -> None:
        row = only(
            from_registry(
                base,
                baseline_row("Race/Ethnicity, Customized", "9", category="White"),
                baseline_row("Race/Ethnicity, Customized", "4", category="Another wording"),
            )
        )
        assert (row["n_white"], row["race_status"]) == (9, "partly understood")

    def test_a_group_of_all_participants_is_the_total(self, base: Base) -> None:
        everybody = baseline_row(
            "Sex: Female, Male", "18", category="Female", group="BG001", group_title="All participants", is_total=False,
            denominator=40,
        )  # fmt: skip
        rows = from_registry(base, WOMEN, everybody)
        assert [(row["arm_id"], row["is_total"]) for row in rows] == [("BG001", True), ("BG000", False)]

    def test_per_cent_are_shares_and_no_counts(self, base: Base) -> None:
        share = baseline_row("Race (NIH/OMB)", "75", category="White", param_type="NUMBER", unit="percentage")
        row = only(from_registry(base, share))
        assert (row["pct_white"], row["n_white"]) == (75, None)

    def test_race_that_was_not_collected_is_said_so(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Race and Ethnicity Not Collected", "0")))
        assert (row["race_status"], row["ethnicity_status"]) == ("not collected", "not collected")

    def test_quartiles_of_age_have_columns_of_their_own(self, base: Base) -> None:
        quartiles = baseline_row(
            "Age, Continuous", "41", param_type="MEDIAN", dispersion_type="INTER_QUARTILE_RANGE", unit="years",
            lower_text="30", lower=30.0, upper_text="50", upper=50.0,
        )  # fmt: skip
        row = only(from_registry(base, quartiles))
        assert (row["age_median"], row["age_q1"], row["age_q3"]) == (41, 30, 50)

    def test_days_and_weeks_are_years_too(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Age, Continuous", "730.5", param_type="MEAN", unit="days")))
        assert row["age_mean"] == 2

    def test_the_age_at_onset_is_not_the_age(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Age at onset", "19", param_type="MEAN", unit="years")))
        assert (row["age_mean"], row["age_status"]) == (None, "not reported")

    def test_an_age_by_row_headings_is_not_understood(self, base: Base) -> None:
        ages = [
            baseline_row("Age, Continuous", age, param_type="MEAN", unit="years", class_title=title)
            for title, age in (("Children", "9"), ("Adults", "40"))
        ]
        row = only(from_registry(base, *ages))
        assert (row["age_mean"], row["age_status"]) == (None, "not understood")

    def test_a_mean_and_a_median_of_age_stand_side_by_side(self, base: Base) -> None:
        median = baseline_row("Age, Customized", "41", param_type="MEDIAN", unit="years")
        row = only(from_registry(base, AGE, median))
        assert (row["age_mean"], row["age_median"]) == (44.5, 41)

    def test_ages_in_categories_are_counted_within_the_borders(self, base: Base) -> None:
        groups = {"18-44 years": "11", "45-64 years": "5", "65-74 years": "4"}
        row = only(from_registry(base, *(baseline_row("Age, Customized", n, category=c) for c, n in groups.items())))
        names = "n_age_under_18", "n_age_18_to_64", "n_age_65_and_over", "age_status", "age_sum_note"
        assert [row[name] for name in names] == [None, 16, 4, "reported", None]

    def test_an_age_category_across_a_border_is_named_in_the_note(self, base: Base) -> None:
        groups = {"18-59 years": "16", "60-70 years": "4"}
        row = only(from_registry(base, *(baseline_row("Age, Customized", n, category=c) for c, n in groups.items())))
        assert (row["n_age_18_to_64"], row["age_sum_note"]) == (16, "without a column: 60-70 years 4")

    def test_men_alone_say_nothing_of_women(self, base: Base) -> None:
        row = only(from_registry(base, MEN))
        assert (row["n_male"], row["n_female"], row["sex_sum_note"]) == (8, None, "the table counts 8 of 20 people")

    def test_people_of_another_gender_have_a_column(self, base: Base) -> None:
        other = baseline_row("Sex: Female, Male", "2", category="Non-Binary", denominator=22, denominator_text="22")
        row = only(from_registry(base, WOMEN, MEN, other))
        assert (row["n_other_gender"], row["n_female"], row["sex_sum_note"]) == (2, 12, None)

    def test_a_table_of_sex_speaks_before_a_table_of_gender(self, base: Base) -> None:
        gender = baseline_row("Gender", "11", category="Woman")
        assert only(from_registry(base, gender, WOMEN, MEN))["n_female"] == 12

    def test_blocks_of_race_and_of_ethnicity_are_read_apart(self, base: Base) -> None:
        at = "/resultsSection/baselineCharacteristicsModule/measures/0/classes"
        table = [
            baseline_row(
                "Race/Ethnicity, Customized", n, class_title=block, category=word,
                pointer=f"{at}/{place}/categories/{word}/value",
            )
            for place, block, word, n in (
                (0, "Race", "White", "15"), (0, "Race", "Unknown", "5"),
                (1, "Ethnicity", "Hispanic or Latino", "3"), (1, "Ethnicity", "Unknown", "17"),
            )
        ]  # fmt: skip
        row = only(from_registry(base, *table))
        names = "n_white", "n_race_unknown", "n_hispanic", "n_ethnicity_unknown", "race_sum_note", "ethnicity_sum_note"
        assert [row[name] for name in names] == [15, 5, 3, 17, None, None]

    def test_a_table_called_ethnicity_may_list_races(self, base: Base) -> None:
        row = only(from_registry(base, baseline_row("Ethnicity", "20", category="White")))
        assert (row["n_white"], row["race_status"]) == (20, "reported")

    def test_eyes_are_no_people(self, base: Base) -> None:
        eyes = baseline_row("Race (NIH/OMB)", "30", category="Asian", param_type="COUNT_OF_UNITS", unit="eyes")
        row = only(from_registry(base, eyes))
        assert (row["n_asian"], row["race_status"], row["race_sum_note"]) == (
            None,
            "not understood",
            "posted in eyes, not in people",
        )

    def test_countries_are_listed_with_their_people(self, base: Base) -> None:
        places = {"Peru": "12", "Chile": "8", "Cuba": "0"}
        row = only(
            from_registry(base, *(baseline_row("Region of Enrollment", n, class_title=c) for c, n in places.items()))
        )
        assert (row["countries"], row["country_counts"], row["country_sum_note"]) == (
            ["Chile", "Peru"],
            "Chile 8, Peru 12",
            None,
        )

    def test_failed_treatments_come_as_a_mean_or_in_groups(self, base: Base) -> None:
        row = only(
            from_registry(
                base,
                baseline_row("Number of failed antidepressants", "3.1", param_type="MEAN", unit="drugs"),
                baseline_row("Failed antidepressant trials", "9", category="2"),
                baseline_row("Failed antidepressant trials", "11", category="3 or more"),
            )
        )
        assert (row["failed_treatments_mean"], row["failed_treatments_status"]) == (3.1, "reported")
        assert row["failed_treatments_groups"] == "2: 9, 3 or more: 11"

    def test_counts_of_arms_add_up_where_no_total_is_posted_and_means_do_not(self, base: Base) -> None:
        def arm(row: BaselineRow, value: str) -> BaselineRow:
            return replace(
                row, group_id="BG001", group_title="Placebo", is_total=False, value_text=value, value=float(value)
            )

        rows = from_registry(base, AGE, WOMEN, MEN, arm(AGE, "40"), arm(WOMEN, "11"), arm(MEN, "9"))
        total = rows[0]
        names = "arm_label", "is_total", "n", "n_female", "n_male", "pct_female", "age_mean", "sex_sum_note"
        assert [total[name] for name in names] == ["Total (sum of the arms)", True, 40, 23, 17, 57.5, None, None]

    def test_arms_with_more_people_than_were_enrolled_are_not_summed(self, base: Base) -> None:
        other = replace(WOMEN, group_id="BG001", group_title="Second phase", is_total=False)
        record = registration(has_results=True, enrollment=30, results=PostedResults(baseline=(WOMEN, other)))
        rows = base([record], [registry_facts()]).rows(TABLE)
        assert [row["is_total"] for row in rows] == [False, False]

    def test_severity_is_the_first_depression_scale(self, base: Base) -> None:
        score = baseline_row(
            "MADRS Total Score", "33.1", param_type="MEAN", dispersion_type="STANDARD_DEVIATION",
            unit="units on a scale", spread_text="5.2", spread=5.2,
        )  # fmt: skip
        row = only(from_registry(base, score))
        assert (row["baseline_scale"], row["baseline_score_mean"], row["baseline_score_sd"]) == ("madrs", 33.1, 5.2)

    def test_arms_and_total_are_rows_the_total_first(self, base: Base) -> None:
        total = baseline_row("Sex: Female, Male", "18", category="Female", group="BG001", denominator=40)
        rows = from_registry(base, WOMEN, total)
        assert [(row["arm_id"], row["is_total"], row["n_female"]) for row in rows] == [
            ("BG001", True, 18),
            ("BG000", False, 12),
        ]

    def test_the_only_group_is_the_total(self, base: Base) -> None:
        assert only(from_registry(base, WOMEN))["is_total"] is True

    def test_a_registration_without_results_says_not_posted(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(TABLE))
        assert [row[f"{item}_status"] for item in ("age", "sex", "race", "ethnicity")] == ["not posted"] * 4

    def test_eligible_ages_are_never_the_ages_of_the_sample(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(TABLE))
        assert (row["eligible_age_min"], row["eligible_age_max"], row["age_min"], row["age_max"]) == (
            18,
            65,
            None,
            None,
        )


class TestAbstracts:
    def test_ages_and_sex_are_as_stated(self, base: Base) -> None:
        row = from_abstract(base, Demographics(age_mean=reading(40, "40"), pct_female=reading(60.0, "60%")))
        assert (row["age_mean"], row["pct_female"], row["is_total"], row["arm_label"]) == (40, 60, True, "Total")

    def test_a_range_of_who_could_take_part_is_kept_apart(self, base: Base) -> None:
        who = Demographics(age_min=reading(20, "20"), age_max=reading(60, "60"), age_range_is_eligibility=True)
        row = from_abstract(base, who)
        assert (row["eligible_age_min"], row["age_min"], row["age_status"]) == (20, None, "not reported")

    def test_a_share_of_a_race_fills_its_column(self, base: Base) -> None:
        row = from_abstract(base, Demographics(race=(RaceShare("Caucasian", reading(60.0, "60%")),)))
        assert (row["pct_white"], row["race_status"]) == (60, "reported")

    def test_baseline_severity_is_that_of_the_first_scale(self, base: Base) -> None:
        severity = (
            BaselineSeverity("madrs", reading(40, "40"), reading(7, "7")),
            BaselineSeverity("hamd", reading(20, "20")),
        )
        row = from_abstract(base, Demographics(baseline_severity=severity))
        assert (row["baseline_scale"], row["baseline_score_mean"], row["baseline_score_sd"]) == ("madrs", 40, 7)

    def test_an_abstract_that_says_nothing_has_a_row_of_reasons(self, base: Base) -> None:
        row = from_abstract(base, Demographics())
        assert [row[f"{item}_status"] for item in ("age", "sex", "race", "ethnicity")] == ["not reported"] * 4

    def test_an_age_that_cannot_be_is_not_understood(self, base: Base) -> None:
        row = from_abstract(base, Demographics(age_mean=reading(400, "40")))
        assert (row["age_mean"], row["age_status"]) == (None, "not understood")

    def test_a_range_that_does_not_hold_the_mean_is_another_groups(self, base: Base) -> None:
        row = from_abstract(base, Demographics(age_mean=reading(40, "40"), age_min=reading(60, "60")))
        assert (row["age_mean"], row["age_min"]) == (40, None)
