"""`ketalit status`: what a monitor reads, without a network and without Prefect."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ketalit import cli, pipeline
from ketalit.errors import Incomplete
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.status import State, status
from ketalit.vocabulary import Source


@pytest.fixture
def home(built: Settings, tmp_path: Path) -> Settings:
    """A copy of a home that is in order."""
    shutil.copytree(built.home, tmp_path / "home", symlinks=True)
    return built.model_copy(update={"home": tmp_path / "home"})


@pytest.fixture
def held(home: Settings) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the store."""
    code = (
        "import sys, pathlib; from ketalit.snapshot import Store\n"
        "with Store(pathlib.Path(sys.argv[1])).locked(): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


class NoRecords:
    """Every fetch of PubMed fails."""

    def respond(self, request: Request) -> Reply | None:
        return Reply(b"", "text/plain", 503) if "efetch" in request.path else None


def test_a_home_in_order_is_fresh(home: Settings) -> None:
    found = status(home)
    assert (found.state, found.exit_code, found.held_by) == (State.FRESH, 0, None)
    assert {source.state for source in found.sources} == {State.FRESH}


def test_the_books_of_the_last_runs_balance(home: Settings, sample: Corpus) -> None:
    books = {source.source: source.runs[0] for source in status(home).sources}
    assert books[Source.PUBMED].promised == len(sample.articles)
    assert all(b.promised == b.stored + b.unchanged + b.explained and b.missing == 0 for b in books.values())


def test_what_is_older_than_the_limit_is_stale(home: Settings) -> None:
    found = status(home, now=datetime.now(UTC) + timedelta(days=9))
    assert (found.state, found.exit_code) == (State.STALE, 4)
    assert "the limit is 8.0 days" in found.sources[0].because


def test_a_run_that_lies_in_the_future_is_never_fresh(home: Settings) -> None:
    found = status(home, now=datetime.now(UTC) - timedelta(days=300))
    assert (found.state, found.sources[0].because) == (
        State.STALE,
        "the last complete run lies in the future: a clock is or was wrong",
    )


def test_a_home_without_anything_is_stale_and_says_what_to_run(home: Settings, tmp_path: Path) -> None:
    found = status(home.model_copy(update={"home": tmp_path / "nothing"}))
    assert (found.state, "ketalit refresh" in found.sources[0].because) == (State.STALE, True)
    assert not (tmp_path / "nothing").exists()


def test_an_incomplete_run_is_told_with_what_is_missing(
    home: Settings, sample: Corpus, unhurried: Callable[..., Settings]
) -> None:
    shutil.rmtree(home.home / "snapshots")
    with ReplayServer(sample, script=NoRecords()) as server, pytest.raises(Incomplete):
        pipeline.refresh(unhurried(server, home=home.home))
    found = status(home)
    assert (found.state, found.exit_code) == (State.INCOMPLETE, 3)
    assert found.sources[0].because.startswith(f"{len(sample.articles)} of {len(sample.articles)} promised records")


def test_a_release_that_is_behind_the_store_is_stale(
    home: Settings, sample: Corpus, unhurried: Callable[..., Settings]
) -> None:
    changed = {pmid: body.replace(b"etamine", b"etamine (revised)", 1) for pmid, body in sample.articles.items()}
    with ReplayServer(Corpus(changed, sample.studies)) as server:
        pipeline.refresh(unhurried(server, home=home.home), sources=(Source.PUBMED,), is_full=True)
    release = status(home).release
    assert release is not None
    assert (release.state, "ketalit build" in release.because) == (State.STALE, True)


def test_a_refresh_that_found_nothing_new_leaves_the_release_fresh(home: Settings) -> None:
    pipeline.refresh(home)
    assert status(home).state is State.FRESH


def test_a_held_store_is_locked_and_names_the_process(home: Settings, held: subprocess.Popen[str]) -> None:
    found = status(home)
    assert (found.state, found.exit_code, found.held_by) == (State.LOCKED, 5, str(held.pid))


def test_the_lock_dies_with_its_process(home: Settings, held: subprocess.Popen[str]) -> None:
    held.kill()
    held.wait()
    assert status(home).state is State.FRESH


def test_a_run_that_begins_while_status_looks_is_not_turned_away(home: Settings) -> None:
    store = Store(home.home)
    with store.locked():
        pass
    assert store.holder() is None
    with store.locked():
        assert store.holder() is not None


def test_a_damaged_manifest_is_a_state_and_no_traceback(home: Settings) -> None:
    next(home.home.glob("snapshots/*/manifest.json")).write_bytes(b"{")
    found = status(home)
    assert (found.state, found.exit_code, "cannot be read" in (found.problem or "")) == (State.FAILED, 1, True)


def test_the_command_gives_one_line_of_json_and_the_exit_code(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = (cli._run(["status", "--home", str(home.home), "--json"]), cli._run(["status", "--home", str(home.home)]))
    as_json, as_text = capsys.readouterr().out.split("\n", 1)
    assert (codes, json.loads(as_json)["state"]) == ((0, 0), "fresh")
    assert as_text.startswith(f"fresh: {home.home}\n  pubmed: fresh;")
