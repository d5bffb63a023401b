"""Work grows with the number of records and not with its square: counted, not timed.

That each document is interpreted once, and later only what is new, is counted in test_interpreted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from ketalit import candidates, linkage, pipeline
from ketalit.model.publication import Publication, StatedRegistryId
from ketalit.model.search import Listing
from ketalit.replay import Corpus, ReplayServer
from ketalit.settings import Settings
from ketalit.snapshot import Run, Store
from ketalit.vocabulary import Source
from ketalit.warehouse.database import BATCH, Warehouse
from tests.unit.test_candidates import paper, profile, trial
from tests.unit.test_snapshot import USED
from tests.unit.test_update import STRATEGY, article, study
from tests.unit.warehouse.examples import stated_id

FEW, MANY = 150, 300
OLD = date(2020, 1, 1)
Refreshed = Callable[[int], tuple[ReplayServer, Settings]]


@pytest.fixture
def refreshed(unhurried: Callable[..., Settings], tmp_path: Path) -> Refreshed:
    """Makes a home that holds as many articles as named, and three studies, with the server that they came from."""
    (tmp_path / "small.toml").write_text(STRATEGY)

    def make(articles: int) -> tuple[ReplayServer, Settings]:
        held = {str(number): article(str(number), OLD, OLD) for number in range(101, 101 + articles)}
        found = {f"NCT0000000{number}": study(f"NCT0000000{number}", OLD) for number in range(1, 4)}
        server = ReplayServer(Corpus(held, found))
        server.__enter__()
        chosen = unhurried(server, home=tmp_path / str(articles), strategy=str(tmp_path / "small.toml"))
        pipeline.refresh(chosen)
        return server, chosen

    return make


def test_a_refresh_without_news_sends_the_same_few_listings_however_much_is_stored(refreshed: Refreshed) -> None:
    asked = {}
    for articles in (FEW, MANY):
        server, chosen = refreshed(articles)
        before = len(server.requests)
        pipeline.refresh(chosen)
        asked[articles] = [request.path for request in server.requests[before:]]
        server.__exit__(None, None, None)
    assert asked[FEW] == asked[MANY]
    assert not [path for path in asked[MANY] if "efetch" in path]


def _village(number: int) -> str:
    """A name of letters, each number its own."""
    return "town" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def compared(number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs are compared among papers and trials that share their common words and differ in the others."""
    pairs = []
    monkeypatch.setattr(candidates, "parts", lambda *pair: pairs.append(pair) or ())
    records = [
        made(id_, **{name: f"Invented trial of intravenous esketamine in {_village(place // 3)}"})
        for place in range(number)
        for made, id_, name in ((paper, str(1000 + place), "title"), (trial, f"NCT{place:08}", "brief_title"))
    ]
    profiles = [one for record in records if (one := profile(record))]
    papers = [record for record in records if isinstance(record, Publication)]
    trials = [record for record in records if not isinstance(record, Publication)]
    candidates.candidates(profiles, linkage.studies(papers, trials, ()))
    return len(pairs)


def test_papers_and_trials_are_compared_with_their_likes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = compared(FEW, monkeypatch), compared(MANY, monkeypatch)
    assert 0 < many <= 2.2 * few


class Counted:
    """A paper that counts how often linkage looks at its ids."""

    looks = 0

    def __init__(self, pmid: str, nct_id: str) -> None:
        self._plain = paper(pmid)
        self._ids = (stated_id(nct_id),)

    @property
    def registry_ids(self) -> tuple[StatedRegistryId, ...]:
        Counted.looks += 1
        return self._ids

    def __getattr__(self, name: str) -> object:
        return getattr(self._plain, name)


def looked_at(number: int) -> int:
    """How often the ids of that many papers, each with a trial, are read while they are linked."""
    Counted.looks = 0
    papers = [Counted(str(1000 + place), f"NCT{place:08}") for place in range(number)]
    trials = [trial(f"NCT{place:08}") for place in range(number)]
    links = linkage.links(papers, trials)
    assert len(linkage.studies(papers, trials, links)) == number
    return Counted.looks


def test_linkage_looks_at_each_paper_a_fixed_number_of_times() -> None:
    assert looked_at(MANY) == 2 * looked_at(FEW)


def test_the_books_of_a_run_are_closed_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    promised: Any = Run.promised.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(Run, "promised", property(lambda run: asked.append(1) or promised(run)))

    def closed(number: int) -> int:
        """How often the list of promised ids is made anew when a run with that many records ends."""
        ids = tuple(map(str, range(number)))
        run = Store(tmp_path / str(number)).begin(Source.PUBMED, "refresh", USED)
        run.promise(Listing(ids=ids, queries=()))
        run.explain((source_id, "invented") for source_id in ids)
        asked.clear()
        run.finish()
        return len(asked)

    assert 0 < closed(MANY) == closed(FEW)


def test_rows_that_are_in_the_warehouse_are_not_held_beside_it(tmp_path: Path) -> None:
    def held(batches: int) -> int:
        """Bytes of Arrow tables that are still held when that many batches of rows are loaded."""
        before = pa.total_allocated_bytes()
        with Warehouse.create(tmp_path / f"{batches}.duckdb") as warehouse:
            for place in range(batches * BATCH):
                key = {"source": "pubmed", "source_id": str(place)}
                warehouse.load([("scale", {"entity_id": f"pubmed:{place}/scale/0", **key, "scale": 200 * "x"})])
            return pa.total_allocated_bytes() - before

    assert held(6) <= held(2)
