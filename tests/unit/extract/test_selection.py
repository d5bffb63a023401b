"""Who may be treated: eligibility criteria by side, and how people are watched after a dose."""

from __future__ import annotations

import pytest

from ketalit.extract import selection
from ketalit.extract.context import document_of
from ketalit.extract.sections import units_of
from ketalit.model.evidence import Selection, TextUnit
from ketalit.vocabulary import SectionRole, Source

FIELD = "/protocolSection/eligibilityModule/eligibilityCriteria"


def criteria(text: str) -> Selection:
    return selection.of_criteria(TextUnit(Source.CTGOV, "NCT00000001", FIELD, text, SectionRole.METHODS))


def decisions(text: str) -> dict[str, str]:
    return {criterion.subject: str(criterion.decision.value) for criterion in criteria(text).criteria}


def inclusion(line: str) -> dict[str, str]:
    return decisions(f"Inclusion Criteria:\n\n* Adults\n* {line}\n\nExclusion Criteria:\n\n* Dementia")


def exclusion(line: str) -> dict[str, str]:
    return decisions(f"Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Dementia\n* {line}")


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("A psychotic disorder at any time", "psychosis"),
        ("Schizophrenia", "psychosis"),
        ("Bipolar I or II disorder", "bipolar"),
        ("A manic episode in the past", "bipolar"),
        ("Alcohol use disorder in the last year", "substance_use"),
        ("Abuse of or dependence on any drug", "substance_use"),
        ("A positive urine drug screen", "substance_use"),
        ("Poorly controlled hypertension", "uncontrolled_hypertension"),
        ("Blood pressure \\>160/95 mmHg at rest", "uncontrolled_hypertension"),
        ("Women who are pregnant or breast-feeding", "pregnancy"),
        ("Positive pregnancy test", "pregnancy"),
        ("Earlier treatment with ketamine for depression", "prior_ketamine"),
        ("Ketamine use within the last month", "prior_ketamine"),
    ],
)
def test_what_stands_under_exclusion_is_excluded(line: str, subject: str) -> None:
    assert exclusion(line)[subject] == "excluded"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Depression without psychotic features", "psychosis"),
        ("No history of mania or hypomania", "bipolar"),
        ("Free of alcohol use disorder for a year", "substance_use"),
        ("Does not have uncontrolled hypertension", "uncontrolled_hypertension"),
        ("A negative pregnancy test", "pregnancy"),
        ("Women whose pregnancy test must be negative at entry", "pregnancy"),
        ("Non-pregnant women", "pregnancy"),
        ("Ketamine-naive", "prior_ketamine"),
    ],
)
def test_what_inclusion_denies_is_excluded(line: str, subject: str) -> None:
    assert inclusion(line)[subject] == "excluded"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Major depression or bipolar depression", "bipolar"),
        ("Depression with psychotic features", "psychosis"),
        ("Alcohol use disorder and depression", "substance_use"),
        ("Pregnant women with depression", "pregnancy"),
        ("People with or without hypertension", "uncontrolled_hypertension"),
    ],
)
def test_what_inclusion_names_is_allowed(line: str, subject: str) -> None:
    assert inclusion(line)[subject] == "allowed"


@pytest.mark.parametrize(
    "line",
    [
        "A family history of schizophrenia",
        "Bipolar disorder in a first-degree relative",
        "Known allergy to ketamine",
        "Pulmonary hypertension",
        "Any other mental disorder",
    ],
)
def test_what_is_only_named_beside_another_matter_decides_nothing(line: str) -> None:
    assert exclusion(line) == {}


@pytest.mark.parametrize(
    "line",
    ["Agrees to avoid becoming pregnant", "Depression that began during pregnancy", "Men with a pregnant partner"],
)
def test_pregnancy_that_is_not_of_a_participant_decides_nothing(line: str) -> None:
    assert inclusion(line) == {}


def test_an_exception_under_exclusion_is_let_in() -> None:
    assert exclusion("Any mental disorder other than bipolar disorder") == {"bipolar": "allowed"}


def test_what_is_expressly_let_in_under_exclusion_is_not_excluded() -> None:
    assert exclusion("Hypertension that is treated is permitted") == {}


def test_the_first_line_that_decides_counts() -> None:
    text = "Inclusion Criteria:\n* Bipolar depression\n\nExclusion Criteria:\n* Rapid-cycling bipolar disorder"
    assert decisions(text) == {"bipolar": "allowed"}


@pytest.mark.parametrize(
    "text",
    [
        "INCLUSION CRITERIA:\n1. Adults\n\nEXCLUSION CRITERIA:\n1. Psychosis",
        "Key inclusion criteria\n- Adults\nKey exclusion criteria\n- Psychosis",
        "Inclusion: adults. Exclusion: psychosis.",
        "Inclusion Criteria: - adults with depression Exclusion Criteria: - psychosis",
        "Adults with depression.\n\nNot eligible if any of these:\n- Psychosis",
    ],
)
def test_headings_are_found_in_every_form(text: str) -> None:
    assert decisions(text) == {"psychosis": "excluded"}


def test_a_mention_of_the_criteria_in_a_line_is_no_heading() -> None:
    text = "Inclusion Criteria:\n* Meets none of the exclusion criteria of the parent study\n* Bipolar depression"
    assert decisions(text) == {"bipolar": "allowed"}


def test_without_a_heading_only_what_is_denied_is_decided() -> None:
    found = criteria("Adults with depression or bipolar disorder, no psychosis")
    assert [(c.subject, c.decision.value, c.decision.reason) for c in found.criteria] == [
        ("psychosis", "excluded", "criterion without a heading")
    ]


def test_failed_treatments_are_read_among_the_inclusion_criteria_only() -> None:
    wanted = criteria("Inclusion Criteria:\n* No response to at least two antidepressants")
    barred = criteria("Exclusion Criteria:\n* No response to at least seven antidepressants")
    assert wanted.failed_treatments_min is not None
    assert (wanted.failed_treatments_min.value, barred.failed_treatments_min) == (2, None)


def test_each_decision_quotes_the_criteria_at_its_place() -> None:
    text = "Inclusion Criteria:\n\n* Adults \\>=18\n\nExclusion Criteria:\n\n* Psychosis &amp; mania\n* Pregnancy"
    spans = [criterion.decision.span for criterion in criteria(text).criteria]
    assert [text[span.start : span.end] for span in spans] == [span.quote for span in spans]
    assert [span.quote for span in spans] == ["Psychosis", "mania", "Pregnancy"]


def test_empty_criteria_say_nothing() -> None:
    assert criteria(" \n\n ") == Selection()


def of_abstract(sentence: str) -> Selection:
    return selection.of_text(document_of(units_of("Ketamine at a clinic", f"METHODS: {sentence}", "1")))


@pytest.mark.parametrize(
    ("sentence", "minutes"),
    [
        ("Patients were observed for at least two hours after each dose.", 120),
        ("They were discharged 90 min after the infusion.", 90),
        ("A 2-h observation period followed.", 120),
        ("Participants remained at the unit for 24 hours following the infusion.", 1440),
    ],
)
def test_how_long_people_are_watched(sentence: str, minutes: int) -> None:
    found = of_abstract(sentence).observation_minutes
    assert found is not None
    assert found.value == minutes


@pytest.mark.parametrize(
    "sentence",
    ["MADRS was rated 24 hours after the infusion.", "Ketamine was infused over 40 minutes.", "Follow-up was 2 weeks."],
)
def test_times_of_ratings_and_infusions_are_no_observation(sentence: str) -> None:
    assert of_abstract(sentence).observation_minutes is None


def test_what_is_monitored_is_read_from_sentences_that_say_so() -> None:
    found = of_abstract("Blood pressure and pulse oximetry were monitored. Dissociation was an outcome.")
    assert [reading.value for reading in found.monitoring] == ["blood_pressure", "oxygen"]
