"""The primary outcome and the number of arms that an abstract states. All sentences are invented."""

from __future__ import annotations

import pytest

from ketalit.extract.read import facts, units_of

Found = list[tuple[str | None, float | None]]


def outcomes(sentence: str) -> Found:
    read = facts(units_of("Ketamine in depression", f"METHODS: {sentence}", "1")).primary_outcomes
    return [
        (
            None if outcome.scale is None else str(outcome.scale.value),
            None if outcome.time_days is None else float(outcome.time_days.value),
        )
        for outcome in read
    ]


def arms(sentence: str) -> object:
    read = facts(units_of("Ketamine in depression", f"METHODS: {sentence}", "1")).n_arms
    return None if read is None else read.value


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The primary outcome was change in MADRS at day 17.", [("madrs", 17)]),
        ("The primary end point, the Hamilton depression rating scale after 72 hours, was rated blind.", [("hamd", 3)]),
        ("We rated the QIDS-SR at week 5 (primary outcome) and the PHQ-9 at week 9.", [("qids", 35)]),
        ("Primary outcome: response at week 5.", [(None, 35)]),
        ("Change in MADRS at day 17 was the primary endpoint.", [("madrs", 17)]),
        ("The co-primary outcomes were the MADRS and the BDI at week 5.", [("madrs", 35), ("bdi", 35)]),
    ],
)
def test_a_clause_that_says_so_is_read(sentence: str, expected: Found) -> None:
    assert outcomes(sentence) == expected


def test_the_words_on_secondary_outcomes_are_not_read() -> None:
    assert outcomes("The primary outcome was MADRS at day 17, and secondary outcomes were the BDI at week 9.") == [
        ("madrs", 17)
    ]


def test_several_times_are_none() -> None:
    assert outcomes("The primary outcome was MADRS at days 3, 17 and 30.") == [("madrs", None)]


def test_the_time_from_which_a_change_is_counted_is_not_the_time_of_the_outcome() -> None:
    assert outcomes("The primary outcome was change in MADRS from baseline (day 1) to week 5.") == [("madrs", 35)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The primary outcome was not met, and MADRS at day 17 was alike.",
        "Patients came from primary care and had a MADRS of 30 at day 1.",
        "The MADRS was rated at day 17.",
    ],
)
def test_a_result_or_no_statement_gives_none(sentence: str) -> None:
    assert outcomes(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In this four-arm trial ketamine was given.", 4),
        ("Adults were randomised 2:1:1 to ketamine, low ketamine or saline.", 3),
        ("Adults were randomly assigned to one of five groups of ketamine.", 5),
        ("Ketamine was given in two parallel groups.", 2),
        ("Ketamine was given to 12 adults in both arms.", None),
        ("A three-arm trial was followed by a two-arm extension with ketamine.", None),
    ],
)
def test_the_number_of_arms_is_read_where_it_is_stated_once(sentence: str, expected: int | None) -> None:
    assert arms(sentence) == expected
