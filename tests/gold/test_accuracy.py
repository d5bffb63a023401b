"""Accuracy does not fall unnoticed, and our scorer agrees with the one that came with the annotations."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ketalit.release import accuracy as record
from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from tests.gold import accuracy, registrations
from tests.gold.score import CORE, FIELDS, Score, evaluate


@pytest.fixture(scope="module")
def scores(shared: Path) -> Mapping[str, Score]:
    return accuracy.measure().scores


@pytest.mark.corpus
@pytest.mark.parametrize("name", CORE)
def test_no_core_field_falls_below_its_floor(scores: Mapping[str, Score], name: str) -> None:
    assert scores[name].f1 >= record.floor()[name] - record.MARGIN


@pytest.mark.corpus
def test_include_recall_does_not_fall(scores: Mapping[str, Score]) -> None:
    assert scores["include"].recall >= record.floor()[record.RECALL] - record.MARGIN


def test_the_accuracy_that_the_package_states_was_measured_with_these_rules() -> None:
    """Who changed a rule runs `make accuracy`, which takes seconds; until then a release is refused, and CI fails."""
    stated = record.measured()
    assert stated is not None
    assert stated.rules == record.rules_digest(), "the rules changed since they were measured: run `make accuracy`"


@pytest.mark.corpus
def test_the_figures_that_the_package_states_are_those_that_are_measured(scores: Mapping[str, Score]) -> None:
    stated = record.measured()
    assert stated is not None
    expected = {name: round(scores[name].f1, 4) for name in CORE} | {record.RECALL: round(scores["include"].recall, 4)}
    assert stated.development == expected, "run `make accuracy`"


def test_every_field_with_a_floor_is_measured_and_every_measured_field_has_one() -> None:
    stated = record.measured()
    assert stated is not None
    assert stated.development.keys() == record.floor().keys() == {*CORE, record.RECALL}


def _their_scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("their_scorer", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
@pytest.mark.parametrize("name", FIELDS)
def test_our_scorer_gives_the_figures_of_theirs(shared: Path, scores: Mapping[str, Score], name: str) -> None:
    theirs, ours = _their_scores(shared)[name], scores[name]
    # their intervals are drawn from one random stream over all fields, ours from one for each
    assert _rounded(ours.precision, ours.recall, ours.f1) == _rounded(
        theirs["precision"], theirs["recall"], theirs["f1"]
    )
    assert math.isnan(ours.f1) or ours.low <= ours.f1 <= ours.high


def _rounded(*figures: float) -> list[float | None]:
    return [None if math.isnan(figure) else round(figure, 9) for figure in figures]


@cache
def _their_scores(shared: Path) -> Any:
    gold = accuracy.annotations()
    found = accuracy.texts(gold)
    held = {pmid: record for pmid, record in gold.items() if pmid in found}
    return _their_scorer(shared).evaluate(held, accuracy.readings(found), resamples=10)


def test_a_perfect_reading_scores_one() -> None:
    gold = accuracy.annotations()
    assert {score.f1 for score in evaluate(gold, gold).values() if score.items} == {1.0}


def test_reading_nothing_finds_nothing() -> None:
    gold = accuracy.annotations()
    assert {score.recall for score in evaluate(gold, {}).values() if score.items} == {0.0}


@pytest.fixture
def without_texts(
    sample_server: ReplayServer, unhurried: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No texts lie beside the checkout, and both services are the replay server."""
    chosen = unhurried(sample_server)
    for module in (accuracy, registrations):
        monkeypatch.setattr(module, "TEXTS", tmp_path / "absent.jsonl")
        monkeypatch.setattr(module.settings, "read", lambda: chosen)


@pytest.mark.usefixtures("without_texts")
def test_where_the_texts_are_absent_they_are_fetched_by_pmid() -> None:
    found = accuracy.texts(["23982301", "30283029", "11111111"])
    assert (sorted(found), len(found["23982301"][1]) > 200) == (["23982301", "30283029"], True)


@pytest.mark.usefixtures("without_texts")
def test_where_the_texts_are_absent_registrations_are_fetched_by_their_id() -> None:
    found = registrations.texts(["NCT02417064", "NCT09999999"])
    assert [(record.nct_id, bool(record.brief_summary), record.arms) for record in found.values()] == [
        ("NCT02417064", True, ())
    ]


@pytest.mark.corpus
@pytest.mark.parametrize("name", accuracy.REGISTRY_SETS)
def test_every_annotated_registration_is_read(shared: Path, name: str) -> None:
    assert accuracy.measure_registrations(name).records == len(accuracy.annotations(name, "nct_id"))
