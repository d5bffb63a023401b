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
        ("In all, 83 adult outpatients with low mood were included.", 83),
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
    assert n_total("RESULTS: Ketamine went to 51 (29 women) of 53 randomised patients.") == 53


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
        ("44 adults with depression (n = 31) or bipolar illness (n = 13) received ketamine.", 44),
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
        ("Twelve adults were allotted to each group of ketamine.", [12]),
    ],
)
def test_arms_are_read_in_every_wording(written: str, sizes: list[int]) -> None:
    assert [arm["n"] for arm in record(f"METHODS: {written}")["n_arms"]] == sizes


def test_a_title_that_counts_cases_tells_the_sample() -> None:
    abstract = "We earlier treated 10 patients with ketamine. Two of them became manic."

    assert record(abstract, "Two cases of mania after ketamine in depression.")["n_total"] == 2


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("An audit of 31 adult Swiss patients who received ketamine was done.", 31),
        ("101 patients were screened, 72 enrolled, 68 randomised to ketamine or placebo, and 61 completed.", 68),
        ("Sixty-four entered treatment with ketamine; 50 finished.", 64),
        ("42 patients who had responded to six ketamine infusions were given weekly doses.", 42),
        ("Forty-two ketamine responders entered a maintenance phase.", 42),
        ("This analysis pooled 104 participants from three trials of ketamine.", 104),
        ("The planned number of adults for ketamine was 38; so far we enrolled 17 participants.", 17),
        ("After screening, 93 started open esketamine; then 57 responders were randomized to double-blind"
         " sprays.", 57),
        ("Seventy-five patients were randomised to ECT, ketamine or both (25 patients per group).", 75),
    ],
)  # fmt: skip
def test_the_sample_is_found_in_every_wording(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Participants (27 MDD, 22 healthy controls) received ketamine.", 27),
        ("45 participants (29 with MDD and 16 healthy volunteers) were scanned around ketamine.", 29),
        ("We included 50 TRD patients and 30 HC subjects. Patients received esketamine.", 50),
        ("Ketamine was given to 61 people: 33 patients and 28 control participants.", 33),
    ],
)
def test_patients_are_told_from_controls_by_their_disorder(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Ketamine helped the first sample (N = 38), and the replication sample (N = 47) too.", 85),
        ("In study 1 adults (n = 60) got ketamine. In study 2 patients (n = 36) got ketamine or saline.", 96),
        ("Ketamine was modelled twice (training dataset: n = 33; validation dataset: n = 19).", 52),
        ("In the spray trial, 72 adults took esketamine. In the tablet trial, 64 adults took ketamine.", 136),
        ("96 patients of a discovery cohort (n = 60) and a validation cohort (n = 36) got ketamine.", 96),
    ],
)
def test_samples_that_are_counted_apart_are_added(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


def test_the_size_of_an_arm_times_the_arms_is_the_sample() -> None:
    facts = read("METHODS: A trial with two arms gave ketamine or saline. Eighteen adults per arm were treated.")

    assert facts.n_total is not None
    assert (facts.n_total.n.value, facts.n_total.n.derived) == (36, True)


def test_the_size_of_an_arm_alone_tells_no_sample() -> None:
    assert n_total("METHODS: Ketamine or saline was given, to groups of 20 each.") is None


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Response occurred in 15 of 34 patients after ketamine.", 34),
        ("Nineteen of the 24 recruited patients ended the ketamine phase.", 24),
        ("Nine of 41 adults on ketamine were chosen by lot.", None),
    ],
)
def test_people_of_whom_some_are_told_are_the_sample_unless_those_were_chosen(written: str, n: int | None) -> None:
    assert n_total(f"RESULTS: {written}") == n


def test_the_number_of_a_trial_counts_no_people() -> None:
    assert n_total("METHODS: In experiment 3 those adults who felt low got ketamine.") is None


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("Depressed adults (17 women, 13 men) received ketamine.", 30),
        ("Depressed adults received ketamine: 10 males and 14 females.", 24),
        ("Depressed women (n = 30) and men (n = 25) received ketamine.", 55),
        ("We scanned 14 remitters and 11 non-remitters to ketamine.", 25),
        ("Responders (n = 12) and nonresponders (n = 16) to ketamine were compared.", 28),
        ("Ketamine went to 16 with major depression and 14 with bipolar depression.", 30),
        ("Eighteen MDD patients and 15 BD patients received ketamine.", 33),
        ("Twelve patients in each of the ketamine and saline groups were studied.", 24),
        ("Patients were randomised to ketamine or saline, 20 in each arm.", 40),
        ("Group K (30 cases) got ketamine and group C (30 cases) saline.", 60),
        ("Ketamine (n = 15), propofol (n = 15) or both (n = 14) were given.", 44),
    ],
)
def test_parts_that_make_up_the_sample_are_added(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


def test_arms_counted_in_sentences_of_their_own_are_added() -> None:
    text = "METHODS: Fifty-two patients in the ketamine group had a bolus. Fifty patients in the saline group had none."

    assert n_total(text) == 102


def test_cases_told_by_number_are_counted() -> None:
    assert n_total("Case 1 was a 45-year-old man. Case 2 was a 51-year-old woman. Both received ketamine.") == 2


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("40 of 62 screened patients received ketamine.", 40),
        ("From a register of 4,500 patients, 88 treated with ketamine were identified.", 88),
        ("Six patients were excluded, and 21 adults received ketamine.", 21),
        ("Power analysis suggested 52 participants; we recruited 49 people for ketamine.", 49),
        ("Ketamine went to patients (n = 26), who were compared with 30 untreated patients.", 26),
        ("Ketamine was given to adults (n = 33) in 6 sessions (n = 198 sessions).", 33),
        ("Participants (N = 101; 53 women) were assigned to ketamine or midazolam.", 101),
        ("Patient 2 and a control cohort of 10 subjects were filmed; 3 patients had ketamine.", 3),
    ],
)
def test_people_of_another_kind_are_not_the_sample(written: str, n: int) -> None:
    assert n_total(f"METHODS: {written}") == n


def test_people_who_are_still_to_be_studied_are_planned() -> None:
    sizes = read("METHODS: About 198 participants will be randomised to ketamine or placebo.").sample_sizes

    assert [(size.n.value, str(size.basis)) for size in sizes] == [(198, "planned")]


def test_people_in_the_background_do_not_count_beside_those_of_the_study() -> None:
    text = "BACKGROUND: A trial in 300 patients found benefit. METHODS: We gave ketamine to 14 patients."

    assert n_total(text) == 14


def test_a_share_with_its_count_tells_of_how_many() -> None:
    assert n_total("METHODS: Ketamine was given. RESULTS: Response was 61% (27/44).") == 44


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("METHODS: The full population comprised 76 (ketamine 39; placebo 37).", 76),
        ("METHODS: Each arm had 22 patients, 88 overall, on ketamine or saline.", 88),
        ("METHODS: 130 of 148 women who were eligible took ketamine or saline.", 130),
        ("METHODS: After 53 of a planned 90 adults had been randomised to ketamine or ECT, recruitment stopped.", 53),
        ("METHODS: Users of ketamine were asked: 212 questionnaires could be analysed.", 212),
        ("METHODS: Outpatients (N = 336 and 340) got ketamine or quetiapine.", 676),
        ("METHODS: Thirty-eight unipolar and 12 bipolar patients received ketamine.", 50),
        ("METHODS: 29 started ketamine, 23 received all six infusions. RESULTS: One patient vomited.", 29),
        ("METHODS: Patients (n = 41) and 30 healthy controls were scanned. RESULTS: 11 patients responded.", 41),
        ("METHODS: Ketamine was infused in N=23 patients with MDD, and N=29 controls were scanned.", 23),
        ("METHODS: Twelve adolescents got the spray. Similar programmes have enrolled over 400 patients.", 12),
        ("METHODS: We gave ketamine to 61 participants. A replication in 200 participants is underway.", 61),
        ("METHODS: Thirty patients in each group got ketamine or spray. RESULTS: 47 patients were seen again.", 60),
    ],
)  # fmt: skip
def test_the_sample_is_found_however_it_is_told(text: str, n: int) -> None:
    assert n_total(text) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("METHODS: Secondary analysis of a trial in which 80 adults were randomised to ketamine; 52 wore a watch.", 80),
        ("METHODS: Secondary analysis of a trial in which 80 adults got ketamine. 52 participants wore a watch.", 52),
        ("METHODS: This secondary analysis had plasma samples available from 38 of the 52 trial participants.", 38),
    ],
)  # fmt: skip
def test_an_analysis_of_a_trial_counts_the_people_whose_data_it_has(text: str, n: int) -> None:
    assert n_total(text) == n
