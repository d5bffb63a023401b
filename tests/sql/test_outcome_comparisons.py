"""evidence.outcome_comparisons: one row a posted statistical comparison."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ketalit.model.registration import OutcomeAnalysisRow, PostedResults, Registration
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import outcome_measures, outcome_row, registration, registry_facts

AT = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0/analyses"


def analysis(**changes: Any) -> OutcomeAnalysisRow:
    plain = OutcomeAnalysisRow(
        outcome_index=0,
        group_ids=("OG000", "OG001"),
        group_titles=("Ketamine", "Midazolam"),
        group_description="Ketamine minus midazolam",
        method="ANCOVA",
        p_value_text="<0.001",
        p_value=0.001,
        p_value_bound="<",
        param_type="LS Mean Difference",
        param_value_text="-.90",
        param_value=-0.9,
        dispersion_type="STANDARD_ERROR_OF_MEAN",
        dispersion_value_text="0.1",
        dispersion_value=0.1,
        ci_sides="TWO_SIDED",
        ci_pct_text="95",
        ci_pct=95.0,
        ci_lower_text="-1.2",
        ci_lower=-1.2,
        ci_upper_text="-.6",
        ci_upper=-0.6,
        non_inferiority_type="SUPERIORITY",
        comment=None,
        pointer=AT,
    )
    return replace(plain, **changes)


def posted(*analyses: OutcomeAnalysisRow) -> Registration:
    outcome = outcome_row("MADRS at the end", "11")
    placed = tuple(replace(row, pointer=f"{AT}/{n}") for n, row in enumerate(analyses))
    return registration(
        has_results=True,
        results=PostedResults(outcome_measures=outcome_measures(outcome), outcomes=(outcome,), analyses=placed),
    )


def shown(base: Base, *analyses: OutcomeAnalysisRow) -> list[Row]:
    return base([posted(*analyses)], [registry_facts()]).rows("select * from evidence.outcome_comparisons")


def test_a_comparison_has_its_estimate_interval_and_p_value_beside_what_was_compared(base: Base) -> None:
    [row] = shown(base, analysis())
    assert (row["outcome_title"], row["outcome_type"], row["instrument"], row["time_days"]) == (
        "MADRS at the end", "primary", "madrs", 28,
    )  # fmt: skip
    assert (row["arms_compared"], row["comparison"], row["method"], row["hypothesis"]) == (
        "Ketamine | Midazolam", "Ketamine minus midazolam", "ANCOVA", "superiority",
    )  # fmt: skip
    assert (row["effect_type"], row["effect"], row["effect_verbatim"]) == ("LS Mean Difference", -0.9, "-.90")
    assert (row["ci_pct"], row["ci_lower"], row["ci_upper"], row["ci_sides"]) == (95, -1.2, -0.6, "two_sided")
    assert (row["effect_dispersion_type"], row["effect_dispersion"]) == ("standard_error_of_mean", 0.1)


def test_a_bound_is_no_p_value_of_its_own(base: Base) -> None:
    [row] = shown(base, analysis())
    assert (row["p_value_bound"], row["p_value"], row["p_value_verbatim"]) == ("<", 0.001, "<0.001")


def test_what_is_missing_and_what_is_no_number_are_told_apart(base: Base) -> None:
    nothing = {
        "p_value_text": None,
        "p_value": None,
        "p_value_bound": None,
        "param_value_text": None,
        "param_value": None,
    }
    no_interval = {"ci_lower_text": None, "ci_lower": None, "ci_upper_text": None, "ci_upper": None}
    words = {"p_value_text": "not significant", "p_value": None, "p_value_bound": None}
    not_estimable = {"ci_lower_text": "NA", "ci_lower": None, "ci_upper_text": "NA", "ci_upper": None}
    one_sided = {"ci_upper_text": None, "ci_upper": None}
    rows = shown(
        base,
        analysis(**nothing, **no_interval),
        analysis(**words, **not_estimable),
        analysis(p_value_text="12", p_value=12.0, p_value_bound=None, **one_sided),
    )
    assert [(row["p_value_absence"], row["effect_absence"], row["ci_absence"]) for row in rows] == [
        ("not posted", "not posted", "not posted"),
        ("not understood", None, "not understood"),
        ("not understood", None, None),
    ]


def test_a_p_value_beyond_one_is_flagged_and_kept_as_written(base: Base) -> None:
    [row] = shown(base, analysis(p_value_text="12", p_value=12.0, p_value_bound=None))
    assert (row["p_value"], row["p_value_verbatim"]) == (None, "12")


def test_each_number_leads_to_its_own_pointer(base: Base) -> None:
    found = base([posted(analysis())], [registry_facts()]).rows(
        "select field, quote from evidence.cell_source"
        " where column_name in ('p_value', 'effect', 'ci_upper') order by field"
    )
    assert [(row["field"], row["quote"]) for row in found] == [
        (f"{AT}/0/ciUpperLimit", "-.6"),
        (f"{AT}/0/pValue", "<0.001"),
        (f"{AT}/0/paramValue", "-.90"),
    ]


def test_a_registration_that_posts_no_comparison_has_no_row(base: Base) -> None:
    assert shown(base) == []
