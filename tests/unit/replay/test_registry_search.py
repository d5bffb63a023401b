"""What Essie expressions find: areas, widening, coverage, ranges of dates, numbers and ages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.replay.essie import parse
from ketalit.replay.refusal import QueryRefused
from ketalit.replay.registry_search import Registry, Scope
from tests.unit.replay.replay_records import study_json

BASIC = Scope("BasicSearch")


def finds(expression: str, **stated: Any) -> bool:
    registry = Registry([("NCT00000001", study_json(**stated))])
    return bool(registry.search(parse(expression), BASIC))


TITLE = "identificationModule__briefTitle"
CONDITIONS = "conditionsModule__conditions"


def test_words_may_stand_apart_but_a_phrase_may_not() -> None:
    stated = {TITLE: "Heart and lung disease"}

    assert finds("heart disease", **stated)
    assert not finds('"heart disease"', **stated)
    assert not finds("EXPANSION[Concept]heart disease", **stated)


def test_lossy_needs_one_word_only() -> None:
    assert finds("EXPANSION[Lossy]heart disease", **{TITLE: "Diseases of the skin"})
    assert not finds("heart disease", **{TITLE: "Diseases of the skin"})


@pytest.mark.parametrize(
    "expression", ["ketalar", "Ketamine Hydrochloride", "KETAMINE", '"ketalar"', "EXPANSION[Concept]ketalar"]
)
def test_names_of_one_concept_find_each_other(expression: str) -> None:
    assert finds(expression, **{TITLE: "Ketamine for pain"})


@pytest.mark.parametrize("expression", ["EXPANSION[Term]ketalar", "EXPANSION[None]ketalar", "esketamine"])
def test_other_names_are_found_only_when_the_concept_is_searched(expression: str) -> None:
    assert not finds(expression, **{TITLE: "Ketamine for pain"})


def test_each_word_of_a_relaxed_term_is_widened() -> None:
    assert finds("ketalar depression", **{TITLE: "Ketamine", CONDITIONS: ["Depressive Disorder"]})


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("EXPANSION[None]infusions", True),
        ("EXPANSION[None]infusion", False),
        ("EXPANSION[None]Infusions", False),
        ("EXPANSION[Term]infusion", True),
        ("EXPANSION[Term]INFUSIONS", True),
    ],
)
def test_without_expansion_case_and_number_count(expression: str, found: bool) -> None:
    assert finds(expression, **{TITLE: "Six infusions"}) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("AREA[Condition]COVERAGE[FullMatch]depression", True),
        ("AREA[Condition]COVERAGE[FullMatch]bipolar depression", False),
        ("AREA[Condition]COVERAGE[StartsWith]bipolar", True),
        ("AREA[Condition]COVERAGE[StartsWith]disorder", False),
        ("AREA[Condition]COVERAGE[EndsWith]disorder", True),
        ("AREA[Condition]COVERAGE[FullMatch]EXPANSION[Term]depression", False),
        ("AREA[Condition]COVERAGE[Contains]bipolar", True),
    ],
)
def test_coverage_says_how_much_of_a_value_a_term_covers(expression: str, found: bool) -> None:
    assert finds(expression, **{CONDITIONS: ["Depressive Disorder", "Bipolar II Disorder"]}) == found


def test_coverage_and_lossy_expansion_do_not_go_together() -> None:
    with pytest.raises(QueryRefused, match="cannot be used with a COVERAGE operator"):
        finds("COVERAGE[FullMatch]EXPANSION[Lossy]a")


def test_an_area_looks_into_its_own_fields_only() -> None:
    stated = {TITLE: "Ketamine", CONDITIONS: ["Pain"]}

    assert finds("AREA[TitleSearch]ketamine", **stated)
    assert finds("AREA[BriefTitle]ketamine", **stated)
    assert finds("AREA[protocolSection.identificationModule.briefTitle]ketamine", **stated)
    assert not finds("AREA[OfficialTitle]ketamine", **stated)
    assert not finds("AREA[Condition]ketamine", **stated)
    assert not finds("AREA[OutcomeSearch]ketamine", **stated)


def test_headings_above_a_condition_are_searched() -> None:
    stated = {"derivedSection__conditionBrowseModule__ancestors": [{"id": "D1", "term": "Mood Disorders"}]}

    assert finds("AREA[ConditionSearch]mood disorder", **stated)


def test_an_unknown_area_is_refused_in_the_words_of_the_service() -> None:
    with pytest.raises(QueryRefused) as refusal:
        finds("AREA[NotARealField]x")

    assert str(refusal.value) == "Unknown area name: `NotARealField`"


@pytest.mark.parametrize(
    ("expression", "found"), [("PHASE3", True), ("Phase 3", True), ("phase3", True), ("PHASE2", False)]
)
def test_enumerations_match_whole_values_in_either_spelling(expression: str, found: bool) -> None:
    assert finds(f"AREA[Phase]{expression}", designModule__phases=["PHASE3", "PHASE4"]) == found


def test_a_word_outside_an_enumeration_is_refused_with_the_allowed_ones() -> None:
    with pytest.raises(QueryRefused) as refusal:
        finds("AREA[Phase]PHASE5")

    assert str(refusal.value) == (
        "Allowed values for enum field `protocolSection.designModule.phases` are "
        "`NA`, `EARLY_PHASE1`, `PHASE1`, `PHASE2`, `PHASE3`, `PHASE4`"
    )


def test_a_boolean_field_is_true_or_false() -> None:
    assert finds("AREA[HasResults]true", hasResults=True)
    assert not finds("AREA[HasResults]true", hasResults=False)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("RANGE[2019-05-14, 2019-05-14]", True),
        ("RANGE[2019-05-15, MAX]", False),
        ("RANGE[MIN, 2019-05-13]", False),
        ("RANGE[MIN, MAX]", True),
        ("RANGE[2019, 2019]", True),
        ("RANGE[MIN, 2019-05]", True),
        ("RANGE[05/14/2019, MAX]", True),
        ("RANGE[05/15/2019, MAX]", False),
        ("2019", True),
        ("2019-05", True),
        ("2018", False),
        ("MISSING", False),
    ],
)
def test_dates_lie_between_their_bounds_both_included(expression: str, found: bool) -> None:
    stated = {"statusModule__lastUpdatePostDateStruct": {"date": "2019-05-14", "type": "ACTUAL"}}

    assert finds(f"AREA[LastUpdatePostDate]{expression}", **stated) == found


def test_a_date_without_a_day_stands_before_every_day_of_its_month() -> None:
    stated = {"statusModule__startDateStruct": {"date": "2019-05"}}

    assert finds("AREA[StartDate]RANGE[2019-05, 2019-05-31]", **stated)
    assert not finds("AREA[StartDate]RANGE[2019-05-01, 2019-05-31]", **stated)


@pytest.mark.parametrize(
    ("expression", "found"), [("RANGE[100, 200]", True), ("RANGE[MIN, 99]", False), ("100", True), ("10", False)]
)
def test_numbers_compare_as_numbers(expression: str, found: bool) -> None:
    assert finds(f"AREA[EnrollmentCount]{expression}", designModule__enrollmentInfo={"count": 100}) == found


@pytest.mark.parametrize(
    ("expression", "found"), [("RANGE[MIN, 1 year]", True), ("RANGE[7 months, MAX]", False), ("6 Months", True)]
)
def test_ages_compare_across_units(expression: str, found: bool) -> None:
    assert finds(f"AREA[MinimumAge]{expression}", eligibilityModule__minimumAge="6 Months") == found


@pytest.mark.parametrize(
    "expression",
    ["AREA[StartDate]RANGE[soon, MAX]", "AREA[EnrollmentCount]RANGE[few, MAX]", "AREA[MinimumAge]RANGE[5, MAX]"],
)
def test_a_malformed_bound_is_refused(expression: str) -> None:
    with pytest.raises(QueryRefused, match="mismatched input"):
        finds(expression)


def test_text_has_no_range() -> None:
    with pytest.raises(QueryRefused, match="RANGE is of numbers, dates and ages, which BriefTitle is not"):
        finds("AREA[BriefTitle]RANGE[a, b]")


def test_studies_without_a_value_are_missing_it() -> None:
    assert finds("AREA[ResultsFirstPostDate]MISSING")
    assert not finds("AREA[ResultsFirstPostDate]RANGE[MIN, MAX]")


WORDS = st.sampled_from(["ketamine", "placebo", "depression", "pain"])
TITLES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=8)


@given(TITLES, WORDS, WORDS)
def test_sets_obey_their_laws(titles: list[str], left: str, right: str) -> None:
    ids = [f"NCT{number:08d}" for number in range(1, len(titles) + 1)]
    registry = Registry(
        [(nct_id, study_json(nct_id, **{TITLE: title})) for nct_id, title in zip(ids, titles, strict=True)]
    )

    def found(expression: str) -> frozenset[str]:
        return registry.search(parse(expression), BASIC)

    assert found(f"{left} AND {right}") == found(left) & found(right)
    assert found(f"{left} OR {right}") == found(left) | found(right)
    assert found(f"NOT {left}") == registry.nct_ids - found(left)
    assert found(f"{left} NOT {right}") == found(left) - found(right)
    assert found(f'"{left} {right}"') <= found(f"{left} {right}") <= found(f"EXPANSION[Lossy]{left} {right}")
    assert found("ALL") == registry.nct_ids
