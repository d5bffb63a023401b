"""What a report calls itself within a study."""

from __future__ import annotations

import pytest

from ketalit.extract import registry
from ketalit.sources.ctgov.parse import text_units
from tests.unit.extract.reading import read
from tests.unit.warehouse.examples import registration


def roles(abstract: str, title: str = "Ketamine for depression.") -> list[str]:
    return [str(reading.value) for reading in read(abstract, title).roles]


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (
            "Ketamine and sleep: a pooled analysis.",
            "METHODS: Data of 90 patients given ketamine were analysed.",
            ["pooled"],
        ),
        (
            "Ketamine and sleep.",
            "METHODS: This post hoc analysis used data from two randomised trials of ketamine.",
            ["pooled"],
        ),
        (
            "Esketamine over years: a long-term extension study.",
            "METHODS: Adults who had finished the trial received esketamine for four years.",
            ["follow_up"],
        ),
        (
            "Ketamine four years on.",
            "METHODS: A follow-up of 40 patients in the earlier ketamine trial.",
            ["follow_up"],
        ),
        (
            "Brain images after ketamine.",
            "METHODS: Images were taken as part of a controlled trial of ketamine in 40 patients.",
            ["secondary"],
        ),
        ("Ketamine for depression: a trial.", "METHODS: 40 patients were randomised to ketamine or saline.", []),
        (
            "Ketamine for depression: a trial.",
            "METHODS: 40 patients were randomised; an open-label extension phase followed. Follow-up lasted 4 weeks.",
            [],
        ),
        ("Ketamine: a review.", "We searched PubMed for pooled analyses of trials.", []),
    ],
)
def test_the_role_that_a_paper_gives_itself(title: str, abstract: str, expected: list[str]) -> None:
    assert roles(abstract, title) == expected


def test_people_who_go_on_to_another_study_are_no_follow_up() -> None:
    assert roles("METHODS: 40 patients received esketamine. RESULTS: 30 rolled over into an open study.") == []


def test_a_role_quotes_the_words_that_say_so() -> None:
    [role] = read("METHODS: Data were analysed.", "Ketamine and sleep: a pooled analysis.").roles
    assert (role.span.field, role.span.quote) == ("title", "pooled analysis")


def test_a_registration_that_continues_another_study_says_so() -> None:
    record = registration(brief_title="A Long-term Extension Study of Esketamine in Depression")
    [role] = registry.facts(record, text_units(record)).roles
    assert (role.value, role.span.quote) == ("follow_up", "Long-term Extension Study")
