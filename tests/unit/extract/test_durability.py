"""Response, remission and relapse; follow-up and how long the benefit lasted."""

from __future__ import annotations

import pytest

from ketalit.vocabulary import AtRisk
from tests.unit.extract.reading import read, record

SAMPLE = "METHODS: Twenty patients received ketamine. RESULTS: "


def pct(kind: str, results: str) -> list[float]:
    return [rate["pct"] for rate in record(SAMPLE + results)[kind]]


@pytest.mark.parametrize(
    ("results", "response"),
    [
        ("The response rate was 70.8%.", [70.8]),
        ("Eight (40%) patients responded.", [40]),
        ("Four of 7 patients responded.", [57.1]),
        ("62.5 % of patients achieved response.", [62.5]),
        ("Ten patients responded.", [50]),
        ("Response rates were 64% with ketamine and 28% with midazolam.", [64, 28]),
        ("Compared to 8% in the control arm, 44% in the ketamine arm achieved a 50% reduction in HAMD.", [8, 44]),
        ("Response was achieved in 9 of 18 patients.", [50]),
        ("All of the 6 patients responded.", [100]),
    ],
)
def test_response_is_read_from_percentages_and_counts(results: str, response: list[float]) -> None:
    assert pct("response", results) == response


def test_listed_rates_go_to_their_events_in_order() -> None:
    results = "Response and remission rates were 61.5% and 46.2%, respectively."

    assert (pct("response", results), pct("remission", results)) == ([61.5], [46.2])


def test_two_counts_go_to_their_own_events() -> None:
    results = "Eleven (55%) achieved response while eight (40%) remitted."

    assert (pct("response", results), pct("remission", results)) == ([55], [40])


@pytest.mark.parametrize(
    "results",
    [
        "Response was defined as a reduction of 50%.",
        "Response was predicted with 80% accuracy.",
        "No response was seen in 30% of controls.",
        "A partial response rate of 26% was seen.",
        "Response differed (95% confidence interval 10% to 40%).",
        "Among responders, 60% maintained response.",
        "Response meant a fall of at least 20%, 30%, and 50% in score.",
        "The sensitivities of early change for response exceeded 90%.",
        "Responders had a higher percentage of slow waves (53% vs. 21%).",
        "Patients had 43% more weeks with response.",
    ],
)
def test_other_percentages_are_no_response_rates(results: str) -> None:
    assert pct("response", results) == []


def test_relapse_is_counted_in_responders() -> None:
    (relapse,) = read(SAMPLE + "Ten patients responded. Five patients relapsed within a month.").rates[1:]

    assert (relapse.pct.value, relapse.denominator and relapse.denominator.value) == (50, 10)


def test_not_having_relapsed_is_the_complement() -> None:
    assert pct("relapse", "By 4 weeks, 30% of responders had not relapsed.") == [70]


def test_a_relapse_of_the_past_is_no_outcome() -> None:
    assert pct("relapse", "At the time of relapse 33% took lithium.") == []


def test_a_rate_has_its_time() -> None:
    (rate,) = record(SAMPLE + "At day 7, 40% of patients responded.")["response"]

    assert rate["time_days"] == 7


@pytest.mark.parametrize(
    ("results", "days"),
    [
        ("Median time to relapse was 18 days.", [18]),
        ("They relapsed, on average, 19 days later.", [19]),
        ("The mean time to relapse was 2 and 6 weeks.", [14, 42]),
        ("Patients relapsed at a mean of 13 +/- 5 days after the final dose.", [13]),
        ("The duration of response varied (median 61, range 20-150 days).", [61]),
        ("The mean duration of remission was 4 weeks.", [28]),
        ("The median time to response was 3 days.", []),
    ],
)
def test_time_to_relapse_is_in_days(results: str, days: list[float]) -> None:
    assert record(SAMPLE + results)["time_to_relapse_days"] == days


def test_the_statistic_of_a_time_to_relapse_is_kept() -> None:
    (time,) = read(SAMPLE + "Median time to relapse was 18 days.").times_to_relapse

    assert time.statistic == "median"


def follow_up(methods: str) -> tuple[object, object]:
    found = record(f"METHODS: Ten patients received ketamine over 40 minutes. {methods}")
    return found["follow_up_days"], found["follow_up_anchor"]


@pytest.mark.parametrize(
    ("methods", "days"),
    [
        ("Mood was rated at 40 min, 24 h and 7 days after the infusion.", 7),
        ("Mood was rated on days 1, 3, 7 and 14.", 14),
        ("The primary outcome was mood at week 4.", 28),
        ("Patients were followed for six months.", 180),
        ("Mood was rated the next day.", 1),
        ("Mood was rated on the fourth and seventh day.", 7),
    ],
)
def test_follow_up_is_the_longest_time_of_assessment(methods: str, days: int) -> None:
    assert follow_up(methods)[0] == days


def test_the_length_of_an_infusion_is_no_follow_up() -> None:
    assert follow_up("Mood was rated.")[0] is None


def test_the_length_of_treatment_is_no_follow_up() -> None:
    assert follow_up("Ketamine was given twice weekly for 4 weeks.")[0] is None


def test_an_age_is_no_follow_up() -> None:
    assert follow_up("Patients were aged 18 to 65 years.")[0] is None


def test_a_history_is_no_follow_up() -> None:
    assert follow_up("They had taken stable doses for at least 2 months.")[0] is None


def test_follow_up_after_the_last_infusion_is_anchored_there() -> None:
    assert follow_up("Patients were followed for 4 weeks after the last infusion.") == (28, "last_dose")


def test_follow_up_after_one_infusion_is_anchored_at_the_first_dose() -> None:
    assert follow_up("Mood was rated 7 days after infusion.") == (7, "first_dose")


def test_day_two_is_one_day_after_a_baseline_on_day_one() -> None:
    assert follow_up("The outcome was change from day 1 (baseline) to day 2.")[0] == 1


def test_a_lasting_benefit_is_dated() -> None:
    assert record(SAMPLE + "The improvement was sustained at 4 weeks.")["effect_until_days"] == 28


def test_a_benefit_that_did_not_last_is_not_dated() -> None:
    assert record(SAMPLE + "The improvement did not persist at 4 weeks.")["effect_until_days"] is None


def test_a_rate_at_the_end_of_the_course_has_the_length_of_the_course() -> None:
    text = "METHODS: Twenty patients received six ketamine infusions over 12 days. RESULTS: "

    assert record(text + "After six infusions, 55% achieved response.")["response"][0]["time_days"] == 12


def test_a_rate_without_a_time_has_that_of_the_definition() -> None:
    text = (
        "METHODS: Twenty patients received ketamine. The criterion for response was half the score after 7 days. "
        "RESULTS: The response rate was 51%."
    )

    assert record(text)["response"][0]["time_days"] == 7


def arms(results: str) -> list[tuple[str, float]]:
    return [(str(rate.arm), float(rate.pct.value)) for rate in read(SAMPLE + results).rates]


def test_remission_from_which_patients_relapse_is_no_remission_rate() -> None:
    results = "Of 90 in stable remission, 12 (27%) on esketamine and 20 (44%) on placebo relapsed."

    assert (pct("remission", results), pct("relapse", results)) == ([], [27, 44])


@pytest.mark.parametrize(
    ("results", "people"),
    [
        ("Of 90 in stable remission, 12 (27%) relapsed.", AtRisk.REMITTERS),
        ("Among those in stable response, 12 (27%) relapsed.", AtRisk.RESPONDERS),
        ("Of patients who had responded, 25% relapsed.", AtRisk.RESPONDERS),
        ("The relapse rate was 30% among remitters.", AtRisk.REMITTERS),
        ("The response rate was 30%.", AtRisk.ALL),
    ],
)
def test_a_rate_has_the_people_at_risk(results: str, people: AtRisk) -> None:
    (rate,) = read(SAMPLE + results).rates

    assert rate.at_risk is people


@pytest.mark.parametrize(
    "results",
    [
        "Freedom from relapse was 73% at 6 months.",
        "Relapse-free patients made up 60% of the sample.",
        "The risk of relapse fell by 51% in one stratum and 70% (HR, 0.30) in the other.",
    ],
)
def test_freedom_from_relapse_and_a_change_of_risk_are_no_relapse_rates(results: str) -> None:
    assert pct("relapse", results) == []


@pytest.mark.parametrize(
    "results",
    [
        "Scores fell by 85% (SD 12%) in those who had responded.",
        "Accuracy for response, over all of the many models that we fitted in turn, was 80%.",
        "Response was maintained in 80% of patients.",
        "Response was 20% more likely with ketamine.",
        "The dropout rate was 20% whatever the response.",
        "Diabetes was present in 75% of our patients and 2 of these responded poorly.",
        "We defined response as any fall of 35%.",
    ],
)
def test_spreads_tests_and_shares_of_something_else_are_no_response_rates(results: str) -> None:
    assert pct("response", results) == []


def test_the_number_of_a_day_is_no_count_of_patients() -> None:
    (rate,) = record(SAMPLE + "Remission on day 6 (72.7%) was common.")["remission"]

    assert (rate["n"], rate["time_days"]) == (None, 6)


def test_each_rate_has_the_time_beside_it() -> None:
    results = "Remission was seen on day 6 (72% vs 18%, p=0.01) and day 12 (90% vs 43%, p=0.01)."

    assert [rate["time_days"] for rate in record(SAMPLE + results)["remission"]] == [6, 6, 12, 12]


def test_a_rate_has_the_time_directly_behind_it_however_it_is_written() -> None:
    results = "Eight of 20 (40%) responded at 24 h, and 4 (20%) at day 7."

    assert [rate["time_days"] for rate in record(SAMPLE + results)["response"]] == [1, 7]


def test_a_contrast_keeps_each_rate_with_its_own_time() -> None:
    results = "By week 5, 64% had a response, whereas 45% still had a response when seen at week 9."

    assert [rate["time_days"] for rate in record(SAMPLE + results)["response"]] == [35, 63]


def test_a_relapse_rate_has_the_time_over_which_relapse_was_watched() -> None:
    text = SAMPLE.replace("RESULTS: ", "Responders were watched for relapse over 5 weeks. RESULTS: Ten responded. ")

    (rate,) = record(text + "Five patients relapsed.")["relapse"]

    assert (rate["pct"], rate["time_days"]) == (50, 35)


def test_responders_who_were_watched_do_not_define_response() -> None:
    text = SAMPLE.replace("RESULTS: ", "Those meeting response criteria were followed for 5 weeks. RESULTS: ")

    assert record(text + "The response rate was 40%.")["response"][0]["time_days"] is None


def test_relapse_is_counted_where_it_is_said_to_have_occurred() -> None:
    assert pct("relapse", "Relapse occurred in 2 of 8 remitters during the next months.") == [25]


def test_rates_and_times_in_lists_go_together_in_order() -> None:
    results = "Rates of response at 2, 4 and 6 weeks were 30%, 40% and 50%."

    assert [rate["time_days"] for rate in record(SAMPLE + results)["response"]] == [14, 28, 42]


def test_a_rate_at_another_time_is_another_rate() -> None:
    results = "Remission was seen in 70% at day 6. At day 33, 70% were in remission."

    assert [rate["time_days"] for rate in record(SAMPLE + results)["remission"]] == [6, 33]


def test_one_per_cent_sign_may_stand_for_two_numbers() -> None:
    results = "Response and remission rates were 58.3 and 25.0%, respectively."

    assert (pct("response", results), pct("remission", results)) == ([58.3], [25])


def test_patients_with_half_the_score_responded() -> None:
    assert pct("response", "Of all patients, 18% showed greater than 50% reduction in scores.") == [18]


@pytest.mark.parametrize(
    ("results", "labels"),
    [
        ("Response was seen in 64% of patients in the ketamine group.", ["ketamine"]),
        ("Response was seen in 64% and 28% with ketamine and midazolam, respectively.", ["ketamine", "midazolam"]),
        ("27% of esketamine patients and 42% of placebo patients relapsed.", ["esketamine", "placebo"]),
        ("Nine patients (45%) responded after the first infusion.", ["None"]),
    ],
)
def test_a_rate_has_the_arm_that_it_is_said_of(results: str, labels: list[str]) -> None:
    assert [arm for arm, _ in arms(results)] == labels


def test_those_who_stayed_well_did_not_relapse() -> None:
    results = "Five of eleven responders stayed well; the other six relapsed after a mean of 16 days."

    assert (pct("relapse", results), record(SAMPLE + results)["time_to_relapse_days"]) == ([54.5], [16])


def test_a_share_on_an_anxiety_scale_is_no_remission_of_depression() -> None:
    results = "Response was seen in 62% on the PHQ-9 and 60% on the GAD-7; 32% and 31% remitted."

    assert pct("remission", results) == [32]


@pytest.mark.parametrize(
    ("kind", "results", "rates"),
    [
        ("remission", "Response occurred in 12/20 and remission in 5/20 at 4 weeks.", [25]),
        ("remission", "Remission at 7 days was recorded in 2 of 8, 3 of 8 and 1 of 8 patients.", [25, 37.5, 12.5]),
        ("remission", "None of the patients achieved remission.", [0]),
        ("response", "Half of the patients responded.", [50]),
        ("remission", "Two thirds achieved remission.", [66.7]),
        ("response", "At the follow-ups, 60, 50 and 45% were responders.", [60, 50, 45]),
        ("response", "Early improvers were 85%; response was seen in 72% and remission in 28%.", [72]),
        ("response", "Response was obtained in 31.5% at T1, 51.0% at T2 and 58.7% at T3.", [31.5, 51, 58.7]),
        ("relapse", "38 of 84 (45%) ketamine responders and 35 of 70 (50%) spray responders had relapsed.", [45, 50]),
        ("remission", "Relapse among week-8 remitters was 14.5%.", []),
        ("response", "Remission was seen in 30% on the PHQ-9, and 6% got worse.", []),
    ],
)  # fmt: skip
def test_rates_are_read_in_further_wordings(kind: str, results: str, rates: list[float]) -> None:
    assert pct(kind, results) == rates


@pytest.mark.parametrize(
    ("results", "times"),
    [
        ("Remitters relapsed, median time to relapse 70 and 61 days.", [61, 70]),
        ("Median time to relapse was 9 weeks and 4 weeks, respectively.", [28, 63]),
        ("Nine relapsed, at a median of 18 days after the last infusion.", [18]),
    ],
)
def test_times_to_relapse_of_two_arms_are_both_read(results: str, times: list[float]) -> None:
    assert sorted(record(SAMPLE + results)["time_to_relapse_days"]) == times
