"""A state machine: whatever happens at the service and in whatever order, the store equals a model of it."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ketalit import settings
from ketalit.replay import Corpus, ReplayServer
from ketalit.snapshot import Manifest, Store
from ketalit.update import OVERLAP
from tests.unit.test_update import STRATEGY, World

EVENTS = ("insert", "insert_dated_back", "revise", "revise_dated_back", "delete", "delete", "reorder")
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
        self.clock = patch("ketalit.snapshot.now", lambda: f"{self.world.today}T08:00:00Z")
        self.clock.start()
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
        if hasattr(self, "clock"):
            self.clock.stop()
            self.server.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    # ---- what happens at the service, and then a run

    @rule(
        events=st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 9)), max_size=4),
        days=st.sampled_from([0, 1, 1, 6, 20]),
        is_full=st.booleans(),
    )
    def live_on_and_refresh(self, events: list[tuple[str, int]], days: int, is_full: bool) -> None:
        self.world.pass_days(days)
        for event, choice in events:
            pmids = sorted(self.world.articles.keys() - {STANDS_FOR_EVER})
            getattr(self, event)(pmids[choice % len(pmids)] if pmids else STANDS_FOR_EVER)
        self.check(self.world.refresh(is_full=is_full, accept=("volume",)))

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

    def delete(self, pmid: str) -> None:
        if pmid != STANDS_FOR_EVER:
            del self.world.articles[pmid]
            self.dated_back.discard(pmid)

    def reorder(self, _: str) -> None:
        self.world.articles = dict(reversed(self.world.articles.items()))

    def new_pmid(self) -> str:
        self.last_pmid += 1
        return str(self.last_pmid)

    def check(self, run: Manifest) -> None:
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
        assert run.promised == run.stored + run.unchanged + len(run.explained)
        assert self.world.stored() == self.held
        assert self.world.withdrawn().keys() == {i for i, days in self.unseen_days.items() if len(days) > 1}

    @invariant()
    def nothing_that_was_stored_is_ever_lost(self) -> None:
        if hasattr(self, "world"):
            assert Store(self.world.settings.home).verify() >= 1


Services.TestCase.settings = hypothesis_settings(max_examples=12, stateful_step_count=8, deadline=None)
TestServices = Services.TestCase
