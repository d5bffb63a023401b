"""Distances between doses as a frequency, ranges of time, and follow-up while treatment goes on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extract.reading import follow_up, slot
from tests.unit.extract.studies import SERIES, SINGLE

PEOPLE = "Methods: 40 adults with depression took part. "
CONTINUED = "Methods: 40 adults with depression received esketamine nasal spray twice weekly for 4 weeks. "


@pytest.mark.parametrize(
    ("dosing", "sessions", "per_week"),
    [
        ("Six ketamine infusions were given at weekly intervals.", 6, 1),
        ("Five ketamine infusions were given at 3-day intervals.", 5, 2.33),
        ("Eight ketamine injections at two- to three-day intervals were planned.", 8, 3),
        ("Ketamine was injected at two-week intervals.", None, 0.5),
        ("Maintenance infusions of ketamine were given at intervals of two weeks.", None, 0.5),
        ("Infusions of ketamine were given at intervals of 2 to 3 days.", None, 3),
        ("Six infusions of ketamine were given with an interval of two days between infusions.", 6, 3.5),
        ("Patients received six ketamine infusions spaced 3 days apart.", 6, 2.33),
        ("Maintenance ketamine infusions were spaced two weeks apart.", None, 0.5),
        ("Four infusions of ketamine separated by one week were given.", 4, 1),
    ],
)
def test_a_distance_between_doses_is_a_frequency(dosing: str, sessions: float | None, per_week: float) -> None:
    found = [slot(name, PEOPLE + dosing) for name in ("sessions", "per_week")]

    assert found == [[sessions], [per_week]]


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE + "Two ketamine infusions were given, spaced one week apart.",
        PEOPLE + "Ketamine was infused twice at an interval of 3 days.",
        PEOPLE + "Ketamine (0.5 mg/kg) and, separated by 7 days, midazolam were infused.",
        PEOPLE + "Patients received ketamine and placebo infusions separated by one week.",
        "Methods: In a crossover trial, 20 adults with depression had ketamine and saline spaced 7 days apart.",
        SINGLE + "The MADRS was rated at intervals of two weeks.",
        SINGLE + "Visits were spaced 2 weeks apart.",
        SINGLE + "ECT was given at intervals of 2 days.",
        PEOPLE + "Ketamine was titrated up to 0.5 mg/kg, the dose being increased at 3-day intervals.",
        PEOPLE + "Ketamine was given after ECT, with an interval of 2 weeks between ECT and ketamine.",
        "A man with depression relapsed and was given a ketamine infusion again at an interval of 6 weeks.",
        PEOPLE + "All underwent fMRI before and after a ketamine infusion at an interval of one day.",
        PEOPLE + "Patients had maintenance infusions of ketamine, with a median interval of 31 days.",
    ],
)
def test_a_distance_between_two_doses_visits_or_steps_is_no_frequency(text: str) -> None:
    assert set(slot("per_week", text)) == {None}


@pytest.mark.parametrize(
    ("dosing", "expected"),
    [
        ("Ketamine was infused twice weekly for 2 to 3 weeks.", (None, 2)),
        ("Six infusions of ketamine were given over 2-3 weeks.", (6, None)),
        ("Esketamine was given in a 4- to 6-week induction phase, twice weekly.", (None, 2)),
        ("Two to four weeks of daily oral esketamine were given.", (None, 7)),
        ("Ketamine was infused thrice weekly, 2-3 weeks.", (None, 3)),
    ],
)
def test_a_range_is_no_length_of_a_course(dosing: str, expected: tuple[Any, Any]) -> None:
    slots = [slot(name, PEOPLE + dosing) for name in ("sessions", "per_week", "course_days")]

    assert list(zip(*slots, strict=True)) == [(*expected, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SERIES + "They were followed for 6-12 months.", 360),
        (SERIES + "Follow-up ranged from 6 to 12 months.", 360),
        (SERIES + "Follow-up (range 3-9 months) was by telephone.", 270),
        (SERIES + "Their illness ranged from 2 to 10 years. MADRS was rated at week 2.", 14),
    ],
)
def test_the_longest_of_a_range_is_the_follow_up(text: str, expected: float) -> None:
    assert follow_up(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CONTINUED + "They were then followed on treatment for 6 months.", (180, "first_dose")),
        (CONTINUED.replace(". ", ", followed by 6 months of observation on the spray."), (180, "first_dose")),
        (CONTINUED + "Patients were observed while on esketamine for 3 months.", (90, "first_dose")),
        (CONTINUED + "They were observed on medication for 3 months.", (90, "unspecified")),
        (CONTINUED + "They were followed without esketamine for 3 months.", (90, "last_dose")),
        (SERIES + "They were followed on lithium for 6 months after the last infusion.", (180, "last_dose")),
    ],
)
def test_a_follow_up_during_treatment_does_not_begin_at_the_last_dose(text: str, expected: tuple[float, str]) -> None:
    assert follow_up(text) == expected


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("After 3 months a phone contact concerned medication only.", 14),
        ("Patients were contacted at 3 months to check medication changes.", 14),
        ("Contact at 6 months was limited to medication use.", 14),
        ("At 6 months only current medication was asked for by telephone.", 14),
        ("Prescriptions were followed for 12 months.", 14),
        ("Medication and mood were recorded by telephone at 6 months.", 180),
        ("At 3 months patients on medication were contacted and rated again.", 90),
    ],
)
def test_a_contact_about_medication_only_is_no_follow_up(contact: str, expected: float) -> None:
    assert follow_up(f"{SERIES}MADRS was rated at week 2. {contact}")[0] == expected


@pytest.mark.parametrize(
    "entry",
    [
        "Inclusion required stable remission of alcohol use for 12 weeks.",
        "Entry criteria were a history of depression and full remission over 3 months.",
        "Alcohol use disorder in remission for six months was allowed.",
        "Substance use in sustained remission for at least 3 months was no obstacle.",
        "The last manic episode was in remission for at least 4 weeks.",
        "Remission had to have lasted 8 weeks before entry.",
    ],
)
def test_remission_asked_for_before_a_study_is_no_follow_up(entry: str) -> None:
    assert follow_up(f"{SINGLE}{entry} MADRS was rated at 3 days.") == (3, "first_dose")


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("Twelve patients were in remission for 4 weeks after the last infusion.", (28, "last_dose")),
        ("Ten patients stayed in remission for at least 12 weeks.", (84, "first_dose")),
        ("Remission lasted 8 weeks after the last infusion.", (56, "last_dose")),
    ],
)
def test_remission_that_lasted_is_one_of_follow_up(result: str, expected: tuple[float, str]) -> None:
    assert follow_up(f"{SERIES}Results: {result}") == expected
