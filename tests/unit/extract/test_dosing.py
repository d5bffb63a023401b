"""Which dose belongs to which drug, by which route, over how long."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import regimens, slot

OWN = "METHODS: Ten adults with depression received {}."


@pytest.mark.parametrize(
    "written",
    [
        "ketamine 0.5 mg/kg",
        "ketamine .5 mg/kg",
        "ketamine 0·5 mg/kg",
        "ketamine 0.5mg/kg",
        "ketamine 0.5-mg/kg",
        "ketamine 0.5 mg kg-1",
        "ketamine 0.5 mg kg⁻¹",
        "ketamine (0.5 mg per kilogram of body weight)",
        "0.5 mg/kg of ketamine",
        "ketamine at 0.5 mgs/kg",
        "0.5 kg/mg-ketamine",
        "ketamine 0.5 mg/ kg",
        "0.5 milligrams per kilogram of ketamine",
    ],
)
def test_a_dose_is_read_in_every_typography(written: str) -> None:
    (regimen,) = regimens(OWN.format(written))

    assert (regimen["dose"], regimen["unit"]) == (0.5, "mg/kg")


def test_a_dose_of_the_comparator_is_not_a_regimen() -> None:
    assert slot("dose", OWN.format("ketamine (0.5 mg/kg) or midazolam (0.045 mg/kg)")) == [0.5]


def test_a_dose_of_another_drug_is_not_a_regimen() -> None:
    assert slot("dose", OWN.format("ketamine while taking escitalopram 10 mg")) == [None]


def test_a_dose_in_front_of_another_drug_is_not_a_regimen() -> None:
    assert slot("dose", OWN.format("ketamine after 200 mg of oral riluzole")) == [None]


def test_a_dose_of_earlier_work_is_not_a_regimen() -> None:
    abstract = "BACKGROUND: Previous trials used ketamine 1 mg/kg. METHODS: Ten patients received ketamine 0.5 mg/kg."

    assert slot("dose", abstract) == [0.5]


def test_an_average_dose_is_not_a_regimen() -> None:
    assert slot("dose", "METHODS: Ten patients received ketamine. RESULTS: The mean dose was 80 mg.") == [None]


def test_a_threshold_is_not_a_dose() -> None:
    assert slot("dose", "RESULTS: Ten patients got ketamine; effects were seen at doses < 100 mg.") == [None]


def test_dose_levels_are_separate_regimens() -> None:
    assert slot("dose", OWN.format("ketamine at 0.1, 0.2, or 0.5 mg/kg")) == [0.1, 0.2, 0.5]


def test_a_range_is_one_regimen() -> None:
    (regimen,) = regimens(OWN.format("ketamine 0.5–0.75 mg/kg"))

    assert (regimen["dose"], regimen["dose_max"]) == (0.5, 0.75)


def test_a_titration_is_one_regimen() -> None:
    (regimen,) = regimens(OWN.format("ketamine, starting at 0.1 mg/kg and increased up to 0.5 mg/kg"))

    assert (regimen["dose"], regimen["dose_max"]) == (0.1, 0.5)


def test_two_sizes_of_the_spray_are_one_flexible_dose() -> None:
    (regimen,) = regimens(OWN.format("esketamine nasal spray (56 or 84 mg)"), "Esketamine nasal spray in depression.")

    assert (regimen["dose"], regimen["dose_max"], regimen["route"]) == (56, 84, "intranasal")


def test_fixed_doses_of_the_spray_are_separate_regimens() -> None:
    assert slot("dose", OWN.format("fixed-dose esketamine nasal spray 56 mg or 84 mg"), "Esketamine spray.") == [56, 84]


def test_the_content_of_one_device_is_not_a_dose() -> None:
    text = OWN.format("esketamine 56 mg with two spray devices (28 mg per device)")

    assert slot("dose", text, "Esketamine spray.") == [56]


def test_a_concentration_is_not_a_dose() -> None:
    assert slot("dose", "METHODS: Ten patients got ketamine; glucose was 90 mg/dl.") == [None]


@pytest.mark.parametrize(
    ("written", "route"),
    [
        ("intravenous ketamine", "iv"),
        ("ketamine infusions", "iv"),
        ("intramuscular ketamine", "im"),
        ("IM ketamine", "im"),
        ("subcutaneous ketamine", "sc"),
        ("intranasal ketamine", "intranasal"),
        ("oral ketamine", "oral"),
        ("ketamine tablets", "oral"),
        ("sublingual ketamine", "sublingual"),
        ("ketamine", None),
        ("ketamine and a new oral antidepressant", None),
    ],
)
def test_the_route_is_read_from_its_words(written: str, route: str | None) -> None:
    assert slot("route", OWN.format(written)) == [route]


def test_each_dose_has_the_route_beside_it() -> None:
    found = regimens(OWN.format("0.5 mg/kg of IM ketamine or 1 mg/kg of oral ketamine"))

    assert [(regimen["dose"], regimen["route"]) for regimen in found] == [(0.5, "im"), (1, "oral")]


def test_esketamine_is_not_ketamine() -> None:
    assert slot("drug", OWN.format("S-ketamine 0.25 mg/kg"), "S-ketamine in depression.") == ["esketamine"]


def test_racemic_ketamine_is_ketamine() -> None:
    assert slot("drug", OWN.format("(R,S)-ketamine 0.5 mg/kg"), "(R,S)-ketamine in depression.") == ["ketamine"]


def test_arketamine_is_told_apart() -> None:
    assert slot("drug", OWN.format("arketamine 0.5 mg/kg"), "Arketamine in depression.") == ["arketamine"]


def test_a_parent_substance_is_not_given() -> None:
    abstract = "Esketamine is the S-enantiomer of ketamine. METHODS: Ten patients received esketamine 0.25 mg/kg."

    assert slot("drug", abstract, "Esketamine in depression.") == ["esketamine"]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("ketamine 0.5 mg/kg over 40 minutes", 40),
        ("a 40-minute infusion of ketamine", 40),
        ("ketamine infused over 1 hour", 60),
        ("a 96-h ketamine infusion", 5760),
        ("ketamine 0.5 mg/kg over 30-60 min", 30),
        ("ketamine over 12 days", None),
    ],
)
def test_the_length_of_an_infusion_is_in_minutes(written: str, minutes: int | None) -> None:
    assert slot("infusion_minutes", OWN.format(written)) == [minutes]


def test_a_time_of_assessment_is_not_the_length_of_an_infusion() -> None:
    assert slot("infusion_minutes", "METHODS: Ten patients got ketamine. Mood was rated for 40 min after it.") == [None]


def test_a_day_before_the_dose_is_not_the_upper_end_of_a_range() -> None:
    found = regimens("METHODS: Ten adults with depression were assigned on day 4, to ketamine .20 or .40 mg/kg.")
    again = regimens("METHODS: Ten adults with depression got ketamine, and on day 4, to .20 or .40 mg/kg, again.")

    assert [[(r["dose"], r.get("dose_max")) for r in of] for of in (found, again)] == [[(0.2, None), (0.4, None)]] * 2


def test_three_sizes_of_the_spray_without_arms_are_one_flexible_dose() -> None:
    abstract = "METHODS: In this open-label study, 40 patients with depression got esketamine at 28, 56 or 84 mg."
    found = regimens(abstract, "Esketamine nasal spray for depression.")

    assert [(regimen["dose"], regimen["dose_max"]) for regimen in found] == [(28, 84)]


def test_milligrams_behind_placebo_are_those_of_the_drug() -> None:
    abstract = "METHODS: Forty adults with depression were randomized to placebo or to tablets of 30, 60 or 120 mg."

    assert slot("dose", abstract, "Ketamine tablets for depression.") == [30, 60, 120]


def test_a_dose_counts_where_patients_took_it() -> None:
    abstract = "Adults with depression took open-label ketamine, 120 mg per day for 5 days."

    assert slot("dose", abstract) == [120]


@pytest.mark.parametrize(
    "written",
    [
        "Ketamine was given subcutaneously (n = 7), intramuscularly (n = 8) or intravenously (n = 9).",
        "Ketamine was given by the subcutaneous (SC), intravenous (IV) or intramuscular (IM) route.",
    ],
)
def test_routes_of_one_list_all_count(written: str) -> None:
    assert set(slot("route", f"METHODS: {written} RESULTS: Subcutaneous ketamine was easy.")) == {"iv", "im", "sc"}


def test_days_after_an_infusion_tell_that_there_was_one() -> None:
    assert slot("route", "METHODS: Ten patients received ketamine and were seen 7 days postinfusion.") == ["iv"]


def test_an_intravenous_dose_in_brackets_is_intravenous() -> None:
    assert slot("route", "METHODS: Ten patients received ketamine (0.5 mg/kg intravenously).") == ["iv"]


@pytest.mark.parametrize(
    ("written", "dose", "most"),
    [
        ("ketamine; it began at 0.4 mg/kg and could be raised to 0.8 mg/kg", 0.4, 0.8),
        (
            "ketamine. The first dose was 0.2 mg/kg; each further session added 0.1 mg/kg until 0.6 mg/kg was reached",
            0.2,
            0.6,
        ),
        ("ketamine, started at 25 mg, with an increase to 50 mg and then 75 mg as tolerated", 25, 75),
    ],
)
def test_steps_of_a_dose_within_a_patient_are_one_regimen(written: str, dose: float, most: float) -> None:
    (regimen,) = regimens(OWN.format(written))

    assert (regimen["dose"], regimen["dose_max"]) == (dose, most)


def test_the_fixed_dose_of_one_cohort_is_no_step_of_the_range_of_another() -> None:
    text = OWN.format("ketamine: at some centres a fixed dose of 0.4 mg/kg, at others 0.4-0.8 mg/kg by response")

    assert [(r["dose"], r.get("dose_max")) for r in regimens(text)] == [(0.4, None), (0.4, 0.8)]


def test_a_cap_on_the_dose_is_not_a_dose() -> None:
    assert slot("dose", OWN.format("ketamine 0.5 mg/kg, capped at 50 mg")) == [0.5]


def test_a_control_by_its_abbreviation_keeps_its_dose() -> None:
    assert slot("dose", OWN.format("KET 0.5 mg/kg or MDZ 0.02 mg/kg")) == [0.5]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("ketamine 0.4 mg/kg/50 min", 50),
        ("a bolus of 0.2 mg/kg ketamine followed by an infusion of 0.4 mg/kg over 30 minutes", 30),
        ("ketamine; infusion time was 50 minutes", 50),
        ("ketamine 0.4 mg/kg over half an hour", 30),
        ("ketamine 0.4 mg/kg over an hour", 60),
        ("ketamine and rested an hour after it", None),
    ],
)
def test_the_length_of_an_infusion_is_read_however_it_is_told(written: str, minutes: int | None) -> None:
    assert set(slot("infusion_minutes", OWN.format(written))) == {minutes}


def test_by_mouth_is_oral_and_a_brand_of_spray_is_intranasal() -> None:
    assert slot("route", OWN.format("ketamine by mouth")) == ["oral"]
    assert slot("route", OWN.format("Spravato"), "Spravato in depression.") == ["intranasal"]


def test_ketamine_assisted_psychotherapy_gives_ketamine() -> None:
    assert slot("drug", OWN.format("ketamine-assisted psychotherapy"), "Psychotherapy with medication.") == ["ketamine"]


@pytest.mark.parametrize(
    ("written", "lowest", "highest"),
    [
        ("ketamine, 0.4 mg/kg at the first visit and 0.8 mg/kg thereafter", 0.4, 0.8),
        ("ketamine; the dose was 50 mg and could be increased to 100 mg and 150 mg", 50, 150),
        ("ketamine in ascending order: 0.1 mg/kg, 0.3 mg/kg and 0.5 mg/kg", 0.1, 0.5),
        ("ketamine in an escalating manner (0.4, 0.6 and 0.8 mg/kg)", 0.4, 0.8),
        ("ketamine (0.4 mg/kg in session one, 0.6 mg/kg in session two, 0.8 mg/kg in session three)", 0.4, 0.8),
        ("ketamine 0.5 mg/kg, escalated in 0.1 mg/kg steps to a maximum of 0.9 mg/kg", 0.5, 0.9),
        ("ketamine at 0.5 mg/kg for infusions 1-3 and at 0.75 mg/kg for infusions 4-6", 0.5, 0.75),
        ("ketamine; the starting dose was 1 mg/kg and the highest allowed dose 4 mg/kg", 1, 4),
        ("ketamine; infusions began at 0.5 mg/kg, and nonresponders went up to 0.8 mg/kg", 0.5, 0.8),
        ("ketamine 0.5 mg/kg, increasing by 0.25 mg/kg weekly to 1 mg/kg", 0.5, 1),
        ("ketamine adjusted between 0.4 and 1.2 mg/kg", 0.4, 1.2),
    ],
)
def test_steps_that_are_told_apart_are_one_titration(written: str, lowest: float, highest: float) -> None:
    (regimen,) = regimens(OWN.format(written))

    assert (regimen["dose"], regimen["dose_max"]) == (lowest, highest)


@pytest.mark.parametrize(
    "written",
    [
        "ketamine 0.2 mg/kg or ketamine 0.6 mg/kg",
        "ketamine 0.2 mg/kg, ketamine 0.6 mg/kg, and saline in random order",
        "low-dose (0.2 mg/kg) or standard-dose (0.6 mg/kg) ketamine",
    ],
)
def test_doses_of_arms_are_no_titration(written: str) -> None:
    assert slot("dose", OWN.format(written)) == [0.2, 0.6]


@pytest.mark.parametrize(
    "written",
    [
        "28 mg on day 1 and 56 mg from day 4 onwards",
        "28 mg at first; six went up to 56 mg",
        "28 mg (first two sessions), then 56 mg",
    ],
)
def test_a_spray_that_grows_is_one_regimen(written: str) -> None:
    (regimen,) = regimens(OWN.format(f"esketamine nasal spray, {written}"), "Esketamine spray in depression.")

    assert (regimen["dose"], regimen["dose_max"]) == (28, 56)


def test_sizes_of_the_spray_in_routine_care_are_one_flexible_dose() -> None:
    abstract = "RESULTS: Of 60 patients with depression, 40 were on 84 mg of esketamine and the rest stayed on 56 mg."
    (regimen,) = regimens(abstract, "Esketamine nasal spray in routine care.")

    assert (regimen["dose"], regimen["dose_max"]) == (56, 84)


@pytest.mark.parametrize("only", ["28 mg allowed in older patients", "28 mg if aged 65 or more", "28 mg for those ≥65"])
def test_a_smaller_spray_for_the_old_is_not_the_dose_of_the_sample(only: str) -> None:
    (regimen,) = regimens(OWN.format(f"esketamine nasal spray (56 or 84 mg; {only})"), "Esketamine spray.")

    assert (regimen["dose"], regimen["dose_max"]) == (56, 84)


@pytest.mark.parametrize(
    "other",
    [
        "One woman with high blood pressure was given captopril 25 mg.",
        "Two were given labetalol 10 mg and one hydralazine 5 mg.",
        "Prazosin 15 mg and nifedipine 30 mg were continued.",
        "Patients on phenelzine 45 mg were monitored.",
        "Rats had ketamine 10 mg/kg.",
    ],
)
def test_doses_of_drugs_that_nobody_listed_and_of_animals_are_never_regimens(other: str) -> None:
    assert slot("dose", OWN.format("ketamine 0.5 mg/kg") + " " + other) == [0.5]


def test_a_drug_that_goes_with_a_dose_does_not_own_it() -> None:
    assert slot("dose", OWN.format("ketamine 0.5 mg/kg with intranasal oxytocin 24 mg")) == [0.5]


def test_ketamine_in_a_title_may_be_short_for_esketamine() -> None:
    abstract = "METHODS: Ten patients received esketamine 0.4 mg/kg. RESULTS: Esketamine helped eight."

    assert slot("drug", abstract, "Two patients treated with ketamine") == ["esketamine"]


@pytest.mark.parametrize(
    ("written", "dose", "unit"),
    [
        ("0.25 mg/kg per hour", 0.25, "mg/kg/h"),
        ("0.3 mg·kg-1·h-1", 0.3, "mg/kg/h"),
        ("8 µg·kg-1·min-1", 8, "ug/kg/min"),
        ("0,5 mg/kg", 0.5, "mg/kg"),
    ],
)
def test_rates_and_decimal_commas_are_read_as_they_are_meant(written: str, dose: float, unit: str) -> None:
    (regimen,) = regimens(OWN.format(f"ketamine at {written}"))

    assert (regimen["dose"], regimen["unit"]) == (dose, unit)


def test_a_spray_is_intranasal_beside_an_infusion() -> None:
    abstract = OWN.format("intravenous ketamine (0.5 mg/kg) or esketamine spray (56-84 mg)")
    found = regimens(abstract, "Ketamine or esketamine spray")

    assert {(regimen["drug"], regimen["route"]) for regimen in found} == {
        ("ketamine", "iv"),
        ("esketamine", "intranasal"),
    }


def test_the_most_that_weight_may_lead_to_is_not_a_dose() -> None:
    assert slot("dose", OWN.format("ketamine 0.5 mg/kg (maximum 50 mg)")) == [0.5]


def test_sizes_of_the_spray_to_which_patients_are_allotted_are_separate_regimens() -> None:
    abstract = "METHODS: Forty remitters on esketamine nasal spray were randomised to 84 mg or 56 mg once weekly."

    assert slot("dose", abstract, "Esketamine spray in depression.") == [84, 56]


def test_a_dose_of_the_racemate_is_none_of_the_enantiomer() -> None:
    abstract = "METHODS: Patients were given either 0.5 mg/kg racemate or 0.25 mg/kg of the S-enantiomer."

    assert slot("dose", abstract, "Racemic versus S-ketamine in depression") == [0.25]


def test_a_concentration_in_words_is_not_a_dose() -> None:
    assert slot("dose", OWN.format("syrup with 10 mg ketamine per ml: 1 mg/kg")) == [1]


@pytest.mark.parametrize(
    "told",
    [
        "a saline-controlled infusion of ketamine 0.5 mg/kg or of midazolam (MID); the dose of MID was 0.03 mg/kg",
        "ketamine 0.5 mg/kg or dextrokindol (DXK), then 0.03 mg/kg of midazolam (MDL) and 0.04 mg/kg MDL",
        "ketamine 0.5 mg/kg, midazolam (MDL) or placebo; for MDL they were told that 0.03 mg/kg makes sleepy",
    ],
)
def test_a_dose_beside_the_short_name_of_another_drug_is_not_that_of_ketamine(told: str) -> None:
    assert slot("dose", OWN.format(told)) == [0.5]


@pytest.mark.parametrize(
    ("told", "doses"),
    [
        ("ketamine 0.5 mg/kg or 0.03 mg/kg midazolam", [0.5]),
        ("ketamine (0.5 mg/kg versus 0.03 mg/kg of midazolam)", [0.5]),
        ("ketamine 0.5 mg/kg or 2 mg of midazolam", [0.5]),
        ("lorazepam 1 mg or 2 mg of midazolam before ketamine", [None]),
        ("after ketamine, 1 mg/kg or 2 mg/kg propofol", [None]),
        ("lorazepam, 0.5 mg/kg or 1 mg/kg propofol and ketamine", [None]),
    ],
)
def test_a_control_named_behind_a_list_has_only_the_last_dose(told: str, doses: list[float | None]) -> None:
    assert slot("dose", OWN.format(told)) == doses


def test_fixed_sizes_of_the_spray_are_separate_doses_whatever_their_number() -> None:
    abstract = "METHODS: Teenagers with depression got one of 3 fixed doses of esketamine spray: 28 mg, 56 mg or 84 mg."

    assert slot("dose", abstract, "Esketamine spray in depression.") == [28, 56, 84]
