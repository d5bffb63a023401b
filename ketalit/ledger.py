"""What the books of all complete runs say together: which ids a source listed, and which records it withdrew.

A listing that names fewer ids than the last one may be an outage. So a record is withdrawn only when its source says on
two different days that it holds none, with no sight of it in between; at once when the source says where it went (an
alias) or declares it deleted. It stays stored, and stands again when the source lists it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from ketalit.snapshot import Manifest, Store
from ketalit.vocabulary import Source


class Withdrawal(Struct, frozen=True):
    """A record that its source no longer holds."""

    source: Source
    source_id: str
    reason: str
    merged_into: str | None
    run_id: str
    """Run that settled it."""
    withdrawn_at: str
    """When that run began (UTC, ISO 8601)."""


class Ledger:
    """The complete runs of one source, and of them the refreshes with the strategy of one digest."""

    def __init__(self, store: Store, source: Source, strategy_digest: str) -> None:
        self._store = store
        self._runs = tuple(run for run in store.complete_runs() if run.source is source)
        self._refreshes = tuple(
            run
            for run in self._runs
            if run.kind == "refresh" and run.strategy is not None and run.strategy.digest == strategy_digest
        )

    @property
    def last(self) -> Manifest | None:
        """The last refresh."""
        return self._refreshes[-1] if self._refreshes else None

    @property
    def last_full(self) -> Manifest | None:
        """The last refresh that asked for everything that the search finds."""
        return next((run for run in reversed(self._refreshes) if run.mode == "full"), None)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The ids that the search finds, as far as is known: of the last full listing, and of the windows since."""
        listed: set[str] = set()
        for run in self._refreshes:
            if run.mode == "full":
                listed.clear()
            listed.update(set(self._store.promised(run)) - set(run.unlisted))
        return frozenset(listed)

    @cached_property
    def followed(self) -> frozenset[str]:
        """Every id that was promised and not withdrawn since: each is asked for in a full run, listed or not."""
        promised = {source_id for run in self._refreshes for source_id in self._store.promised(run)}
        return frozenset((promised | self.absent) - self._state.withdrawn.keys())

    @cached_property
    def owed(self) -> frozenset[str]:
        """Ids that the search finds, or that were absent but once, for which no record came when last asked for.

        Each run asks for them again: a service that kept a record back for a week owes it no longer than that.
        """
        unanswered: set[str] = set()
        for run in self._refreshes:
            reasons = dict(run.explained).keys()
            unanswered.difference_update(set(self._store.promised(run)) - reasons)
            unanswered.update(reasons)
        return frozenset(unanswered & (self.listed | self.absent))

    @property
    def absent(self) -> frozenset[str]:
        """Ids that their source did not hold on one day; another day decides."""
        return frozenset(self._state.absent)

    @cached_property
    def _state(self) -> _Absences:
        return _absences(self._store, self._runs)


def withdrawals(store: Store, runs: Iterable[Manifest]) -> dict[tuple[Source, str], Withdrawal]:
    """The records that are withdrawn after these complete runs, by source and id."""
    held = tuple(runs)
    return {
        (source, source_id): withdrawal
        for source in Source
        for source_id, withdrawal in _absences(store, (run for run in held if run.source is source)).withdrawn.items()
    }


class _Absences:
    """Ids that a source does not hold: said on one day, or settled."""

    def __init__(self) -> None:
        self.absent: dict[str, str] = {}
        """Id → the day on which its source first said so."""
        self.withdrawn: dict[str, Withdrawal] = {}

    def settle(self, run: Manifest, source_id: str, reason: str, merged_into: str | None = None) -> None:
        self.absent.pop(source_id, None)
        withdrawal = Withdrawal(run.source, source_id, reason, merged_into, run.run_id, run.started_at)
        self.withdrawn.setdefault(source_id, withdrawal)

    def miss(self, run: Manifest, source_id: str, reason: str) -> None:
        if source_id in self.withdrawn:
            return
        day = run.started_at[:10]
        if self.absent.setdefault(source_id, day) != day:
            self.settle(run, source_id, f"{reason}, on {self.absent[source_id]} and on {day}")

    def see(self, source_id: str) -> None:
        self.absent.pop(source_id, None)
        self.withdrawn.pop(source_id, None)


def _absences(store: Store, runs: Iterable[Manifest]) -> _Absences:
    """Fold the runs of one source, oldest first. An import is no sight of a record: its file may be old."""
    state = _Absences()
    for run in runs:
        reasons = dict(run.explained)
        if run.kind == "refresh":
            for source_id in set(store.promised(run)) - reasons.keys():
                state.see(source_id)
        for source_id in run.absent:
            state.miss(run, source_id, reasons[source_id])
        for source_id, into in run.merged:
            state.settle(run, source_id, reasons[source_id], into)
        for source_id in run.deleted:
            state.settle(run, source_id, "its source declares it deleted")
    return state
