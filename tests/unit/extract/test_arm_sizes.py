"""How many people were in each arm."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record


def arms(abstract: str) -> list[int]:
    return [arm["n"] for arm in record(f"METHODS: {abstract}")["n_arms"]]


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("Patients were assigned (1:1) to oral ketamine (n=51) or matching placebo (n=50).", [51, 50]),
        ("Adults received IV ketamine (70%, n = 35) or intranasal esketamine (30%, n = 15).", [35, 15]),
        ("They got esketamine spray (flexible; n=115) plus a pill or placebo spray (n=112) plus a pill.", [115, 112]),
        ("Patients were randomised to esketamine (60 patients) or placebo (30 patients).", [60, 30]),
        ("Patients got ketamine IV (N: 15) or esketamine spray (N: 16).", [15, 16]),
        ("Ketamine 0.2 mg/kg (active dose) (n = 11) was compared with midazolam (n = 12).", [11, 12]),
    ],
)
def test_sizes_stand_in_brackets_behind_the_label(written: str, sizes: list[int]) -> None:
    assert arms(written) == sizes


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("Forty-three subjects were randomized to ketamine; forty-one were randomized to saline.", [43, 41]),
        (
            "Nine were allocated to receive slow ketamine whereas 8 were allocated to receive it fast as an infusion.",
            [9, 8],
        ),
        ("51 subjects in the IV group and 50 subjects in the SC group were treated with esketamine.", [51, 50]),
        ("Of the 93 adults, 47 (50.5%) were assigned to ketamine and 46 (49.5%) to midazolam.", [47, 46]),
        ("We compared 76 patients treated with IV ketamine with 71 patients treated with esketamine.", [76, 71]),
        ("11 of the patients received esketamine, and 9 received quetiapine.", [11, 9]),
        ("Twelve participants underwent ECT and 18 underwent ketamine treatment.", [12, 18]),
        ("The ketamine group consisted of 31 patients and the ECT group of 29 patients.", [31, 29]),
    ],
)
def test_sizes_are_told_in_a_sentence(written: str, sizes: list[int]) -> None:
    assert arms(written) == sizes


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("Of 210 patients screened, 153 were randomized (76 ketamine, 77 midazolam).", [76, 77]),
        ("In all 90 people were randomised (placebo, 31; ketamine 56 mg, 30; ketamine 84 mg, 29).", [31, 30, 29]),
        ("Thirty-one patients (15 ketamine/16 placebo) were rated.", [15, 16]),
        ("A set of 227 patients was used: esketamine + AD 115, AD + placebo 112.", [115, 112]),
        ("In all 640 patients were enrolled, 240 at induction and 400 at maintenance of esketamine.", [240, 400]),
        ("Trials of 50 patients (31 ketamine, 19 placebo) and 44 patients (23 ketamine, 21 saline).", [31, 19, 23, 21]),
    ],
)
def test_bare_numbers_that_add_up_are_arms(written: str, sizes: list[int]) -> None:
    assert arms(written) == sizes


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Sixty adults were randomly assigned to ketamine or saline (n = 30 each).", 30),
        ("Sixty adults were randomly assigned to ketamine or saline, 30 in each arm.", 30),
        ("Sixty adults were divided into ketamine and control groups, with 30 cases in each.", 30),
        ("Sixty adults were randomised into three groups of 20: ketamine, esketamine or saline.", 20),
        ("Sixty adults got ketamine, ECT or both (20 patients per group).", 20),
        ("Sixty adults were assigned to esketamine 28 mg, esketamine 56 mg or placebo groups (20 each).", 20),
    ],
)
def test_a_size_that_all_arms_share_is_read_once(written: str, n: int) -> None:
    assert arms(written) == [n]


@pytest.mark.parametrize(
    "written",
    [
        "77 patients received esketamine; responders (n = 40) and non-responders (n = 37) were compared.",
        "77 patients received esketamine; nausea (n = 20) and vertigo (n = 9) were common.",
        "77 patients received ketamine; women (n = 50) and men (n = 27) did not differ.",
        "77 patients received ketamine: 20 had bipolar and 57 had unipolar depression.",
        "77 patients received ketamine, 50 of them as outpatients and 27 as inpatients.",
        "77 patients were seen at baseline (n = 77), week 4 (n = 70) and week 8 (n = 61) of esketamine.",
        "Of 80 patients treated with ketamine, 50 went on beyond 4 weeks and 30 stopped.",
        "Remission occurred in 12 patients in the ketamine group and 9 patients in the saline group.",
        "33 teenagers (aged 14-17 years) were treated with 4 infusions of ketamine.",
        "77 patients were randomised to 2 infusions of ketamine or 2 of saline.",
        "Two adults left each esketamine group early, with vertigo and with fatigue (n = 1 each).",
    ],
)
def test_parts_by_outcome_sex_diagnosis_or_time_are_no_arms(written: str) -> None:
    assert arms(written) == []


def test_randomised_arms_come_before_those_analysed() -> None:
    text = (
        "Of 80 patients, 41 were assigned to ketamine and 39 to saline. RESULTS: The analysis set included 38 patients"
        " in the ketamine group and 36 patients in the saline group."
    )

    assert arms(text) == [41, 39]


def test_completers_are_no_arms_when_a_size_is_shared_by_all() -> None:
    text = (
        "Forty adults enrolled, with 20 per group: ketamine or saline. At week six, 18 adults in the ketamine group and"
        " 17 adults in the saline group had completed the visits."
    )

    assert arms(text) == [20]


def test_an_arm_keeps_its_label() -> None:
    found = record("METHODS: 20 patients were treated with oral ketamine and 19 patients were treated with ECT.")

    assert [(arm["arm"], arm["n"]) for arm in found["n_arms"]] == [("oral ketamine", 20), ("ect", 19)]


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("Each arm had 22 patients, who got ketamine or saline.", [22]),
        ("Forty depressed subjects (20/group) had ketamine or saline.", [20]),
        ("Ninety women were allocated to three groups of 30 (ketamine, esketamine, saline).", [30]),
        ("33 were infused: KET 0.1 n = 4, KET 0.5 n = 16, MDZ n = 13.", [4, 16, 13]),
        ("Nurses were randomised to immediate ketamine (n = 27) or a 6-week waitlist (n = 26).", [27, 26]),
        ("Fifty-five adolescents with MDD were randomised (27 esketamine, 28 midazolam).", [27, 28]),
        ("They got ketamine (group K, 40 patients) or saline (group S, 41 patients).", [40, 41]),
        ("Mean costs were €7,412 in the esketamine (n = 87) and €6,930 in the placebo arm (n = 89).", [87, 89]),
    ],
)
def test_sizes_are_found_in_further_wordings(written: str, sizes: list[int]) -> None:
    assert arms(written) == sizes
