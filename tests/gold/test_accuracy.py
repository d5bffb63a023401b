"""Accuracy does not fall unnoticed, and our scorer agrees with the one that came with the annotations."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from tests.gold import accuracy
from tests.gold.score import CORE, FIELDS, Score, evaluate


@pytest.fixture(scope="module")
def scores(shared: Path) -> Mapping[str, Score]:
    return accuracy.measure().scores


@pytest.mark.corpus
@pytest.mark.parametrize("name", CORE)
def test_no_core_field_falls_below_its_floor(scores: Mapping[str, Score], name: str) -> None:
    floor = json.loads(accuracy.FLOOR.read_text("utf-8"))
    assert scores[name].f1 >= floor[name] - 0.01


@pytest.mark.corpus
def test_include_recall_does_not_fall(scores: Mapping[str, Score]) -> None:
    floor = json.loads(accuracy.FLOOR.read_text("utf-8"))
    assert scores["include"].recall >= floor["include recall"] - 0.01


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


def test_where_the_texts_are_absent_they_are_fetched_by_pmid(
    sample_server: ReplayServer, unhurried: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(accuracy, "TEXTS", tmp_path / "absent.jsonl")
    chosen = unhurried(sample_server)
    monkeypatch.setattr(accuracy.settings, "read", lambda: chosen)
    found = accuracy.texts(["23982301", "30283029", "11111111"])
    assert (sorted(found), len(found["23982301"][1]) > 200) == (["23982301", "30283029"], True)
