"""What the drug was compared with."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record


def comparators(abstract: str, title: str = "A trial in depression.") -> list[str]:
    return sorted(record(abstract, title)["comparators"])


@pytest.mark.parametrize(
    ("given", "controls"),
    [
        ("ketamine or 0.9% NaCl", ["placebo"]),
        ("ketamine 0.5 mg/kg or ECT", ["ect"]),
        ("ketamine, ECT or both", ["ect"]),
        ("ketamine vs. diclofenac", ["active_other"]),
        ("ketamine or diphenhydramine", ["active_other"]),
        ("psilocybin or ketamine", ["active_other"]),
        ("ketamine or to repetitive transcranial magnetic stimulation", ["active_other"]),
        ("placebo or 50 mg of naltrexone preceding ketamine", ["ketamine_other"]),
        ("ketamine with mindfulness training or ketamine with a sham training", ["ketamine_other"]),
        ("IV ketamine plus escitalopram or placebo plus escitalopram", ["placebo"]),
        ("ketamine or midazolam, in addition to usual care", ["midazolam"]),
        ("ketamine or saline, together with routine treatment", ["placebo"]),
        ("ketamine in addition to usual care or usual care alone", ["standard_care"]),
    ],
)
def test_controls_are_known_by_their_names(given: str, controls: list[str]) -> None:
    assert comparators(f"METHODS: Forty patients with depression were randomized to {given}.") == controls


def test_an_add_on_after_ketamine_is_compared_among_people_who_all_got_it() -> None:
    abstract = "METHODS: Forty patients with TRD received ketamine and were then randomized to lithium or placebo."

    assert comparators(abstract) == ["ketamine_other"]


def test_patients_on_usual_treatment_are_a_control() -> None:
    abstract = (
        "METHODS: Patients treated with ketamine (n=20) were compared with patients on treatment as usual (n=20)."
    )

    assert comparators(abstract) == ["standard_care"]


@pytest.mark.parametrize("before", ["had failed ECT", "had prior rTMS", "had taken lithium or quetiapine"])
def test_treatments_of_the_past_are_no_controls(before: str) -> None:
    assert comparators(f"METHODS: Thirty patients with TRD who {before} received open-label ketamine.") == ["none"]


def test_an_analysis_of_those_who_got_the_drug_compares_nothing() -> None:
    abstract = (
        "METHODS: Data from two placebo-controlled studies were pooled; patients with TRD who received a single dose of"
        " ketamine were included (n = 64)."
    )

    assert comparators(abstract) == ["none"]


def test_an_analysis_of_a_randomised_trial_may_hide_its_control() -> None:
    abstract = "METHODS: In this secondary analysis of a randomized trial of ketamine, 50 patients with TRD were rated."

    assert comparators(abstract) == []


@pytest.mark.parametrize(
    ("methods", "controls"),
    [
        ("Women were randomised to ketamine in 50 mL saline or to midazolam.", ["midazolam"]),
        ("All 30 patients with depression received ketamine diluted in saline.", ["none"]),
        (
            "Patients were randomised to ketamine or saline. Anaesthesia was kept with propofol and remifentanil.",
            ["placebo"],
        ),
        ("Patients were randomised to esketamine nasal spray or lithium augmentation.", ["active_other"]),
        (
            "Patients given ketamine were matched to patients who were started on a new antidepressant.",
            ["active_other"],
        ),
        (
            "All had ketamine. Those who responded were randomised to 12 sessions of CBT or usual care.",
            ["ketamine_other"],
        ),
        ("Forty had ketamine and were compared with those of 40 patients who had ECT.", ["ect"]),
        ("Patients received ketamine plus rTMS or sham rTMS.", ["ketamine_other"]),
    ],
)
def test_a_control_is_what_patients_got_instead(methods: str, controls: list[str]) -> None:
    assert comparators(f"METHODS: {methods}") == controls


@pytest.mark.parametrize(
    ("words", "controls"),
    [
        (
            "Adults received six ketamine infusions. Those with a response were randomized to 14 weeks of CBT or "
            "treatment as usual.",
            ["ketamine_other"],
        ),
        (
            "All were infused with ketamine 0.5 mg/kg; improvers entered the randomised stage and took lithium or "
            "placebo for four weeks.",
            ["ketamine_other"],
        ),
        (
            "Patients who had completed one of two placebo-controlled studies entered this open-label, single-arm "
            "extension and took esketamine.",
            ["none"],
        ),
        (
            "Inpatients were randomised to ketamine or ECT. Group E got six modified ECTs with thiopentone 3 mg/kg.",
            ["ect"],
        ),
    ],
)
def test_what_everybody_gets_or_got_before_is_no_control(words: str, controls: list[str]) -> None:
    assert comparators(f"METHODS: {words}") == controls


def test_one_infusion_and_several_are_each_others_control() -> None:
    words = "METHODS: Inpatients given a single ketamine infusion (n = 61) or three infusions (n = 84) were compared."

    assert comparators(words, "Single versus thrice ketamine infusion.") == ["ketamine_other"]


@pytest.mark.parametrize(
    ("told", "controls"),
    [
        ("All got one open infusion of ketamine. They were randomly allocated 24 hours later to oral D-cycloserine "
         "titrated to 950 mg/day or matching placebo capsules.", ["ketamine_other"]),
        ("Patients on oral esketamine were randomised to 8 weekly sessions of mindfulness or to no psychotherapy.",
         ["ketamine_other"]),
        ("After four ketamine infusions patients were randomised to lithium or placebo.", ["ketamine_other"]),
        ("After ketamine, patients were assigned to psychotherapy or treatment as usual.", ["ketamine_other"]),
        ("Nasal ketamine was given to all, with sertraline or placebo in combination with ketamine for a month.",
         ["ketamine_other"]),
        ("Ketamine plus memantine was given on one day, and a fortnight later ketamine plus placebo.",
         ["ketamine_other"]),
        ("They got esketamine plus usual care or placebo plus usual care.", ["placebo"]),
        ("Patients were randomised to ketamine or lithium.", ["active_other"]),
        ("Patients were randomised to ketamine with psychotherapy or placebo with psychotherapy.", ["placebo"]),
    ],
)  # fmt: skip
def test_where_all_get_the_drug_what_goes_with_it_is_compared(told: str, controls: list[str]) -> None:
    assert comparators(f"METHODS: Adults with depression took part in this randomised trial. {told}") == controls


def test_what_all_get_beside_the_drug_in_an_open_study_is_compared_with_nothing() -> None:
    text = (
        "METHODS: In this open-label pilot study, five men with depression had pretreatment with naltrexone before "
        "each of four ketamine infusions."
    )

    assert comparators(text) == ["none"]
