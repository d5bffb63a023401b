"""evidence.patient_selection: who may be treated, who is kept out, how people are watched."""

from __future__ import annotations

from msgspec.structs import replace

from ketalit.model.evidence import Criterion, Demographics, Selection
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import facts, publication, reading, registration, registry_facts

VIEW = "from evidence.patient_selection"
CRITERIA = "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Psychosis"


def only(found: list[Row]) -> Row:
    [row] = found
    return row


def test_ages_and_sex_come_from_the_registrys_own_fields(base: Base) -> None:
    row = only(base([registration()], [registry_facts()]).rows(VIEW))
    assert (row["age_min"], row["age_max"], row["sex"], row["age_max_absence"]) == (18, 65, "ALL", None)


def test_an_age_without_upper_limit_says_so(base: Base) -> None:
    open_ended = replace(registration().eligibility, max_age_text=None, max_age_years=None)
    row = only(base([registration(eligibility=open_ended)], [registry_facts()]).rows(VIEW))
    assert (row["age_max"], row["age_max_absence"]) == (None, "no limit stated")


def test_a_condition_is_shown_as_the_criteria_decide_it(base: Base) -> None:
    psychosis = Criterion("psychosis", reading("excluded", "got", "101"))
    read = replace(facts(), selection=Selection(criteria=(psychosis,)))
    row = only(base([publication()], [read]).rows(VIEW))
    assert (row["psychosis"], row["bipolar"], row["conditions_absence"]) == ("excluded", None, None)


def test_conditions_that_nobody_names_are_not_reported_and_never_allowed(base: Base) -> None:
    named = replace(registration().eligibility, criteria=CRITERIA)
    silent = only(base([registration(eligibility=named)], [registry_facts()]).rows(VIEW))
    empty = only(base([registration()], [registry_facts()]).rows(VIEW))
    abstract = only(base([publication()], [facts()]).rows(VIEW))
    assert (silent["pregnancy"], silent["conditions_absence"]) == (None, "not reported")
    assert empty["conditions_absence"] == "no criteria registered"
    assert abstract["conditions_absence"] == "not read in abstracts"


def test_eligible_ages_of_an_abstract_are_shown_and_ages_of_its_sample_are_not(base: Base) -> None:
    of_limits = Demographics(age_min=reading(18, "got", "101"), age_range_is_eligibility=True)
    of_sample = Demographics(age_min=reading(21, "got", "102"), age_range_is_eligibility=False)
    found = base(
        [publication(), publication("102")],
        [replace(facts(), demographics=of_limits), replace(facts("102"), demographics=of_sample)],
    ).rows(VIEW)
    assert [row["age_min"] for row in found] == [18, None]


def test_observation_and_monitoring_stand_with_their_sources(base: Base) -> None:
    care = Selection(
        observation_minutes=reading(120, "got", "101"),
        monitoring=(reading("oxygen", "got", "101"), reading("blood_pressure", "got", "101")),
    )
    built = base([publication()], [replace(facts(), selection=care)])
    row = only(built.rows(VIEW))
    cited = built.rows("select distinct column_name from evidence.cell_source where view_name = 'patient_selection'")
    assert (row["observation_minutes"], row["monitoring"]) == (120, ["blood_pressure", "oxygen"])
    assert {"column_name": "observation_minutes"} in cited
    assert built.audit()


def test_a_time_that_cannot_be_an_observation_leaves_the_cell_empty(base: Base) -> None:
    care = Selection(observation_minutes=reading(60 * 24 * 30, "got", "101"))
    row = only(base([publication()], [replace(facts(), selection=care)]).rows(VIEW))
    assert (row["observation_minutes"], row["observation_minutes_absence"]) == (None, "not understood")
