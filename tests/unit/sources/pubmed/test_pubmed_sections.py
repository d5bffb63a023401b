"""What a section of an abstract is for."""

from __future__ import annotations

import pytest

from ketalit.sources.pubmed.sections import role
from ketalit.vocabulary import SectionRole

BACKGROUND, METHODS = SectionRole.BACKGROUND, SectionRole.METHODS
RESULTS, CONCLUSIONS = SectionRole.RESULTS, SectionRole.CONCLUSIONS
REGISTRATION, UNLABELLED = SectionRole.REGISTRATION, SectionRole.UNLABELLED


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("BACKGROUND", BACKGROUND),
        ("AIM", BACKGROUND),
        ("AIMS", BACKGROUND),
        ("OBJECTIVES", BACKGROUND),
        ("PURPOSE", BACKGROUND),
        ("INTRODUCTION", BACKGROUND),
        ("IMPORTANCE", BACKGROUND),
        ("BACKGROUND/AIMS", BACKGROUND),
        ("RATIONALE", BACKGROUND),
        ("METHODS", METHODS),
        ("PATIENTS AND METHODS", METHODS),
        ("Material and methods", METHODS),
        ("DESIGN, SETTING, AND PARTICIPANTS", METHODS),
        ("INTERVENTIONS", METHODS),
        ("MAIN OUTCOMES AND MEASURES", METHODS),
        ("MEASUREMENTS", METHODS),
        ("STUDY DESIGN", METHODS),
        ("AIMS AND METHODS", METHODS),
        ("DATA SOURCES", METHODS),
        ("RESULTS", RESULTS),
        ("FINDINGS", RESULTS),
        ("MAIN RESULTS", RESULTS),
        ("METHODS AND RESULTS", RESULTS),
        ("RESULTS AND DISCUSSION", RESULTS),
        ("DATA SYNTHESIS", RESULTS),
        ("CASE PRESENTATION", RESULTS),
        ("CONCLUSIONS", CONCLUSIONS),
        ("CONCLUSIONS AND RELEVANCE", CONCLUSIONS),
        ("INTERPRETATION", CONCLUSIONS),
        ("DISCUSSION", CONCLUSIONS),
        ("CLINICAL SIGNIFICANCE", CONCLUSIONS),
        ("LIMITATIONS", CONCLUSIONS),
        ("Resultados", RESULTS),
        ("Métodos", METHODS),
        ("Zielsetzung", BACKGROUND),
        ("Schlussfolgerung", CONCLUSIONS),
        ("TRIAL REGISTRATION", REGISTRATION),
        ("CLINICAL TRIAL REGISTRATION NUMBER", REGISTRATION),
        ("REGISTRY", REGISTRATION),
        ("CLINICALTRIALS.GOV", REGISTRATION),
        ("FUNDING", UNLABELLED),
        ("", UNLABELLED),
        (None, UNLABELLED),
    ],
)
def test_a_label_says_what_its_section_is_for(label: str | None, expected: SectionRole) -> None:
    assert role(label, "UNASSIGNED") is expected


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("OBJECTIVE", BACKGROUND),
        ("BACKGROUND", BACKGROUND),
        ("METHODS", METHODS),
        ("RESULTS", RESULTS),
        ("CONCLUSIONS", CONCLUSIONS),
    ],
)
def test_the_category_of_nlm_comes_before_the_label(category: str, expected: SectionRole) -> None:
    assert role("SOMETHING ELSE", category) is expected
    assert role("FINDINGS", category) is expected


def test_a_section_on_the_registration_is_that_whatever_its_category() -> None:
    assert role("TRIAL REGISTRATION", "METHODS") is REGISTRATION
