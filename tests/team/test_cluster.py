"""Bulk files on a Dask cluster, one of whose workers is killed while it reads."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from ketalit.snapshot import Store
from tests.team.conftest import ROOT, free_port, running
from tests.team.prefect_api import Api, wait_for
from tests.unit.test_backfill import FILES, baseline
from tests.unit.test_backfill import run as without_a_cluster

__all__ = ["baseline"]
pytestmark = pytest.mark.team


class Site(ThreadingHTTPServer):
    """Files behind an index page, as NLM offers them; the second one is given when the site is opened."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Shown, directory=str(folder)))
        self.is_reached, self.is_open = threading.Event(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/"


class Shown(SimpleHTTPRequestHandler):
    """A request to the site."""

    server: Site

    def do_GET(self) -> None:
        if self.path.endswith(FILES[1]):
            self.server.is_reached.set()
            self.server.is_open.wait(120)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(baseline: Path) -> Iterator[Site]:
    with Site(baseline) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.is_open.set()
        server.shutdown()


@pytest.fixture
def cluster(environment: dict[str, str], logs: Path, tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers that know nothing of the flow; gives the scheduler's address."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = [sys.executable, "-m", "dask", "scheduler", "--host", address, "--no-dashboard"]
    worker = [sys.executable, "-m", "dask", "worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard"]
    worker += ["--local-directory", str(tmp_path / "dask")]
    with ExitStack() as stack:
        for command in (scheduler, worker):
            stack.enter_context(running(command, logs / "dask.log", env=environment, cwd=ROOT))
        yield address


Backfill = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start_backfill(api: Api, environment: dict[str, str], site: Site, tmp_path: Path, logs: Path) -> Iterator[Backfill]:
    with ExitStack() as stack:

        def start(*options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "flows.backfill", site.url, "--home", str(tmp_path / "home"), *options]
            return stack.enter_context(running(command, logs / "backfill.log", env=environment, cwd=ROOT))

        yield start


@pytest.mark.parametrize("kind", ["of its own", "that is there"])
def test_a_worker_that_is_killed_while_it_reads_costs_nothing(
    kind: str, request: pytest.FixtureRequest, start_backfill: Backfill, site: Site, baseline: Path, tmp_path: Path
) -> None:
    options = ["--workers", "2"] if kind == "of its own" else ["--dask-address", request.getfixturevalue("cluster")]
    process = start_backfill(*options)
    wait_for("a worker at the second file", site.is_reached.is_set)
    victims = readers_of(site)
    for victim in victims:
        victim.kill()
    site.is_open.set()
    assert (len(victims), process.wait(300)) == (1, 0)
    stored = {held.source_id: held.body for _, held in Store(tmp_path / "home").documents()}
    assert stored == without_a_cluster(baseline, tmp_path / "other")


def readers_of(site: Site) -> list[psutil.Process]:
    """The processes started here that are connected to the site."""
    started = psutil.Process().children(recursive=True)
    ports = {process: {peer.raddr.port for peer in process.net_connections() if peer.raddr} for process in started}
    return [process for process, its in ports.items() if site.server_port in its]
