"""A team's set-up for real: PostgreSQL, Prefect's server on it and a process worker, as README sets them up."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from ketalit.parts import ids_of
from ketalit.release import Releases
from ketalit.replay import Corpus
from ketalit.snapshot import Store
from tests.team.gate import Gate
from tests.team.prefect_api import Api, wait_for

pytestmark = pytest.mark.team
Worker = Callable[[], subprocess.Popen[bytes]]
EVERYTHING = set(Corpus.sample().articles) | set(Corpus.sample().studies)


def nothing_is_lost(home: Path) -> bool:
    """Every record of the sample is stored and each part is what was written."""
    store = Store(home)
    store.verify()
    return {held.source_id for _, held in store.documents()} == EVERYTHING


def process_of_flow(home: Path) -> int:
    return int(Store(home).holder() or 0)


def test_the_server_keeps_its_books_in_postgresql_and_has_made_the_next_runs_of_each_schedule(
    api: Api, database_url: str
) -> None:
    assert asyncio.run(rows("deployment", database_url)) == 2
    for deployment in ("evidence/weekly", "re-verification/monthly"):
        wait_for(f"the next runs of {deployment}", lambda name=deployment: api.scheduled(name))


async def rows(table: str, database_url: str) -> int:
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    try:
        return int(await connection.fetchval(f"select count(*) from {table}"))  # noqa: S608 - a name of ours
    finally:
        await connection.close()


def test_of_two_runs_at_once_one_holds_the_store_and_the_other_says_so(
    api: Api, start_worker: Worker, gate: Gate, flow_environment: dict[str, str], tmp_path: Path
) -> None:
    start_worker()
    runs = [api.start("evidence/weekly", accept=["accuracy"]) for _ in range(2)]
    wait_for("the first run at the gate", gate.is_reached.is_set)
    (locked_out,) = wait_for("the end of one run", lambda: [run for run in runs if api.has_ended(run)])
    state, message = api.state(locked_out)
    assert (state, "holds" in message, str(tmp_path / "home") in message) == ("FAILED", True, True)
    # whoever tries it by hand is told the same, and a script by the exit code
    by_hand = subprocess.run(
        [sys.executable, "-m", "ketalit", "refresh"], env=flow_environment, capture_output=True, text=True
    )
    assert (by_hand.returncode, "Another run" in by_hand.stderr) == (5, True)
    gate.open()
    (other,) = [run for run in runs if run != locked_out]
    assert api.end_of(other)[0] == "COMPLETED"
    assert nothing_is_lost(tmp_path / "home")
    assert Releases(tmp_path / "home").current().counts["evidence.dosing_protocols"] > 20


def test_a_run_whose_process_dies_is_marked_by_its_worker_and_the_next_one_goes_on(
    api: Api, start_worker: Worker, gate: Gate, tmp_path: Path
) -> None:
    start_worker()
    run = api.start("evidence/weekly", accept=["accuracy"])
    wait_for("the run at the gate", gate.is_reached.is_set)
    os.kill(process_of_flow(tmp_path / "home"), signal.SIGKILL)
    assert api.end_of(run)[0] == "CRASHED"
    resumes(api, gate, tmp_path / "home")


def test_a_run_that_dies_with_its_worker_is_marked_for_want_of_heartbeats_and_the_next_one_goes_on(
    api: Api, start_worker: Worker, gate: Gate, tmp_path: Path
) -> None:
    worker = start_worker()
    run = api.start("evidence/weekly", accept=["accuracy"])
    wait_for("the run at the gate", gate.is_reached.is_set)
    os.kill(worker.pid, signal.SIGKILL)
    os.kill(process_of_flow(tmp_path / "home"), signal.SIGKILL)
    worker.wait()
    assert api.state(run)[0] == "RUNNING"
    state, message = api.end_of(run)
    assert (state, "No sign of life" in message) == ("CRASHED", True)
    start_worker()
    resumes(api, gate, tmp_path / "home")


def test_a_run_whose_worker_is_killed_alone_ends_at_its_next_message_and_the_next_one_goes_on(
    api: Api, start_worker: Worker, gate: Gate, tmp_path: Path
) -> None:
    worker = start_worker()
    run = api.start("evidence/weekly", accept=["accuracy"])
    wait_for("the run at the gate", gate.is_reached.is_set)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    gate.open()
    assert api.end_of(run)[0] == "CRASHED"  # nobody reads what it says any more: it says so itself and goes
    start_worker()
    resumes(api, gate, tmp_path / "home")


def resumes(api: Api, gate: Gate, home: Path) -> None:
    """A new run ends well, and asks for no page again that the dead one stored."""
    stored = set(ids_of(Store(home).folder.glob("*/part-*.parquet")))
    given_before = len(gate.given)
    gate.open()
    assert api.end_of(api.start("evidence/weekly", accept=["accuracy"]))[0] == "COMPLETED"
    asked_again = {pmid for page in gate.given[given_before:] for pmid in page}
    assert (len(stored) >= Gate.PAGE, asked_again & stored) == (True, set())
    assert nothing_is_lost(home)
