"""evidence.registry_discrepancies and registry_comparisons: what both sides state, and where they contradict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ketalit.model.registration import PlannedOutcome
from ketalit.vocabulary import Integrity, NBasis
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base, Row
from tests.sql.pairs import MODULES, Told, Trial, nct, paper_of, pmid, registration_of
from tests.unit.warehouse.examples import reading, reference, stated_id

Built = Callable[[Sequence[Trial]], Warehouse]
TRUTH = Told()
ITEMS = (
    "n", "arms", "dose", "route", "sessions", "primary_outcome", "primary_outcome_time", "age", "sex", "race",
    "serious_events",
)  # fmt: skip


@pytest.fixture
def built(base: Base) -> Built:
    """Build a base of trials; the trial at place k is NCT0000000k and PMID 100k."""

    def make(trials: Sequence[Trial]) -> Warehouse:
        told = [side(place, trial) for place, trial in enumerate(trials) for side in (paper_of, registration_of)]
        return base([record for record, _ in told], [facts for _, facts in told])

    return make


def differing(warehouse: Warehouse) -> list[tuple[str, str, str]]:
    rows = warehouse.rows("from evidence.registry_discrepancies")
    return [(row["nct_id"], row["item"], row["kind"]) for row in rows]


def verdicts(warehouse: Warehouse, place: int = 0) -> dict[str, tuple[str, str | None]]:
    rows = warehouse.rows(f"from evidence.registry_comparisons where nct_id = '{nct(place)}'")
    return {row["item"]: (row["verdict"], row["kind"]) for row in rows}


def paper(**changes: Any) -> Trial:
    """A trial of which the paper tells something else than the truth."""
    return Trial(paper=replace(TRUTH, **changes))


PLANTED = {
    "n": (paper(n=72), "different number"),
    "arms": (paper(arms=2), "different number"),
    "dose": (paper(doses=((0.5, None), (0.75, None))), "partly different"),
    "route": (paper(route="im"), "different route"),
    "sessions": (paper(sessions=4), "different number"),
    "primary_outcome": (paper(scale="hamd"), "different outcome"),
    "primary_outcome_time": (paper(days=14), "different time"),
    "age": (paper(age=47.1), "different number"),
    "sex": (paper(pct_female=55.0), "different number"),
    "race": (paper(pct_white=91.0), "different number"),
    "serious_events": (paper(serious=0), "none in the paper"),
}


class TestPlanted:
    def test_every_item_has_its_planted_difference(self) -> None:
        assert tuple(PLANTED) == ITEMS

    def test_each_planted_difference_is_the_one_row_of_its_pair(self, built: Built) -> None:
        found = differing(built([trial for trial, _ in PLANTED.values()]))
        assert found == [(nct(place), item, kind) for place, (item, (_, kind)) in enumerate(PLANTED.items())]

    def test_a_clean_pair_agrees_on_every_item(self, built: Built) -> None:
        assert verdicts(built([Trial()])) == dict.fromkeys(ITEMS, ("agrees", None))

    def test_both_sides_are_quoted(self, built: Built) -> None:
        [row] = built([paper(doses=((2.0, None),))]).rows("from evidence.registry_discrepancies")
        assert {name: row[name] for name in row if name.startswith(("registry", "paper"))} == {
            "paper_role": "primary",
            "registry_value": "0.5 mg/kg; 1 mg/kg",
            "paper_value": "2 mg/kg",
            "registry_quote": "0.5",
            "registry_field": f"{MODULES}/description",
            "paper_quote": "2.0",
            "paper_field": "abstract",
        }

    def test_the_row_says_how_far_apart_they_are(self, built: Built) -> None:
        [row] = built([PLANTED["n"][0]]).rows("from evidence.registry_discrepancies")
        assert (row["difference"], row["ratio"], row["unit"], row["severity"]) == (-8, 0.9, "people", "check first")

    def test_every_value_is_cited(self, built: Built) -> None:
        base = built([trial for trial, _ in PLANTED.values()])
        uncited = base.rows(
            "select row_id, column_name from ("
            " unpivot (select row_id, registry_value, paper_value from evidence.registry_discrepancies)"
            " on registry_value, paper_value into name column_name value cell)"
            " anti join (select row_id, column_name from evidence.cell_source"
            "  where view_name = 'registry_discrepancies' and ordinal = 1) using (row_id, column_name)"
        )
        assert uncited == []


class TestSilence:
    def test_what_the_paper_does_not_state_is_no_difference(self, built: Built) -> None:
        silent = Told(None, None, (), "mg/kg", None, None, None, None, None, None, None, None)
        base = built([Trial(paper=silent)])
        assert (differing(base), {verdict for verdict, _ in verdicts(base).values()}) == (
            [],
            {"only the registry states it"},
        )

    def test_every_pair_has_every_item(self, built: Built) -> None:
        assert tuple(verdicts(built([Trial(), paper(n=None)]), 1)) == ITEMS


class TestLike:
    """Only like is held against like."""

    def found(self, built: Built, trial: Trial, item: str) -> tuple[str, str | None]:
        return verdicts(built([trial]))[item]

    def test_a_plan_that_was_nearly_met_agrees(self, built: Built) -> None:
        trial = replace(paper(n=66), enrollment_kind="ESTIMATED")
        assert self.found(built, trial, "n") == ("agrees", None)

    def test_a_plan_missed_by_more_than_a_fifth_is_told_as_such(self, built: Built) -> None:
        trial = replace(paper(n=40), enrollment_kind="ESTIMATED")
        assert self.found(built, trial, "n") == ("differs", "planned against actual")

    def test_fewer_analysed_than_enrolled_is_no_difference(self, built: Built) -> None:
        trial = replace(paper(n=71), basis=NBasis.ANALYSED)
        assert self.found(built, trial, "n") == ("not comparable", "they count different people")

    def test_more_analysed_than_enrolled_cannot_be(self, built: Built) -> None:
        trial = replace(paper(n=91), basis=NBasis.ANALYSED)
        assert self.found(built, trial, "n") == ("differs", "more people than were enrolled")

    def test_a_secondary_analysis_is_not_held_to_the_numbers_of_its_trial(self, built: Built) -> None:
        secondary = {"design": reading("secondary_analysis", "got", pmid(0))}
        found = verdicts(built([replace(paper(n=31, age=60, route="im"), paper_changes=secondary)]))
        assert (found["n"], found["age"], found["route"]) == (
            ("not comparable", "the paper is no primary report"),
            ("not comparable", "the paper is no primary report"),
            ("differs", "different route"),
        )

    def test_doses_in_other_units_are_not_compared(self, built: Built) -> None:
        trial = paper(doses=((28.0, None),), unit="mg")
        assert self.found(built, trial, "dose") == ("not comparable", "the units differ")

    def test_one_side_may_state_more_doses(self, built: Built) -> None:
        assert self.found(built, paper(doses=((0.5, None),)), "dose") == ("agrees", "one side states more")

    def test_a_fixed_dose_may_be_one_of_a_flexible_one(self, built: Built) -> None:
        trial = Trial(registry=replace(TRUTH, doses=((0.5, 1.0),)))
        assert self.found(built, trial, "dose") == ("agrees", None)

    def test_a_narrower_range_is_a_difference(self, built: Built) -> None:
        trial = Trial(replace(TRUTH, doses=((0.5, 1.0),)), replace(TRUTH, doses=((0.5, 0.75),)))
        assert self.found(built, trial, "dose") == ("differs", "narrower range")

    def test_the_sequences_of_a_crossover_are_not_its_arms(self, built: Built) -> None:
        trial = replace(paper(arms=2), registry_changes={"intervention_model": "CROSSOVER"})
        assert self.found(built, trial, "arms") == ("not comparable", "the registry lists the sequences of a crossover")

    def test_groups_of_a_crossover_may_share_people_with_serious_events(self, built: Built) -> None:
        trial = replace(paper(serious=2), registry_changes={"intervention_model": "CROSSOVER"})
        assert self.found(built, trial, "serious_events") == ("agrees", None)

    def test_an_outcome_that_was_registered_as_secondary_is_told_so(self, built: Built) -> None:
        outcomes = (
            PlannedOutcome("primary", "Change in MADRS", None, "Day 28", f"{MODULES}/primaryOutcomes/0"),
            PlannedOutcome("secondary", "Change in HAM-D", None, "Day 28", f"{MODULES}/secondaryOutcomes/0"),
        )
        trial = replace(paper(scale="hamd"), registry_changes={"outcomes": outcomes})
        assert self.found(built, trial, "primary_outcome") == ("differs", "registered as secondary outcome")

    def test_a_registered_outcome_without_a_scale_contradicts_nothing(self, built: Built) -> None:
        outcomes = (
            PlannedOutcome("primary", "Severity of depression", None, "Day 28", f"{MODULES}/primaryOutcomes/0"),
        )
        trial = replace(paper(scale="hamd"), registry_changes={"outcomes": outcomes})
        assert self.found(built, trial, "primary_outcome") == (
            "not comparable",
            "the registry names an outcome without a scale of depression",
        )

    def test_any_time_of_a_registered_list_agrees(self, built: Built) -> None:
        outcomes = (
            PlannedOutcome("primary", "Change in MADRS", None, "Days 3, 7 and 28", f"{MODULES}/primaryOutcomes/0"),
        )
        trial = replace(paper(days=7), registry_changes={"outcomes": outcomes})
        assert self.found(built, trial, "primary_outcome_time") == ("agrees", "one side states more")


class TestStanding:
    def rows(self, base: Base, changes: dict[str, Any], registry: dict[str, Any]) -> list[Row]:
        """The differences of a paper with another number of people, beside a second trial."""
        trial = Trial(paper=replace(TRUTH, n=300), registry_changes=registry)
        record, read_facts = paper_of(0, trial)
        told = [registration_of(0, trial), registration_of(1, Trial())]
        records = [replace(record, **changes), *(registered for registered, _ in told)]
        return base(records, [read_facts, *(facts for _, facts in told)]).rows("from evidence.registry_discrepancies")

    def test_a_retracted_paper_is_held_against_nothing(self, base: Base) -> None:
        assert self.rows(base, {"integrity": Integrity.RETRACTED}, {}) == []

    def test_a_paper_on_two_trials_differs_from_neither(self, base: Base) -> None:
        assert self.rows(base, {"registry_ids": (stated_id(nct(0)), stated_id(nct(1)))}, {}) == []

    def test_a_paper_that_only_the_registry_derived_is_to_be_looked_at(self, base: Base) -> None:
        [row] = self.rows(base, {"registry_ids": ()}, {"references": (reference(pmid(0), "DERIVED"),)})
        assert (row["item"], row["needs_review"]) == ("n", True)


class TestRegimens:
    """evidence.dosing_protocols says of each row whether the other source states the same, by the same comparison."""

    def rows(self, built: Built, trial: Trial) -> list[tuple[str, float | None, str | None, str | None]]:
        found = built([trial]).rows("from evidence.dosing_protocols")
        return [(row["source"], row["dose"], row["agreement"], row["differs_in"]) for row in found]

    def test_the_same_on_both_sides_agrees(self, built: Built) -> None:
        assert self.rows(built, Trial()) == [
            ("registry", 0.5, "agrees", None),
            ("registry", 1.0, "agrees", None),
            ("abstract", 0.5, "agrees", None),
            ("abstract", 1.0, "agrees", None),
        ]

    def test_each_arm_differs_by_its_own_dose(self, built: Built) -> None:
        assert self.rows(built, paper(doses=((0.5, None), (0.75, None)))) == [
            ("registry", 0.5, "agrees", None),
            ("registry", 1.0, "differs", "dose"),
            ("abstract", 0.5, "agrees", None),
            ("abstract", 0.75, "differs", "dose"),
        ]

    def test_several_items_that_differ_are_all_named(self, built: Built) -> None:
        found = self.rows(built, paper(doses=((2.0, None),), route="im", sessions=2))
        assert {differs_in for _, _, _, differs_in in found} == {"dose, route, sessions"}

    def test_other_units_are_not_comparable(self, built: Built) -> None:
        bare = replace(TRUTH, route=None, sessions=None)
        trial = Trial(bare, replace(bare, doses=((28.0, None),), unit="mg"))
        assert {agreement for _, _, agreement, _ in self.rows(built, trial)} == {"not comparable"}

    def test_what_the_other_source_does_not_state_is_only_here(self, built: Built) -> None:
        bare = replace(TRUTH, route=None, sessions=None)
        assert self.rows(built, Trial(bare, replace(bare, doses=()))) == [
            ("registry", 0.5, "only here", None),
            ("registry", 1.0, "only here", None),
            ("abstract", None, None, None),
        ]

    def test_a_dose_that_one_side_states_more_is_only_here(self, built: Built) -> None:
        bare = replace(TRUTH, route=None, sessions=None)
        assert self.rows(built, Trial(bare, replace(bare, doses=((0.5, None),)))) == [
            ("registry", 0.5, "agrees", None),
            ("registry", 1.0, "only here", None),
            ("abstract", 0.5, "agrees", None),
        ]


# ---- the law: one truth gives no row, whatever its formatting; a change beyond tolerance gives exactly its row

ROUTES = ("iv", "im", "sc", "oral")
SCALES = ("madrs", "hamd", "qids", "bdi")
truths = st.builds(
    Told,
    n=st.integers(10, 900),
    arms=st.integers(2, 6),
    doses=st.lists(st.sampled_from((0.1, 0.2, 0.25, 0.4, 0.5, 0.75, 1.0)), min_size=1, max_size=3, unique=True).map(
        lambda doses: tuple((dose, None) for dose in doses)
    ),
    route=st.sampled_from(ROUTES),
    sessions=st.integers(1, 12),
    scale=st.sampled_from(SCALES),
    days=st.sampled_from((1, 3, 7, 14, 28, 56)),
    age=st.integers(200, 700).map(lambda tenths: tenths / 10),
    pct_female=st.integers(100, 900).map(lambda tenths: tenths / 10),
    pct_white=st.integers(100, 900).map(lambda tenths: tenths / 10),
    serious=st.integers(0, 20),
)
CHANGES: dict[str, Callable[[Told], Told]] = {
    "n": lambda told: replace(told, n=told.n + 1),
    "arms": lambda told: replace(told, arms=told.arms + 1),
    "dose": lambda told: replace(told, doses=tuple((dose + 2, None) for dose, _ in told.doses)),
    "route": lambda told: replace(told, route=ROUTES[ROUTES.index(told.route) - 1]),
    "sessions": lambda told: replace(told, sessions=told.sessions + 1),
    "primary_outcome": lambda told: replace(told, scale=SCALES[SCALES.index(told.scale) - 1], days=None),
    "primary_outcome_time": lambda told: replace(told, days=2 * told.days + 1),
    "age": lambda told: replace(told, age=round(told.age + 0.6, 1)),
    "sex": lambda told: replace(told, pct_female=round(told.pct_female + 1.2, 1)),
    "race": lambda told: replace(told, pct_white=round(told.pct_white - 1.2, 1)),
    "serious_events": lambda told: replace(told, serious=told.serious + 1),
}


def noisy(told: Told, rounds: bool) -> Told:
    """The same truth in whole numbers, with doses in another order."""
    if not rounds:
        return told
    return replace(
        told,
        age=float(round(told.age)),
        pct_female=float(round(told.pct_female)),
        pct_white=float(round(told.pct_white)),
        doses=tuple(reversed(told.doses)),
    )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(truths, st.booleans()), min_size=10, max_size=30))
def test_one_truth_told_twice_differs_nowhere(built: Built, told: list[tuple[Told, bool]]) -> None:
    assert differing(built([Trial(truth, noisy(truth, rounds)) for truth, rounds in told])) == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(truths, st.sampled_from(ITEMS)), min_size=10, max_size=30))
def test_a_planted_change_gives_exactly_the_row_of_its_item(built: Built, told: list[tuple[Told, str]]) -> None:
    found = differing(built([Trial(truth, CHANGES[item](truth)) for truth, item in told]))
    assert [(nct_id, item) for nct_id, item, _ in found] == [(nct(place), item) for place, (_, item) in enumerate(told)]
