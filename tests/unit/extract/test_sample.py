"""How many people, counted on which basis."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read, record


def n_total(abstract: str, title: str = "Ketamine for depression.") -> object:
    return record(abstract, title)["n_total"]


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Twenty-eight patients received ketamine.", 28),
        ("One hundred and eight patients received ketamine.", 108),
        ("We enrolled 1,247 adults.", 1247),
        ("Patients (N = 73) were randomised to ketamine or placebo.", 73),
        ("A total of 71 adult patients with depression were included.", 71),
        ("Seven subjects were treated.", 7),
    ],
)
def test_people_are_counted_in_digits_and_words(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


def test_randomised_people_come_before_those_enrolled() -> None:
    text = "METHODS: We enrolled 47 patients; 34 patients were randomised to ketamine or placebo."

    assert n_total(text) == 34


def test_the_basis_of_a_count_is_kept() -> None:
    sizes = read("RESULTS: 12 patients were screened and 9 patients completed the study.").sample_sizes

    assert {(size.n.value, str(size.basis)) for size in sizes} == {(12, "screened"), (9, "completed")}


def test_healthy_controls_do_not_count() -> None:
    assert n_total("METHODS: 20 patients with depression and 25 healthy controls received ketamine.") == 20


def test_responders_are_a_part_of_the_sample() -> None:
    assert n_total("RESULTS: Of 20 patients, 12 patients responded.") == 20


def test_women_in_brackets_are_a_part_of_the_sample() -> None:
    assert n_total("RESULTS: In total, 67 (45 women) of 68 randomised patients received ketamine.") == 68


def test_one_arm_is_not_the_sample() -> None:
    text = (
        "METHODS: 10 participants were randomised to receive ketamine, while 10 got saline. All 20 participants ended."
    )

    assert n_total(text) == 20


def test_arms_are_summed_when_no_total_is_stated() -> None:
    text = "METHODS: Adults were randomised to ketamine (n = 30) or placebo (n = 31)."
    facts = read(text)

    assert facts.n_total is not None
    assert (facts.n_total.n.value, facts.n_total.n.derived) == (61, True)


def test_arms_are_read_with_their_labels() -> None:
    arms = record("METHODS: Adults were randomised to ketamine (n = 30) or placebo (n = 31).")["n_arms"]

    assert [(arm["arm"], arm["n"]) for arm in arms] == [("ketamine", 30), ("placebo", 31)]


def test_a_case_report_has_one_patient() -> None:
    assert n_total("We present a 55-year-old man who got ketamine.", "Ketamine for depression: a case report.") == 1


def test_a_number_of_something_else_is_no_sample() -> None:
    assert n_total("RESULTS: A total of 50 candidate genes were studied after ketamine.") is None


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Patients with anxious (n = 30) and calm depression (n = 20) received ketamine.", 50),
        ("Two trials gave ketamine (first trial: n = 34 patients; second trial: n = 22 patients).", 56),
        ("Forty patients who received ketamine and 16 who received midazolam were rated.", 56),
        ("34 patients with depression (n = 23) or bipolar depression (n = 11) received ketamine.", 34),
        ("Responders (n = 9) and non-responders (n = 11) did not differ; 24 patients received ketamine.", 24),
    ],
)
def test_groups_that_are_only_listed_are_added(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("From May 2019 to August 2021 adults were enrolled; 41 patients received ketamine.", 41),
        ("Of 130 adults enrolled, 121 were randomized to ketamine or placebo.", 121),
        ("We screened 400 people, enrolled 240 in an open phase and randomized 150 responders to ketamine.", 150),
        ("Among 830 who completed ketamine treatment, most improved.", 830),
        ("Ten symptomatic, unmedicated patients received ketamine; three patients had marked nausea.", 10),
        ("In all 210 parturients received ketamine.", 210),
        ("Of 500 adults enrolled, 180 in stable remission entered the randomized phase of ketamine.", 180),
    ],
)
def test_the_sample_is_told_from_years_stages_and_parts(written: str, n: int) -> None:
    assert record(f"METHODS: {written}")["n_total"] == n


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("Ketamine was injected IV (n = 7), SC (n = 9) or IM (n = 8).", [7, 9, 8]),
        ("We compared monotherapy (n = 22) with adjunctive (n = 71) ketamine.", [22, 71]),
        ("In one trial, 18 receiving ketamine, 12 receiving saline were scanned.", [18, 12]),
        ("11 adults received 0.4 mg/kg, 12 received 0.8 mg/kg of ketamine, and 13 received saline.", [11, 12, 13]),
        ("The groups numbered 33 (esketamine) and 34 (quetiapine).", [33, 34]),
        ("Nine subjects were randomized to each group of ketamine.", [9]),
    ],
)
def test_arms_are_read_in_every_wording(written: str, sizes: list[int]) -> None:
    assert [arm["n"] for arm in record(f"METHODS: {written}")["n_arms"]] == sizes


def test_a_title_that_counts_cases_tells_the_sample() -> None:
    abstract = "We earlier treated 10 patients with ketamine. Two of them became manic."

    assert record(abstract, "Two cases of mania after ketamine in depression.")["n_total"] == 2
