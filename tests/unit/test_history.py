"""What counts as a change between two versions of a registration, and what it is called."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ketalit.history import between, changes
from ketalit.model.history import RegisteredPlan, RegistryChange, RegistryVersion
from ketalit.model.registration import Arm, Eligibility, Intervention, PlannedOutcome, RegistryDate
from tests.unit.warehouse.examples import day

OUTCOMES = "/protocolSection/outcomesModule"
ARMS = "/protocolSection/armsInterventionsModule"


def outcome(measure: str, frame: str | None = "Day 28", kind: str = "primary", place: int = 0) -> PlannedOutcome:
    return PlannedOutcome(kind, measure, None, frame, f"{OUTCOMES}/{kind}Outcomes/{place}")


def arm(label: str, description: str | None = None, place: int = 0) -> Arm:
    return Arm(label, "EXPERIMENTAL", description, (), f"{ARMS}/armGroups/{place}")


PLAN = RegisteredPlan(
    status="RECRUITING",
    why_stopped=None,
    enrollment=60,
    enrollment_kind="ESTIMATED",
    start=RegistryDate(day("2021-02-01"), "ACTUAL"),
    primary_completion=RegistryDate(day("2022-02-01"), "ESTIMATED"),
    completion=None,
    posted=RegistryDate(day("2021-06-01"), "ACTUAL"),
    has_results=False,
    results_first_posted=None,
    lead_sponsor="Example University",
    eligibility=Eligibility(None, "ALL", "18 Years", 18, "65 Years", 65, False, ()),
    arms=(arm("Esketamine", "Nasal spray of 56 mg twice a week"), arm("Placebo", "Bittered spray", 1)),
    interventions=(Intervention("DRUG", "Esketamine", "28 mg a device", (), (), f"{ARMS}/interventions/0"),),
    outcomes=(outcome("Change in MADRS total score"), outcome("Response", kind="secondary")),
)


def found(**changed: Any) -> list[RegistryChange]:
    return list(between(PLAN, replace(PLAN, **changed)))


def told(**changed: Any) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (change.item, change.change, change.old and change.old.value, change.new and change.new.value)
        for change in found(**changed)
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"status": "SUSPENDED"}, ("overall_status", "changed", "RECRUITING", "SUSPENDED")),
        ({"why_stopped": "No funds"}, ("why_stopped", "added", None, "No funds")),
        ({"enrollment": 40}, ("enrollment", "plan changed", "60", "40")),
        ({"enrollment_kind": "ACTUAL"}, ("enrollment", "plan became fact", "60", "60")),
        ({"enrollment": None}, ("enrollment", "removed", "60", None)),
        ({"start": RegistryDate(day("2021-02-09"), "ACTUAL")}, ("start", "fact changed", "2021-02-01", "2021-02-09")),
        (
            {"start": RegistryDate(day("2021-02-01"), "ESTIMATED")},
            ("start", "fact became plan", "2021-02-01", "2021-02-01"),
        ),
        (
            {"primary_completion": RegistryDate(day("2022-05-01"), "ESTIMATED")},
            ("primary_completion", "plan changed", "2022-02-01", "2022-05-01"),
        ),
        ({"completion": RegistryDate(day("2022-08-01"), None)}, ("completion", "added", None, "2022-08-01")),
        (
            {"has_results": True, "results_first_posted": RegistryDate(day("2023-01-02"), "ACTUAL")},
            ("results_posted", "added", None, "2023-01-02"),
        ),
        ({"has_results": True}, ("results_posted", "added", None, "true")),
        ({"lead_sponsor": "Another"}, ("lead_sponsor", "changed", "Example University", "Another")),
        (
            {"eligibility": replace(PLAN.eligibility, max_age_text=None)},
            ("eligible_age_max", "removed", "65 Years", None),
        ),
    ],
)
def test_a_single_value_that_changed(changed: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert told(**changed) == [expected]


class TestPrimaryOutcomes:
    def test_another_time_frame(self) -> None:
        moved = (outcome("Change in MADRS total score", "Day 2"), PLAN.outcomes[1])
        assert told(outcomes=moved) == [("primary_outcome", "time frame changed", "Day 28", "Day 2")]

    def test_a_reworded_measure_is_one_change_and_not_two(self) -> None:
        reworded = (outcome("Change in the MADRS total score from baseline"), PLAN.outcomes[1])
        assert told(outcomes=reworded) == [
            (
                "primary_outcome",
                "measure changed",
                "Change in MADRS total score",
                "Change in the MADRS total score from baseline",
            )
        ]

    def test_another_measure_is_one_that_came_and_one_that_went(self) -> None:
        assert told(outcomes=(outcome("Suicidal ideation"), PLAN.outcomes[1])) == [
            ("primary_outcome", "removed", "Change in MADRS total score", None),
            ("primary_outcome", "added", None, "Suicidal ideation"),
        ]

    def test_a_swap_of_primary_and_secondary_is_a_demotion_and_a_promotion(self) -> None:
        swapped = (outcome("Response"), outcome("Change in MADRS total score", kind="secondary"))
        assert [(change, new) for _, change, _, new in told(outcomes=swapped)] == [
            ("demoted to secondary", "Change in MADRS total score"),
            ("promoted from secondary", "Response"),
        ]

    def test_a_demotion_points_to_both_places(self) -> None:
        swapped = (outcome("Response"), outcome("Change in MADRS total score", kind="secondary"))
        old, new = found(outcomes=swapped)[0].old, found(outcomes=swapped)[0].new
        assert old is not None
        assert new is not None
        assert (old.words[0].pointer, new.words[0].pointer) == (
            f"{OUTCOMES}/primaryOutcomes/0/measure",
            f"{OUTCOMES}/secondaryOutcomes/0/measure",
        )

    def test_order_case_and_punctuation_are_no_change(self) -> None:
        two = replace(PLAN, outcomes=(outcome("MADRS, total"), outcome("CGI-S", place=1)))
        again = replace(PLAN, outcomes=(outcome("CGI-S"), outcome("madrs total", "day 28", place=1)))
        assert list(between(two, again)) == []

    @pytest.mark.parametrize(("old", "new"), [("MADRS <= 9", "MADRS < 9"), ("Day -7", "Day 7"), ("0.5", "5")])
    def test_signs_and_numbers_are_a_change(self, old: str, new: str) -> None:
        before, after = (replace(PLAN, outcomes=(outcome("Remission", frame),)) for frame in (old, new))
        assert [change.change for change in between(before, after)] == ["time frame changed"]


class TestArms:
    def test_another_dose_in_the_words_on_an_arm(self) -> None:
        higher = (arm("Esketamine", "Nasal spray of 84 mg twice a week"), PLAN.arms[1])
        assert told(arms=higher)[1] == ("dose", "changed", "56 mg", "84 mg")

    def test_a_dose_that_is_only_spelt_otherwise_is_the_same(self) -> None:
        spelt = (arm("Esketamine", "Nasal spray of 56mg, twice a week"), PLAN.arms[1])
        assert [item for item, *_ in told(arms=spelt)] == ["arm"]

    def test_the_quote_of_a_dose_stands_where_its_place_says(self) -> None:
        higher = (arm("Esketamine", "Nasal spray of 84 mg twice a week"), PLAN.arms[1])
        new = found(arms=higher)[1].new
        assert new is not None
        (words,) = new.words
        assert "Nasal spray of 84 mg twice a week"[words.start : words.end] == words.quote == "84 mg"

    def test_an_arm_that_was_dropped_and_one_that_was_renamed(self) -> None:
        assert told(arms=(arm("Esketamine spray", "Nasal spray of 56 mg twice a week"),)) == [
            ("arm", "label changed", "Esketamine", "Esketamine spray"),
            ("arm", "removed", "Placebo", None),
        ]

    def test_a_dose_of_an_intervention(self) -> None:
        (given,) = PLAN.interventions
        without = replace(given, description="a device")
        assert told(interventions=(without,))[1] == ("dose", "removed", "28 mg", None)


def version(number: int, plan: RegisteredPlan | None) -> RegistryVersion:
    return RegistryVersion("NCT1", number, f"sha-{number}", "2026-01-01T00:00:00Z", "r", "run", True, plan)


def test_an_unreadable_version_is_stepped_over() -> None:
    versions = [version(1, PLAN), version(2, None), version(3, replace(PLAN, enrollment=50))]
    assert [(old.number, new.number, change.item) for old, new, change in changes(versions)] == [(1, 3, "enrollment")]


PLANS = st.builds(
    lambda status, n, kind, measures, labels: replace(
        PLAN,
        status=status,
        enrollment=n,
        enrollment_kind=kind,
        outcomes=tuple(outcome(measure, kind=kind) for measure, kind in measures),
        arms=tuple(arm(label, text) for label, text in labels),
    ),
    st.sampled_from(["RECRUITING", "COMPLETED"]),
    st.integers(0, 9) | st.none(),
    st.sampled_from(["ACTUAL", "ESTIMATED", None]),
    st.lists(
        st.tuples(st.sampled_from(["MADRS", "MADRS total", "Relapse"]), st.sampled_from(["primary", "secondary"]))
    ),
    st.lists(st.tuples(st.sampled_from(["A", "B"]), st.sampled_from([None, "5 mg", "10 mg daily"]))),
)


@given(PLANS)
def test_a_version_that_is_the_same_has_no_change(plan: RegisteredPlan) -> None:
    assert list(between(plan, plan)) == []


@given(PLANS, PLANS)
def test_backwards_what_came_went_and_what_went_came(one: RegisteredPlan, other: RegisteredPlan) -> None:
    there, back = list(between(one, other)), list(between(other, one))
    assert len(there) == len(back)
    assert sum(change.old is None for change in there) == sum(change.new is None for change in back)


@given(PLANS, PLANS)
def test_every_side_quotes_what_it_says(one: RegisteredPlan, other: RegisteredPlan) -> None:
    for change in between(one, other):
        for side in (change.old, change.new):
            assert side is None or "; ".join(words.quote for words in side.words) == side.value


def test_thousands_of_arms_are_compared_as_well() -> None:
    many = replace(PLAN, arms=tuple(arm(f"Arm {n}") for n in range(3_000)))
    other = replace(PLAN, arms=tuple(arm(f"Group {n}") for n in range(3_000)))
    assert {change.change for change in between(many, other)} == {"removed", "added"}
