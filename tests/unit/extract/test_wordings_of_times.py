"""When rates were counted, what follow-up is counted from and until when a benefit lasts, in other wordings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extract.reading import record, slot

SERIES = "Methods: 40 adults with depression received six ketamine infusions over 2 weeks. "
SINGLE = "Methods: 40 adults with depression received a single ketamine infusion. "
OPEN = "Methods: 40 adults with depression started esketamine nasal spray. "


def rates(kind: str, text: str) -> list[tuple[Any, Any]]:
    return [(rate["pct"], rate["time_days"]) for rate in record(text)[kind]]


@pytest.mark.parametrize(
    "sentence",
    [
        "A randomised trial with follow-up through 90 days is being planned.",
        "We are now planning a controlled trial with a 6-month follow-up.",
        "A larger trial with 12 months of follow-up is in preparation.",
        "Studies with a follow-up of at least one year are needed.",
        "Longer follow-up, of 6 months or more, is warranted.",
        "Trials that follow patients for 6 months should be done.",
        "A trial with assessments up to 26 weeks is under way.",
        "Whether the benefit lasts for 6 months remains to be shown.",
        "Controlled trials that assess mood for a year are awaited.",
    ],
)
def test_times_of_trials_to_come_are_none_of_this_study(sentence: str) -> None:
    labelled = f"{SINGLE}Results: MADRS scores fell at 7 days. Conclusions: {sentence}"
    unlabelled = (
        f"We gave 40 adults with depression a single ketamine infusion. MADRS scores fell at 7 days. {sentence}"
    )

    assert record(labelled)["follow_up_days"] == 7
    assert record(unlabelled)["follow_up_days"] == 7


@pytest.mark.parametrize(
    "sentence",
    [
        "The present episode, with delusions of guilt, had persisted for 9 months.",
        "Their antidepressant had been stable for six weeks.",
        "All had been maintained on lithium for no less than 4 weeks.",
        "The current episode had lasted on average 11 months.",
        "Over 22 months, 40 patients were recruited.",
        "During 14 months, 55 consecutive patients were screened.",
        "Depressive symptoms had been present for 3 years.",
        "The duration of treatment before stopping was 16 months.",
        "She had taken sertraline and mood had been low for at least 5 months.",
    ],
)
def test_what_came_before_treatment_is_no_follow_up(sentence: str) -> None:
    assert record(f"{SINGLE}{sentence} Results: MADRS scores fell at 7 days.")["follow_up_days"] == 7


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("On day 14, seven ketamine patients (44%) were responders.", [(44, 14)]),
        ("On day 28, two weeks after stopping, 30% were responders.", [(30, 14)]),
        ("Response rates were 34%, 49% and 56% at weeks 1, 2 and 4.", [(34, 7), (49, 14), (56, 28)]),
        ("At 1, 3 and 7 days, 60%, 50% and 30% had responded.", [(60, 1), (50, 3), (30, 7)]),
        ("At day 1 and day 7, response rates were 60% and 30%.", [(60, 1), (30, 7)]),
        ("Response was seen in 60% at 24 hours and in 30% at 7 days.", [(60, 1), (30, 7)]),
        ("At week 1, 48% responded and 17% remitted; at week 4, 45% and 18%.", [(48, 7), (45, 28)]),
        ("Response rates on day 7 were 40% in women. They were 38% in men.", [(40, 7)]),
        ("On day 7, 40% responded. Response did not differ by sex (41% vs 39%).", [(40, 7), (41, 7), (39, 7)]),
    ],
)
def test_rates_take_times_in_turn(results: str, expected: list[tuple[float, float]]) -> None:
    assert rates("response", f"{SINGLE}Results: {results}") == expected


@pytest.mark.parametrize(
    "results",
    [
        "Following the acute course, 60% responded.",
        "After the last infusion, 60% responded.",
        "Response 24 h after the final infusion was seen in 60%.",
        "MADRS fell from baseline to the day after the last infusion, and 24 patients (60%) responded.",
        "At the end of the infusion series, 60% were responders.",
        "After all six infusions, 60% responded.",
        "By the sixth infusion, response was achieved by 60%.",
        "At course end, 60% had responded.",
        "In the repeated-infusion phase, 60% responded.",
        "Response was seen in 60% one day after the sixth infusion.",
    ],
)
def test_rates_at_the_end_of_the_course_count_at_its_length(results: str) -> None:
    assert rates("response", f"{SERIES}Results: {results}") == [(60, 14)]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("At the end of induction, 62% had responded.", 28),
        ("After the maintenance phase, 62% were responders.", 84),
        ("Of all patients, 62% responded in the induction phase.", 28),
        ("Response was kept by 62% at the end of maintenance treatment.", None),
    ],
)
def test_rates_of_a_phase_count_at_the_end_of_that_phase(results: str, expected: float | None) -> None:
    dosing = (
        "Methods: 40 adults with depression received esketamine 56 mg twice weekly in a 4-week induction phase, then "
        "weekly in a 12-week maintenance phase. "
    )

    assert [time for _, time in rates("response", f"{dosing}Results: {results}") if time] == [expected] * bool(expected)


@pytest.mark.parametrize(
    ("assessed", "results", "expected"),
    [
        ("before treatment (T0) and after 1 (T1) and 3 months (T2)", "At T2, 45% responded.", 90),
        ("at baseline (T0), one month (T1) and three months (T2) after the start", "At T1, 45% responded.", 30),
        ("at baseline (T1), 24 h (T2), and 2 weeks (T3) after the dose", "Response was seen in 45% at T3.", 14),
        ("at T0 (baseline), T1 (4 weeks) and T2 (12 weeks)", "At T2, response was reached by 45%.", 84),
        ("at T1: 24 h, T2: 7 days and T3: 28 days", "At T3, 45% had responded.", 28),
        ("at baseline (M0) and after one (M1), three (M3) and six months (M6)", "At M6, 45% responded.", 180),
    ],
)
def test_a_code_is_the_time_that_the_text_defines(assessed: str, results: str, expected: float) -> None:
    text = f"{OPEN}The MADRS was rated {assessed}. Results: {results}"

    assert rates("response", text) == [(45, expected)]


def test_a_code_without_a_definition_is_no_time() -> None:
    assert rates("response", f"{OPEN}T1-weighted images were taken. Results: At T2, 45% responded.") == [(45, None)]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("Response was 40% after infusion 3 and 45% at follow-up.", [(40, None), (45, 7)]),
        ("Response at follow-up was recorded in 45%.", [(45, 7)]),
        ("At the follow-up visit, 45% were responders.", [(45, 7)]),
    ],
)
def test_a_rate_at_follow_up_is_that_at_the_one_follow_up_visit(
    results: str, expected: list[tuple[float, Any]]
) -> None:
    dosing = "Methods: 40 inpatients with depression had eight ketamine infusions; a follow-up visit one week later. "

    assert rates("response", f"{dosing}Results: {results}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were then contacted monthly for 3 months. Half had relapsed.", "last_dose"),
        ("After treatment had ended, patients were contacted monthly for 3 months.", "last_dose"),
        ("Patients were interviewed by telephone after a mean of 3 years.", "unspecified"),
        ("Maintenance lasted a median of 14 months; depression scores stayed low at 14 months of maintenance.", None),
        ("MADRS was rated 3 months after treatment initiation.", "first_dose"),
    ],
)
def test_what_a_follow_up_behind_a_course_is_counted_from(text: str, expected: str | None) -> None:
    found = record(f"{SERIES}{text} Results: MADRS scores fell.")["follow_up_anchor"]

    assert found == (expected or "unspecified")


def test_each_infusion_of_a_crossover_is_the_first() -> None:
    text = (
        "Methods: 20 adults with depression had one infusion of ketamine and one of saline in a double-blind crossover "
        "trial. The MADRS was rated 1, 3 and 11 days after each infusion."
    )

    assert (record(text)["follow_up_days"], record(text)["follow_up_anchor"]) == (11, "first_dose")


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("The reduction was largely retained and still significant at week 6 (p < 0.001).", 28),
        ("Suicidality remained lower at week 6, four weeks after the last dose.", 28),
    ],
)
def test_a_benefit_counts_from_the_last_dose_where_that_is_told(results: str, expected: float) -> None:
    text = f"{SERIES}The MADRS was rated at week 2 and at week 6, four weeks after the last dose. Results: {results}"

    assert record(text)["effect_until_days"] == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("Veterans maintained improvement for at least 6 months.", 180),
        ("Relief of depressive symptoms lasted for at least 2 weeks.", 14),
        ("MADRS scores remained stable, and at month 12 did not differ from the end of treatment.", 360),
        ("Mean changes in MADRS at day 28 were -13 and -14; differences from placebo were not significant.", None),
        ("MADRS scores were lower at day 7, but the difference was not significant.", None),
        ("Of those still in treatment at week 52, the mean MADRS was 10.", None),
        ("Use was associated with improvement, and MADRS scores remained low at 3 months.", 90),
        ("Improvement at day 7 correlated with age and remained associated with it.", None),
    ],
)
def test_until_when_a_benefit_lasts_is_told_by_its_clause(results: str, expected: float | None) -> None:
    assert record(f"{OPEN}Results: {results}")["effect_until_days"] == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("Twelve patients relapsed, seven of them on lithium, after a median of 17 days.", [17]),
        ("During follow-up, 29 remitters relapsed, at a median of 59 days and 51 days.", [59, 51]),
        ("Time from the end of the course to relapse was similar (median 8 vs 7 weeks).", [56, 49]),
        ("The median time from the last infusion to relapse was 6 weeks.", [42]),
        ("Mean interval to relapse was 21 days.", [21]),
        ("Responders relapsed with a mean time of 19 days.", [19]),
        ("Time to relapse (median 45 days) was longer with lithium.", [45]),
        ("The median time to relapse was 66 days (95% CI 41-91).", [66]),
    ],
)
def test_times_until_relapse(results: str, expected: list[float]) -> None:
    assert sorted(record(f"{SERIES}Results: {results}")["time_to_relapse_days"]) == sorted(expected)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("Relapse was less frequent, with a lower risk of relapse among remitters (22% vs 45%).", [22, 45]),
        ("Of responders, 49% of those on spray and 43% of those on placebo relapsed by week 24.", [49, 43]),
        ("Ten responders entered the next phase, in which 40% relapsed.", [40]),
        ("In all, 20 patients responded. Five patients who had responded by week 1 lost response by week 4.", [25]),
        ("The odds of relapse fell with age (OR 0.4).", []),
    ],
)
def test_relapse_in_other_words(results: str, expected: list[float]) -> None:
    assert [rate["pct"] for rate in record(f"{SERIES}Results: {results}")["relapse"]] == expected


@pytest.mark.parametrize(
    ("dosing", "expected"),
    [
        ("Four sessions of ketamine were taken over approximately 4 weeks.", [(4, 1, 28)]),
        ("They completed six ketamine infusions, which were given twice weekly for 3 weeks.", [(6, 2, 21)]),
        ("They received six once-weekly doses of oral ketamine.", [(6, 1, 42)]),
        ("They received ketamine weekly to monthly for 6 months.", [(None, None, 180)]),
        ("They had had at least 6 months of treatment with ketamine.", [(None, None, None)]),
        ("The antidepressant had been stable for six weeks when ketamine was given.", [(None, None, None)]),
        ("They received six infusions of ketamine over 2 to 3 weeks.", [(6, None, None)]),
        (
            "They had one infusion of ketamine or saline and later open-label ketamine three times weekly for 2 weeks.",
            [(1, None, None), (6, 3, 14)],
        ),
    ],
)
def test_schedules(dosing: str, expected: list[tuple[Any, Any, Any]]) -> None:
    text = f"Methods: 40 adults with depression took part. {dosing}"
    slots = [slot(name, text) for name in ("sessions", "per_week", "course_days")]

    assert sorted(zip(*slots, strict=True), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (SERIES, "The MADRS was rated before treatment and 3 months after the last infusion.", (90, "last_dose")),
        (SERIES, "MADRS was repeated three months after completing treatment.", (90, "last_dose")),
        (SERIES, "Patients were observed off ketamine for 3 months.", (90, "last_dose")),
        (SERIES, "Patients were then seen without further ketamine for 3 months.", (90, "last_dose")),
        (SERIES, "At 1 and 4 weeks after stopping, MADRS was rated again.", (28, "last_dose")),
        (SERIES, "Results: MADRS scores fell. Four weeks after the course, scores were still low.", (28, "last_dose")),
        (SERIES, "Results: MADRS scores fell, and at 4 weeks post-series were still low.", (28, "last_dose")),
        (SERIES, "MADRS was scored at the end of the series and one month later.", (30, "last_dose")),
        (SERIES, "MADRS was scored after the last infusion and again one month later.", (30, "last_dose")),
        (SERIES, "Ratings were made at baseline, after the sixth infusion and 4 weeks thereafter.", (28, "last_dose")),
        (SERIES, "Results: One month after treatment discontinuation, MADRS scores were low.", (30, "last_dose")),
        (SERIES, "A telephone call 6 weeks after the final session assessed mood.", (42, "last_dose")),
        (SERIES, "Results: Responders remained well for 5 weeks after their last dose.", (35, "last_dose")),
        (SERIES, "MADRS was rated at baseline and on days 14, 28 and 42.", (42, "first_dose")),
        (SERIES, "MADRS was rated at baseline, week 2 and month 3.", (90, "first_dose")),
        (SINGLE, "MADRS was rated 1, 3 and 14 days later.", (14, "first_dose")),
        (SINGLE, "MADRS was rated for two weeks.", (14, "first_dose")),
        (SINGLE, "Mood was tracked daily for 10 days.", (10, "first_dose")),
        (SINGLE, "Scores were taken at 4 h, at 24 h and one week post dose.", (7, "first_dose")),
        (SINGLE, "Results: Mood improved at 2 h; the benefit had gone by day 5.", (5, "first_dose")),
        (SINGLE, "She was reviewed again at two, six and twelve weeks.", (84, "first_dose")),
    ],
)
def test_the_longest_time_of_assessment_and_its_zero(dosing: str, text: str, expected: tuple[float, str]) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == expected


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (SINGLE, "Results: The benefit held for a week and was gone by day 14.", 7),
        (SINGLE, "Results: Ketamine was superior to saline at 24 h and day 3, but not at day 7.", 3),
        (
            SINGLE,
            "Results: MADRS separated from saline at 4 h, 24 h and day 3 (all p < 0.05); by day 7 scores were alike.",
            3,
        ),
        (SINGLE, "Results: Differences in MADRS from saline were significant up to day 3.", 3),
        (
            SINGLE,
            "Results: MADRS scores were lower than with saline on days 1 to 3 (p = 0.01) and no longer on day 7.",
            3,
        ),
        (SINGLE, "Results: The gain in MADRS was evident for 5 days.", 5),
        (SINGLE, "Results: The antidepressant effect was still present at day 7.", 7),
        (SINGLE, "Results: At day 7, MADRS scores remained significantly below baseline.", 7),
        (SINGLE, "Results: Improvement on the MADRS was maintained through day 7.", 7),
        (SINGLE, "Results: The effect outlasted day 3 but faded by day 7.", 3),
        (SINGLE, "Results: The difference between groups in MADRS lost significance by day 7.", None),
    ],
)
def test_until_when_a_benefit_is_said_to_last(dosing: str, text: str, expected: float | None) -> None:
    assert record(dosing + text)["effect_until_days"] == expected


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (SERIES, "Results: After session four, 30% responded.", [(30, None)]),
        (SERIES, "Results: After the third infusion, 30% responded.", [(30, None)]),
        (
            SERIES,
            "Results: Response was seen in 30% after three infusions and in 60% after six.",
            [(30, None), (60, 14)],
        ),
        (SERIES, "Results: By day 14, response had occurred in 24 of 40 (60%).", [(60, 14)]),
        (
            SINGLE,
            "Results: Response rates at 24 hours, 3 days and 7 days were 60%, 40% and 20%.",
            [(60, 1), (40, 3), (20, 7)],
        ),
        (
            SINGLE,
            "Results: Response rates were 60% with ketamine and 20% with midazolam at 24 hours.",
            [(60, 1), (20, 1)],
        ),
        (
            SINGLE,
            "Results: At 24 hours response was 60% with ketamine vs 20% with saline; at day 7 it was 30% versus 18%.",
            [(60, 1), (20, 1), (30, 7), (18, 7)],
        ),
        (SINGLE, "Results: Twenty-four of 40 patients responded within 24 hours.", [(60, 1)]),
        (SINGLE, "Results: One week after the infusion, 12 of 40 patients (30%) were responders.", [(30, 7)]),
        (SINGLE, "Results: The day-7 response rate was 30%.", [(30, 7)]),
        (SINGLE, "Results: The 24-hour response rate was 30%.", [(30, 1)]),
        (SINGLE, "Results: Response peaked at 24 h (60%) and fell to 30% by day 7.", [(60, 1), (30, 7)]),
    ],
)
def test_when_response_was_counted(dosing: str, text: str, expected: list[tuple[float, Any]]) -> None:
    assert rates("response", dosing + text) == expected


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (SERIES, "Results: Of 24 responders, 12 (50%) relapsed within 4 weeks.", [(50, 28)]),
        (SERIES, "Results: Half of the responders had relapsed by 3 months.", [(50, 90)]),
        (SERIES, "Results: Relapse rates at 1, 3 and 6 months were 25%, 50% and 60%.", [(25, 30), (50, 90), (60, 180)]),
        (SERIES, "Results: Relapse occurred in 12 of 24 responders within one month of the last infusion.", [(50, 30)]),
        (SERIES, "Results: By 6 months, 70% of remitters had relapsed.", [(70, 180)]),
        (SERIES, "Results: Ten of 20 responders relapsed at a median of 18 days.", [(50, None)]),
        (SERIES, "Results: Relapse was seen in 25% with lithium and 50% with placebo.", [(25, None), (50, None)]),
        (SERIES, "Results: Three of 12 remitters had a recurrence by week 12.", [(25, 84)]),
        (SERIES, "Results: All responders had relapsed by 3 months.", [(100, 90)]),
        (SERIES, "Results: Recurrence of depression was noted in 30% at 6 months.", [(30, 180)]),
        (SERIES, "Results: The cumulative relapse rate was 33% at 4 weeks and 57% at 3 months.", [(33, 28), (57, 90)]),
        (SERIES, "Results: The Kaplan-Meier estimate of relapse at 12 weeks was 44%.", [(44, 84)]),
        (SERIES, "Results: No responder relapsed during 4 weeks of follow-up.", [(0, 28)]),
        (SERIES, "Results: A third of those who had remitted relapsed within 8 weeks.", [(33.3, 56)]),
    ],
)
def test_when_relapse_was_counted(dosing: str, text: str, expected: list[tuple[float, Any]]) -> None:
    assert rates("relapse", dosing + text) == expected


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (SERIES, "Results: Responders relapsed after a median of 18 days.", [18]),
        (SERIES, "Results: Median time to relapse was 18 days (range 5-40).", [18]),
        (SERIES, "Results: The median time to relapse was 10 weeks with lithium and 4 weeks with placebo.", [28, 70]),
        (SERIES, "Results: Time to relapse averaged 20 days.", [20]),
        (SERIES, "Results: On average, relapse occurred 19 days after the last infusion.", [19]),
        (SERIES, "Results: Patients relapsed on average 19 days after the last infusion.", [19]),
        (SERIES, "Results: Mean (SD) time to relapse was 19 (8) days.", [19]),
        (SERIES, "Results: The median survival time without relapse was 9 weeks.", [63]),
        (SERIES, "Results: Relapse came at a mean of 4.5 weeks.", [31.5]),
        (SERIES, "Results: Median relapse-free time was 60 days.", [60]),
        (SERIES, "Results: The median duration of remission was 60 days.", [60]),
    ],
)
def test_how_long_it_took_until_relapse(dosing: str, text: str, expected: list[float]) -> None:
    assert sorted(record(dosing + text)["time_to_relapse_days"]) == expected


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (
            SINGLE,
            "Results: At 24 hours, response was seen in 24 of 40 and remission in 10.",
            [[(60, 1)], [(25, 1)], []],
        ),
        (SINGLE, "Results: At 24 hours, 24 of 40 patients responded and 10 remitted.", [[(60, 1)], [(25, 1)], []]),
        (SINGLE, "Results: Of 40 patients, 24 responded and 10 remitted at 24 hours.", [[(60, 1)], [(25, 1)], []]),
        (SINGLE, "Results: Twenty-four patients responded and ten remitted at 24 hours.", [[(60, 1)], [(25, 1)], []]),
        (SINGLE, "Results: At 24 hours, 60% were responders and 25% remitters.", [[(60, 1)], [(25, 1)], []]),
        (SINGLE, "Results: Response and remission at 24 hours were 60% and 25%.", [[(60, 1)], [(25, 1)], []]),
        (
            SINGLE,
            "Results: Sixty percent responded at 24 hours; of these, half had relapsed by day 7.",
            [[(60, 1)], [], [(50, 7)]],
        ),
        (SERIES, "Results: Of 20 responders, 5 relapsed within 4 weeks.", [[], [], [(25, 28)]]),
        (
            SERIES,
            "Results: Of the 24 responders, 6 (25%) relapsed by week 4 and 12 (50%) by week 12.",
            [[], [], [(25, 28), (50, 84)]],
        ),
        (
            SERIES,
            "Results: After the course 24 patients (60%) responded. Six of them relapsed within 4 weeks.",
            [[(60, 14)], [], [(25, 28)]],
        ),
        (SERIES, "Results: Response was sustained at week 4 in 50%.", [[], [], []]),
        (SERIES, "Results: At week 4, 12 of 40 patients (30%) were still responders.", [[(30, 28)], [], []]),
        (SINGLE, "Results: The response rate fell from 60% at 24 hours to 30% at day 7.", [[(30, 7), (60, 1)], [], []]),
        (
            SINGLE,
            "Results: Responders were 60% at day 1, 40% at day 3 and 30% at day 7.",
            [[(30, 7), (40, 3), (60, 1)], [], []],
        ),
        (
            SINGLE,
            "Results: Response (24 hours: 60%; day 7: 30%) was better than expected.",
            [[(30, 7), (60, 1)], [], []],
        ),
        (
            SINGLE,
            "Results: 60% (24/40) of patients met response criteria at day 1 and 30% (12/40) at day 7.",
            [[(30, 7), (60, 1)], [], []],
        ),
        (
            SINGLE,
            "Results: On day 1, response occurred in 60% (ketamine) and 20% (saline); on day 7, in 30% and 18%.",
            [[(18, 7), (20, 1), (30, 7), (60, 1)], [], []],
        ),
        (SINGLE, "Results: At day 1 the proportion of responders was 60%, at day 7 30%.", [[(30, 7), (60, 1)], [], []]),
        (SINGLE, "Results: Remission at 24 h: 25%. Response at 24 h: 60%.", [[(60, 1)], [(25, 1)], []]),
    ],
)
def test_rates_of_all_three_events(dosing: str, text: str, expected: list[list[tuple[float, Any]]]) -> None:
    assert [sorted(rates(kind, dosing + text)) for kind in ("response", "remission", "relapse")] == expected


@pytest.mark.parametrize(
    ("dosing", "expected"),
    [
        ("They received ketamine twice weekly for four weeks.", [(8, 2, 28)]),
        ("Ketamine was infused on Mondays, Wednesdays and Fridays for 2 weeks.", [(6, 3, 14)]),
        ("Six ketamine infusions were spread over 3 weeks.", [(6, 2, 21)]),
        ("A course consisted of eight ketamine infusions within four weeks.", [(8, 2, 28)]),
        ("Ketamine infusions (2 per week x 3 weeks) were given.", [(6, 2, 21)]),
        ("Ketamine infusions were given weekly x 6.", [(6, 1, 42)]),
        ("Six infusions of ketamine were given, two a week.", [(6, 2, None)]),
        ("They received ketamine nasal spray 2x/week over 4 weeks.", [(8, 2, 28)]),
        ("They received a 6-week course of weekly ketamine injections.", [(6, 1, 42)]),
        ("Esketamine was sprayed twice weekly (weeks 1-4) and weekly (weeks 5-8).", [(8, 2, 28), (4, 1, 28)]),
        ("Oral ketamine was taken daily for 6 weeks.", [(42, 7, 42)]),
        ("Six ketamine infusions were administered every other day.", [(6, 3.5, None)]),
        ("Ketamine was given on days 1, 3, 5, 8, 10 and 12.", [(6, 3, None)]),
        ("Ketamine was injected three times per week for a fortnight.", [(6, 3, 14)]),
        ("Ketamine infusions took place thrice weekly during two weeks.", [(6, 3, 14)]),
        ("Ketamine 0.5 mg/kg was given twice weekly. Treatment lasted 3 weeks.", [(6, 2, 21)]),
        ("Ketamine was given twice weekly until remission, for at most 4 weeks.", [(None, 2, None)]),
    ],
)
def test_how_often_and_how_long(dosing: str, expected: list[tuple[Any, Any, Any]]) -> None:
    text = f"Methods: 40 adults with depression took part. {dosing}"
    slots = [slot(name, text) for name in ("sessions", "per_week", "course_days")]

    assert sorted(zip(*slots, strict=True), key=str) == sorted(expected, key=str)
