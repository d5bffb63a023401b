"""Which part of an abstract speaks of the study."""

from __future__ import annotations

import pytest

from ketalit.extract.sections import cut, units_of
from ketalit.model.evidence import TextUnit
from ketalit.vocabulary import SectionRole
from tests.unit.extract.reading import slot

ROLES = [SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.CONCLUSIONS]


def sections_of(abstract: str) -> list[TextUnit]:
    """Title and sections of a publication."""
    return cut(units_of("T", abstract, "1"))


@pytest.mark.parametrize(
    "abstract",
    [
        "BACKGROUND: It is new. METHODS: We gave it. RESULTS: It helped. CONCLUSIONS: It works.",
        "Background: It is new. Methods: We gave it. Results: It helped. Conclusions: It works.",
        "Objectives We looked. Methods Ten got it. Results It helped. Conclusions It works.",
        "Objectives. – To look. Methods. – Ten got it. Results. – It helped. Conclusion. – It works.",
        "Objective.—To look. Methods.—Ten got it. Results.—It helped. Conclusion.—It works.",
        "BACKGROUND It is new. METHODS Ten got it. RESULTS It helped. CONCLUSIONS It works.",
        "Background and Aims: To look. Patients and Methods: Ten got it. Findings: It helped. Conclusion: Good.",
        "Context: It is new. Settings and Design: Ten got it. Results: It helped. Conclusions: It works.",
        "IMPORTANCE: It is new. DESIGN, SETTING: We gave it. RESULTS: It helped. CONCLUSIONS AND RELEVANCE: It works.",
    ],
)
def test_labels_are_found_in_every_form(abstract: str) -> None:
    assert [unit.role for unit in sections_of(abstract)] == ROLES


def test_an_abstract_without_labels_is_one_unit() -> None:
    assert [unit.role for unit in sections_of("We gave it. It helped.")] == [
        SectionRole.TITLE,
        SectionRole.UNLABELLED,
    ]


def test_the_text_of_a_unit_stands_at_its_offset() -> None:
    abstract = "BACKGROUND: It is new. METHODS: We gave it."

    for unit in sections_of(abstract)[1:]:
        assert abstract[unit.start : unit.start + len(unit.text)] == unit.text


def test_ordinary_words_are_no_labels() -> None:
    assert len(sections_of("The methods were new. These results are good.")) == 2


def test_without_labels_the_study_begins_where_authors_speak_of_it() -> None:
    abstract = "Ketamine 1 mg/kg has been used before. We gave ketamine 0.5 mg/kg to ten patients."

    assert slot("dose", abstract) == [0.5]


def test_a_label_in_capitals_needs_no_full_stop_in_front() -> None:
    units = sections_of("BACKGROUND: Much is unclear METHODS: Ten got it. RESULTS: It helped")

    assert [unit.role for unit in units] == ROLES[:4]
