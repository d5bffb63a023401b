"""Whether a record reports on depressed people who were given the drug."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Ketamine for depression in cancer.", "METHODS: Fifty patients with depression received ketamine."),
        ("Esketamine for prenatal depression.", "METHODS: 300 mothers with prenatal depression got esketamine."),
        ("Effect of memantine after ketamine.", "METHODS: Twenty patients with TRD got ketamine and then memantine."),
        ("Ketamine in PTSD with depression.", "METHODS: Thirty patients with PTSD and major depression got ketamine."),
    ],
)  # fmt: skip
def test_depressed_people_who_got_the_drug_are_included(title: str, abstract: str) -> None:
    assert read(abstract, title).judgement.include is True


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "Nerve stimulation in depression.",
            "METHODS: We studied 493 adults with TRD by past treatments, including ECT, stimulation and esketamine.",
        ),
        (
            "Magnetic stimulation for MDD.",
            "METHODS: 89 patients with MDD had stimulation; others were excluded because they received esketamine.",
        ),
        (
            "Response to ketamine not seen in a trial of scopolamine in depression.",
            "METHODS: Twenty patients with MDD were randomized to scopolamine or placebo.",
        ),
        (
            "Interest in ketamine treatment among patients with depression.",
            "METHODS: A survey was completed by 1,000 depressed people who asked about ketamine treatment.",
        ),
        (
            "Ketamine for anxiety disorders.",
            "We gave ketamine to 12 patients with anxiety who were not currently depressed. It acts in depression.",
        ),
        (
            "The effect of ketamine on preventing postpartum depression.",
            "Ketamine helps in major depression. METHODS: 134 women undergoing caesarean section received ketamine.",
        ),
        (
            "Doses of ketamine in electroconvulsive therapy for depression.",
            "METHODS: Ninety patients with TRD received ketamine or propofol and underwent eight sessions.",
        ),
        (
            "Ketamine for obsessive symptoms in the young.",
            "METHODS: Five adolescents with OCD who had failed trials of first-line treatments received ketamine.",
        ),
        (
            "Ketamine in the treatment of depression.",
            "Ketamine acts fast. Its place among treatments of depression has yet to be defined.",
        ),
    ],
)
def test_people_who_did_not_get_it_or_are_not_depressed_are_not_included(title: str, abstract: str) -> None:
    assert read(abstract, title).judgement.include is False


def test_a_report_with_results_is_included_even_when_nobody_is_counted() -> None:
    found = read(
        "METHODS: Adults with depression got six ketamine infusions. RESULTS: Mood was better in the young.",
        "Ketamine in older and younger adults with depression.",
    ).judgement
    assert (found.include, found.doubtful) == (True, True)
