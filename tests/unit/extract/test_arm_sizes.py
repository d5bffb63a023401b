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


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("All 54 adults were rated; 51 (ketamine 26, midazolam 25) with plasma were analysed.", [26, 25]),
        ("Plasma was available from 38 of the 52 trial participants (ketamine, 20; placebo, 18).", [20, 18]),
        ("Ninety patients entered and 81 completed it (41 ketamine, 40 placebo).", [41, 40]),
        ("A total of 120 were randomised and 114 completed the trial (esketamine 58, saline 56).", [58, 56]),
        ("Sixty adults took part (ketamine 21, midazolam 19 and saline 20).", [21, 19, 20]),
    ],
)
def test_sizes_stand_behind_their_arms_in_brackets_when_they_add_up(written: str, sizes: list[int]) -> None:
    assert arms(written) == sizes


@pytest.mark.parametrize(
    ("rates", "sizes"),
    [
        ("Response on day 8 was 9/21 with ketamine and 4/20 with remifentanil.", [21, 20]),
        ("Response on day 8: ketamine 9/21, remifentanil 4/20.", [21, 20]),
        ("Twelve of 21 (57%) patients on ketamine were responders, as against 5/20 (25%) on saline.", [21, 20]),
        ("Response was 57.1% (12/21) for 0.5 mg/kg and 25.0% (5/20) for placebo.", [21, 20]),
        ("Response was 57% (12/21) and 25% (5/20) in the ketamine and saline groups, respectively.", [21, 20]),
        ("Response was 57% (12/21) in women on ketamine and 30% (6/20) in men.", []),
        ("Response was seen in 12/41 patients on ketamine and 6/41 on saline.", []),
        ("Response was seen in 12/21 bipolar and 6/20 unipolar patients on ketamine.", []),
    ],
)
def test_arms_of_which_only_rates_are_told_are_read_when_they_add_up(rates: str, sizes: list[int]) -> None:
    assert arms(f"Forty-one adults were randomised to ketamine or a control. {rates}") == sizes


@pytest.mark.parametrize(
    ("title", "told", "sizes"),
    [
        ("Esketamine in bipolar versus unipolar depression.", "134 were analysed: 38 B-TRD, 96 U-TRD.", [38, 96]),
        (
            "Ketamine in depression with and without comorbid bipolar disorder.",
            "(B-TRD, n = 30; U-TRD, n = 60)",
            [30, 60],
        ),
        ("A comparison of unipolar and bipolar patients on ketamine.", "(unipolar, n = 60; bipolar, n = 30)", [60, 30]),
        ("Ketamine in unipolar and bipolar depression.", "(unipolar, n = 60; bipolar, n = 30)", []),
        ("Ketamine versus midazolam in bipolar depression.", "134 were analysed: 38 bipolar, 96 unipolar.", []),
    ],
)
def test_diagnoses_are_groups_only_where_the_title_compares_them(title: str, told: str, sizes: list[int]) -> None:
    text = f"Methods: Adults with depression got ketamine routinely. Results: Data of patients, {told} Scores fell."

    assert [arm["n"] for arm in record(text, title)["n_arms"]] == sizes


def test_studies_that_are_counted_apart_are_groups() -> None:
    text = "In study 1, eight adults with depression got ketamine. In study 2, eleven adults got ketamine or saline."

    assert [(arm["arm"], arm["n"]) for arm in record(text)["n_arms"]] == [("study 1", 8), ("study 2", 11)]


@pytest.mark.parametrize(
    "written",
    [
        "Adults with depression (N = 18) received six slow ketamine infusions over a 12-day period.",
        "Scans were repeated in a subset (n = 18 with MDD, n = 15 controls).",
        "Eight patients (50%) on 0.5 mg/kg, 6 (37%) on 0.2 mg/kg and 2 (12%) on saline were classed as responders.",
    ],
)
def test_sessions_subsets_and_responders_are_no_arms(written: str) -> None:
    assert arms(written) == []
