"""evidence.baseline_characteristics: the registry's baseline table, cell by cell."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ketalit.model.registration import BaselineRow, PostedResults
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import baseline_row, publication, registration, registry_facts

TABLE = "select * from evidence.baseline_characteristics"
AT = "/resultsSection/baselineCharacteristicsModule"


def posted(base: Base, *baseline: BaselineRow) -> list[Row]:
    record = registration(has_results=True, results=PostedResults(baseline=baseline))
    return base([record], [registry_facts()]).rows(TABLE)


def only(base: Base, measure: str, value: str, **changes: Any) -> Row:
    [row] = posted(base, baseline_row(measure, value, **changes))
    return row


def test_a_mean_has_its_spread_its_unit_and_the_number_it_rests_on(base: Base) -> None:
    row = only(
        base, "Age, Continuous", "44.5", param_type="MEAN", dispersion_type="STANDARD_DEVIATION", unit="years",
        spread_text="10.10", spread=10.1,
    )  # fmt: skip
    names = "item", "value", "spread_verbatim", "spread", "unit", "denominator", "denominator_level", "n_participants"
    assert [row[name] for name in names] == ["age", 44.5, "10.10", 10.1, "years", 20, "module", None]


def test_a_count_has_its_share_of_the_number_that_it_rests_on(base: Base) -> None:
    row = only(base, "Sex: Female, Male", "12", category="Female")
    assert (row["n_participants"], row["pct_computed"], row["pct_reported"]) == (12, 60, None)


@pytest.mark.parametrize(
    ("place", "level"),
    [("/denoms/0", "module"), ("/measures/0/denoms/0", "measure"), ("/measures/0/classes/1/denoms/0", "class")],
)
def test_the_level_of_a_denominator_is_said(base: Base, place: str, level: str) -> None:
    row = only(base, "Smoker", "5", denominator=10, denominator_pointer=f"{AT}{place}/counts/0/value")
    assert (row["denominator_level"], row["pct_computed"]) == (level, 50)


def test_a_posted_share_is_a_share_and_no_count(base: Base) -> None:
    row = only(base, "Gender", "40.5", param_type="NUMBER", unit="percentage of participants", category="Female")
    assert (row["pct_reported"], row["n_participants"], row["pct_computed"]) == (40.5, None, None)


def test_a_proportion_is_told_in_per_cent(base: Base) -> None:
    row = only(base, "Gender", "0.405", param_type="NUMBER", unit="proportion of participants", category="Female")
    assert (row["value"], row["pct_reported"]) == (0.405, 40.5)


def test_eyes_are_no_participants(base: Base) -> None:
    row = only(base, "Eye", "30", param_type="COUNT_OF_UNITS", unit="eyes", denominator=40, denominator_unit="Eyes")
    assert (row["n_participants"], row["pct_computed"]) == (None, 75)


def test_eyes_are_no_share_of_people(base: Base) -> None:
    row = only(base, "Eye", "15", param_type="COUNT_OF_UNITS", unit="eyes")
    assert row["pct_computed"] is None


def test_a_value_that_is_no_number_is_kept_as_written(base: Base) -> None:
    row = only(base, "Weight", "NA", param_type="MEAN", unit="kg")
    assert (row["value_verbatim"], row["value"], row["value_absence"]) == ("NA", None, "not understood")


def test_a_characteristic_that_was_not_collected_has_a_row(base: Base) -> None:
    silent = replace(
        baseline_row("Race and Ethnicity Not Collected", "0", pointer=f"{AT}/measures/3"),
        group_id=None, group_title=None, value_text=None, value=None,
    )  # fmt: skip
    [row] = posted(base, silent)
    assert (row["item"], row["value_absence"], row["arm_id"]) == ("race_ethnicity", "not collected", None)


def test_both_tables_of_a_race_that_is_posted_twice_are_there(base: Base) -> None:
    rows = posted(
        base,
        baseline_row("Race (NIH/OMB)", "14", category="White"),
        baseline_row("Race/Ethnicity, Customized", "15", category="Of the old town"),
    )
    assert [(row["item"], row["category_title"], row["value"]) for row in rows] == [
        ("race", "White", 14),
        ("race_ethnicity", "Of the old town", 15),
    ]


@pytest.mark.parametrize(
    ("measure", "instrument"),
    [
        ("MADRS Total Score", "madrs"),
        ("Clinical Global Impression - Severity", "cgi"),
        ("Wobble Index Score", "Wobble Index Score"),
    ],
)
def test_severity_is_there_by_every_instrument(base: Base, measure: str, instrument: str) -> None:
    row = only(base, measure, "30", param_type="MEAN", unit="units on a scale")
    assert (row["item"], row["instrument"]) == ("severity", instrument)


def test_the_scale_may_stand_in_the_heading_of_a_row(base: Base) -> None:
    row = only(base, "Entry scores", "30", param_type="MEAN", unit="points", class_title="MADRS")
    assert (row["item"], row["instrument"]) == ("severity", "madrs")


def test_failed_treatments_keep_their_own_groups(base: Base) -> None:
    rows = posted(
        base,
        baseline_row("Number of Failed Antidepressants", "12", category="Two"),
        baseline_row("Number of Failed Antidepressants", "8", category="Three or more"),
    )
    found = [(row["item"], row["category_title"], row["n_participants"], row["category_sum"]) for row in rows]
    assert found == [("failed_treatments", "Two", 12, 20), ("failed_treatments", "Three or more", 8, 20)]


def test_a_country_is_told_from_a_part_of_the_world(base: Base) -> None:
    rows = posted(
        base,
        *(
            baseline_row("Region of Enrollment", "5", class_title=place)
            for place in ("Chile", "South Africa", "Europe")
        ),
    )
    assert [row["item"] for row in rows] == ["country", "country", "region"]


@pytest.mark.parametrize(
    ("women", "men", "note"),
    [
        ("12", "8", None),
        ("12", "6", "the categories count 18 of 20: others are not listed"),
        ("12", "9", "the categories count 21 of 20: one may be in several"),
        ("12", "NA", "some values are no plain numbers"),
    ],
)
def test_categories_add_up_or_the_row_says_why_not(base: Base, women: str, men: str, note: str | None) -> None:
    rows = posted(
        base,
        baseline_row("Sex: Female, Male", women, category="Female"),
        baseline_row("Sex: Female, Male", men, category="Male"),
    )
    assert [row["sum_note"] for row in rows] == [note, note]


def test_a_list_of_one_category_asks_nothing_of_its_sum(base: Base) -> None:
    row = only(base, "Smoker", "5")
    assert (row["category_sum"], row["sum_note"]) == (None, None)


def test_a_computed_share_cites_the_count_and_its_denominator(base: Base) -> None:
    record = registration(has_results=True, results=PostedResults(baseline=(baseline_row("Smoker", "5"),)))
    sources = base([record], [registry_facts()]).rows(
        "select quote, is_derived from evidence.cell_source"
        " where view_name = 'baseline_characteristics' and column_name = 'pct_computed' order by ordinal"
    )
    assert sources == [{"quote": "5", "is_derived": True}, {"quote": "20", "is_derived": True}]


def test_a_paper_has_no_rows(base: Base) -> None:
    assert base([publication()], []).rows(TABLE) == []
