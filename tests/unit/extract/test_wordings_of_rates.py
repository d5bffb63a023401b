"""When rates were counted and how treatment was scheduled, in the wordings of several kinds of study."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extract.reading import record, slot
from tests.unit.extract.studies import PHASES, RECORDS, SERIES, SINGLE


@pytest.mark.parametrize(
    ("dosing", "text", "expected"),
    [
        (
            RECORDS,
            "Results: Response rates at months 1 and 3 were 30% and 50%, and remission rates 15% and 25%.",
            [[(30, 30), (50, 90)], [(15, 30), (25, 90)], []],
        ),
        (RECORDS, "Results: After 1 month 30% had responded, after 3 months 50%.", [[(30, 30), (50, 90)], [], []]),
        (
            RECORDS,
            "Results: By month 3, 30 of 60 patients (50%) had responded and 15 (25%) were in remission.",
            [[(50, 90)], [(25, 90)], []],
        ),
        (
            RECORDS,
            "Results: At week 4 and week 12, respectively, 30% and 50% were responders.",
            [[(30, 28), (50, 84)], [], []],
        ),
        (RECORDS, "Results: Response was reached by 30% (week 4) and 50% (week 12).", [[(30, 28), (50, 84)], [], []]),
        (
            RECORDS,
            "Results: Response: 30% at week 4, 50% at week 12. Remission: 15% at week 4, 25% at week 12.",
            [[(30, 28), (50, 84)], [(15, 28), (25, 84)], []],
        ),
        (
            RECORDS,
            "Results: At 3 months, the response rate was 50% and the remission rate was 25%.",
            [[(50, 90)], [(25, 90)], []],
        ),
        (RECORDS, "Results: Half of the patients responded by week 12.", [[(50, 84)], [], []]),
        (RECORDS, "Results: One third of patients had remitted at 3 months.", [[], [(33.3, 90)], []]),
        (RECORDS, "Results: The 3-month response and remission rates were 50% and 25%.", [[(50, 90)], [(25, 90)], []]),
        (
            PHASES,
            "Results: At the end of induction, response was seen in 60% and remission in 30%.",
            [[(60, 28)], [(30, 28)], []],
        ),
        (PHASES, "Results: At week 4, 60% responded; at week 12, 70% were responders.", [[(60, 28), (70, 84)], [], []]),
        (PHASES, "Results: At induction end, 36 of 60 patients (60%) had responded.", [[(60, 28)], [], []]),
        (PHASES, "Results: In the induction phase 60% responded and 30% remitted.", [[(60, 28)], [(30, 28)], []]),
        (SERIES, "Results: After treatment, 60% were responders.", [[(60, 14)], [], []]),
        (SERIES, "Results: At post-treatment, 60% were responders.", [[(60, 14)], [], []]),
        (SERIES, "Results: At treatment completion, 24 patients (60%) had responded.", [[(60, 14)], [], []]),
        (SERIES, "Results: On completion of the series, 60% had responded.", [[(60, 14)], [], []]),
        (SERIES, "Results: Response 4 weeks after the last infusion was 40%.", [[(40, 28)], [], []]),
        (
            SERIES,
            "Results: Response was 30% 24 h after the first infusion and 60% after the last.",
            [[(30, 1), (60, 14)], [], []],
        ),
        (SERIES, "Results: 30% responded after one infusion and 60% after all six.", [[(30, None), (60, 14)], [], []]),
        (SINGLE, "Results: The response rate was 60% (24/40) at 24 h.", [[(60, 1)], [], []]),
        (SINGLE, "Results: Response was achieved in 60% of patients by the next day.", [[(60, 1)], [], []]),
        (SINGLE, "Results: The day after the infusion, 60% met response criteria.", [[(60, 1)], [], []]),
        (SINGLE, "Results: Within 4 h of the infusion, 60% had responded.", [[(60, 0.1667)], [], []]),
    ],
)
def test_rates_and_their_times(dosing: str, text: str, expected: list[list[tuple[float, Any]]]) -> None:
    found = record(dosing + text)

    assert [
        sorted((rate["pct"], rate["time_days"]) for rate in found[kind])
        for kind in ("response", "remission", "relapse")
    ] == expected


@pytest.mark.parametrize(
    ("dosing", "expected"),
    [
        ("Ketamine was infused twice weekly over a period of 4 weeks.", [(8, 2, 28)]),
        (
            "The protocol comprised six ketamine infusions in two weeks followed by weekly infusions for four weeks.",
            [(4, 1, 28), (6, 3, 14)],
        ),
        ("Participants self-administered esketamine on two days per week for 4 weeks.", [(8, 2, 28)]),
        ("A four-week course of twice-weekly ketamine injections was given.", [(8, 2, 28)]),
        ("Ketamine was given for four weeks, twice a week.", [(8, 2, 28)]),
        ("Six doses of ketamine were given (three per week).", [(6, 3, None)]),
        ("Eight ketamine sessions were held over four weeks.", [(8, 2, 28)]),
        (
            "Patients had been on a stable antidepressant for 6 weeks and received one infusion of ketamine.",
            [(1, None, None)],
        ),
        (
            "Patients stable on an antidepressant for at least 4 weeks received ketamine twice weekly for 2 weeks.",
            [(4, 2, 14)],
        ),
        ("CBT was given weekly for 12 weeks after a single infusion of ketamine.", [(1, None, None)]),
        ("Ketamine was infused twice weekly for 2 weeks; visits were held weekly for 8 weeks.", [(4, 2, 14)]),
        ("Ketamine was given as a 3-week course with two infusions each week.", [(6, 2, 21)]),
        (
            "Infusions of ketamine were given three times in the first week and once in the second.",
            [(None, None, None)],
        ),
        ("Esketamine was given twice weekly in weeks 1 to 4, then weekly in weeks 5 to 8.", [(4, 1, 28), (8, 2, 28)]),
    ],
)
def test_schedules_of_several_kinds(dosing: str, expected: list[tuple[Any, Any, Any]]) -> None:
    text = f"Methods: 40 adults with depression took part. {dosing}"
    slots = [slot(name, text) for name in ("sessions", "per_week", "course_days")]

    assert sorted(zip(*slots, strict=True), key=str) == sorted(expected, key=str)


WITHDRAWAL = (
    "Methods: In a withdrawal trial, 100 adults in stable remission on esketamine were randomised to go on with "
    "esketamine or to change to placebo. Results: "
)
BOTH = [("esketamine", 25), ("placebo", 60)]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("Relapse: 25% vs 60%.", [("all", 25), ("all", 60)]),
        ("Relapse rates of 25% with esketamine and 60% with placebo were found.", BOTH),
        ("Relapse by week 16: esketamine 25%, placebo 60%.", BOTH),
        ("Relapse (esketamine, 25%; placebo, 60%) was delayed.", BOTH),
        ("Relapse rates were: esketamine, 12/48 (25%); placebo, 30/50 (60%).", BOTH),
        ("Relapse rate 25% (esketamine) vs 60% (placebo).", BOTH),
        (
            "Relapse was less frequent with esketamine (25%) than with placebo (60%); headache (10% vs 4%) was mild.",
            BOTH,
        ),
        ("Relapse was rarer compared with placebo (25% vs 60%).", [("all", 25), ("all", 60)]),
        ("Relapse was rarer with esketamine; nausea occurred in 25% vs 6%.", []),
        ("The risk of relapse fell by 51% with esketamine.", []),
    ],
)
def test_relapse_is_told_by_arm_without_a_verb(results: str, expected: list[tuple[str, float]]) -> None:
    assert [(rate["arm"], rate["pct"]) for rate in record(WITHDRAWAL + results)["relapse"]] == expected


def test_response_and_remission_are_told_by_arm_without_a_verb() -> None:
    found = record(
        "Methods: 60 adults with depression were randomised to a single infusion of ketamine or midazolam. "
        "Results: Response: ketamine 55%, midazolam 20%. Remission: ketamine 30%, midazolam 10%."
    )

    rates = [[(rate["arm"], rate["pct"]) for rate in found[kind]] for kind in ("response", "remission")]
    assert rates == [[("ketamine", 55), ("midazolam", 20)], [("ketamine", 30), ("midazolam", 10)]]
