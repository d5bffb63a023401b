"""Small definitions that several SQL files share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ketalit.warehouse import Warehouse


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.create(tmp_path_factory.mktemp("macros") / "new.duckdb") as warehouse:
        yield warehouse


def asked(warehouse: Warehouse, call: str) -> Any:
    [row] = warehouse.rows(f"select {call} as answer")
    return row["answer"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Day 28", 28),
        ("Week 4", 28),
        ("4 weeks", 28),
        ("Baseline to Day 28", 28),
        ("Baseline (Day 1) up to Day 28", 28),
        ("Up to 52 weeks", 364),
        ("Baseline, Week 1, Week 4, and Month 3", 90),
        ("24 hours after the infusion", 1),
        ("40 minutes", 0.0278),
        ("2.5 years", 912.5),
        ("6-month follow-up", 180),
        ("Endpoint", None),
        ("8 sessions", None),
    ],
)
def test_a_time_frame_is_its_latest_time_in_days(warehouse: Warehouse, words: str, days: float | None) -> None:
    assert asked(warehouse, f"ref.days_in('{words}')") == days


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("Drug: Esketamine nasal spray", "esketamine"),
        ("S-ketamine", "esketamine"),
        ("(S)-ketamine hydrochloride", "esketamine"),
        ("S(+)-ketamine", "esketamine"),
        ("Spravato", "esketamine"),
        ("JNJ-54135419", "esketamine"),
        ("Arketamine", "arketamine"),
        ("(R)-ketamine", "arketamine"),
        ("PCN-101", "arketamine"),
        ("Ketamine Hydrochloride", "ketamine"),
        ("Ketalar", "ketamine"),
        ("racemic ketamine", "ketamine"),
        ("Doses-ketamine", "ketamine"),
        ("Midazolam", None),
    ],
)
def test_a_name_tells_the_form_of_ketamine(warehouse: Warehouse, words: str, drug: str | None) -> None:
    assert asked(warehouse, f"ref.drug_in('{words}')") == drug


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Number of Participants With Response", "response"),
        ("Percentage of Responders at Day 28", "response"),
        ("Percentage of Participants With Remission", "remission"),
        ("Remitters at week 4", "remission"),
        ("Time to Relapse in Participants With Stable Remission", "relapse"),
        ("Number of Participants With >=50% Reduction in HAM-D", "response"),
        (r"At Least 50 Percent Improvement on the QIDS", "response"),
        ("Change in MADRS Total Score", None),
        ("Dose-response of plasma levels", None),
        ("Immune response", None),
    ],
)
def test_a_title_tells_what_an_outcome_is_about(warehouse: Warehouse, title: str, kind: str | None) -> None:
    assert asked(warehouse, f"ref.outcome_kind_in('{title}')") == kind


@pytest.mark.parametrize(
    ("heading", "is_negated"),
    [
        ("No", True),
        ("Response at day 2: No", True),
        ("Response at day 2: Yes", False),
        ("Non-responder", True),
        ("Did not remit", True),
        ("Norway", False),
        ("Responder", False),
        ("Day 8", False),
    ],
)
def test_a_heading_tells_who_is_counted(warehouse: Warehouse, heading: str, is_negated: bool) -> None:
    assert asked(warehouse, f"ref.is_negated('{heading}')") is is_negated


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Race (NIH&#x2F;OMB)", "race (nih/omb)"),
        (r"\>=50% response", ">=50% response"),
        ("Black &amp; Asian", "black & asian"),
        (" Female ", "female"),
    ],
)
def test_words_of_the_registry_are_plain(warehouse: Warehouse, words: str, plain: str) -> None:
    assert asked(warehouse, f"ref.plain_text('{words}')") == plain


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("ref.absence(0.5, 'dose', ['dose'])", None),
        ("ref.absence(null, 'dose', ['dose'])", "not understood"),
        ("ref.absence(null, 'dose', ['rate'])", "not reported"),
        ("ref.absence(null, 'dose', [])", "not reported"),
    ],
)
def test_an_empty_cell_has_a_reason(warehouse: Warehouse, call: str, reason: str | None) -> None:
    assert asked(warehouse, call) == reason


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("Montgomery-Asberg Depression Rating Scale (MADRS) total score", "madrs"),
        ("HAM-D17", "hamd"),
        ("Hamilton Depression Rating Scale", "hamd"),
        ("Hamilton Anxiety Rating Scale", None),
        ("Body mass index", None),
    ],
)
def test_a_title_tells_the_depression_scale(warehouse: Warehouse, title: str, scale: str | None) -> None:
    assert asked(warehouse, f"ref.scale_in('{title}')") == scale
