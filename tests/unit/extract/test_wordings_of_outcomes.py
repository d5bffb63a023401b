"""People, times, rates and effects, in other wordings than those of the rules' own examples."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extract.reading import record

RATES: list[tuple[str, list[float], str, str]] = [
    (
        "response",
        [52.0],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 50 adults with depression got ketamine. Results: There were 26 responders (52.0%, ITT) "
            "and 11 remitters (22.0%)."
        ),
    ),
    (
        "remission",
        [22.0],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 50 adults with depression got ketamine. Results: There were 26 responders (52.0%, ITT) "
            "and 11 remitters (22.0%)."
        ),
    ),
    (
        "response",
        [60.0],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 50 adults with depression got ketamine. Results: Depression response was reached by "
            "60.0%. Anxiety response was alike (58.0%)."
        ),
    ),
    (
        "response",
        [50],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 50 adults with depression got ketamine. Results: Response after the last infusion was "
            "found in half of the sample."
        ),
    ),
    (
        "response",
        [60, 25],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression were randomised to ketamine or midazolam, 20 in each group. "
            "Results: Response on day 3 was seen in 12 vs. 5 adults."
        ),
    ),
    (
        "response",
        [45, 20],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression were randomised to ketamine or midazolam, 20 in each group. "
            "Results: At two weeks 9 patients on ketamine and 4 on midazolam were responders."
        ),
    ),
    (
        "response",
        [50.0, 20.0],
        "Ketamine in treatment-resistant depression",
        ("Methods: Adults with depression were randomised. Results: Response at day 7: ketamine 10/20, saline 4/20."),
    ),
    (
        "response",
        [45, 15],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression were randomised to ketamine or saline. "
            "Results: Response rates at 24 h were 45% with ketamine against 15% with saline."
        ),
    ),
    (
        "response",
        [30],
        "Ketamine in treatment-resistant depression",
        "Methods: 30 depressed adults got ketamine. Results: Nine of the 30 (30%) responded.",
    ),
]

EFFECTS: list[tuple[list[str], str, str]] = [
    (
        ["anxiety", "headache", "nausea"],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression got ketamine. Results: MADRS fell. Nausea (12%), headache and "
            "anxiety (9%) were recorded."
        ),
    ),
    (
        ["diplopia", "dizziness", "vivid dreams"],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression got ketamine. Results: Across 90 infusions we saw dizziness, "
            "diplopia and vivid dreams."
        ),
    ),
    (
        [],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 40 adults with depression got ketamine; nausea and dissociation were assessed. Results: "
            "No nausea and no dizziness arose."
        ),
    ),
    (
        ["dizziness", "vomiting"],
        "Ketamine in treatment-resistant depression",
        ("Methods: 40 adults with depression got ketamine. Results: Vomiting troubled four adults, dizziness ten."),
    ),
    (
        ["nausea"],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 20 depressed adults got ketamine. Results: Fourteen patients (70%) met response "
            "criteria; 12 patients (60%) had nausea."
        ),
    ),
    (
        ["dissociation", "hypertension"],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 20 depressed adults got ketamine. Results: Dissociation and a rise in blood pressure "
            "were common but short-lived."
        ),
    ),
    (
        ["headache"],
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 20 depressed adults got ketamine. Results: Headache was the only complaint. Dizziness, "
            "vomiting and blurred vision did not occur."
        ),
    ),
    (
        [],
        "Ketamine in treatment-resistant depression",
        "Methods: 20 depressed adults got ketamine. Results: Neither nausea nor headache was seen.",
    ),
]

STATED: list[tuple[str, Any, str, str]] = [
    (
        "design",
        "rct_parallel",
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were randomised to esketamine 56 mg, 84 mg or midazolam. "
            "Results: With both esketamine doses pooled, scores fell more."
        ),
    ),
    (
        "design",
        "open_label",
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression who had finished one of two blinded studies were eligible to "
            "enter this open-label extension with esketamine. Results: MADRS fell."
        ),
    ),
    (
        "design",
        "observational",
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Outcome data of adults given ketamine for depression were taken from charts. Results: "
            "The sample was uncontrolled."
        ),
    ),
    (
        "design",
        "observational",
        "Ketamine for depression in routine hospital care",
        (
            "Methods: Using a regional data warehouse we found adults with depression who got ketamine. "
            "Results: PHQ-9 fell."
        ),
    ),
    (
        "design",
        "rct_crossover",
        "Ketamine in treatment-resistant depression",
        (
            "Background: Few patients over 60 have taken part in ketamine trials. Methods: Ten adults with "
            "depression got ketamine and saline in random order. Results: MADRS fell."
        ),
    ),
    (
        "age_mean",
        44.2,
        "Ketamine in treatment-resistant depression",
        "Methods: 30 adults with depression (18 women, age 44.2 +/- 11.0) got ketamine.",
    ),
    (
        "age_mean",
        51.3,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got ketamine. Results: Ages lay between 22 and 70 years (mean "
            "51.3, SD 9.1)."
        ),
    ),
    (
        "age_mean",
        38.6,
        "Ketamine in treatment-resistant depression",
        ("Methods: Twelve adults (7 women; aged 21 to 60 years, average 38.6) with depression got ketamine."),
    ),
    (
        "age_mean",
        47.1,
        "Ketamine in treatment-resistant depression",
        ("Methods: Data of 20 adults with depression (11 men; 47.1±12.2 years) given ketamine were analysed."),
    ),
    (
        "age_mean",
        60.4,
        "Ketamine in treatment-resistant depression",
        ("Methods: Ketamine was given to 15 adults with depression. Results: Participants were 60.4 ± 5.5 years old."),
    ),
    (
        "age_mean",
        None,
        "Ketamine for depression: three cases",
        ("We describe two women aged 30 and 41 and a 52-year-old man with depression who were given ketamine."),
    ),
    (
        "pct_female",
        75,
        "Ketamine in treatment-resistant depression",
        "Methods: 40 adults with depression got ketamine. Results: All but 10 of the 40 were women.",
    ),
    (
        "pct_female",
        60,
        "Ketamine in treatment-resistant depression",
        "Methods: Adults with depression got ketamine. Results: Three fifths were women (60/100).",
    ),
    (
        "pct_female",
        58.1,
        "Ketamine in treatment-resistant depression",
        "Methods: Adults with depression got ketamine. Results: Women accounted for 58.1% of the sample.",
    ),
    (
        "pct_female",
        0,
        "Ketamine for depression: a case report",
        ("A 61-year-old retired builder with depression was given ketamine. He felt better on the next day."),
    ),
    (
        "pct_female",
        55,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: 26 adults with depression were randomised and 20 completed both periods (mean age 40.2 "
            "years; 11 female) of ketamine or saline."
        ),
    ),
    (
        "follow_up_days",
        42,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got weekly subcutaneous ketamine injections for 6 weeks. The "
            "MADRS was scored before and 24 hours after every injection. Results: MADRS fell."
        ),
    ),
    (
        "follow_up_days",
        28,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Mothers within 8 weeks of childbirth with depression got ketamine once; EPDS was scored "
            "on days 1, 7 and 28. Results: EPDS fell."
        ),
    ),
    (
        "follow_up_days",
        720,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got esketamine. Results: MADRS was lower through month 24 of the "
            "study. Conclusion: Esketamine kept its effect over 2 years."
        ),
    ),
    (
        "follow_up_days",
        90,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression were randomised to ketamine or usual care. Results: At three "
            "months 15 people were well on the QIDS."
        ),
    ),
    (
        "follow_up_days",
        28,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got esketamine; MADRS was scored on day 28. Results: Median "
            "exposure in the second phase was 31.2 weeks."
        ),
    ),
    (
        "follow_up_anchor",
        "last_dose",
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got six infusions of ketamine over 2 weeks; HDRS was scored 24 h "
            "after each infusion and 1 month after the final. Results: HDRS fell."
        ),
    ),
    (
        "follow_up_anchor",
        "last_dose",
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got ketamine for 4 weeks. Remitters were followed for 6 months "
            "with no study-directed treatment. Results: MADRS fell."
        ),
    ),
    (
        "effect_until_days",
        7,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got one ketamine infusion or saline. Results: The higher dose "
            "stayed superior at day 7 (p = 0.02) but not at day 14 (p = 0.4)."
        ),
    ),
    (
        "effect_until_days",
        182,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got ketamine. Results: Scores remained improved relative to "
            "baseline at week 26 (p < 0.001)."
        ),
    ),
    (
        "effect_until_days",
        28,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with depression got oral ketamine daily for 28 days. Results: The HADS "
            "depression score was down on day 3 and kept on falling until day 28."
        ),
    ),
    (
        "follow_up_days",
        84,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression got ketamine once. Scores on the MADRS were "
            "collected up to week 12. Results: MADRS fell."
        ),
    ),
    (
        "follow_up_days",
        180,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression got ketamine for 4 weeks. Results: Half a "
            "year later, 60% were still in remission."
        ),
    ),
    (
        "follow_up_days",
        14,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression who had been ill for 10 years got ketamine "
            "once. Ratings: baseline, 4 h, and days 1, 3, 7, 14. Results: MADRS fell."
        ),
    ),
    (
        "follow_up_days",
        365,
        "Ketamine in treatment-resistant depression",
        (
            "Methods: Adults with treatment-resistant depression got ketamine. Outcomes at one year: 30% had "
            "relapsed. Results: Relapse at 1 year was 30%."
        ),
    ),
]


@pytest.mark.parametrize(("event", "shares", "title", "abstract"), RATES)
def test_a_share_goes_to_the_event_that_its_clause_names(
    event: str, shares: list[float], title: str, abstract: str
) -> None:
    assert sorted(rate["pct"] for rate in record(abstract, title)[event]) == sorted(shares)


@pytest.mark.parametrize(("effects", "title", "abstract"), EFFECTS)
def test_effects_that_results_name_occurred_unless_they_are_denied(
    effects: list[str], title: str, abstract: str
) -> None:
    assert sorted(record(abstract, title)["safety"]) == effects


@pytest.mark.parametrize(("field", "value", "title", "abstract"), STATED)
def test_what_is_stated_is_read_in_other_words(field: str, value: object, title: str, abstract: str) -> None:
    assert record(abstract, title)[field] == value
