"""evidence.representation: who is in the trials, beside who is in the population."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.model.evidence import Demographics, Facts, Judgement
from ketalit.model.registration import BaselineRow, Location, PostedResults, Registration
from ketalit.vocabulary import Integrity, Source
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    baseline_row,
    facts,
    publication,
    reading,
    registration,
    registry_facts,
    stated_id,
)

OVERALL = "dimension = 'overall'"


def women_and_men(women: int, men: int) -> tuple[BaselineRow, ...]:
    n = women + men
    return tuple(
        baseline_row(
            "Sex: Female, Male", str(count), category=word, denominator=n, denominator_text=str(n), group="BG001"
        )
        for word, count in (("Female", women), ("Male", men))
    )


def trial(nct_id: str, *baseline: BaselineRow, **changes: Any) -> Registration:
    return registration(nct_id, has_results=True, results=PostedResults(baseline=baseline), **changes)


def rows(base: Base, *records: Any, read: tuple[Facts, ...] = (), where: str = OVERALL) -> list[Row]:
    known = [registry_facts(record.nct_id) for record in records if isinstance(record, Registration)]
    warehouse = base(records, [*known, *read])
    warehouse.audit()
    return warehouse.rows(f"select * from evidence.representation where {where}")  # noqa: S608 – our own words


def category(base: Base, name: str, *records: Any, **options: Any) -> Row:
    [row] = [row for row in rows(base, *records, **options) if row["category"] == name]
    return row


ONE = trial("NCT00000001", *women_and_men(30, 10))
OTHER = trial("NCT00000002", *women_and_men(10, 50))


def test_shares_are_sums_of_counts_over_sums_of_denominators(base: Base) -> None:
    row = category(base, "female", ONE, OTHER)
    assert (row["n_studies"], row["n_studies_pooled"], row["n_people"], row["n_in_category"]) == (2, 2, 100, 40)
    assert row["pct_of_people"] == 40


def test_the_census_stands_beside_the_share(base: Base) -> None:
    row = category(base, "female", ONE, OTHER)
    assert (row["reference_pct"], row["participation_to_prevalence_ratio"]) == (50.92, 0.79)


def test_another_population_is_a_parameter(base: Base) -> None:
    warehouse = base([ONE, OTHER], [registry_facts("NCT00000001"), registry_facts("NCT00000002")])
    found = warehouse.rows(
        "select category, reference_pct, participation_to_prevalence_ratio"
        " from evidence.representation_against(map {'female': 80}) where dimension = 'overall' and item = 'sex'"
    )
    assert [tuple(row.values()) for row in found][:2] == [("female", 80, 0.5), ("male", None, None)]


def test_the_bundled_shares_add_up_to_the_population(base: Base) -> None:
    shares = base([], []).rows(
        "select item, sum(n) = any_value(n_population) as is_whole from ref.reference_population group by item"
    )
    assert {row["item"]: row["is_whole"] for row in shares} == dict.fromkeys(("age", "sex", "race", "ethnicity"), True)


def test_each_row_lists_its_studies(base: Base) -> None:
    row = category(base, "female", ONE, trial("NCT00000003"))
    assert (row["pooled_study_ids"], row["reporting_study_ids"]) == (["NCT00000001"], ["NCT00000001"])


def test_a_study_that_is_silent_lowers_the_rate_of_reporting(base: Base) -> None:
    row = category(base, "white", ONE, trial("NCT00000003", *women_and_men(5, 5)))
    assert (row["n_studies"], row["n_studies_reporting"], row["pct_studies_reporting"]) == (2, 0, 0)


def test_a_registration_without_results_is_not_asked(base: Base) -> None:
    assert category(base, "female", ONE, registration("NCT00000004"))["n_studies"] == 1


def test_people_of_arms_and_total_are_counted_once(base: Base) -> None:
    arm = baseline_row("Sex: Female, Male", "15", category="Female", denominator=20)
    row = category(base, "female", trial("NCT00000001", arm, *women_and_men(30, 10)))
    assert (row["n_in_category"], row["n_people"]) == (30, 40)


def test_a_registration_and_its_paper_are_one_study(base: Base) -> None:
    paper = publication(registry_ids=(stated_id("NCT00000001"),))
    read = facts(demographics=Demographics(n_female=reading(12, "12")))
    row = category(base, "female", ONE, paper, read=(read,))
    assert (row["n_studies"], row["n_people"]) == (1, 40)


def test_a_retracted_paper_is_counted_nowhere(base: Base) -> None:
    withdrawn = publication(integrity=Integrity.RETRACTED)
    read = facts(demographics=Demographics(n_female=reading(12, "12")))
    assert category(base, "female", ONE, withdrawn, read=(read,))["n_studies"] == 1


def test_a_paper_in_doubt_is_counted_nowhere(base: Base) -> None:
    read = facts(judgement=Judgement(True, True, "look"), demographics=Demographics(n_female=reading(12, "12")))
    assert category(base, "female", ONE, publication(), read=(read,))["n_studies"] == 1


def test_women_and_men_of_a_paper_are_pooled(base: Base) -> None:
    read = facts(demographics=Demographics(n_female=reading(12, "12"), n_male=reading(8, "20")))
    row = category(base, "female", publication(), read=(read,))
    assert (row["n_in_category"], row["n_people"]) == (12, 20)


def test_more_women_and_men_than_the_sample_has_are_not_pooled(base: Base) -> None:
    read = facts(demographics=Demographics(n_female=reading(12, "12"), n_male=reading(20, "20")))
    assert category(base, "female", publication(), read=(read,))["n_studies_pooled"] == 0


def test_women_alone_leave_open_of_how_many(base: Base) -> None:
    read = facts(demographics=Demographics(n_female=reading(12, "12")))
    row = category(base, "female", publication(), read=(read,))
    assert (row["n_studies_reporting"], row["n_studies_pooled"]) == (1, 0)


def test_a_percentage_without_a_count_is_reported_and_not_pooled(base: Base) -> None:
    read = facts(demographics=Demographics(pct_female=reading(60.0, "60%")))
    row = category(base, "female", publication(), read=(read,))
    assert (row["n_studies_reporting"], row["n_studies_pooled"], row["pct_of_people"]) == (1, 0, None)


def test_a_table_in_words_without_a_column_is_reported_and_not_pooled(base: Base) -> None:
    merged = tuple(
        baseline_row("Race/Ethnicity, Customized", "10", category=word, group="BG001")
        for word in ("Asian", "Non-Hispanic White")
    )
    row = category(base, "asian", trial("NCT00000001", *merged))
    assert (row["n_studies_reporting"], row["n_studies_pooled"]) == (1, 0)


def test_a_table_that_lists_some_people_only_is_not_pooled(base: Base) -> None:
    some = baseline_row("Ethnicity (NIH/OMB)", "7", category="Hispanic or Latino", group="BG001")
    assert category(base, "hispanic", trial("NCT00000001", some))["n_studies_pooled"] == 0


def test_unknown_is_no_share_of_the_known(base: Base) -> None:
    counts = {"Hispanic or Latino": "4", "Not Hispanic or Latino": "12", "Unknown or Not Reported": "4"}
    table = (baseline_row("Ethnicity (NIH/OMB)", n, category=word, group="BG001") for word, n in counts.items())
    row = category(base, "hispanic", trial("NCT00000001", *table))
    assert (row["n_people"], row["n_known"], row["pct_of_people"], row["pct_of_known"]) == (20, 16, 20, 25)


@pytest.mark.parametrize("dimension", ["year", "drug", "route", "sponsor_class", "country"])
def test_a_dimension_shares_out_the_people_of_all_studies(base: Base, dimension: str) -> None:
    def site(country: str) -> Location:
        return Location("Clinic", "Town", None, country, None)

    abroad = trial("NCT00000002", *women_and_men(10, 50), sponsor_class="NIH", locations=(site("Chile"), site("Peru")))
    found = rows(base, ONE, abroad, where=f"dimension in ('overall', '{dimension}') and category = 'female'")
    people = {row["dimension"]: 0 for row in found}
    for row in found:
        people[row["dimension"]] += row["n_people"]
    assert people == {"overall": 100, dimension: 100}


def test_a_trial_in_two_countries_is_a_value_of_its_own(base: Base) -> None:
    sites = tuple(Location("Clinic", "Town", None, country, None) for country in ("Chile", "Peru"))
    abroad = trial("NCT00000002", *women_and_men(10, 50), locations=sites)
    found = rows(base, abroad, where="dimension = 'country' and category = 'female'")
    assert [row["dimension_value"] for row in found] == ["several countries"]


def test_a_secondary_analysis_is_no_sample_of_its_own(base: Base) -> None:
    read = Facts(
        Source.PUBMED, "101", Judgement(True, False, "esketamine"), design=reading("secondary_analysis", "got"),
        demographics=Demographics(n_female=reading(12, "12")),
    )  # fmt: skip
    assert category(base, "female", ONE, publication(), read=(read,))["n_studies"] == 1
