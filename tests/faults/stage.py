"""The stage: a real refresh over real HTTP while one fault of the catalogue is played, and what came of it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from ketalit import pipeline
from ketalit.errors import KetalitError
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.faults import Fault, Faults, Planned, Program
from ketalit.settings import Settings
from ketalit.snapshot import Manifest, Store
from ketalit.sources import transport
from ketalit.sources.ctgov import client as registry
from ketalit.sources.ctgov.client import CtGovClient
from ketalit.sources.pubmed.client import PubMedClient
from ketalit.vocabulary import Source

CANARY: Final = "canary-key-0451"
"""The API key of every run here: it must appear in nothing that is written, said or logged."""
TRIES: Final = 3
CEILING: Final = 2_000_000
"""Bytes of the largest answer, in place of 256 MiB, so that a bomb is quickly made."""
Page = Literal["first", "middle", "last"]
PAGES: Final = {"first": 1, "middle": 2, "last": 3}
"""Every walk here has three pages."""
ONE_PAGE: Final = ("survey", "esearch", "count")
FETCHES: Final = ("efetch", "studies")


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One fault of the catalogue; faults.toml says what the fields mean."""

    id: str
    what: str
    on: Program
    then: Literal["passes", "refused", "final", "singly", "explained", "kept", "redone", "rewalked"]
    reply: Fault
    also: tuple[Program, ...] = ()
    alone: Fault | None = None
    pages: tuple[Page, ...] = ("first", "middle", "last")
    waits: float = 0.0
    pauses: int | None = None
    error: str | None = None
    alters: bool = False
    explained: int = 1

    @property
    def source(self) -> Source:
        """Whose answers it meets."""
        return Source.PUBMED if self.on in ("survey", "esearch", "efetch", "record") else Source.CTGOV


class Case(Struct, frozen=True):
    """A fault at one page, for two tries or for as long as anybody asks."""

    row: Row
    page: Page
    stays: bool

    @property
    def name(self) -> str:
        """Row, page and length, for the name of a test."""
        return f"{self.row.id}-{self.page}{'-stays' if self.stays else ''}"


class Outcome(Struct, frozen=True):
    """What came of a case: only the first six are compared, the others are never to be."""

    error: str | None
    exit_code: int
    tries: int
    pauses: int
    ledger: str
    explained: int
    silently_accepted: tuple[str, ...] = ()
    """Records that a complete run neither holds as they truly are nor explains."""
    lost: tuple[str, ...] = ()
    """Records that are not there after the fault was mended and the refresh run again."""
    leaks: tuple[str, ...] = ()
    """Where the API key was found."""
    short_waits: tuple[float, ...] = ()
    """Pauses that were shorter than they had to be."""


def rows() -> tuple[Row, ...]:
    """The catalogue."""
    text = (Path(__file__).parent / "faults.toml").read_bytes()
    return msgspec.convert(msgspec.toml.decode(text)["fault"], tuple[Row, ...])


def cases() -> tuple[Case, ...]:
    """Every row at each of its pages; what passes also as what stays."""
    return tuple(
        Case(row, page, stays)
        for row in rows()
        for page in (row.pages[:1] if row.on in ONE_PAGE else row.pages)
        for stays in ((False, True) if row.then in ("passes", "rewalked") else (True,))
    )


def expected(case: Case) -> Outcome:
    """What must come of a case."""
    row = case.row
    is_tried_again = row.then in ("passes", "rewalked")
    breaks_off = row.then in ("refused", "final") or (is_tried_again and case.stays)
    cause = row.error or ("SourceRefused" if row.then == "refused" else "SourceUnavailable")
    is_fetch = row.on in FETCHES
    pauses = row.pauses if row.pauses is not None else TRIES - 1 if row.then == "passes" else 0
    return Outcome(
        error=None if not breaks_off else f"Incomplete from {cause}" if is_fetch else cause,
        exit_code=0 if not breaks_off else 3 if is_fetch else 1,
        tries=TRIES if is_tried_again else 2 if row.then == "redone" else 1,
        pauses=pauses,
        ledger="complete" if not breaks_off else "incomplete" if is_fetch else "none",
        explained=row.explained if row.then == "explained" else 0,
    )


def play(case: Case, settings: Callable[..., Settings], home: Path, corpus: Corpus) -> Outcome:
    """Refresh while the fault is on, then mend it and refresh again."""
    row, said = case.row, _Said()
    with _elsewhere() as (address, visits), pytest.MonkeyPatch.context() as patch, said.heard():
        script = _script(case, address)
        patch.setattr(transport, "BYTE_CEILING", CEILING)
        patch.setattr(registry, "LISTING_PAGE", 8)
        patch.setattr("os.fsync", lambda _: None)  # no power fails on this stage, and syncing takes a third of a play
        with ReplayServer(corpus, script=script) as server:
            manner = row.reply.manner
            is_slow = manner is not None and (manner.drip > 0 or manner.wait > 0)
            chosen = settings(server, home=home, api_key=CANARY, **_paging(is_slow=is_slow))
            waits: list[float] = []
            patch.setattr(pipeline, "_client", lambda source, asked: _client(source, asked, waits))
            error = _refreshed(chosen, row.source)
            said.note(error)
            run = _last_run(home)
            tries = script.asked["listing" if row.then == "redone" else row.on, PAGES[case.page]]
            found = Outcome(
                error=_named(error),
                exit_code=error.exit_code if error else 0,
                tries=tries,
                pauses=len(waits),
                ledger=run.status if run else "none",
                explained=len(run.explained) if run else 0,
                short_waits=_short(waits, row.waits),
                silently_accepted=_silently_accepted(home, run, corpus, row),
            )
            script.is_mended = True
            patch.setattr(pipeline, "_client", lambda source, asked: _client(source, asked, []))
            said.note(_refreshed(replace_time(chosen), row.source, is_full=True))
            urls = [r.path for r in server.requests if r.method == "GET" and "api_key" in r.names]
        leaks = (*said.leaks(), *_leaks(home), *urls, *visits())
    return replace(found, lost=_lost(home, corpus, row.source), leaks=leaks)


def replace_time(chosen: Settings) -> Settings:
    """The same settings without haste: the second refresh is not to fail for a slow machine."""
    return chosen.model_copy(update={"call_seconds": 60.0, "read_seconds": 60.0})


def _paging(*, is_slow: bool) -> dict[str, Any]:
    hasty = {"call_seconds": 0.6, "read_seconds": 0.5} if is_slow else {}
    return {"efetch_size": 17, "ctgov_page_size": 8, "tries": TRIES, "retry_seconds": 1.0, **hasty}


def _script(case: Case, elsewhere: str) -> Faults:
    row = case.row
    times = None if case.stays and row.then != "redone" else 1 if row.then == "redone" else TRIES - 1
    reply = _filled(row.reply, elsewhere)
    # the answers to single records are no pages of the walk: the fault meets all of them
    alone = [Planned(_filled(row.alone or row.reply, elsewhere), program, None, None) for program in row.also]
    return Faults(Planned(reply, row.on, PAGES[case.page], times), *alone)


def _filled(fault: Fault, elsewhere: str) -> Fault:
    bomb = "x" * CEILING
    return replace(
        fault,
        replace=tuple((pattern, text.replace("{bomb}", bomb)) for pattern, text in fault.replace),
        headers={name: value.replace("{elsewhere}", elsewhere) for name, value in fault.headers.items()},
    )


def _client(source: Source, settings: Settings, waits: list[float]) -> PubMedClient | CtGovClient:
    kind = PubMedClient if source is Source.PUBMED else CtGovClient
    return kind(settings, sleep=waits.append)


def _refreshed(settings: Settings, source: Source, *, is_full: bool = False) -> KetalitError | None:
    try:
        pipeline.refresh(settings, sources=(source,), is_full=is_full)
    except KetalitError as error:
        return error
    return None


def _named(error: KetalitError | None) -> str | None:
    if error is None or error.__cause__ is None:
        return type(error).__name__ if error else None
    return f"{type(error).__name__} from {type(error.__cause__).__name__}"


def _short(waits: list[float], asked: float) -> tuple[float, ...]:
    """Pauses double from one second, with jitter down to the half, and are never shorter than what was asked for."""
    least = [max(asked, 0.5 * 2.0**number) for number in range(len(waits))]
    return tuple(wait for wait, bound in zip(waits, least, strict=True) if not bound <= wait <= 2 * bound)


def _last_run(home: Path) -> Manifest | None:
    return next(reversed(Store(home).runs()), None)


def _truth(corpus: Corpus, source: Source) -> dict[str, bytes]:
    return corpus.articles if source is Source.PUBMED else corpus.studies


def _silently_accepted(home: Path, run: Manifest | None, corpus: Corpus, row: Row) -> tuple[str, ...]:
    if run is None or run.status != "complete":
        return ()
    truth, stored = _truth(corpus, row.source), {d.source_id: d.body for _, d in Store(home).documents()}
    explained = dict(run.explained) if row.then == "explained" else {}
    wrong = {i for i, body in truth.items() if i not in stored or (stored[i] != body and not row.alters)}
    return tuple(sorted(wrong - explained.keys() | (dict(run.explained).keys() - explained.keys())))


def _lost(home: Path, corpus: Corpus, source: Source) -> tuple[str, ...]:
    stored = {d.source_id: d.body for _, d in Store(home).documents()}
    return tuple(i for i, body in _truth(corpus, source).items() if stored.get(i) != body)


# ---- where a secret could show, and who else could be asked


class _Said(logging.Handler):
    """All that was logged or told, by anybody, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())

    @contextmanager
    def heard(self) -> Iterator[None]:
        root = logging.getLogger()
        level = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.setLevel(level)
            root.removeHandler(self)

    def note(self, error: BaseException | None) -> None:
        while error is not None:
            self.texts.append(f"{error!r} {error} {getattr(error, 'hint', '')}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)

    def leaks(self) -> tuple[str, ...]:
        return tuple(text for text in self.texts if CANARY in text)


def _leaks(home: Path) -> tuple[str, ...]:
    return tuple(str(path) for path in home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes())


@contextmanager
def _elsewhere() -> Iterator[tuple[str, Callable[[], list[str]]]]:
    """Another host: its address, and what tells whether it was ever asked."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)

        def visits() -> list[str]:
            try:
                listener.accept()
            except BlockingIOError:
                return []
            return ["another host was asked"]

        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", visits
