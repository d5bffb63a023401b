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
    text = OWN.format("esketamine twice weekly in a 4-week induction phase and then weekly for weeks 5-8")
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


def test_a_crossover_has_one_day_of_the_drug() -> None:
    text = "METHODS: In a crossover trial ten patients received ketamine and saline a fortnight apart."
    (regimen,) = read(text).regimens

    assert regimen.sessions is not None
    assert (regimen.sessions.value, regimen.sessions.derived) == (1, True)


def test_a_crossover_of_a_pretreatment_has_two_days_of_the_drug() -> None:
    text = "METHODS: In a crossover trial ten patients had pretreatment with naltrexone or placebo and then ketamine."

    assert slot("sessions", text) == [2]


def test_a_crossover_of_an_add_on_tells_no_number_of_doses() -> None:
    text = "METHODS: In a crossover trial of an add-on ten patients received ketamine."

    assert slot("sessions", text) == [None]


def test_repeated_doses_within_a_crossover_are_not_one() -> None:
    text = "METHODS: In a crossover trial ten patients received a series of ketamine infusions or saline."

    assert slot("sessions", text) == [None]


@pytest.mark.parametrize(
    "written",
    [
        "Mood was rated 24 h after ketamine infusion.",
        "Mood was rated before infusion and in the week after infusion.",
        "Mood was rated before drug administration and a day after drug administration.",
    ],
)
def test_times_counted_from_the_infusion_in_the_singular_tell_one(written: str) -> None:
    assert slot("sessions", f"METHODS: Ten patients received ketamine or saline. {written}") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "METHODS: In a retrospective study ten patients got ketamine. Mood was rated 24 h after ketamine infusion.",
        "METHODS: Ten patients got ketamine at a dose of 0.5 mg/kg.",
        "METHODS: Ten patients got ketamine, the others a dose of normal saline.",
    ],
)
def test_the_singular_alone_is_not_always_one_infusion(text: str) -> None:
    assert slot("sessions", text) == [None]


def test_an_allocation_ratio_is_no_range_of_doses() -> None:
    (regimen,) = regimens("METHODS: Ten patients were allotted 1:1 to three infusions of ketamine or midazolam.")

    assert (regimen["sessions"], regimen.get("sessions_max")) == (3, None)


def test_levels_of_dose_are_no_number_of_doses() -> None:
    text = "METHODS: In a comparison of four ketamine doses ten patients received a single infusion."

    assert slot("sessions", text) == [1]


@pytest.mark.parametrize("written", ["after only two ketamine infusions", "across two treatments with ketamine"])
def test_a_number_in_a_comparison_or_time_is_not_what_patients_got(written: str) -> None:
    assert slot("sessions", f"METHODS: Ten patients received ketamine. The scores {written} were compared.") == [None]


def test_a_dose_to_which_patients_had_responded_earlier_is_not_one_of_this_study() -> None:
    text = "METHODS: Ten patients, who had responded to a single dose, received six ketamine infusions."

    assert slot("sessions", text) == [6]


def test_the_last_dose_named_as_a_time_tells_how_many_there_were() -> None:
    text = (
        "METHODS: Ten patients received ketamine. Mood was rated after the first infusion and after the sixth infusion."
    )

    assert slot("sessions", text) == [6]


def test_a_number_of_times_in_a_length_of_time_is_a_number_of_doses() -> None:
    (regimen,) = regimens(OWN.format("ketamine, infused 4 times in two weeks"))

    assert (regimen["sessions"], regimen["per_week"], regimen["course_days"]) == (4, 2, 14)


def test_ratings_so_many_times_in_a_length_of_time_are_no_doses() -> None:
    assert slot("sessions", "METHODS: Ten patients got ketamine. Mood was rated 4 times in two weeks.") == [None]


@pytest.mark.parametrize(
    "written",
    [
        "six infusions of 0.3 mg/kg slow (IV) ketamine (n = 9) over about 12 days",
        "six ketamine infusions on days 1, 3, 5, 8, 10 and 12",
    ],
)
def test_doses_and_their_days_give_a_frequency(written: str) -> None:
    (regimen,) = regimens(OWN.format(written))

    assert (regimen["sessions"], regimen["per_week"]) == (6, 3)


def test_a_list_of_dosing_days_is_a_number_of_doses() -> None:
    (regimen,) = regimens("METHODS: Ten patients were given ketamine on days 1, 4, 8 and 11.")

    assert (regimen["sessions"], regimen["per_week"]) == (4, 2)


def test_a_list_of_days_of_rating_is_no_number_of_doses() -> None:
    text = "METHODS: Ten patients received ketamine; mood was rated on days 1, 4, 8 and 11."

    assert slot("sessions", text) == [None]


def test_a_length_of_time_may_stand_in_front_of_the_doses() -> None:
    (regimen,) = regimens("METHODS: Over 12 days, ten patients received six infusions of ketamine.")

    assert (regimen["sessions"], regimen["per_week"], regimen["course_days"]) == (6, 3, 12)


@pytest.mark.parametrize(
    ("written", "per_week"),
    [("ketamine infusions, 2 a week", 2), ("one ketamine infusion a week", 1), ("one infusion a week of ketamine", 1)],
)
def test_a_number_a_week_is_a_frequency(written: str, per_week: float) -> None:
    assert slot("per_week", OWN.format(written)) == [per_week]


@pytest.mark.parametrize(
    "text",
    [
        "METHODS: Ten patients received ketamine; daily activity was recorded.",
        "METHODS: Ten patients received ketamine plus an oral antidepressant taken daily.",
    ],
)
def test_daily_life_and_daily_antidepressants_are_no_frequency_of_dosing(text: str) -> None:
    assert slot("per_week", text) == [None]


def test_three_frequencies_joined_by_or_are_one_flexible_frequency() -> None:
    text = OWN.format("ketamine maintenance doses weekly, fortnightly, or every 4 weeks")

    assert slot("per_week", text) == [None]


def test_a_frequency_behind_ketamine_or_ect_is_one_of_both() -> None:
    (regimen,) = regimens("METHODS: Ten patients were allotted to ketamine infusions or ECT, three times a week.")

    assert regimen["per_week"] == 3


def test_a_part_of_a_series_tells_no_frequency() -> None:
    text = OWN.format("ketamine infusions over three weeks, 0.5 mg/kg for the first three infusions")

    assert slot("per_week", text) == [None]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("8 weeks of oral ketamine treatment", 56),
        ("ketamine twice weekly for 12 more weeks", 84),
        ("8 weekly infusions of ketamine", 56),
        ("8 ketamine infusions, once a week", None),
        ("a single infusion of ketamine and were watched over 4 weeks", None),
        ("ketamine and were treated for 8 weeks as an inpatient", None),
        ("ketamine and then riluzole for 4 weeks", None),
        ("up to 14 ketamine sessions over 190 days", 190),
    ],
)
def test_the_length_of_treatment_is_in_days(written: str, days: int | None) -> None:
    assert slot("course_days", OWN.format(written)) == [days]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("ketamine 0.5 mg/kg within 30 min", 30),
        ("ketamine (0.5mg/kg, 40 minutes)", 40),
        ("ketamine infusions (20 min)", 20),
        ("a 40-min ketamine (0.1 or 0.3 mg/kg) or normal saline placebo infusion", 40),
        ("ketamine 0.5 mg/kg, 40 min before a scan", None),
    ],
)
def test_the_length_of_an_infusion_stands_beside_its_dose(written: str, minutes: int | None) -> None:
    found = slot("infusion_minutes", OWN.format(written))

    assert set(found) == {minutes}


@pytest.mark.parametrize(
    ("written", "sessions"),
    [
        ("One dose of ketamine (0.3 mg/kg) was infused in 16 adults with depression.", [1]),
        ("Sixteen adults got 0.4 mg/kg of ketamine, infused once, over 40 min.", [1]),
        ("Sixteen adults with depression had ketamine twice, 3 days apart.", [2]),
        ("Sixteen adults received ketamine by infusion on five occasions.", [5]),
        ("Ten adults had a first ketamine infusion followed by five additional infusions.", [6]),
        ("During the acute phase six infusions of ketamine were given.", [6]),
        ("Ten adults completed a four-dose series of ketamine.", [4]),
        ("The trial compared one versus five infusions of ketamine.", [1, 5]),
        (
            "Three infusions of midazolam, followed by one ketamine infusion; others had four ketamine infusions.",
            [4, 1],
        ),
        ("Ten adults received ketamine and were rated 24 h after the first, fourth and eighth infusion.", [8]),
        ("Ten adults received ketamine infusions and were rated at infusions 1, 3 and 6.", [6]),
        ("Therapy consisted of three dosing sessions of ketamine and seven talks.", [3]),
        ("Ten adults received ketamine on day 1 and day 4.", [2]),
        ("Ten adults received ketamine 0.4 mg/kg on days 1, 3 and 5.", [3]),
    ],
)
def test_the_number_of_doses_is_read_however_it_is_told(written: str, sessions: list[int]) -> None:
    assert sorted(slot("sessions", f"METHODS: {written}")) == sorted(sessions)


@pytest.mark.parametrize(
    "written",
    [
        "Overall, 95 ketamine infusions were given to 17 patients.",
        "Seventeen patients received ketamine, a total of 95 infusions.",
        "Sixteen adults had a low dose (0.2 mg/kg, n=8) or a high dose (0.5 mg/kg, n=8) of ketamine.",
        "Sixteen adults received ketamine; the scale was rated twice.",
        "Scores after ketamine differed at post-infusion 5.",
        "Ketamine-assisted psychotherapy and seven yoga sessions were offered.",
    ],
)
def test_what_is_no_number_of_doses_of_one_patient(written: str) -> None:
    assert set(slot("sessions", f"METHODS: {written}")) == {None}


def test_single_or_multiple_infusions_hold_one_dose_where_no_number_is_told() -> None:
    assert slot("sessions", "METHODS: The effects of single or multiple ketamine infusions were rated.") == [1]


def test_a_range_by_its_ends_is_a_range() -> None:
    (regimen,) = regimens("RESULTS: Ten patients received between four and eight ketamine infusions.")

    assert (regimen["sessions"], regimen["sessions_max"]) == (4, 8)


def test_two_or_three_infusions_in_care_are_a_range_and_in_a_trial_two_arms() -> None:
    care = regimens("METHODS: Ten patients had two or three ketamine infusions in 10 days.")
    trial = slot("sessions", "METHODS: Ten patients were randomised to two or three ketamine infusions.")

    assert [(r["sessions"], r["sessions_max"]) for r in care] == [(2, 3)]
    assert sorted(trial) == [2, 3]


@pytest.mark.parametrize(
    "written",
    [
        "two infusions, one of ketamine and one of saline, in random order",
        "two infusions of ketamine and midazolam in counterbalanced order",
        "ketamine and placebo in a counterbalanced order",
    ],
)
def test_of_two_infusions_in_turn_one_is_of_the_drug(written: str) -> None:
    assert slot("sessions", OWN.format(written)) == [1]


def test_levels_of_dose_that_follow_on_each_other_are_given_once_each() -> None:
    text = OWN.format("two arketamine infusions, a first infusion of 0.4 mg/kg followed by 0.8 mg/kg")
    found = regimens(text, "Arketamine in depression.")

    assert [(r["dose"], r["sessions"]) for r in found] == [(0.4, 1), (0.8, 1)]


def test_a_trial_registered_in_retrospect_is_no_routine_care() -> None:
    text = (
        "METHODS: Ten patients got esketamine and were rated before drug administration and a day after drug "
        "administration. TRIAL REGISTRATION: Retrospectively registered."
    )

    assert slot("sessions", text, "Esketamine in depression.") == [1]


@pytest.mark.parametrize(
    ("told", "sessions"),
    [
        ("The best of 3 doses of ketamine (0.1, 0.3 and 0.6 mg/kg) as a single infusion was sought.", [1, 1, 1]),
        ("They had 3 doses of ketamine (0.1, 0.3 and 0.6 mg/kg) in turn.", [3, 3, 3]),
        ("They had 3 doses of ketamine (0.5 mg/kg).", [3]),
        ("They had up to 3 doses of ketamine (0.1, 0.3 and 0.6 mg/kg).", [None, None, None]),
    ],
)
def test_a_number_of_doses_that_are_listed_behind_it_is_one_of_levels(told: str, sessions: list[int | None]) -> None:
    assert slot("sessions", f"METHODS: Adults with depression took part. {told}") == sessions


def test_a_length_in_brackets_is_that_of_the_phase_in_front() -> None:
    told = "The trial has a screening phase (4 to 7 weeks), a double-blind induction phase (4 weeks) and a follow-up."

    assert slot("course_days", f"METHODS: Adults with depression get esketamine twice weekly. {told}") == [28]
