"""How often the drug is given and for how long, and numbers of doses in further wordings."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import regimens, slot

OWN = "METHODS: Ten patients with depression received {}."


@pytest.mark.parametrize(
    ("written", "per_week"),
    [
        ("ketamine on Mondays, Wednesdays and Fridays", 3),
        ("ketamine on Tuesdays and Fridays", 2),
        ("three ketamine injections, each one week apart", 1),
        ("five daily infusions of ketamine", 7),
        ("ketamine three times a day", 21),
        ("ketamine thrice in a week", 3),
        ("three infusions of ketamine within a week", 3),
        ("three infusions within 6 days of midazolam or ketamine", 3),
        ("ketamine twice weekly or ECT three times weekly", 2),
        ("maintenance ketamine once weekly or once every other week", None),
    ],
)
def test_a_frequency_is_read_however_it_is_told(written: str, per_week: float | None) -> None:
    assert slot("per_week", OWN.format(written)) == [per_week]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("esketamine twice a week in the induction phase (weeks 1 to 4)", 28),
        ("four weeks of twice-weekly esketamine", 28),
        ("esketamine twice weekly; treatment lasted 6 months", 180),
        ("esketamine twice weekly in a 4-week double-blind phase, with 9 weeks of follow-up", 28),
        ("esketamine twice in a fortnight", 14),
        (
            "esketamine or placebo twice weekly, on top of a new antidepressant taken by all, for 4 weeks",
            28,
        ),
        ("esketamine infusions; a gap was a 30-day treatment interruption", None),
        ("0.2 mg/kg of esketamine over 3 weeks for the first 3 infusions", None),
    ],
)
def test_the_length_of_treatment_is_read_however_it_is_told(written: str, days: int | None) -> None:
    assert slot("course_days", OWN.format(written), "Esketamine in depression.") == [days]


def test_the_length_of_a_trial_is_that_of_repeated_doses_where_no_other_is_told() -> None:
    text = "METHODS: In this 4-week single-arm study ten patients were given eight ketamine infusions."
    (regimen,) = regimens(text)

    assert (regimen["sessions"], regimen["per_week"], regimen["course_days"]) == (8, 2, 28)


def test_the_length_of_a_trial_is_not_that_of_a_single_dose() -> None:
    assert slot("course_days", "METHODS: In this 4-week trial ten patients received a single ketamine infusion.") == [
        None
    ]


def test_a_length_behind_the_single_dose_of_the_other_arm_is_that_of_the_repeated_doses() -> None:
    found = regimens(OWN.format("four ketamine or three midazolam and then a single ketamine over 13 days"))

    assert [(r["sessions"], r.get("per_week"), r.get("course_days")) for r in found] == [(4, 2, 13), (1, None, None)]


def test_each_dose_has_the_schedule_of_its_own_phase() -> None:
    text = (
        "METHODS: Adults with depression took ketamine, 100 mg per day for 4 days. Responders were randomised to "
        "tablets of 25, 50 or 100 mg twice weekly for 10 weeks."
    )
    found = {(r["dose"], r["per_week"]) for r in regimens(text, "Ketamine tablets for depression.")}

    assert found == {(100, 7), (25, 2), (50, 2), (100, 2)}


@pytest.mark.parametrize(
    "written",
    [
        "eight ketamine sessions over four weeks, then one infusion weekly for four more weeks",
        "two ketamine sessions a week for 4 weeks, and then weekly sessions for 4 weeks",
    ],
)
def test_a_later_phase_keeps_its_own_frequency(written: str) -> None:
    found = [(r["sessions"], r["per_week"], r["course_days"]) for r in regimens(OWN.format(written))]

    assert found == [(8, 2, 28), (4, 1, 28)]


@pytest.mark.parametrize(
    ("written", "sessions", "per_week", "course_days"),
    [
        ("ketamine twice a week, 4 weeks", 8, 2, 28),
        ("ketamine infusions twice-weekly x 3 weeks", 6, 2, 21),
        ("ketamine tablets daily for a week", 7, 7, 7),
        ("ketamine (two sessions weekly for 4 weeks)", 8, 2, 28),
        ("ketamine Mon/Wed/Fri for 2 weeks", 6, 3, 14),
        ("ketamine 25 mg b.i.d. for 2 weeks", 28, 14, 14),
        ("ketamine every third day, five times in all", 5, 2.33, None),
        ("ketamine 0.4 mg/kg, twice at an interval of 3 days", 2, None, None),
    ],
)
def test_schedules_are_read_in_short_forms(
    written: str, sessions: int, per_week: float | None, course_days: int | None
) -> None:
    (regimen,) = regimens(OWN.format(written))

    assert [regimen.get(name) for name in ("sessions", "per_week", "course_days")] == [sessions, per_week, course_days]


@pytest.mark.parametrize(
    "written", ["until remission, but not more than 12 sessions", "with no patient having more than 12 infusions"]
)
def test_the_most_that_anyone_got_is_an_upper_end(written: str) -> None:
    (regimen,) = regimens(OWN.format(f"ketamine three times weekly, {written}"))

    assert (regimen.get("sessions"), regimen["sessions_max"]) == (None, 12)


def test_a_number_of_people_is_not_one_of_doses() -> None:
    given = "METHODS: Ten patients received ketamine infusions 3x/week for 2 weeks"

    assert slot("sessions", f"{given}; 36 in ketamine and 33 in placebo finished.") == [6]


def test_treatments_that_failed_are_no_doses() -> None:
    assert slot("sessions", "METHODS: Patients not responding to 2 to 6 treatments received ketamine.") == [None]


def test_sessions_of_drug_and_control_in_turn_give_one_of_the_drug() -> None:
    sessions = "METHODS: Each patient came for two sessions, one week apart;"

    assert slot("sessions", f"{sessions} ketamine or saline was infused in counterbalanced order.") == [1]


def test_at_most_so_many_maintenance_doses_are_no_range_with_those_before() -> None:
    text = OWN.format(
        "six infusions of ketamine in a series followed by up to 12 monthly maintenance infusions of ketamine"
    )

    assert [(regimen.get("sessions"), regimen.get("sessions_max")) for regimen in regimens(text)] == [
        (6, None),
        (None, 12),
    ]


def test_how_often_a_rate_is_raised_is_not_how_often_the_drug_is_given() -> None:
    text = OWN.format("a ketamine infusion started at 0.15 mg/kg/h and raised twice a day up to 0.6 mg/kg/h")

    assert slot("per_week", text) == [None]


def test_each_dose_of_a_sentence_has_the_frequency_behind_it() -> None:
    text = "A 44-year-old woman with depression got IM ketamine 50 mg weekly, later 100 mg every 2 weeks."

    assert [(regimen["dose"], regimen["per_week"]) for regimen in regimens(text)] == [(50, 1), (100, 0.5)]


@pytest.mark.parametrize(
    ("words", "sessions", "most"),
    [
        ("Inpatients got ketamine 0.5 mg/kg on alternate days, eight sittings in all.", 8, None),
        ("Four sublingual ketamine tablet sessions were held over four weeks.", 4, None),
        ("They had ketamine 0.5 mg/kg weekly for 3 weeks, extended to six in all if partially improved.", 3, 6),
        ("Ketamine was given until response, with a ceiling of eight infusions.", None, 8),
        ("Patients received a minimum of four and a maximum of eight ketamine infusions.", 4, 8),
        ("Three adults were given ketamine on alternate days: three, four and six infusions, respectively.", 3, 6),
        ("Ketamine 0.5 mg/kg was administered on six occasions to 24 inpatients.", 6, None),
        (
            "In this crossover they had two infusions a week apart, ketamine on one occasion and saline on the other.",
            1,
            None,
        ),
        ("Ten minutes after induction, ketamine 0.25 mg/kg was infused in 60 depressed surgical patients.", 1, None),
        (
            "In random order, patients got two infusions of ketamine (0.5 mg/kg, then 1 mg/kg) and two of saline.",
            1,
            None,
        ),
        (
            "Ketamine (104 patients) was given twice weekly, or ECT 3 times per week (102 patients), for 4 weeks.",
            8,
            None,
        ),
    ],
)
def test_numbers_of_doses_in_further_wordings(words: str, sessions: int | None, most: int | None) -> None:
    found = {(r.get("sessions"), r.get("sessions_max")) for r in regimens(f"METHODS: {words}")}

    assert found == {(sessions, most)}


@pytest.mark.parametrize(
    "words",
    [
        "Completing induction meant 8 ketamine sessions within 45 days.",
        "We describe 520 ketamine infusions in 88 patients.",
        "An outcome was failure to complete induction (8 ketamine treatments in 45 days).",
    ],
)
def test_a_definition_or_a_sum_is_no_number_of_doses(words: str) -> None:
    assert slot("sessions", f"METHODS: {words}") == [None]


def test_a_single_infusion_and_several_are_two_arms() -> None:
    words = "METHODS: Inpatients had been given a single ketamine infusion (n = 30) or four infusions (n = 33)."

    assert sorted(slot("sessions", words)) == [1, 4]


@pytest.mark.parametrize(
    ("words", "per_week"),
    [
        ("Ketamine (104 patients) was given twice weekly, or ECT 3 times per week (102 patients).", [2]),
        ("Six ketamine infusions, two to three days apart, were given.", [3]),
        ("Ketamine infusions were given weekly; phone calls were made twice weekly.", [1]),
        ("Ketamine was infused on two days of each week.", [2]),
        ("Two ketamine infusions a week apart were given.", [None]),
    ],
)
def test_frequencies_in_further_wordings(words: str, per_week: list[float | None]) -> None:
    assert slot("per_week", f"METHODS: {words}") == per_week


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Esketamine was taken twice a week in month one.", {30}),
        ("Ketamine was infused weekly in a continuation phase of 6 weeks.", {42}),
        ("Ketamine was given twice weekly in weeks 1-4 and weekly or fortnightly in weeks 9-24.", {28, 112}),
    ],
)
def test_lengths_of_phases_in_further_wordings(words: str, days: set[int]) -> None:
    assert set(slot("course_days", f"METHODS: {words}")) == days
