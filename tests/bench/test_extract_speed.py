"""How fast the rules read real abstracts, beside the least that any reader does: lower case and words.

Run with `pytest tests/bench --benchmark-only -p no:xdist`. One process, one core; `extra_info` holds abstracts/s, by
the least CPU time of each abstract in all rounds, as a busy machine is not the reader's fault. The aim is 1,000
abstracts a second; `summary` shows it beside the bare walk over the words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from ketalit.extract.read import facts, units_of
from ketalit.extract.scan import Normalised
from ketalit.extract.sections import cut

pytestmark = pytest.mark.corpus

Abstract = tuple[str, str, str]
"""Title, abstract and PMID."""


@pytest.fixture(scope="module")
def abstracts(shared: Path) -> list[Abstract]:
    lines = (shared / "corpus/pubmed/ketamine_abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    return [(record["title"] or "", record["abstract"] or "", record["pmid"]) for record in map(json.loads, lines)]


def measure(benchmark: Any, abstracts: list[Abstract], read: Callable[[Abstract], object]) -> None:
    least = dict.fromkeys(range(len(abstracts)), float("inf"))

    def read_all() -> None:
        for number, abstract in enumerate(abstracts):
            begun = process_time()
            read(abstract)
            least[number] = min(least[number], process_time() - begun)

    benchmark.pedantic(read_all, rounds=8, warmup_rounds=1)
    benchmark.extra_info["abstracts/s"] = round(len(abstracts) / sum(least.values()))


@pytest.mark.benchmark(group="extract")
def test_the_bare_walk_over_the_words(benchmark: Any, abstracts: list[Abstract]) -> None:
    measure(benchmark, abstracts, lambda abstract: abstract[1].lower().split())


@pytest.mark.benchmark(group="extract")
def test_ketalit_from_text_to_normalised_text(benchmark: Any, abstracts: list[Abstract]) -> None:
    measure(benchmark, abstracts, lambda abstract: (Normalised(abstract[0]), Normalised(abstract[1])))


@pytest.mark.benchmark(group="extract")
def test_ketalit_from_text_to_sections(benchmark: Any, abstracts: list[Abstract]) -> None:
    measure(benchmark, abstracts, lambda abstract: cut(units_of(*abstract)))


@pytest.mark.benchmark(group="extract")
def test_ketalit_from_text_to_facts(benchmark: Any, abstracts: list[Abstract]) -> None:
    measure(benchmark, abstracts, lambda abstract: facts(units_of(*abstract)))
