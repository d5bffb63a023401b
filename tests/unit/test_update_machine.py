"""A state machine: whatever happens at the service and to the runs, and in whatever order, the store and the database
that is built from it equal a model."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pyarrow as pa
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ketalit import settings
from ketalit.checkpoint import POINTS
from ketalit.loading import load
from ketalit.progress import silent
from ketalit.replay import Corpus, ReplayServer
from ketalit.snapshot import Manifest, Store
from ketalit.update import OVERLAP
from ketalit.warehouse.database import Warehouse
from tests.unit.test_update import STRATEGY, World

EVENTS = ("insert", "insert_dated_back", "revise", "revise_dated_back", "retract", "delete", "delete", "reorder")
HAPPENS = st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 9)), max_size=4)
KILLS = POINTS[: POINTS.index("books closed") + 1]
RETRACTED = b"<PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList>"
LONG_AGO = date(2012, 3, 4)
STANDS_FOR_EVER = "1"
"""A search that finds nothing is refused, so one record is never deleted."""


class Services(RuleBasedStateMachine):
    """PubMed, changed at will between runs, beside what a store that follows it must hold."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "small.toml").write_text(STRATEGY)
        self.server = ReplayServer(Corpus({}, {})).__enter__()
        chosen = settings.read(
            home=self.folder / "home",
            strategy=str(self.folder / "small.toml"),
            email="ada@example.org",
            entrez_url=self.server.entrez_url,
            ctgov_url=self.server.ctgov_url,
            entrez_per_second=1_000.0,
            retry_seconds=0.0,
        )
        self.world = World(self.server, chosen)
        self.patches = ExitStack()
        self.patches.enter_context(patch("ketalit.durable.now", lambda: f"{self.world.today}T08:00:00Z"))
        self.patches.enter_context(patch("os.fsync"))  # no power fails here
        self.last_pmid = int(STANDS_FOR_EVER)
        self.held: dict[str, bytes] = {}
        """The newest version that the store must hold of each record that it ever saw."""
        self.unseen_days: defaultdict[str, set[date]] = defaultdict(set)
        self.dated_back: set[str] = set()
        """Records whose last change no window shows: only a full listing brings it."""
        self.world.add(STANDS_FOR_EVER, added=LONG_AGO)
        for _ in range(5):
            self.world.add(self.new_pmid(), added=LONG_AGO)
        self.check(self.world.refresh())

    def teardown(self) -> None:
        if hasattr(self, "patches"):
            self.patches.close()
            self.server.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    # ---- what happens at the service, and then a run

    @rule(events=HAPPENS, days=st.sampled_from([0, 1, 1, 6, 20]), is_full=st.booleans())
    def live_on_and_refresh(self, events: list[tuple[str, int]], days: int, is_full: bool) -> None:
        self.live_on(events, days)
        self.check(self.world.refresh(is_full=is_full, accept=("volume",)))

    @rule(
        events=HAPPENS,
        days=st.sampled_from([0, 1, 20]),
        is_full=st.booleans(),
        point=st.sampled_from(KILLS),
        nth=st.integers(1, 3),
    )
    def live_on_and_refresh_but_be_killed_and_refresh_again(
        self, events: list[tuple[str, int]], days: int, is_full: bool, point: str, nth: int
    ) -> None:
        self.live_on(events, days)
        before = set(self.complete_runs())
        with killed_at(point, nth):
            self.world.refresh(is_full=is_full, accept=("volume",))
        for run_id, run in self.complete_runs().items():
            if run_id not in before:  # it was killed after its books were closed
                self.follow(run)
        run = self.world.refresh(accept=("volume",))
        stored = self.world.stored()
        # what the killed run had fetched is kept, also where a window does not show it
        self.held |= {i: body for i, body in self.world.articles.items() if stored.get(i) == body}
        self.check(run)

    @rule()
    def publish(self) -> None:
        withdrawn = self.withdrawn_in_the_model()
        published, hidden = self.database()
        assert published == {i: said(body) for i, body in self.held.items() if i not in withdrawn}
        assert hidden == withdrawn

    def database(self) -> tuple[dict[str, tuple[str, str]], set[str]]:
        """What a build puts into the database: id → title and integrity of each record that stands; withdrawn ids."""
        found = Loaded()
        store = self.world.store
        load(cast(Warehouse, found), store, store.complete_runs(), listed=None, workers=1, report=silent)
        publications = {row["pmid"]: (row["title"], str(row["integrity"])) for row in found.tables["publication"]}
        return publications, {row["source_id"] for row in found.tables["withdrawn_document"]}

    def live_on(self, events: list[tuple[str, int]], days: int) -> None:
        self.world.pass_days(days)
        for event, choice in events:
            pmids = sorted(self.world.articles.keys() - {STANDS_FOR_EVER})
            getattr(self, event)(pmids[choice % len(pmids)] if pmids else STANDS_FOR_EVER)

    def insert(self, _: str) -> None:
        self.world.add(self.new_pmid())

    def insert_dated_back(self, _: str) -> None:
        pmid = self.new_pmid()
        self.world.add(pmid, added=LONG_AGO)
        self.dated_back.add(pmid)

    def revise(self, pmid: str) -> None:
        self.world.revise(pmid, f"Ketamine, corrected on {self.world.today}")
        self.dated_back.discard(pmid)

    def revise_dated_back(self, pmid: str) -> None:
        self.world.revise(pmid, f"Ketamine, corrected by {self.world.today}", revised=LONG_AGO)
        self.dated_back.add(pmid)

    def retract(self, pmid: str) -> None:
        self.revise(pmid)
        body = self.world.articles[pmid]
        self.world.articles[pmid] = body.replace(b"</ArticleTitle>", b"</ArticleTitle>" + RETRACTED)

    def delete(self, pmid: str) -> None:
        if pmid != STANDS_FOR_EVER:
            del self.world.articles[pmid]
            self.dated_back.discard(pmid)

    def reorder(self, _: str) -> None:
        self.world.articles = dict(reversed(self.world.articles.items()))

    def new_pmid(self) -> str:
        self.last_pmid += 1
        return str(self.last_pmid)

    # ---- the model

    def complete_runs(self) -> dict[str, Manifest]:
        return {run.run_id: run for run in self.world.store.complete_runs()}

    def withdrawn_in_the_model(self) -> set[str]:
        return {pmid for pmid, days in self.unseen_days.items() if len(days) > 1}

    def check(self, run: Manifest) -> None:
        self.follow(run)
        assert run.promised == run.stored + run.unchanged + len(run.explained)
        assert self.world.stored() == self.held
        assert self.world.withdrawn().keys() == self.withdrawn_in_the_model()

    def follow(self, run: Manifest) -> None:
        """What a complete run makes of the model."""
        service, today = self.world.articles, self.world.today
        if run.mode == "full":
            self.held.update(service)
            self.dated_back.clear()
            for pmid in self.held.keys() - service.keys():
                if len(self.unseen_days[pmid]) < 2:
                    self.unseen_days[pmid].add(today)
        else:
            assert run.since is not None
            assert date.fromisoformat(run.since) <= today - OVERLAP
            self.held.update({pmid: body for pmid, body in service.items() if pmid not in self.dated_back})

    @invariant()
    def nothing_that_was_stored_is_ever_lost(self) -> None:
        if hasattr(self, "world"):
            assert Store(self.world.settings.home).verify() >= 1


class Loaded:
    """A warehouse that only keeps what it is given, so that a step takes no second."""

    def __init__(self) -> None:
        self.tables: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def load(self, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        for table, row in rows:
            self.tables[table].append(row)

    def append(self, table: str, rows: pa.Table) -> None:
        self.tables[table] += rows.to_pylist()

    def schemas(self) -> dict[str, pa.Schema]:
        return core_schemas()


@cache
def core_schemas() -> dict[str, pa.Schema]:
    with tempfile.TemporaryDirectory() as folder, Warehouse.create(Path(folder) / "evidence.duckdb") as warehouse:
        return warehouse.schemas()


def said(body: bytes) -> tuple[str, str]:
    """The title of an article and whether it stands, read in the plainest way."""
    title = body.partition(b"<ArticleTitle>")[2].partition(b"</ArticleTitle>")[0].decode()
    return title, "retracted" if RETRACTED in body else "current"


class Killed(BaseException):
    """What `kill -9` does to a run: nothing of it goes on, and nothing catches it."""


@contextmanager
def killed_at(point: str, nth: int) -> Iterator[None]:
    passed = 0

    def on_reached(reached: str) -> None:
        nonlocal passed
        passed += reached == point
        if reached == point and passed == nth:
            raise Killed

    with suppress(Killed), patch("ketalit.checkpoint.on_reached", on_reached):
        yield


Services.TestCase.settings = hypothesis_settings(max_examples=12, stateful_step_count=8, deadline=None)
TestServices = Services.TestCase
