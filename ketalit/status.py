"""Status: what is fresh, stale, incomplete or locked, told without a network, a scheduler or a write.

A scheduler that is dead cannot tell that it is; `ketalit status` in another cron line, or in a monitor, can.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ketalit.errors import FAILED, GOOD, INCOMPLETE, LOCKED, STALE, KetalitError, SettingsError
from ketalit.release import Release, Releases
from ketalit.settings import Settings
from ketalit.snapshot import Manifest, Store
from ketalit.vocabulary import Source

RUNS_SHOWN: Final = 5
"""Runs of each source, newest first."""


class State(StrEnum):
    """What a source, a release or the whole home is; the whole is the worst of its parts, in this order."""

    FAILED = "failed"
    LOCKED = "locked"
    INCOMPLETE = "incomplete"
    STALE = "stale"
    FRESH = "fresh"


EXIT_CODES: Final = {
    State.FAILED: FAILED,
    State.LOCKED: LOCKED,
    State.INCOMPLETE: INCOMPLETE,
    State.STALE: STALE,
    State.FRESH: GOOD,
}


class Books(Struct, frozen=True):
    """One run: promised = stored + unchanged + explained, or it is not complete."""

    run_id: str
    kind: str
    status: str
    started_at: str
    finished_at: str | None
    promised: int
    stored: int
    unchanged: int
    explained: int
    missing: int


class SourceStatus(Struct, frozen=True):
    """How one source stands."""

    source: Source
    state: State
    because: str
    last_complete_at: str | None
    runs: tuple[Books, ...]


class ReleaseStatus(Struct, frozen=True):
    """How the current release stands."""

    state: State
    because: str
    release_id: str | None = None
    built_at: str | None = None
    studies: int | None = None
    accepted: tuple[str, ...] = ()


class Status(Struct, frozen=True):
    """How a home stands; `exit_code` is what `ketalit status` ends with."""

    state: State
    exit_code: int
    home: str
    checked_at: str
    held_by: str | None = None
    """The process that holds the store now."""
    problem: str | None = None
    """Why the state could not be told."""
    sources: tuple[SourceStatus, ...] = ()
    release: ReleaseStatus | None = None


def status(settings: Settings, now: datetime | None = None) -> Status:
    """How the home of `settings` stands at `now`. Raises nothing for a damaged home: that is a state, and told."""
    now = now or datetime.now(UTC)
    store = Store(settings.home)
    found = Status(
        state=State.FRESH,
        exit_code=GOOD,
        home=str(settings.home),
        checked_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        held_by=store.holder(),
    )
    try:
        return _judged_whole(found, store.runs(), now, settings)
    except KetalitError as error:
        return replace(found, state=State.FAILED, exit_code=FAILED, problem=f"{error} {error.hint}")


def _judged_whole(found: Status, runs: Sequence[Manifest], now: datetime, settings: Settings) -> Status:
    is_held, limit = found.held_by is not None, timedelta(days=settings.stale_days)
    sources = tuple(_source(source, runs, now, limit, is_held=is_held) for source in Source)
    release = _release(Releases(settings.home), runs)
    parts = [release.state, *(source.state for source in sources)]
    state = State.LOCKED if is_held else min(parts, key=list(State).index)
    return replace(found, state=state, exit_code=EXIT_CODES[state], sources=sources, release=release)


def _source(
    source: Source, runs: Sequence[Manifest], now: datetime, limit: timedelta, *, is_held: bool
) -> SourceStatus:
    own = [run for run in runs if run.source is source]
    complete = [run.finished_at for run in own if run.status == "complete" and run.finished_at]
    last_complete_at = max(complete, default=None)
    state, because = _judged(own, last_complete_at, now, limit, is_held=is_held)
    books = tuple(_books(run) for run in reversed(own[-RUNS_SHOWN:]))
    return SourceStatus(source=source, state=state, because=because, last_complete_at=last_complete_at, runs=books)


def _judged(
    runs: Sequence[Manifest], last_complete_at: str | None, now: datetime, limit: timedelta, *, is_held: bool
) -> tuple[State, str]:
    last = runs[-1] if runs else None
    if last is not None and last.status == "incomplete":
        missing = f"{len(last.missing)} of {last.promised} promised records"
        return State.INCOMPLETE, f"{missing} did not come in the last run; `ketalit refresh` asks for them again"
    if last is not None and last.status == "running":
        if is_held:
            return State.LOCKED, "a run is under way"
        return State.INCOMPLETE, "the last run was broken off; `ketalit refresh` takes it up again"
    if last_complete_at is None:
        return State.STALE, "nothing was ever stored; run `ketalit refresh` or `ketalit import`"
    age = now - datetime.fromisoformat(last_complete_at)
    if age < -timedelta(minutes=5):
        return State.STALE, "the last complete run lies in the future: a clock is or was wrong"
    if age > limit:
        return State.STALE, f"the last complete run is {_days(age)} old, the limit is {_days(limit)}"
    return State.FRESH, f"the last complete run is {_days(age)} old"


def _days(time: timedelta) -> str:
    return f"{time / timedelta(days=1):.1f} days"


def _books(run: Manifest) -> Books:
    return Books(
        run_id=run.run_id,
        kind=run.kind,
        status=run.status,
        started_at=run.started_at,
        finished_at=run.finished_at,
        promised=run.promised,
        stored=run.stored,
        unchanged=run.unchanged,
        explained=len(run.explained),
        missing=len(run.missing),
    )


def _release(releases: Releases, runs: Sequence[Manifest]) -> ReleaseStatus:
    try:
        release = releases.current()
    except SettingsError as error:
        return ReleaseStatus(State.STALE, f"{error} {error.hint}")
    state, because = _compared(release, runs)
    manifest = release.manifest
    return ReleaseStatus(
        state=state,
        because=because,
        release_id=release.release_id,
        built_at=manifest.built_at,
        studies=manifest.counts.get("evidence.study_overview"),
        accepted=manifest.accepted,
    )


def _compared(release: Release, runs: Sequence[Manifest]) -> tuple[State, str]:
    telling = {run.run_id for run in runs if run.status == "complete" and _tells_something(run)}
    later = telling - {run.run_id for run in release.manifest.runs}
    if later:
        return State.STALE, f"{len(later)} run(s) brought something after it was built; run `ketalit build`"
    return State.FRESH, "it holds what every complete run brought"


def _tells_something(run: Manifest) -> bool:
    """Whether a run changes a release; one that found every record unchanged does not."""
    return bool(run.parts or run.explained or run.absent or run.merged or run.deleted)


# ---- as text


def text(found: Status) -> str:
    """`found` for a person: the verdict first, then each part with its reason."""
    lines = [f"{found.state}: {found.home}"]
    if found.held_by:
        lines.append(f"  held by process {found.held_by}")
    if found.problem:
        lines.append(f"  {found.problem}")
    for source in found.sources:
        lines.append(f"  {source.source}: {source.state}; {source.because}")
        lines += [f"    {_line(books)}" for books in source.runs]
    if found.release:
        lines += _release_lines(found.release)
    return "\n".join(lines)


def _line(books: Books) -> str:
    missing = f", {books.missing} missing" if books.missing else ""
    return (
        f"{books.started_at} {books.kind} {books.status}: {books.promised} promised; {books.stored} stored,"
        f" {books.unchanged} unchanged, {books.explained} explained{missing} ({books.run_id})"
    )


def _release_lines(release: ReleaseStatus) -> list[str]:
    name = f"release {release.release_id}, built {release.built_at}, {release.studies} studies"
    lines = [f"  {name if release.release_id else 'release'}: {release.state}; {release.because}"]
    return [*lines, *(f"    accepted: {text}" for text in release.accepted)]
