"""Which times are times of follow-up, what they are counted from, and until when a benefit is said to last."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

DOSING = "METHODS: Ten patients received ketamine over 40 minutes. "
COURSE = "METHODS: Ten patients received ketamine twice weekly for 4 weeks. "
SERIES = "METHODS: Ten patients received six ketamine infusions over 2 weeks. "


def days(text: str) -> object:
    return record(text)["follow_up_days"]


def anchor(text: str) -> object:
    return record(text)["follow_up_anchor"]


def until(results: str) -> object:
    return record(f"{DOSING}RESULTS: {results}")["effect_until_days"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Plasma was drawn on day 3.",
        "All had fMRI before and 3 days after infusion.",
        "Patients with major depressive disorder were scanned at 10 days.",
        "Theta power rose 2 h after infusion.",
        "A 4-day electrocardiogram was recorded.",
        "She felt dissociated until 60 minutes.",
        "Twelve months after her episode began, she was referred.",
        "They received the alternate drug 2 weeks later.",
        "They received four infusions over 2 weeks.",
        "FDG-PET was done 2 hours after the infusion.",
        "MEG was acquired 6 h after the infusion.",
        "Cortisol in saliva was measured at 7 days.",
        "Interleukins in whole blood were profiled at 2, 24 and 72 h.",
        "Vital signs were monitored for 2 hours after dosing.",
        "Theta power was higher at day 4 among ketamine responders.",
        "Patients had failed an 8-week trial of an SSRI.",
        "Eligible patients had been free of antidepressants for 2 weeks.",
        "Patients had been depressed for at least 4 weeks.",
        "She had treatment-resistant depression for 20 years.",
        "They underwent a two-week medication taper.",
        "An interruption was a 45-day treatment gap.",
        "The scale had a fair 3-week and 5-month test-retest stability.",
        "Recruitment took place over 18 months.",
        "The study ran for 30 months at two sites.",
        "The mean duration of the current episode was 24 months.",
        "Non-response to an adequate trial of 6 weeks was required.",
        "The interval between the two infusions was 14 days.",
        "Infusions were given at intervals of 5 days to 3 weeks.",
        "Conventional antidepressants take 4 to 6 weeks to work.",
        "Costs were modelled over a 5-year time horizon.",
        "The mean length of hospital stay was 21 days.",
        "Records over a six-year span were reviewed.",
        "Patients also had 10 weeks of cognitive behavioural therapy.",
        "Liver enzymes were checked at week 3.",
        "Midazolam was given 30 min after the start.",
    ],
)
def test_times_of_samples_side_effects_histories_and_dosing_are_no_follow_up(sentence: str) -> None:
    assert days(DOSING + sentence) is None


@pytest.mark.parametrize(
    ("sentence", "longest"),
    [
        ("MADRS was rated before and 24 hours after dosing, and plasma was drawn up to 3 days after dosing.", 1),
        ("Blood was sampled on days 1 and 3; depression was rated on day 1.", 1),
        ("Patients had fMRI at 48 hours; symptoms were rated with the MADRS at 24 hours.", 1),
        ("A washout of at least 14 days separated the two infusions. Mood was rated at 7 days.", 7),
        ("After a 2-week drug-free period, the HDRS was rated for three days.", 3),
        ("The episode had lasted a mean of 24 months. HAMD was rated on day 5.", 5),
        ("Scores were taken 12h-36h after the infusion.", 1.5),
        ("Response was considered reached when the score was halved within 9 days.", 9),
        ("Fifteen people joined this study lasting 9 weeks. Mood was rated at the 4-week visit.", 28),
        ("Participants were followed for a month.", 30),
        ("Mood was rated one year post-treatment.", 365),
        ("Mood was rated 40 and 80 minutes after the infusion and on days 1, 2 and 7.", 7),
        ("HAMD was scored at 1d, 3d and 9d after the injection.", 9),
        ("Mood was rated on the third postoperative day.", 3),
        ("Mood was rated on the 3rd day.", 3),
        ("Patients were seen over a mean follow-up period of 8 months.", 240),
        ("Patients were phoned, and readmission within 90 days was compared.", 90),
    ],
)
def test_the_time_of_mood_is_told_from_other_times_beside_it(sentence: str, longest: float) -> None:
    assert days(DOSING + sentence) == longest


def test_depressive_symptoms_make_a_time_one_of_follow_up_where_a_diagnosis_does_not() -> None:
    assert days(DOSING + "Plasma and depressive symptoms were taken on day 3.") == 3


def test_the_length_of_a_trial_yields_to_stated_visits() -> None:
    assert days(DOSING + "In this two weeks clinical trial, mood was rated on days 1, 4 and 7.") == 7


@pytest.mark.parametrize(
    "sentence",
    [
        "The outcome was change in mood from baseline to post-treatment.",
        "The outcome was mood at the end of the acute treatment phase.",
        "RESULTS: Depressive symptoms fell throughout the 4-week acute treatment period.",
        "RESULTS: At endpoint, scores on the MADRS were lower.",
        "RESULTS: The improvement was maintained throughout the treatment period.",
        "Mood was rated before each session.",
    ],
)
def test_an_outcome_at_the_end_of_treatment_has_its_length(sentence: str) -> None:
    assert days(COURSE + sentence) == 28


def test_a_result_after_all_of_several_doses_is_one_at_the_end_of_their_time() -> None:
    assert days(SERIES + "RESULTS: Scores on the MADRS had fallen by half after six infusions.") == 14


@pytest.mark.parametrize(
    "results",
    [
        "Sleep got better by day 8.",
        "There were no group differences beyond 8 days.",
        "The two groups no longer differed by day 8.",
    ],
)
def test_results_on_groups_and_effects_have_a_time_whatever_was_measured(results: str) -> None:
    assert days(f"{DOSING}RESULTS: {results}") == 8


def test_follow_up_analyses_are_no_follow_up() -> None:
    assert days(DOSING + "RESULTS: Follow-up analyses of the 24 h scans agreed.") is None


def test_an_assessment_after_the_first_and_the_last_infusion_is_one_at_the_end() -> None:
    assert days(SERIES + "Depressive symptoms were measured at baseline and after the first and sixth infusions.") == 14


def test_results_on_mood_without_a_time_are_those_of_the_treatment() -> None:
    text = "METHODS: Ten patients received esketamine over a 16-week period. RESULTS: MADRS scores fell."

    assert days(text) == 112


def test_what_was_given_before_randomisation_to_withdrawal_dates_no_result() -> None:
    text = "METHODS: Responders to ketamine twice weekly for 4 weeks were randomised to continue or stop. "

    assert days(text + "RESULTS: Remission was kept by 12.") is None


def test_a_maintenance_phase_comes_on_top_of_the_phase_before_it() -> None:
    text = COURSE + "A 12-week maintenance phase came next. RESULTS: Mood improved until the end of treatment."

    assert days(text) == 112


def test_an_additional_phase_lengthens_the_treatment() -> None:
    text = COURSE + "They then received ketamine once weekly for a further 3 weeks. Mood was rated weekly."

    assert days(text) == 49


def test_a_further_phase_is_not_counted_twice_when_the_total_is_stated() -> None:
    text = COURSE + "They then received ketamine once weekly for a further 3 weeks. Mood was rated weekly. "

    assert days(text + "CONCLUSIONS: Patients received ketamine for 7 weeks.") == 49


def test_a_time_from_the_last_dose_is_not_replaced_by_the_length_of_the_course() -> None:
    text = SERIES + "MADRS was rated before each infusion and 24 h following the last infusion."

    assert (days(text), anchor(text)) == (1, "last_dose")


def test_a_time_in_front_of_the_end_of_treatment_does_not_count_from_it() -> None:
    assert days(COURSE + "Mood was rated after 3 and 20 h and at the end of treatment.") == 28


def test_a_follow_up_after_the_last_dose_outlasts_the_course() -> None:
    text = COURSE + "Mood was rated at week 4, with follow-up 3 weeks after the final dose."

    assert (days(text), anchor(text)) == (21, "last_dose")


@pytest.mark.parametrize(
    ("sentence", "counted_from"),
    [
        ("Mood was rated 24 h after patients received four infusions.", "last_dose"),
        ("Mood was rated 4 hours after each infusion.", "last_dose"),
        ("Mood was rated at baseline and in a two-week naturalistically planned visit.", "first_dose"),
        ("Responders were monitored for relapse for 4 weeks.", "last_dose"),
        ("Mood was rated 3 months after treatment initiation.", "first_dose"),
        ("Treatment ended with the last infusion; mood was rated on day 33.", "first_dose"),
        ("Depression was rated one week after surgery.", "unspecified"),
        ("Depression was rated 42 days postpartum.", "unspecified"),
        ("Patients were followed up for 6 months.", "unspecified"),
        ("Mood was rated the next day.", "first_dose"),
        ("Mood was rated after the fourth infusion, 12 days after the initial infusion.", "first_dose"),
        ("Patients had a single infusion in one arm and a 6-month post-treatment follow-up.", "last_dose"),
        ("Mood was rated weekly and 4 weeks after treatment ended.", "last_dose"),
        ("The outcome was mood from baseline to 2 weeks (after the whole series of infusions).", "first_dose"),
        ("Infusions ended; a 12-week follow-up phase without ketamine came next.", "last_dose"),
        ("A 4-week treatment phase was followed by a 6-month follow-up.", "last_dose"),
        ("Patients were then followed naturalistically for 3 months.", "last_dose"),
    ],
)
def test_a_follow_up_has_its_anchor(sentence: str, counted_from: str) -> None:
    assert anchor(DOSING + sentence) == counted_from


def test_days_after_treatment_with_a_single_dose_count_from_that_dose() -> None:
    assert anchor("METHODS: Ten patients had a single infusion. Mood was rated 7 days post-treatment.") == "first_dose"


@pytest.mark.parametrize(
    ("results", "latest"),
    [
        ("Side effects passed, and the improvement in mood was maintained for 6 weeks.", 42),
        ("Suicidal ideation was lower than at baseline at 3 days (p = 0.01).", 3),
        ("Mood was better than in those who did not get it and the benefit was sustained at day 7.", 7),
        ("MADRS was lower at 24 hours, and this difference remained significant at day 7 but not at day 14.", 7),
        ("BSS scores were significantly lower at 48 h (p = 0.04) and at 72 h (p = 0.1).", 2),
        ("Mood was significantly better at 72 h, but the difference had vanished by day 7.", 3),
        ("Improvement was sustained for 3 weeks, then she relapsed.", 21),
        ("Benefits were sustained over the following month.", 30),
        ("The effect persisted throughout the following week.", 7),
        ("The effect was sustained for at least 4 weeks after the final infusion.", 28),
        ("Compared with placebo, ketamine improved mood at 5 days.", 5),
        ("Ketamine lowered depression scores from hour 2 through day 3.", 3),
        ("At 24 hours ketamine was superior to placebo.", 1),
        ("The difference favoured ketamine at day 9.", 9),
        ("Depression was significantly milder over the 8-week study period.", 56),
        ("All four remitters were still well 6 weeks later.", 42),
        ("Depressive symptoms improved significantly at 24 hours, lasting 7 days.", 7),
        ("Serum BDNF was significantly higher at day 7, and depression scores remained lower at day 3.", 3),
    ],
)
def test_a_benefit_is_dated_by_its_own_clause(results: str, latest: int) -> None:
    assert until(results) == latest


@pytest.mark.parametrize(
    "results",
    [
        "Improvement at day 7 correlated significantly with age.",
        "Heart rate remained raised at day 7.",
        "Memory was still significantly better at day 7 in depressed patients.",
        "Mood was lower at day 7.",
        "Mood showed no significant difference between groups (day 1: p = 0.8; day 3: p = 0.7).",
        "No significant effect on mood was found (Day 1: F(1, 40) = 0.1; Day 3: F(1, 40) = 0.2).",
        "A non-significant trend in MADRS was seen at day 15.",
        "The odds of a suicide attempt by 8 weeks were significantly lower.",
        "Mood improved significantly, and healthy volunteers had more symptoms for up to 3 days.",
        "A benefit of rTMS may last for up to 5 months.",
        "Patients with higher weight had significantly greater improvement at day 3.",
        "Connectivity remained altered, and functional alterations were sustained for 10 days.",
    ],
)
def test_relations_and_other_outcomes_are_no_lasting_benefit(results: str) -> None:
    assert until(results) is None


def test_a_benefit_that_lasts_through_the_course_has_its_length() -> None:
    text = (
        SERIES + "RESULTS: Mood was better at 4 h, and this effect held and was sustained throughout the dosing period."
    )

    assert record(text)["effect_until_days"] == 14


def test_scans_and_samples_date_mood_that_was_rated_at_their_times() -> None:
    text = DOSING + "Serum was collected at 4 and 24 h and at 7 days; MADRS was scored at each time point."

    assert days(text) == 7


DOSE = "METHODS: Twenty-six adults with treatment-resistant depression received one infusion of ketamine. "
SPRAY = "METHODS: Thirty adults with TRD received esketamine nasal spray twice weekly for 4 weeks. "
SIX = "METHODS: Forty adults with MDD had six ketamine infusions over two weeks. "


@pytest.mark.parametrize(
    ("text", "followed"),
    [
        (f"{DOSE}Symptoms were rated on D1, D3, D7 and D14. RESULTS: Depression scores fell.", 14),
        (f"{DOSE}RESULTS: MADRS was lower on POD 3 and POD 30.", 30),
        (f"{DOSE}RESULTS: MADRS fell at wk 1, wk 4 and wk 8.", 56),
        (f"{SPRAY}RESULTS: MADRS fell at M1, M3 and M12.", 360),
        (f"{SPRAY}RESULTS: At month 3, 11 of 30 were still well on the PHQ-9.", 90),
        (f"{DOSE}RESULTS: At day 1, 47 (46%) had responded.", 1),
        (f"{SPRAY}RESULTS: MADRS was lower at weeks 2 and 4 of treatment.", 28),
        (f"{SPRAY}The average follow-up was 2.1 y. RESULTS: Depression scores stayed low.", 766.5),
        (f"{SPRAY}The mean (SD) follow-up was 8.4 (2.1) months. RESULTS: Depression scores stayed low.", 252),
        (f"{SPRAY}RESULTS: At the half-year visit PHQ-9 remained low.", 180),
        (f"{SPRAY}Hospital days were taken from records for the year after initiation. RESULTS: They fell.", 365),
        (f"{DOSE}Participants were called every fortnight for three months. RESULTS: 8 had relapsed.", 90),
        (f"{SIX}They were then followed for 4 more weeks. RESULTS: MADRS fell.", 28),
        (f"{SIX}CDRS-R was rated before the first and after the last infusion. RESULTS: CDRS-R fell.", 14),
        (f"{DOSE}RESULTS: The 24-h change in HDRS was -12.", 1),
        (f"{DOSE}RESULTS: HDRS was lower the morning after ketamine.", 1),
        (f"{DOSE}Scores were collected at T1 (4 weeks) and T2 (12 weeks). RESULTS: They fell.", 84),
        ("METHODS: This 12-week extension gave oral ketamine weekly. RESULTS: MADRS was lower at study end.", 84),
        ("METHODS: In a 6-week, double-blind trial, 60 adults took oral ketamine. RESULTS: MADRS fell.", 42),
    ],
)
def test_times_are_read_in_every_way_in_which_they_are_written(text: str, followed: float) -> None:
    assert days(text) == followed


@pytest.mark.parametrize(
    "sentence",
    [
        "Medication was unchanged for 4 weeks before.",
        "Vitamin D3 was given, and D1 and D2 receptors were mapped.",
        "The mean episode length was 96 weeks.",
        "Women who were 4 weeks to 6 months after delivery took part.",
        "Working memory was tested 6 weeks later.",
        "In the parent trial, the benefit had vanished at 4 weeks.",
    ],
)
def test_histories_cognition_and_earlier_results_are_no_follow_up(sentence: str) -> None:
    assert days(f"{DOSING}RESULTS: {sentence}") is None


@pytest.mark.parametrize(
    "text",
    [
        f"{SIX}RESULTS: 30 days after infusion six, QIDS was lower.",
        f"{SPRAY}RESULTS: At 8 weeks after treatment cessation, PHQ-9 remained lower.",
        f"{SPRAY}Participants then entered a 6-month observation period without ketamine. RESULTS: 40% relapsed.",
        f"{SPRAY}Follow-up lasted a further 8 weeks without treatment. RESULTS: MADRS fell.",
    ],
)
def test_times_without_treatment_are_counted_from_the_last_dose(text: str) -> None:
    assert anchor(text) == "last_dose"


@pytest.mark.parametrize(
    ("results", "lasted"),
    [
        ("The difference in MADRS was significant on day 6 and day 12 (p = 0.02), not on day 26.", 12),
        ("Depression was lower under ketamine than midazolam until day 3, and no different on days 7 and 10.", 3),
        ("The benefit was still present on day 3 and was lost at the 6-week visit.", 3),
        ("Gains were held at 1-month follow-up.", 30),
        ("Mood was rated at weeks 2 and 6. Ketamine was superior to placebo at all visits.", 42),
        ("At 3 months more were in remission with ketamine, not significantly different.", None),
    ],
)
def test_a_benefit_lasts_until_the_clause_that_says_it_was_lost(results: str, lasted: float | None) -> None:
    assert until(results) == lasted
