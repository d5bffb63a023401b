"""Which part of an abstract speaks of the study."""

from __future__ import annotations

import pytest

from ketalit.extract.read import units_of
from ketalit.vocabulary import SectionRole
from tests.unit.extract.reading import slot

ROLES = [SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.CONCLUSIONS]


@pytest.mark.parametrize(
    "abstract",
    [
        "BACKGROUND: It is new. METHODS: We gave it. RESULTS: It helped. CONCLUSIONS: It works.",
        "Background: It is new. Methods: We gave it. Results: It helped. Conclusions: It works.",
        "Objectives We looked. Methods Ten got it. Results It helped. Conclusions It works.",
        "Objective.—To look. Methods.—Ten got it. Results.—It helped. Conclusion.—It works.",
        "BACKGROUND It is new. METHODS Ten got it. RESULTS It helped. CONCLUSIONS It works.",
        "Background and Aims: To look. Patients and Methods: Ten got it. Findings: It helped. Conclusion: Good.",
        "Context: It is new. Settings and Design: Ten got it. Results: It helped. Conclusions: It works.",
        "IMPORTANCE: It is new. DESIGN, SETTING: We gave it. RESULTS: It helped. CONCLUSIONS AND RELEVANCE: It works.",
    ],
)
def test_labels_are_found_in_every_form(abstract: str) -> None:
    assert [unit.role for unit in units_of("T", abstract, "1")] == ROLES


def test_an_abstract_without_labels_is_one_unit() -> None:
    assert [unit.role for unit in units_of("T", "We gave it. It helped.", "1")] == [
        SectionRole.TITLE,
        SectionRole.UNLABELLED,
    ]


def test_the_text_of_a_unit_stands_at_its_offset() -> None:
    abstract = "BACKGROUND: It is new. METHODS: We gave it."

    for unit in units_of("T", abstract, "1")[1:]:
        assert abstract[unit.start : unit.start + len(unit.text)] == unit.text


def test_ordinary_words_are_no_labels() -> None:
    assert len(units_of("T", "The methods were new. These results are good.", "1")) == 2


def test_without_labels_the_study_begins_where_authors_speak_of_it() -> None:
    abstract = "Ketamine 1 mg/kg has been used before. We gave ketamine 0.5 mg/kg to ten patients."

    assert slot("dose", abstract) == [0.5]


def test_a_label_in_capitals_needs_no_full_stop_in_front() -> None:
    units = units_of("T", "BACKGROUND: Much is unclear METHODS: Ten got it. RESULTS: It helped", "1")

    assert [unit.role for unit in units] == ROLES[:4]
