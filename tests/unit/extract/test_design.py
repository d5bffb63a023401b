"""Design, population, comparator and whether to include."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read, record


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        (
            "Ketamine for depression: a randomised trial.",
            "METHODS: Ten patients received ketamine or placebo.",
            "rct_parallel",
        ),
        (
            "Ketamine for depression.",
            "METHODS: In a double-blind crossover study ten patients received ketamine or saline.",
            "rct_crossover",
        ),
        (
            "Ketamine for relapse prevention.",
            "METHODS: Responders to ketamine were randomised to go on or stop.",
            "rct_withdrawal",
        ),
        ("Ketamine for depression.", "METHODS: In this open-label study ten patients received ketamine.", "open_label"),
        (
            "Ketamine in practice.",
            "METHODS: We did a retrospective chart review of 60 patients given ketamine.",
            "observational",
        ),
        ("Ketamine for depression: a case report.", "A 55-year-old man received ketamine.", "case_series"),
        (
            "Ketamine for depression.",
            "METHODS: This post hoc analysis used data from a randomised trial of ketamine.",
            "secondary_analysis",
        ),
        (
            "Ketamine for depression: a systematic review and meta-analysis.",
            "METHODS: We searched PubMed.",
            "meta_analysis",
        ),
        ("Ketamine for depression: a narrative review.", "Ketamine acts fast.", "review"),
        ("Ketamine for depression: study protocol for a trial.", "METHODS: Patients will be randomised.", "protocol"),
        ("Ketamine for depression: Corrigendum.", "An error stood in the article.", "other"),
        ("Ketamine for depression.", "METHODS: Ten patients received ketamine.", "open_label"),
    ],
)
def test_the_design_is_read(title: str, abstract: str, design: str) -> None:
    assert record(abstract, title)["design"] == design


def test_post_hoc_tests_make_no_secondary_analysis() -> None:
    abstract = "METHODS: Ten patients were randomised to ketamine or placebo. RESULTS: Post hoc tests showed a benefit."

    assert record(abstract)["design"] == "rct_parallel"


def test_what_future_trials_should_be_is_no_design() -> None:
    abstract = "METHODS: Ten patients received open-label ketamine. CONCLUSIONS: Randomised trials are needed."

    assert record(abstract)["design"] == "open_label"


@pytest.mark.parametrize(
    ("sample", "population"),
    [
        ("treatment-resistant depression", ["trd"]),
        ("major depressive disorder", ["mdd"]),
        ("bipolar depression", ["bipolar"]),
        ("depression and suicidal ideation", ["suicidal"]),
        ("depressive symptoms", ["other"]),
    ],
)
def test_the_population_is_what_the_sample_is_called(sample: str, population: list[str]) -> None:
    assert (
        record(f"METHODS: Ten patients with {sample} received ketamine.", "A trial of ketamine.")["population"]
        == population
    )


def test_the_background_does_not_define_the_sample() -> None:
    abstract = "BACKGROUND: Ketamine works in bipolar depression. METHODS: Ten patients with MDD got ketamine."

    assert record(abstract, "A trial of ketamine.")["population"] == ["mdd"]


@pytest.mark.parametrize(
    ("given", "comparators"),
    [
        ("ketamine or placebo", ["placebo"]),
        ("ketamine or saline", ["placebo"]),
        ("ketamine or midazolam (an active placebo)", ["midazolam"]),
        ("ketamine versus electroconvulsive therapy", ["ect"]),
        ("ketamine", []),
        ("esketamine or quetiapine", ["active_other"]),
    ],
)
def test_the_comparator_is_what_others_got(given: str, comparators: list[str]) -> None:
    assert (
        record(f"METHODS: Ten patients were randomised to {given}.", "A trial in depression.")["comparators"]
        == comparators
    )


def test_a_control_that_was_missing_is_no_comparator() -> None:
    assert record("METHODS: Ten patients got ketamine. This study had no placebo group.")["comparators"] == ["none"]


def test_active_arms_alone_are_compared_with_each_other() -> None:
    assert record("METHODS: Ten patients were randomised to ketamine 0.2 mg/kg or 0.5 mg/kg.")["comparators"] == [
        "ketamine_other"
    ]


def test_a_clinical_report_is_included_with_a_reason() -> None:
    judgement = read("METHODS: Ten patients with major depression received ketamine.").judgement

    assert (judgement.include, judgement.doubtful) == (True, False)
    assert [span.quote for span in judgement.spans] == ["depression", "Ketamine"]


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Ketamine: a review.", "We review ketamine for depression."),
        ("Ketamine in mice.", "Stressed mice received ketamine."),
        ("Ketamine in healthy volunteers.", "METHODS: Ten healthy volunteers received ketamine."),
        ("Ketamine for chronic pain.", "METHODS: Ten patients with chronic pain received ketamine."),
        ("Chronic ketamine users.", "METHODS: We studied 30 ketamine users and their mood."),
        ("Sertraline for depression.", "METHODS: Ten patients with depression received sertraline."),
    ],
)
def test_other_reports_are_not_included(title: str, abstract: str) -> None:
    assert read(abstract, title).judgement.include is False


def test_prevention_after_an_operation_is_flagged_not_dropped() -> None:
    title = "Esketamine to prevent postpartum depression after caesarean section."
    judgement = read("METHODS: Ten women undergoing caesarean delivery received esketamine.", title).judgement

    assert (judgement.include, judgement.doubtful) == (False, True)


def test_facts_are_read_whether_or_not_the_record_is_included() -> None:
    facts = read("METHODS: Ten healthy volunteers received ketamine 0.5 mg/kg.", "Ketamine in healthy volunteers.")

    assert facts.judgement.include is False
    assert [regimen.dose and regimen.dose.value for regimen in facts.regimens] == [0.5]


def test_a_meta_analysis_is_what_its_authors_call_it() -> None:
    text = "In this meta-analysis, we looked for randomized trials of ketamine in depression (n = 641)."

    assert record(text)["design"] == "meta_analysis"


def test_taking_part_in_the_trial_makes_no_secondary_analysis() -> None:
    text = (
        "METHODS: Sixty patients with depression were enrolled in the clinical study of ketamine, which was open-label."
    )

    assert record(text)["design"] == "open_label"


@pytest.mark.parametrize(
    ("results", "safety"),
    [
        ("Adverse events were nausea and headache.", ["nausea", "headache"]),
        ("Safety data did not show increased risk of dissociation, nausea or headache.", []),
        ("No adverse events such as nausea occurred.", []),
    ],
)
def test_adverse_effects_count_when_they_occurred(results: str, safety: list[str]) -> None:
    assert record(f"METHODS: Ten patients received ketamine. RESULTS: {results}")["safety"] == safety


def test_where_everyone_gets_the_drug_nothing_is_compared() -> None:
    abstract = "METHODS: In this open-label study ten patients received ketamine."

    assert record(abstract, "A trial in depression.")["comparators"] == ["none"]
