"""Who the sample is: what it is called, not what results, exclusions or the background name."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record


def population(abstract: str, title: str = "Ketamine in depression.") -> set[str]:
    return set(record(abstract, title)["population"])


@pytest.mark.parametrize(
    ("sample", "people"),
    [
        ("Patients with MDD who had not responded to at least two antidepressants", {"trd", "mdd"}),
        ("Adults whose depression had failed to improve with three medications", {"trd"}),
        ("Adults with MDD resistant to at least two antidepressants", {"trd", "mdd"}),
        ("Bipolar patients with inadequate response to two or more antidepressants", {"trd", "bipolar"}),
        ("Patients with ECT-resistant depression", {"trd"}),
        ("Patients with uni- or bipolar TRD", {"trd", "mdd", "bipolar"}),
        ("Patients with MDD that was not treatment-resistant", {"mdd"}),
        ("Patients with depression and SI", {"suicidal"}),
        ("Adults seen in an emergency department for suicidal thoughts", {"suicidal"}),
        ("Adults with MDD or persistent depressive disorder", {"mdd", "other"}),
        ("Veterans with comorbid PTSD and MDD", {"mdd", "other"}),
        ("Physically healthy adults with MDD", {"mdd"}),
        ("A 40-year-old woman with young children and MDD", {"mdd"}),
        ("Adults with MDD in whom trials of sertraline and lithium had failed", {"trd", "mdd"}),
        ("Adolescents with MDD admitted after a suicide attempt", {"mdd", "suicidal", "adolescent"}),
        ("Four octogenarians with MDD", {"mdd", "late_life"}),
        ("Patients with TRD, of whom 30 also had PTSD,", {"trd", "other"}),
    ],
)
def test_a_sample_is_what_it_is_called(sample: str, people: set[str]) -> None:
    assert population(f"METHODS: {sample} received ketamine.") == people


@pytest.mark.parametrize(
    "controls",
    [
        "unaffected controls",
        "age- and sex-matched controls",
        "healthy volunteers",
        "healthy donors",
        "volunteers matched for age",
    ],
)
def test_controls_without_the_disorder_are_healthy(controls: str) -> None:
    assert population(f"METHODS: Twenty patients with MDD got ketamine; 20 {controls} did not.") == {"mdd", "healthy"}


def test_controls_matched_by_score_are_patients() -> None:
    assert "healthy" not in population("METHODS: 300 patients with MDD on esketamine had score-matched controls.")


def test_people_who_were_left_out_are_not_in_the_sample() -> None:
    abstract = (
        "METHODS: Patients with bipolar disorder or psychosis were excluded. Twenty adults with MDD got ketamine."
    )

    assert population(abstract) == {"mdd"}


def test_subgroups_in_the_results_do_not_name_the_sample() -> None:
    abstract = (
        "METHODS: Sixty adults with TRD got esketamine. RESULTS: Outcome was worse in MDD with suicidal ideation."
    )

    assert population(abstract) == {"trd"}


def test_the_abbreviation_tells_what_was_resistant() -> None:
    abstract = (
        "BACKGROUND: Ketamine may help in treatment-resistant major depression (TRD)."
        " METHODS: Twenty patients with TRD received ketamine."
    )

    assert population(abstract) == {"trd", "mdd"}


def test_failing_to_block_an_effect_is_no_resistance() -> None:
    abstract = "METHODS: Twenty adults with MDD got ketamine. CONCLUSION: It failed to block the antidepressant effect."

    assert population(abstract) == {"mdd"}


def test_a_sample_may_be_named_in_the_results_alone() -> None:
    assert population("RESULTS: Of 300 patients with TRD, 120 responded to ketamine.") == {"trd"}


def test_a_dose_for_older_patients_does_not_make_the_sample_old() -> None:
    assert population("METHODS: Adults with TRD got esketamine (56 mg; 28 mg in older patients).") == {"trd"}
