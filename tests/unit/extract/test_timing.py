"""Which times are times of follow-up, what they are counted from, and until when a benefit is said to last."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

DOSING = "METHODS: Ten patients received ketamine over 40 minutes. "
COURSE = "METHODS: Ten patients received ketamine twice weekly for 4 weeks. "


def days(text: str) -> object:
    return record(text)["follow_up_days"]


def anchor(text: str) -> object:
    return record(text)["follow_up_anchor"]


def until(results: str) -> object:
    return record(f"{DOSING}RESULTS: {results}")["effect_until_days"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Plasma was drawn on day 3.",
        "All had fMRI before and 3 days after infusion.",
        "Patients with major depressive disorder were scanned at 10 days.",
        "Theta power rose 2 h after infusion.",
        "A 4-day electrocardiogram was recorded.",
        "She felt dissociated until 60 minutes.",
        "Twelve months after her episode began, she was referred.",
        "They received the alternate drug 2 weeks later.",
        "They received four infusions over 2 weeks.",
    ],
)
def test_times_of_samples_side_effects_histories_and_dosing_are_no_follow_up(sentence: str) -> None:
    assert days(DOSING + sentence) is None


def test_depressive_symptoms_make_a_time_one_of_follow_up_where_a_diagnosis_does_not() -> None:
    assert days(DOSING + "Plasma and depressive symptoms were taken on day 3.") == 3


def test_the_length_of_a_trial_yields_to_stated_visits() -> None:
    assert days(DOSING + "In this two weeks clinical trial, mood was rated on days 1, 4 and 7.") == 7


@pytest.mark.parametrize(
    "sentence",
    [
        "The outcome was change in mood from baseline to post-treatment.",
        "The outcome was mood at the end of the acute treatment phase.",
        "RESULTS: Depressive symptoms fell throughout the 4-week acute treatment period.",
    ],
)
def test_an_outcome_at_the_end_of_treatment_has_its_length(sentence: str) -> None:
    assert days(COURSE + sentence) == 28


def test_a_follow_up_after_the_last_dose_outlasts_the_course() -> None:
    text = COURSE + "Mood was rated at week 4, with follow-up 3 weeks after the final dose."

    assert (days(text), anchor(text)) == (21, "last_dose")


@pytest.mark.parametrize(
    ("sentence", "counted_from"),
    [
        ("Mood was rated 24 h after patients received four infusions.", "last_dose"),
        ("Mood was rated 4 hours after each infusion.", "last_dose"),
        ("Mood was rated at baseline and in a two-week naturalistically planned visit.", "first_dose"),
        ("Responders were monitored for relapse for 4 weeks.", "last_dose"),
        ("Mood was rated 3 months after treatment initiation.", "first_dose"),
        ("Treatment ended with the last infusion; mood was rated on day 33.", "first_dose"),
        ("Depression was rated one week after surgery.", "unspecified"),
        ("Depression was rated 42 days postpartum.", "unspecified"),
        ("Patients were followed up for 6 months.", "unspecified"),
        ("Mood was rated the next day.", "first_dose"),
    ],
)
def test_a_follow_up_has_its_anchor(sentence: str, counted_from: str) -> None:
    assert anchor(DOSING + sentence) == counted_from


def test_days_after_treatment_with_a_single_dose_count_from_that_dose() -> None:
    assert anchor("METHODS: Ten patients had a single infusion. Mood was rated 7 days post-treatment.") == "first_dose"


@pytest.mark.parametrize(
    ("results", "latest"),
    [
        ("Side effects passed, and the improvement in mood was maintained for 6 weeks.", 42),
        ("Suicidal ideation was lower than at baseline at 3 days (p = 0.01).", 3),
        ("Mood was better than in those who did not get it and the benefit was sustained at day 7.", 7),
    ],
)
def test_a_benefit_is_dated_by_its_own_clause(results: str, latest: int) -> None:
    assert until(results) == latest


@pytest.mark.parametrize(
    "results",
    [
        "Improvement at day 7 correlated significantly with age.",
        "Heart rate remained raised at day 7.",
        "Memory was still significantly better at day 7 in depressed patients.",
        "Mood was lower at day 7.",
        "Mood showed no significant difference between groups (day 1: p = 0.8; day 3: p = 0.7).",
    ],
)
def test_relations_and_other_outcomes_are_no_lasting_benefit(results: str) -> None:
    assert until(results) is None
