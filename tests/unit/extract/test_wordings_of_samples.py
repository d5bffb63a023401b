"""Samples and arms, in other wordings than those of the rules' own examples."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

SAMPLES: list[tuple[int | None, str, str]] = [
    (
        70,
        "Oral ketamine in depression",
        (
            "Methods: Outpatients with depression whose rating gave a score of at least 18 were randomised to oral "
            "ketamine or placebo. Results: Seventy patients began treatment and 61 finished it."
        ),
    ),
    (
        31,
        "Slow waves under ketamine in depression",
        (
            "High-density EEG was recorded in 31 inpatients with depression before and after their first ketamine "
            "infusion. Slow waves grew."
        ),
    ),
    (
        98,
        "Ketamine spray in depression",
        (
            "METHODS: Adults with depression got ketamine spray or placebo spray. RESULTS: The analysis comprised 98 "
            "adults in the second cohort (47 ketamine, 51 placebo). Scores fell."
        ),
    ),
    (
        None,
        "Admissions after ketamine for depression",
        (
            "METHODS: Inpatients with depression who were given intravenous ketamine were followed. RESULTS: Fourteen "
            "patients (17.3%) were admitted again within a year."
        ),
    ),
    (
        96,
        "Ketamine in treatment-resistant depression",
        (
            "Participants Ninety-six inpatients admitted with a severe depressive episode, irrespective of "
            "polarity. Results 49 patients were allocated ketamine and 47 midazolam. Vomiting troubled six "
            "patients."
        ),
    ),
    (
        72,
        "Ketamine in treatment-resistant depression",
        (
            "METHODS: Adults with treatment-resistant depression were randomised to ketamine or saline. "
            "RESULTS: Thirty-seven people took ketamine and 35 saline. Headache was described by 11 and 4 "
            "patients in the respective arms."
        ),
    ),
    (
        58,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Of 81 women who were screened, 58 took part and got one ketamine infusion. Results: "
            "Depression scores fell; nausea was noticed by nine women."
        ),
    ),
    (
        412,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: From the insurer's files we built a cohort of every adult with depression who had at "
            "least one ketamine infusion from 2018 to 2021 (n = 412) and looked at PHQ-9 scores. Results: The "
            "160 adults with two scores improved."
        ),
    ),
    (
        30,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Thirty of the planned 60 adults with depression were randomised to ketamine or "
            "midazolam before funds ran out. Results: Response at 24 h was 40% and 20%."
        ),
    ),
    (
        138,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Of 402 adults with depression who entered, 138 were in response at the end of 12 weeks "
            "of esketamine and were randomised to esketamine or placebo spray. Results: Relapse occurred in "
            "21% and 44%."
        ),
    ),
    (
        44,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 44 of the 51 depressed adults in an earlier open ketamine trial provided blood for the "
            "present secondary analysis. Results: MADRS fell."
        ),
    ),
    (
        50,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were assigned to early (n = 25) or delayed (n = 25) ketamine. "
            "Results: Dizziness bothered seven adults."
        ),
    ),
    (
        None,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: We treated depressed adults with ketamine. Results: Six patients vomited and two "
            "patients asked to stop."
        ),
    ),
    (
        None,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got ketamine infusions. Results: Transient hypertension was seen "
            "in 12 patients."
        ),
    ),
    (
        64,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Sixty-four adults with major depression were given ketamine. Results: Nausea developed "
            "in 20 patients, and three patients attempted suicide."
        ),
    ),
    (
        26,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: In a double-blind trial, 13 adults with depression got ketamine and 13 saline. Results: "
            "MADRS fell more with ketamine."
        ),
    ),
    (
        36,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were divided at random into a ketamine group and a saline group, "
            "eighteen apiece. Results: MADRS fell."
        ),
    ),
    (
        123,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were randomised. Results: 40 were allocated to 28 mg esketamine, "
            "41 to 56 mg, and 42 to placebo."
        ),
    ),
    (
        85,
        "Ketamine in treatment-resistant depression",
        (
            "SETTING: Two hospitals. PARTICIPANTS: Eighty-five outpatients fulfilling DSM-5 criteria for "
            "major depressive disorder. INTERVENTION: One ketamine infusion. RESULTS: Of the 85, 41 "
            "responded. Twelve patients needed ondansetron."
        ),
    ),
    (
        53,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression received six ketamine infusions. Results: "
            "Fifty-three individuals began treatment and 47 finished it. Dissociation was noted in 31 "
            "individuals."
        ),
    ),
    (
        120,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression were randomised to esketamine (60 patients) "
            "or placebo (60 patients). Results: Fifteen patients in the esketamine arm dropped out."
        ),
    ),
    (
        37,
        "Ketamine in treatment-resistant depression",
        (
            "We gave ketamine to 37 consecutive inpatients with bipolar depression. After one week 20 of them "
            "had responded. Two patients switched to mania."
        ),
    ),
]

ARMS: list[tuple[list[int], str, str]] = [
    (
        [],
        "Ketamine in treatment-resistant depression",
        "Methods: 64 adults with depression were randomised to ketamine as a spray, 40 to 90 mg, weekly or monthly.",
    ),
    (
        [47, 49],
        "Ketamine in treatment-resistant depression",
        (
            "Participants Ninety-six inpatients admitted with a severe depressive episode, irrespective of "
            "polarity. Results 49 patients were allocated ketamine and 47 midazolam. Vomiting troubled six "
            "patients."
        ),
    ),
    (
        [35, 37],
        "Ketamine in treatment-resistant depression",
        (
            "METHODS: Adults with treatment-resistant depression were randomised to ketamine or saline. "
            "RESULTS: Thirty-seven people took ketamine and 35 saline. Headache was described by 11 and 4 "
            "patients in the respective arms."
        ),
    ),
    (
        [13],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: In a double-blind trial, 13 adults with depression got ketamine and 13 saline. Results: "
            "MADRS fell more with ketamine."
        ),
    ),
    (
        [31, 33],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 64 adults with depression were randomised and 64 (33 and 31 in the ketamine and saline "
            "groups) were analysed."
        ),
    ),
    (
        [18],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were divided at random into a ketamine group and a saline group, "
            "eighteen apiece. Results: MADRS fell."
        ),
    ),
    (
        [40, 41, 42],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were randomised. Results: 40 were allocated to 28 mg esketamine, "
            "41 to 56 mg, and 42 to placebo."
        ),
    ),
    (
        [],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression got ketamine or ECT. Results: Unwanted effects with ketamine "
            "were blurred vision (n = 6) and vomiting (n = 4)."
        ),
    ),
    (
        [52, 55],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were randomised. Results: The analysis set held 107 adults "
            "(esketamine, n = 55; lamotrigine, n = 52)."
        ),
    ),
    (
        [60],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression were randomised to esketamine (60 patients) "
            "or placebo (60 patients). Results: Fifteen patients in the esketamine arm dropped out."
        ),
    ),
    (
        [24],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression were invited. Of 90 approached, 48 consented "
            "and were randomly allocated to ketamine (24) or midazolam (24). Results: MADRS fell."
        ),
    ),
]


@pytest.mark.parametrize(("n", "title", "abstract"), SAMPLES)
def test_the_sample_is_neither_a_pool_nor_people_with_an_event(n: int | None, title: str, abstract: str) -> None:
    assert record(abstract, title)["n_total"] == n


@pytest.mark.parametrize(("sizes", "title", "abstract"), ARMS)
def test_arms_are_read_however_they_are_listed_and_effects_are_no_arms(
    sizes: list[int], title: str, abstract: str
) -> None:
    assert sorted({arm["n"] for arm in record(abstract, title)["n_arms"]}) == sizes


@pytest.mark.parametrize(
    ("methods", "total", "arm"),
    [
        ("100 adults with depression were divided into two equal groups of 50: ketamine or saline.", 100, 50),
        ("Depressed adults were randomised equally into three groups of 20 each: ketamine, ECT and saline.", 60, 20),
        ("Four equal groups of 25 patients received ketamine at 0.1, 0.2 or 0.5 mg/kg or saline.", 100, 25),
        ("Two equally sized groups of 30 adults with depression received ketamine or midazolam.", 60, 30),
        ("Two groups of 20 adults with depression received ketamine or midazolam; 38 completed.", 40, 20),
        ("Adults with depression formed two equal groups, ketamine and placebo, of 24 patients each.", 48, 24),
        ("Mice were divided into two equal groups of 10. 40 adults with depression received ketamine.", 40, None),
    ],
)
def test_groups_of_equal_size_make_up_the_sample(methods: str, total: int, arm: int | None) -> None:
    found = record("Methods: " + methods)

    assert (found["n_total"], {size["n"] for size in found["n_arms"]}) == (total, {arm} - {None})
