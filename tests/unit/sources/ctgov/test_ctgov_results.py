"""The posted results of a registration as flat rows."""

from __future__ import annotations

import pytest

from ketalit.model.registration import AdverseEventGroup, AdverseEventRow, FlowRow
from tests.unit.sources.ctgov.literal import STUDY, Json, parsed, resolve, short

RESULT = parsed(STUDY).results
FLOW = "/resultsSection/participantFlowModule/periods/0"
MEASURES = "/resultsSection/baselineCharacteristicsModule/measures"
OUTCOME = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0"
ADVERSE = "/resultsSection/adverseEventsModule"


def test_the_flow_tells_milestones_from_drop_outs() -> None:
    assert RESULT.flow == (
        FlowRow(
            "Overall Study", "STARTED", False, "G0", "Ketamine", "1,020", 1020, "All of them.",
            f"{FLOW}/milestones/0/achievements/0/numSubjects",
        ),
        FlowRow(
            "Overall Study", "STARTED", False, "G1", "Waiting", None, None, None,
            f"{FLOW}/milestones/0/achievements/1",
        ),
        FlowRow(
            "Overall Study", "Lost", True, "G0", "Ketamine", "2", 2, None,
            f"{FLOW}/dropWithdraws/0/reasons/0/numSubjects",
        ),
    )  # fmt: skip


def test_a_baseline_value_stands_beside_its_text_with_its_spread() -> None:
    age = RESULT.baseline[0]
    assert (age.measure, age.param_type, age.dispersion_type, age.unit) == (
        "Age, Continuous",
        "MEAN",
        "STANDARD_DEVIATION",
        "years",
    )
    assert (age.value_text, age.value, age.spread_text, age.spread) == ("45.5", 45.5, ".9", 0.9)
    assert (age.group_id, age.group_title, age.is_total) == ("G0", "Ketamine", False)
    assert age.pointer == f"{MEASURES}/0/classes/0/categories/0/measurements/0/value"


def test_the_total_column_is_marked_and_na_is_no_number() -> None:
    total = RESULT.baseline[1]
    assert (total.is_total, total.value_text, total.value, total.comment) == (True, "NA", None, "Not asked.")


@pytest.mark.parametrize(
    ("row", "denominator", "level"),
    [(0, 20, "module"), (2, 18, "class"), (3, 19, "measure"), (4, 20, "module, where the measure lacks the group")],
)
def test_the_denominator_is_the_nearest_that_is_stated(row: int, denominator: int, level: str) -> None:
    assert RESULT.baseline[row].denominator == denominator, level
    assert RESULT.baseline[row].denominator_unit == "Participants"


def test_class_and_category_have_their_titles() -> None:
    assert (RESULT.baseline[2].class_title, RESULT.baseline[2].category_title) == ("Asked", "Female")


def test_an_outcome_value_keeps_what_it_was_measured_in_whom_and_when() -> None:
    row = RESULT.outcomes[0]
    assert (row.outcome_index, row.kind, row.title, row.time_frame) == (0, "PRIMARY", "MADRS", "Day 1")
    assert (row.description, row.population_description) == ("Total score.", "Everybody.")
    assert (row.param_type, row.dispersion_type, row.unit) == ("MEDIAN", "95% Confidence Interval", "units")
    assert (row.class_title, row.category_title) == ("Day 1", "All")
    assert (row.group_title, row.group_description) == ("Ketamine", "Got it.")
    assert (row.value_text, row.value) == ("-21.4", -21.4)
    assert (row.lower_text, row.lower, row.upper_text, row.upper) == ("-30,600", -30600.0, "NA", None)
    assert (row.comment, row.spread_text) == ("Not reached.", None)
    assert row.pointer == f"{OUTCOME}/classes/0/categories/0/measurements/0/value"


def test_of_several_units_the_selected_one_gives_the_denominator() -> None:
    assert (RESULT.outcomes[0].denominator, RESULT.outcomes[0].denominator_unit) == (40, "eyes")


def test_a_cell_without_value_points_to_itself() -> None:
    row = RESULT.outcomes[1]
    assert (row.value_text, row.value, row.comment) == (None, None, "Nobody measured.")
    assert row.denominator is None
    assert row.pointer == f"{OUTCOME}/classes/0/categories/0/measurements/1"


def test_an_outcome_that_is_not_posted_gives_no_rows() -> None:
    assert {row.outcome_index for row in RESULT.outcomes} == {0}


def test_an_analysis_keeps_bound_and_number_of_its_p_value() -> None:
    (row,) = RESULT.analyses
    assert (row.outcome_index, row.group_ids, row.group_titles) == (0, ("G0", "G1"), ("Ketamine", "Waiting"))
    assert (row.method, row.p_value_text, row.p_value, row.p_value_bound) == ("ANCOVA", "<0.001", 0.001, "<")
    assert (row.param_type, row.param_value_text, row.param_value) == ("Mean Difference", "-.90", -0.9)
    assert (row.dispersion_type, row.dispersion_value) == ("STANDARD_ERROR_OF_MEAN", 0.1)
    assert (row.ci_sides, row.ci_pct, row.ci_lower, row.ci_upper) == ("TWO_SIDED", 95.0, -1.2, -0.6)
    assert (row.non_inferiority_type, row.comment) == ("SUPERIORITY", "Ketamine minus waiting.")
    assert row.pointer == f"{OUTCOME}/analyses/0"


def test_adverse_events_in_sum_and_one_by_one() -> None:
    assert RESULT.adverse_event_groups == (
        AdverseEventGroup(
            "G0", "Ketamine", "Got it.", "28 days", "5", 5, 1, 20, 9, 20, 0, 20, f"{ADVERSE}/eventGroups/0"
        ),
    )
    assert RESULT.adverse_events == (
        AdverseEventRow(
            "Fall", "Injury", "MedDRA 24.0", "SYSTEMATIC_ASSESSMENT", "On the stairs.", True, "G0", "Ketamine",
            1, 1, 20, f"{ADVERSE}/seriousEvents/0/stats/0",
        ),
        AdverseEventRow(
            "Nausea", None, None, None, None, False, "G0", "Ketamine", None, 9, 20, f"{ADVERSE}/otherEvents/0/stats/0"
        ),
    )  # fmt: skip


def test_limitations_are_kept() -> None:
    assert RESULT.limitations == "Too small."


def test_a_group_that_is_not_declared_leaves_the_title_open() -> None:
    measure = {"classes": [{"categories": [{"measurements": [{"groupId": "G7", "value": "1"}]}]}]}
    study: Json = {**short(), "resultsSection": {"baselineCharacteristicsModule": {"measures": [measure]}}}
    (row,) = parsed(study).results.baseline
    assert (row.group_id, row.group_title, row.is_total, row.denominator) == ("G7", None, False, None)


def test_a_characteristic_without_measurements_has_one_row() -> None:
    measure = {"title": "Race and Ethnicity Not Collected", "classes": [{"denoms": []}]}
    study: Json = {**short(), "resultsSection": {"baselineCharacteristicsModule": {"measures": [measure]}}}
    (row,) = parsed(study).results.baseline
    assert (row.measure, row.group_id, row.value_text, row.pointer) == (
        "Race and Ethnicity Not Collected",
        None,
        None,
        f"{MEASURES}/0",
    )


def test_the_groups_of_a_baseline_table_have_the_number_of_its_head() -> None:
    assert [(group.group_id, group.n, group.is_total) for group in RESULT.baseline_groups] == [
        ("G0", 20, False),
        ("G1", 20, False),
        ("G2", 20, True),
    ]


def test_people_are_counted_where_a_table_counts_eyes_too() -> None:
    counts = {"Eyes": "38", "Participants": "20"}
    denoms = [{"units": unit, "counts": [{"groupId": "G0", "value": n}]} for unit, n in counts.items()]
    module = {"groups": [{"id": "G0", "title": "All"}], "denoms": denoms}
    (group,) = parsed({**short(), "resultsSection": {"baselineCharacteristicsModule": module}}).results.baseline_groups
    assert (group.n, group.n_unit) == (20, "Participants")


def test_the_registry_describes_the_column_that_it_sums_itself() -> None:
    groups = [{"id": "G0", "title": "Everybody", "description": "Total of all reporting groups"}]
    (group,) = parsed(
        {**short(), "resultsSection": {"baselineCharacteristicsModule": {"groups": groups}}}
    ).results.baseline_groups
    assert group.is_total


def test_a_value_that_an_export_made_a_number_is_written_as_json_writes_it() -> None:
    measure = {"classes": [{"categories": [{"measurements": [{"groupId": "G0", "value": 45.5, "spread": 9}]}]}]}
    study: Json = {**short(), "resultsSection": {"baselineCharacteristicsModule": {"measures": [measure]}}}
    (row,) = parsed(study).results.baseline
    assert (row.value_text, row.value, row.spread_text, row.spread) == ("45.5", 45.5, "9", 9.0)


def test_every_pointer_leads_to_the_value_that_stands_beside_it() -> None:
    for row in RESULT.flow:
        assert row.n_text is None or resolve(STUDY, row.pointer) == row.n_text
    for cell in (*RESULT.baseline, *RESULT.outcomes):
        assert cell.value_text is None or resolve(STUDY, cell.pointer) == cell.value_text
    assert len(RESULT.flow) + len(RESULT.baseline) + len(RESULT.outcomes) == 10
