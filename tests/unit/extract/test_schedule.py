"""How many doses, how often, for how long."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read, regimens, slot

OWN = "METHODS: Ten patients with depression received {}."


@pytest.mark.parametrize(
    ("written", "sessions"),
    [
        ("a single ketamine infusion", 1),
        ("six ketamine infusions", 6),
        ("eight doses of ketamine", 8),
        ("one infusion of ketamine", 1),
        ("a series of four ketamine infusions", 4),
        ("six intravenous infusions of ketamine", 6),
    ],
)
def test_the_number_of_doses_is_read(written: str, sessions: int) -> None:
    assert slot("sessions", OWN.format(written)) == [sessions]


def test_a_range_of_doses_has_two_ends() -> None:
    (regimen,) = regimens(OWN.format("4-6 ketamine infusions"))

    assert (regimen["sessions"], regimen["sessions_max"]) == (4, 6)


def test_at_most_so_many_doses_is_an_upper_end_only() -> None:
    (regimen,) = regimens(OWN.format("up to six ketamine infusions"))

    assert (regimen.get("sessions"), regimen["sessions_max"]) == (None, 6)


def test_all_infusions_of_all_patients_are_not_the_doses_of_one() -> None:
    assert slot("sessions", OWN.format("a total of 741 ketamine infusions")) == [None]


def test_sessions_of_psychotherapy_are_no_doses() -> None:
    assert slot("sessions", OWN.format("ketamine and 12 sessions of CBT")) == [None]


def test_sessions_of_ect_are_no_doses() -> None:
    assert slot("sessions", OWN.format("six infusions of ketamine or nine treatments with ECT")) == [6]


@pytest.mark.parametrize(
    ("written", "per_week"),
    [
        ("ketamine twice weekly", 2),
        ("ketamine thrice weekly", 3),
        ("ketamine three times a week", 3),
        ("ketamine once weekly", 1),
        ("weekly ketamine infusions", 1),
        ("ketamine every other day", 3.5),
        ("ketamine on alternate days", 3.5),
        ("ketamine every 2 weeks", 0.5),
        ("ketamine daily", 7),
        ("ketamine on a Monday-Wednesday-Friday schedule", 3),
        ("ketamine 2 times/week", 2),
    ],
)
def test_the_frequency_is_in_doses_a_week(written: str, per_week: float) -> None:
    assert slot("per_week", OWN.format(written)) == [per_week]


def test_the_frequency_of_visits_is_no_frequency_of_dosing() -> None:
    assert slot("per_week", "METHODS: Ten patients got ketamine. Follow-up visits were held twice weekly.") == [None]


def test_the_frequency_of_another_drug_is_no_frequency_of_dosing() -> None:
    assert slot("per_week", OWN.format("ketamine with riluzole twice daily")) == [None]


def test_two_frequencies_are_two_regimens() -> None:
    assert slot("per_week", OWN.format("ketamine either two or three times weekly")) == [2, 3]


def test_frequency_and_length_give_the_number_of_doses() -> None:
    facts = read(OWN.format("ketamine twice weekly for 4 weeks"))
    (regimen,) = facts.regimens

    assert regimen.sessions is not None
    assert (regimen.sessions.value, regimen.sessions.derived) == (8, True)


def test_an_upper_bound_of_length_gives_no_number_of_doses() -> None:
    assert slot("sessions", OWN.format("ketamine twice weekly for up to 4 weeks")) == [None]


def test_doses_in_a_length_of_time_give_a_frequency() -> None:
    (regimen,) = regimens(OWN.format("six ketamine infusions over 12 days"))

    assert (regimen["sessions"], regimen["per_week"], regimen["course_days"]) == (6, 3, 12)


def test_phases_of_different_frequency_are_separate_regimens() -> None:
    text = OWN.format("esketamine twice weekly during a 4-week induction phase and then weekly for weeks 5-8")
    found = regimens(text, "Esketamine nasal spray in depression.")

    assert [(regimen["per_week"], regimen["course_days"]) for regimen in found] == [(2, 28), (1, 28)]


def test_a_flexible_frequency_is_no_single_number() -> None:
    assert slot("per_week", OWN.format("maintenance ketamine weekly or every 2 weeks")) == [None]


def test_the_infusion_is_one_infusion() -> None:
    (regimen,) = read("METHODS: Ten patients received a ketamine infusion. Mood was rated after the infusion.").regimens

    assert regimen.sessions is not None
    assert (regimen.sessions.value, regimen.sessions.derived) == (1, True)


def test_repeated_infusions_are_not_one_infusion() -> None:
    assert slot("sessions", "METHODS: Ten patients received repeated doses. Mood was rated after the infusion.") == [
        None
    ]


def test_further_infusions_are_added_to_the_first() -> None:
    text = "METHODS: On day 1 ten patients received ketamine. Responders received three further infusions."

    assert slot("sessions", text) == [4]
