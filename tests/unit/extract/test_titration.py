"""Doses of one patient over time are one range; doses of alternative arms stand apart."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import regimens

SPRAY = "Esketamine nasal spray in treatment-resistant depression."
ORAL = "Oral esketamine for depression."


def levels(abstract: str, title: str = "Ketamine in depression.") -> set[tuple[float, float | None]]:
    """Every dose with its upper end."""
    return {(r["dose"], r.get("dose_max")) for r in regimens(abstract, title) if "dose" in r}


@pytest.mark.parametrize(
    ("words", "lowest", "highest"),
    [
        ("Twelve adults received subcutaneous ketamine from 0.2 mg/kg, adjusted to a ceiling of 0.9 mg/kg.", 0.2, 0.9),
        ("Adults began on ketamine 0.3 mg/kg with upward adjustment to as much as 0.8 mg/kg.", 0.3, 0.8),
        ("Outpatients took oral ketamine (100-150 mg on the first day, rising to no more than 300 mg).", 100, 300),
        ("An infusion of ketamine was begun at 0.1 mg/kg/h and brought towards 0.4 mg/kg/h over two days.", 0.1, 0.4),
        ("If tolerated, the initial 0.5 mg/kg of ketamine was advanced to 0.75 mg/kg and finally 1 mg/kg.", 0.5, 1),
        ("Twenty adults took sublingual ketamine, 50 mg at the outset, doubled to 100 mg.", 50, 100),
        ("Ten had intranasal ketamine starting with 20 mg, built up by 10 mg per visit until 60 mg was met.", 20, 60),
        ("Ketamine was raised in increments of 0.1 mg/kg from 0.4 mg/kg up to a maximum of 0.9 mg/kg.", 0.4, 0.9),
        ("A maximal dose of 1 mg/kg ketamine could be attained from the initial 0.5 mg/kg in 20 adults.", 0.5, 1),
        ("The lowest dose of ketamine was 0.5 mg/kg and the highest 1.2 mg/kg, chosen by response.", 0.5, 1.2),
        ("Oral ketamine at 0.5 mg/kg in week one; week two, 1.0 mg/kg; week three, 1.5 mg/kg.", 0.5, 1.5),
        (
            "Each had ketamine at 0.5 mg/kg (sessions 1 and 2), 0.75 mg/kg (session 3) and 1 mg/kg (sessions 4 to 6).",
            0.5,
            1,
        ),
        ("Ketamine (0.5 mg/kg; 0.75 mg/kg if the first infusion brought no response) was given.", 0.5, 0.75),
        ("They got ketamine at 0.5 mg/kg. Non-responders after three sessions crossed to 1 mg/kg.", 0.5, 1),
        ("Ketamine was 0.4 mg/kg; as he felt nothing, the second and third infusions contained 0.8 mg/kg.", 0.4, 0.8),
        ("The dose of ketamine was lowered from 0.75 mg/kg to 0.5 mg/kg after dissociation.", 0.5, 0.75),
        ("Ketamine doses of 0.1, 0.2, 0.3 and 0.4 mg/kg followed one another at weekly visits.", 0.1, 0.4),
        ("Doses of ketamine ran from 0.5 through 1.3 mg/kg in the 90 patients.", 0.5, 1.3),
        ("Ketamine, 0.3 to 8.1 mg/kg, was infused together with stimulation in 22 adults.", 0.3, 8.1),
    ],
)
def test_doses_of_one_patient_over_time_are_one_range(words: str, lowest: float, highest: float) -> None:
    assert levels(f"METHODS: {words}") == {(lowest, highest)}


def test_sprays_of_which_one_follows_on_the_other_are_one_range() -> None:
    assert levels("METHODS: Forty patients started esketamine 56 mg; 31 moved to 84 mg later on.", SPRAY) == {(56, 84)}


def test_a_list_of_levels_is_a_range_where_the_title_tells_of_titration() -> None:
    words = "METHODS: Five subcutaneous doses (0.1, 0.2, 0.3, 0.4 and 0.5 mg/kg) were given a week apart to 16 elders."

    assert levels(words, "Titrated ketamine in late-life depression.") == {(0.1, 0.5)}
    assert len(levels(words)) == 5


@pytest.mark.parametrize(
    ("words", "doses"),
    [
        (
            "Three groups of ten received 0.25 mg/kg, 0.5 mg/kg, and 0.75 mg/kg ketamine, respectively.",
            {0.25, 0.5, 0.75},
        ),
        ("The cohorts got 0.2 mg/kg (n = 6), then, if safe, 0.4 mg/kg (n = 6) of ketamine.", {0.2, 0.4}),
        ("One arm had ketamine 0.25 mg/kg and the other ketamine 0.75 mg/kg, 15 patients each.", {0.25, 0.75}),
        ("Group A: ketamine 0.2 mg/kg; group B: ketamine 0.5 mg/kg; group C: saline.", {0.2, 0.5}),
        ("Seventy patients: 24 got 0.3 mg/kg, 23 got 0.6 mg/kg ketamine and 23 got saline.", {0.3, 0.6}),
        ("The first 10 patients enrolled got 0.25 mg/kg ketamine and the next 10 patients 0.5 mg/kg.", {0.25, 0.5}),
        ("Ketamine at 0.1 (n = 9), 0.3 (n = 10) and 0.5 mg/kg (n = 10) was compared with saline.", {0.1, 0.3, 0.5}),
        ("Dissociation with ketamine increased from 20% at 0.5 mg/kg to 60% at 1 mg/kg.", {0.5, 1}),
        ("Bipolar patients got 0.5 mg/kg of ketamine while unipolar patients got 0.6 mg/kg.", {0.5, 0.6}),
        ("High-dose (1 mg/kg) and low-dose (0.5 mg/kg) ketamine arms had 20 patients each.", {0.5, 1}),
        ("A long infusion of ketamine at 0.3 mg/kg/h or a short one of 0.5 mg/kg after saline was given.", {0.3, 0.5}),
    ],
)
def test_doses_of_arms_stand_apart(words: str, doses: set[float]) -> None:
    assert levels(f"METHODS: Adults were randomised. {words}") == {(dose, None) for dose in doses}


@pytest.mark.parametrize(
    "words",
    [
        "Adults got ketamine 0.5 mg/kg infusions or oral ketamine starting at 1 mg/kg and raised to 2 mg/kg.",
        "Cohort 1 received ketamine 0.5 mg/kg; cohort 2 received flexible dosing from 1 to 2 mg/kg.",
    ],
)
def test_a_fixed_arm_stands_beside_an_arm_with_a_range(words: str) -> None:
    assert levels(f"METHODS: {words}") == {(0.5, None), (1, 2)}


def test_numbers_of_people_between_doses_are_no_doses() -> None:
    abstract = (
        "METHODS: Adolescents were randomised to esketamine 56 mg, esketamine 84 mg or midazolam. "
        "RESULTS: Of 90, 28 were assigned to 56 mg, 31 to 84 mg and 31 to midazolam."
    )

    assert levels(abstract, SPRAY) == {(56, None), (84, None)}


@pytest.mark.parametrize(
    "words",
    [
        "They received ketamine 0.5 mg/kg (mean total 38 mg, SD 7) over 40 min.",
        "They received ketamine 0.5 mg/kg; a patient of 70 kg thus had 35 mg.",
        "They received ketamine 0.5 mg/kg, i.e. 30-45 mg, over 40 min.",
        "They received ketamine 0.5 mg/kg (maximum permitted 50 mg).",
        "They received ketamine 0.5 mg/kg, with 60 mg as the upper limit for heavy patients.",
        "They received ketamine 0.5 mg/kg. A further 10 mg bolus was allowed for agitation.",
        "They received ketamine 0.5 mg/kg; 0.9 mg/kg was not approved.",
        "They received ketamine 0.5 mg/kg orally, equal to about 0.1 mg/kg in a vein.",
        "Pressure was treated with 5 mg of urapidil; ketamine was infused at 0.5 mg/kg.",
        "They received ketamine 0.5 mg/kg. CONCLUSIONS: Trials of ketamine 1 mg/kg are called for.",
    ],
)
def test_what_a_dose_comes_to_its_limit_and_other_substances_are_no_doses(words: str) -> None:
    assert levels(f"METHODS: Ten adults with depression took part. {words}") == {(0.5, None)}


@pytest.mark.parametrize(
    "words", ["Doses averaged 62 mg per session.", "The modal dose was 80 mg.", "Each vial held 200 mg."]
)
def test_averages_and_the_content_of_vials_are_no_doses(words: str) -> None:
    assert levels(f"METHODS: Fifty adults were given ketamine. RESULTS: {words}") == set()


def test_steps_that_a_sentence_lists_behind_stepping_up_are_one_range() -> None:
    words = "METHODS: Adults took oral esketamine, stepped up every fourth day: 10, 20 and 30 mg."

    assert levels(words, ORAL) == {(10, 30)}
