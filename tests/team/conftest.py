"""What a team runs beside each other: PostgreSQL, Prefect's server on it, and workers; both services on loopback.

Every process is started here, listens on 127.0.0.1 alone and is ended here by its own number.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from ketalit.replay import Corpus, ReplayServer
from tests.team.gate import Gate
from tests.team.prefect_api import Api, wait_for

PREFECT: Final = (sys.executable, "-m", "prefect")
ROOT: Final = Path(__file__).resolve().parents[2]
UNPRIVILEGED: Final = "nobody" if os.geteuid() == 0 else None
"""PostgreSQL refuses to run as root; who is not root runs it as who they are."""


def pytest_configure(config: pytest.Config) -> None:
    """Asked for by name, these tests never pass by being left out."""
    if config.option.markexpr == "team" and not _postgres_programs():
        pytest.exit("make test-team needs PostgreSQL: apt-get install postgresql", returncode=1)


def _postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs: Debian keeps them off the PATH, one folder a version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], log: Path, **how: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a group of its own, ended with its children."""
    with log.open("ab") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True, **how)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="session")
def logs() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ketalit-team-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_url(logs: Path) -> Iterator[str]:
    """A cluster of PostgreSQL for this session, with a password, as an unprivileged user."""
    programs = _postgres_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="ketalit-postgres-", ignore_cleanup_errors=True) as folder:
        password, port = secrets.token_hex(16), free_port()
        (Path(folder) / "password").write_text(password)
        if UNPRIVILEGED:
            shutil.chown(folder, UNPRIVILEGED)
            shutil.chown(Path(folder) / "password", UNPRIVILEGED)
        data = f"{folder}/data"
        made = [str(programs / "initdb"), "-D", data, "-U", "prefect", "-A", "scram-sha-256", "--no-sync"]
        made += ["--pwfile", f"{folder}/password"]
        subprocess.run(made, check=True, cwd=folder, user=UNPRIVILEGED, stdout=subprocess.DEVNULL)
        serve = [str(programs / "postgres"), "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", "-F"]
        with running(serve, logs / "postgres.log", cwd=folder, user=UNPRIVILEGED):
            ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
            wait_for("PostgreSQL", lambda: subprocess.run(ready, capture_output=True).returncode == 0)
            yield f"postgresql+asyncpg://prefect:{password}@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="session")
def environment(logs: Path) -> dict[str, str]:
    """Of every process of Prefect: a home of its own, so that no profile or key of the user is touched."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KETALIT_", "NCBI_"))}
    (logs / "prefect").mkdir()
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PREFECT_HOME": str(logs / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
    }


@pytest.fixture(scope="session")
def api(database_url: str, environment: dict[str, str], logs: Path) -> Iterator[Api]:
    """Prefect's server on PostgreSQL, with the work pool, the deployments and the automation that README names."""
    port = free_port()
    asked = Api(f"http://127.0.0.1:{port}/api")
    on_database = {**environment, "PREFECT_API_DATABASE_CONNECTION_URL": database_url}
    with running(
        [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        logs / "server.log",
        env=on_database,
        cwd=ROOT,
    ):
        wait_for("Prefect's server", asked.is_healthy)
        environment["PREFECT_API_URL"] = asked.url
        for command in (
            [*PREFECT, "work-pool", "create", "ketalit", "--type", "process"],
            [*PREFECT, "--no-prompt", "deploy", "--all"],
            [*PREFECT, "automation", "create", "--from-file", "flows/automations.yaml"],
        ):
            done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        yield asked


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def served(gate: Gate) -> Iterator[ReplayServer]:
    """Both services over the sample; what a paper's page holds is given when the gate lets it."""
    with ReplayServer(Corpus.sample(), script=gate) as server:
        yield server
        gate.open()


Worker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def flow_environment(environment: dict[str, str], served: ReplayServer, tmp_path: Path) -> dict[str, str]:
    """Of a worker, and so of its flows: the settings of one team's home."""
    settings = {
        "HOME": tmp_path / "home",
        "ENTREZ_URL": served.entrez_url,
        "CTGOV_URL": served.ctgov_url,
        "EMAIL": "ada@example.org",
        "ENTREZ_PER_SECOND": 1000,
        "CTGOV_PER_SECOND": 1000,
        "EFETCH_SIZE": Gate.PAGE,
        "PACE_FOLDER": tmp_path / "pace",
        "TASK_RETRY_SECONDS": 1,
    }
    given = {f"KETALIT_{name}": str(value) for name, value in settings.items()}
    return {**environment, **given}


@pytest.fixture
def start_worker(api: Api, flow_environment: dict[str, str], logs: Path) -> Iterator[Worker]:
    """Starts a process worker that takes what is due, as README says."""
    started: list[subprocess.Popen[bytes]] = []
    command = [*PREFECT, "worker", "start", "--pool", "ketalit"]

    def start() -> subprocess.Popen[bytes]:
        with (logs / "worker.log").open("ab") as file:
            started.append(
                subprocess.Popen(
                    command, stdout=file, stderr=file, env=flow_environment, cwd=ROOT, start_new_session=True
                )
            )
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
