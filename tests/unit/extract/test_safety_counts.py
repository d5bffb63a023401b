"""How many people had one effect, any serious event, or left because of one: numbers of that and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.extract.read import facts, units_of
from ketalit.model.evidence import Facts, Reading, SafetyCount, SafetyTotal

OWN = "METHODS: Forty adults with depression received ketamine 0.5 mg/kg. RESULTS: "


def read(results: str) -> Facts:
    return facts(units_of("Ketamine for depression", OWN + results, "1"))


def numbers(count: SafetyCount | SafetyTotal) -> tuple[Any, ...]:
    return tuple(reading and reading.value for reading in (count.n_affected, count.n_at_risk, count.pct))


def counts(results: str) -> dict[str, tuple[Any, ...]]:
    return {count.effect: numbers(count) for count in read(results).safety_counts}


def totals(results: str) -> dict[str, tuple[Any, ...]]:
    return {total.item: numbers(total) for total in read(results).safety_totals}


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("The most common adverse event was nausea (12.5%).", (None, None, 12.5)),
        ("Adverse events included nausea (n = 5, 12.5%).", (5, None, 12.5)),
        ("Adverse events included nausea (12.5%, n=5).", (5, None, 12.5)),
        ("Adverse events included nausea (5/40).", (5, 40, 12.5)),
        ("Adverse events included nausea (5 of 40 patients; 12.5%).", (5, 40, 12.5)),
        ("Adverse events included mild nausea (five patients).", (5, None, None)),
        ("Side effects were transient: nausea (12.5 %).", (None, None, 12.5)),
        ("The most common side effect was nausea in 5 of 40 participants.", (5, 40, 12.5)),
        ("Adverse effects: nausea was reported by 12.5% of patients.", (None, None, 12.5)),
        ("Adverse effects: nausea occurred in five patients.", (5, None, None)),
    ],
)
def test_a_number_right_behind_an_effect_is_that_of_the_effect(results: str, expected: Any) -> None:
    assert counts(results).get("nausea") == expected


def test_each_effect_of_a_list_has_its_own_number() -> None:
    found = counts("The most common adverse events were headache (30%), nausea (12.5%), and dizziness (10%).")
    assert found == {
        "headache": (None, None, 30),
        "nausea": (None, None, 12.5),
        "dizziness": (None, None, 10),
    }


@pytest.mark.parametrize(
    "results",
    [
        "Adverse events included nausea (12% vs 4%).",
        "Adverse events included nausea (12% and 4%).",
        "Adverse events included headache and nausea (12%).",
        "Adverse events included headache, nausea (12%).",
        "Adverse events included headache/nausea (12%).",
        "Adverse events included nausea (12%) in the ketamine group.",
        "Adverse events included nausea (12%) versus none with placebo.",
        "Adverse events included nausea (12% of infusions).",
        "Adverse events were seen in 12% of infusions and included nausea (8%).",
        "Of 54 adverse events the most common was nausea (12%).",
        "Adverse events led to discontinuation due to nausea (12%).",
        "Adverse events included nausea (9 of 40, 50%).",
        "Adverse events included nausea (140%).",
        "Adverse events included nausea (p = 0.03).",
        "Adverse events included nausea (12%) at day 1; later, adverse events included nausea (4%).",
    ],
)
def test_a_number_of_several_effects_groups_or_things_is_of_none(results: str) -> None:
    assert "nausea" not in counts(results)


def test_by_how_much_blood_pressure_rose_is_no_share_of_people() -> None:
    assert counts("Adverse events included raised blood pressure (12%).") == {}


def test_a_share_of_counts_says_that_it_is_arithmetic() -> None:
    [count] = read("Adverse events included nausea (5/40).").safety_counts
    assert count.pct is not None
    assert (count.pct.value, count.pct.derived, count.pct.span.quote) == (12.5, True, "(5/40)")


def test_every_number_has_the_effect_named_beside_it() -> None:
    found = read("The most common adverse events were headache (30%) and dissociation (10%).")
    assert {count.effect for count in found.safety_counts} <= {reading.value for reading in found.safety}


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("No serious adverse events occurred.", {"any_serious": (0, None, None)}),
        ("Treatment was well tolerated, without serious side effects.", {"any_serious": (0, None, None)}),
        ("Three patients (7.5%) experienced serious adverse events.", {"any_serious": (3, None, 7.5)}),
        ("3 of 40 patients had a serious adverse event.", {"any_serious": (3, 40, 7.5)}),
        ("No patients discontinued due to adverse events.", {"discontinuation": (0, None, None)}),
        ("Two patients (5%) discontinued ketamine because of side effects.", {"discontinuation": (2, None, 5)}),
        ("Two of 40 participants withdrew due to adverse events.", {"discontinuation": (2, 40, 5)}),
        ("5% of patients discontinued due to adverse events.", {"discontinuation": (None, None, 5)}),
        (
            "There were no serious adverse events or discontinuations due to side effects.",
            {"any_serious": (0, None, None), "discontinuation": (0, None, None)},
        ),
    ],
)
def test_what_is_said_of_all_events_together(results: str, expected: dict[str, Any]) -> None:
    assert totals(results) == expected


@pytest.mark.parametrize(
    "results",
    [
        "No serious adverse events related to the drug occurred.",
        "No significant adverse events occurred.",
        "Three serious adverse events occurred.",
        "No serious adverse events occurred at first. Three patients had serious adverse events at one month.",
        "Three patients had serious adverse events in the ketamine group.",
        "Four patients withdrew due to side effects or lack of effect.",
        "Two patients withdrew, one due to an adverse event.",
        "5% and 8% of patients discontinued due to adverse events.",
        "No patients discontinued due to adverse events during the second phase.",
        "No patient discontinued because of lack of effect.",
    ],
)
def test_what_holds_for_some_events_groups_or_phases_is_no_total(results: str) -> None:
    assert totals(results) == {}


def test_earlier_work_is_no_total_of_this_study() -> None:
    abstract = "BACKGROUND: Earlier trials found no serious adverse events. METHODS: Forty adults received ketamine."
    assert facts(units_of("Ketamine for depression", abstract, "1")).safety_totals == ()


def test_nobody_is_a_number_that_rests_on_words() -> None:
    [total] = read("No serious adverse events occurred.").safety_totals
    assert isinstance(total.n_affected, Reading)
    assert total.n_affected.span.quote == "No serious adverse events"
