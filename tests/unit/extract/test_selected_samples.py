"""Which of several numbers of people is the sample: of a pool, those who took part; of patients, those selected."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

CHARTS = (
    "Methods: We reviewed the charts of adults with treatment-resistant depression given ketamine infusions. Results: "
)
OPEN = "Methods: Adults with depression were given ketamine infusions in this open-label study. Results: "
TRIAL = "Methods: Adults with depression were randomised to ketamine or midazolam in a double-blind trial. Results: "


@pytest.mark.parametrize(
    "told",
    [
        "Of 310 patients who received ketamine, 240 met the inclusion criteria.",
        "A total of 310 patients received ketamine; 240 fulfilled eligibility criteria and were included.",
        "We identified 310 patients, of whom 240 (77%) had complete data.",
        "Among 310 treated patients, 240 had at least two ratings and were included.",
        "310 patients were treated over the years. After exclusion of 70 patients, 240 were analysed.",
        "From 310 patients, 70 were excluded, leaving 240 for analysis.",
        "Out of 310 consecutive patients, 240 with baseline scores were included.",
        "Of the 310 patients treated, 70 without scores were excluded; the final sample comprised 240 patients.",
        "Three hundred and ten patients started ketamine; analyses were limited to 240 patients with ratings.",
        "Of 310 patients invited, 240 completed the questionnaire.",
        "Of 310 former patients, 240 (77%) replied to our letter.",
        "Of 310 patients, 240 scored 10 or more before treatment, came twice and were analysed.",
        "310 patients had been registered, 70 never came and 240 were analysed.",
    ],
)
def test_of_all_who_were_treated_those_selected_are_the_sample(told: str) -> None:
    assert record(CHARTS + told)["n_total"] == 240


@pytest.mark.parametrize(
    "told",
    [
        "Of 310 patients, 150 responded and 90 were in remission.",
        "Of 310 patients, 120 entered maintenance treatment.",
        "Of 310 patients, 220 had scores at 6 months.",
        "Of 310 patients, 220 provided data after the last session.",
        "Among 310 patients, 200 completed all six infusions.",
        "Of 310 patients, 40 had a score above 20.",
        "Of 310 patients, 210 met criteria for response.",
        "Of 310 patients, 80 met criteria for PTSD.",
        "Of 310 patients, 80 were included in a second course.",
        "Of 310 patients, 80 received concomitant lithium.",
    ],
)
def test_those_of_whom_something_is_told_are_a_part(told: str) -> None:
    assert record(CHARTS + told)["n_total"] == 310


@pytest.mark.parametrize(
    "told",
    [
        "Forty patients consented and 31 were treated.",
        "Forty patients signed consent, of whom 31 began treatment.",
        "We approached 60 patients; 40 consented and 31 received at least one infusion.",
        "Sixty patients were screened, 31 received ketamine.",
        "Sixty patients were assessed for eligibility, 31 of whom were enrolled.",
        "Of 60 screened patients, 31 were eligible and received ketamine.",
        "Thirty-one patients enrolled, 28 were included in the analysis.",
        "Of 31 enrolled patients, 28 completed and were analysed.",
        "Thirty-one of 60 screened patients were enrolled and 28 completed.",
    ],
)
def test_where_people_enrol_those_who_began_are_the_sample(told: str) -> None:
    assert record(OPEN + told)["n_total"] == 31


@pytest.mark.parametrize(
    "told",
    [
        "Ninety patients were screened, 61 randomised and 55 completed.",
        "Sixty-one of 90 eligible patients were randomised; 58 were analysed.",
        "We randomised 61 of 90 screened patients; 58 received the infusion.",
        "Ninety adults signed consent; 61 underwent randomisation and 58 were in the efficacy set.",
        "Sixty-one patients were randomised, of whom 58 had complete data and were analysed.",
        "After screening of 90 individuals, 61 participants were allocated to either drug.",
        "Sixty-one of 90 invited patients were randomised (about 30 per arm).",
    ],
)
def test_of_a_trial_the_randomised_are_the_sample(told: str) -> None:
    assert record(TRIAL + told)["n_total"] == 61


@pytest.mark.parametrize(
    "later", ["At the 3-month follow-up, in 49 patients with data, ", "At week 8, 49 patients were seen and "]
)
def test_people_still_seen_later_are_not_the_sample_of_an_analysis(later: str) -> None:
    text = (
        "This is a secondary analysis of a published trial in which 66 adults with depression received ketamine or "
        f"midazolam. Anhedonia was rated for three months. {later}no difference was found."
    )

    assert record(text)["n_total"] == 66


def test_a_sentence_that_begins_with_its_patients_is_own_although_it_tells_of_earlier_treatment() -> None:
    text = (
        "Whether ketamine helps those who failed lithium is of interest. Out of 40 adults with depression who took one "
        "ketamine infusion, 12 had previously failed lithium. MADRS fell."
    )

    assert record(text)["n_total"] == 40


def test_patients_stand_under_a_label_of_methods() -> None:
    text = (
        "Objective: To test one dose of ketamine. Design, setting, and patients: Nineteen adults with bipolar "
        "depression, on lithium for four weeks, participated. Results: Sixteen adults completed both phases."
    )

    assert record(text)["n_total"] == 19
