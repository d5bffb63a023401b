"""Regimens of a registration arm by arm, in the shapes in which sponsors register ketamine. All are invented."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.extract.registry import facts
from ketalit.model.evidence import Regimen
from ketalit.model.registration import Arm, Intervention
from ketalit.sources.ctgov.parse import text_units
from tests.unit.warehouse.examples import registration

MODULE = "/protocolSection/armsInterventionsModule"
Row = tuple[str | None, ...]


def arm(label: str, *given: str, kind: str = "EXPERIMENTAL", text: str | None = None) -> Arm:
    return Arm(label, kind, text, tuple(f"Drug: {name}" for name in given), "")


def drug(name: str, text: str | None = None, kind: str = "DRUG", others: tuple[str, ...] = ()) -> Intervention:
    return Intervention(kind, name, text, others, (), "")


def told(arms: list[Arm], given: list[Intervention], **changes: Any) -> list[Row]:
    """Arm, drug, route, dose (with the highest) and unit of each regimen that is read."""
    placed_arms = tuple(
        Arm(one.label, one.kind, one.description, one.intervention_names, f"{MODULE}/armGroups/{place}")
        for place, one in enumerate(arms)
    )
    placed = tuple(
        Intervention(one.kind, one.name, one.description, one.other_names, (), f"{MODULE}/interventions/{place}")
        for place, one in enumerate(given)
    )
    record = registration(arms=placed_arms, interventions=placed, **changes)
    return [row(regimen) for regimen in facts(record, text_units(record)).regimens]


def row(regimen: Regimen) -> Row:
    readings = regimen.drug, regimen.route, regimen.dose, regimen.dose_max, regimen.unit
    return regimen.arm, *(None if reading is None else str(reading.value) for reading in readings)


@pytest.mark.parametrize("kind", ["DRUG", "COMBINATION_PRODUCT", "OTHER", "DEVICE", "PROCEDURE"])
def test_the_kind_of_the_intervention_is_not_asked(kind: str) -> None:
    found = told([arm("Active", "Ketamine 0.7 mg/kg IV")], [drug("Ketamine 0.7 mg/kg IV", kind=kind)])
    assert found == [("Active", "ketamine", "iv", "0.7", None, "mg/kg")]


def test_two_forms_in_one_arm_keep_their_own_doses() -> None:
    found = told(
        [arm("Both", "Ketamine infusion", "Esketamine spray")],
        [
            drug("Ketamine infusion", "0.7 mg/kg intravenously over 50 minutes"),
            drug("Esketamine spray", "56 mg intranasally once a week"),
        ],
    )
    assert found == [
        ("Both", "ketamine", "iv", "0.7", None, "mg/kg"),
        ("Both", "esketamine", "intranasal", "56", None, "mg"),
    ]


def test_two_interventions_of_one_form_are_two_doses_of_the_arm() -> None:
    found = told(
        [arm("All", "Ketamine 0.3 mg/kg", "Ketamine 0.7 mg/kg")],
        [drug("Ketamine 0.3 mg/kg"), drug("Ketamine 0.7 mg/kg")],
    )
    assert [(label, dose) for label, _, _, dose, _, _ in found] == [("All", "0.3"), ("All", "0.7")]


def test_a_dose_may_stand_in_the_label_of_the_arm_alone() -> None:
    found = told(
        [arm("Low (0.3 mg/kg)", "Ketamine"), arm("High (0.7 mg/kg)", "Ketamine")],
        [drug("Ketamine", "Intravenous infusion over 50 minutes")],
    )
    assert found == [
        ("Low (0.3 mg/kg)", "ketamine", "iv", "0.3", None, "mg/kg"),
        ("High (0.7 mg/kg)", "ketamine", "iv", "0.7", None, "mg/kg"),
    ]


@pytest.mark.parametrize("title", ["brief_title", "official_title"])
def test_a_dose_may_stand_in_a_title_alone(title: str) -> None:
    arms = [arm("Ketamine", "Ketamine"), arm("Midazolam", "Midazolam", kind="ACTIVE_COMPARATOR")]
    found = told(arms, [drug("Ketamine"), drug("Midazolam")], **{title: "Ketamine 0.7 mg/kg for Depression"})
    assert found == [("Ketamine", "ketamine", None, "0.7", None, "mg/kg")]


def test_the_dose_of_a_title_is_that_of_no_arm_among_several() -> None:
    arms = [arm("First", "Ketamine"), arm("Second", "Ketamine")]
    found = told(arms, [drug("Ketamine")], brief_title="Ketamine 0.7 mg/kg for Depression")
    assert [dose for _, _, _, dose, _, _ in found] == [None, None]


def test_ketamine_that_both_arms_get_is_a_regimen_of_both() -> None:
    arms = [
        arm("Drug X + ketamine", "Drug X", "Ketamine"),
        arm("Placebo + ketamine", "Placebo", "Ketamine", kind="PLACEBO_COMPARATOR"),
    ]
    found = told(arms, [drug("Drug X"), drug("Placebo"), drug("Ketamine", "0.7 mg/kg intravenously")])
    assert [(label, dose) for label, _, _, dose, _, _ in found] == [
        ("Drug X + ketamine", "0.7"),
        ("Placebo + ketamine", "0.7"),
    ]


@pytest.mark.parametrize(
    "text", ["Saline instead of ketamine", "Placebo and pillow, matching ketamine 0.7 mg/kg", "Placebo", None]
)
def test_a_placebo_arm_gets_none_though_the_registry_lists_the_drug(text: str | None) -> None:
    arms = [
        arm("Ketamine", "Ketamine"),
        arm("Placebo", "Ketamine", "Placebo", kind="PLACEBO_COMPARATOR", text=text),
    ]
    found = told(arms, [drug("Ketamine", "0.7 mg/kg intravenously"), drug("Placebo")])
    assert [label for label, *_ in found] == ["Ketamine"]


def test_a_placebo_with_the_name_of_the_drug_is_none() -> None:
    arms = [arm("Active", "Esketamine 56 mg"), arm("Control", "Placebo for esketamine 56 mg")]
    found = told(arms, [drug("Esketamine 56 mg"), drug("Placebo for esketamine 56 mg")])
    assert [label for label, *_ in found] == ["Active"]


def test_an_anaesthetic_for_ect_is_told_as_it_stands_and_the_other_anaesthetic_is_not_it() -> None:
    arms = [
        arm("Ketamine", "Ketamine", text="ECT under ketamine 1.2 mg/kg"),
        arm("Propofol", "Propofol", text="ECT under propofol 0.9 mg/kg", kind="ACTIVE_COMPARATOR"),
    ]
    found = told(arms, [drug("Ketamine", "bolus before ECT"), drug("Propofol", "0.9 mg/kg")])
    assert [(label, dose) for label, _, _, dose, _, _ in found] == [("Ketamine", "1.2")]


def test_both_sequences_of_a_crossover_get_it() -> None:
    arms = [
        arm("Ketamine, then saline", "Ketamine", "Saline", text="Ketamine 0.7 mg/kg, saline ten days later"),
        arm("Saline, then ketamine", "Ketamine", "Saline", text="Saline, ketamine 0.7 mg/kg ten days later"),
    ]
    found = told(arms, [drug("Ketamine", "intravenous"), drug("Saline")], intervention_model="CROSSOVER")
    assert [(label, dose) for label, _, _, dose, _, _ in found] == [
        ("Ketamine, then saline", "0.7"),
        ("Saline, then ketamine", "0.7"),
    ]


def test_periods_of_a_crossover_keep_their_doses_apart() -> None:
    text = "Ketamine 0.3 mg/kg IV in the first period, ketamine 0.7 mg/kg IV in the second"
    found = told([arm("Rising", "Ketamine", text=text)], [drug("Ketamine")], intervention_model="CROSSOVER")
    assert [(dose, highest) for _, _, _, dose, highest, _ in found] == [("0.3", None), ("0.7", None)]
