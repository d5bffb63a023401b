"""evidence.outcome_measures: one row an outcome of a protocol or of a results section."""

from __future__ import annotations

from ketalit.model.registration import OutcomeMeasureRow, PlannedOutcome, PostedResults, Registration
from tests.sql.conftest import Base
from tests.unit.warehouse.examples import registration, registry_facts

TABLE = "select * from evidence.outcome_measures"


def planned(measure: str, frame: str | None = "Week 4", description: str | None = None) -> PlannedOutcome:
    return PlannedOutcome("primary", measure, description, frame, "/protocolSection/outcomesModule/primaryOutcomes/0")


def reported(kind: str | None, status: str | None = "POSTED", index: int = 0) -> OutcomeMeasureRow:
    at = f"/resultsSection/outcomeMeasuresModule/outcomeMeasures/{index}"
    return OutcomeMeasureRow(index, kind, f"MADRS {index}", None, "Day 28", status, at)


def with_outcomes(*outcomes: PlannedOutcome, posted: tuple[OutcomeMeasureRow, ...] = ()) -> Registration:
    placed = tuple(
        PlannedOutcome(o.kind, o.measure, o.description, o.time_frame, o.pointer.replace("/0", f"/{n}"))
        for n, o in enumerate(outcomes)
    )
    return registration(outcomes=placed, has_results=bool(posted), results=PostedResults(outcome_measures=posted))


def test_protocol_and_results_stand_side_by_side(base: Base) -> None:
    rows = base([with_outcomes(planned("MADRS 0"), posted=(reported("PRIMARY"),))], [registry_facts()]).rows(TABLE)
    assert [(row["is_posted"], row["outcome_type"], row["outcome_title"], row["results_status"]) for row in rows] == [
        (False, "primary", "MADRS 0", None),
        (True, "primary", "MADRS 0", "posted"),
    ]


def test_kinds_have_one_word_each_and_an_unknown_one_stays_as_it_is(base: Base) -> None:
    kinds = "PRIMARY", "OTHER_PRE_SPECIFIED", "POST_HOC", "EXPLORATORY", None
    posted = tuple(reported(kind, index=n) for n, kind in enumerate(kinds))
    rows = base([with_outcomes(posted=posted)], [registry_facts()]).rows(TABLE)
    assert [row["outcome_type"] for row in rows] == ["primary", "other", "post_hoc", "exploratory", None]


def test_an_outcome_without_values_says_not_posted(base: Base) -> None:
    posted = reported("PRIMARY", "NOT_POSTED"), reported("PRIMARY", "WITHHELD", index=1)
    rows = base([with_outcomes(posted=posted)], [registry_facts()]).rows(TABLE)
    assert [row["results_status"] for row in rows] == ["not posted", "withheld"]


def test_the_title_names_the_instrument_else_the_only_one_of_the_description(base: Base) -> None:
    rows = base(
        [
            with_outcomes(
                planned("Change in MADRS", description="HAM-D is asked too."),
                planned("Depression severity", description="Rated with the PHQ-9."),
                planned("Depression severity", description="Rated with PHQ-9 and BDI-II."),
                planned("PHQ-9 and BDI-II scores"),
                planned("Nausea", description="In those with a MADRS of 20."),
            )
        ],
        [registry_facts()],
    ).rows(TABLE)
    assert [(row["instrument"], row["instrument_absence"]) for row in rows] == [
        ("madrs", None),
        ("phq9", None),
        (None, "not reported"),
        (None, "not understood"),
        (None, "not reported"),
    ]


def test_a_time_frame_is_kept_read_and_anchored(base: Base) -> None:
    frames = "Baseline to day 28", "2 weeks after the last dose", "Week 4", "Through study completion", None
    rows = base([with_outcomes(*(planned("MADRS", frame) for frame in frames))], [registry_facts()]).rows(TABLE)
    assert [(row["time_days"], row["time_anchor"], row["time_days_absence"]) for row in rows] == [
        (28, "first_dose", None),
        (14, "last_dose", None),
        (28, "unspecified", None),
        (None, "unspecified", "not understood"),
        (None, None, "not reported"),
    ]


def test_mood_is_told_from_the_rest(base: Base) -> None:
    rows = base([with_outcomes(planned("Suicidal ideation"), planned("Blood pressure"))], [registry_facts()]).rows(
        TABLE
    )
    assert [row["is_about_mood"] for row in rows] == [True, False]


def test_a_registration_without_outcomes_has_a_row_of_reasons(base: Base) -> None:
    [row] = base([registration()], [registry_facts()]).rows(TABLE)
    assert (row["outcome_absence"], row["outcome_title"], row["instrument_absence"]) == ("not reported", None, None)


def test_an_outcome_leads_to_its_place_in_the_record(base: Base) -> None:
    found = base([with_outcomes(planned("MADRS"), posted=(reported("POST_HOC"),))], [registry_facts()]).rows(
        "select column_name, field, quote from evidence.cell_source"
        " where view_name = 'outcome_measures' and column_name in ('outcome_type', 'outcome_title')"
    )
    assert [(row["field"].split("Module/")[1], row["quote"]) for row in found] == [
        ("outcomeMeasures/0/title", "MADRS 0"),
        ("outcomeMeasures/0/type", "POST_HOC"),
        ("primaryOutcomes/0/measure", "MADRS"),
        ("primaryOutcomes/0/measure", "MADRS"),
    ]
