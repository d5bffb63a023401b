"""Fixtures that every test may use."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from ketalit import cli, pipeline, settings
from ketalit.replay import Corpus, ReplayServer
from ketalit.settings import Settings
from tests.wrapping import as_pubmed_xml

# The machines are noisy: no test fails for taking long. In CI the same examples are tried each time.
hypothesis.settings.register_profile("ketalit", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("ketalit")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records beside the checkout; tests that need it are skipped, visibly, where it is absent."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the real records (../shared/corpus) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def pace_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests keep their pace, apart from that of the developer's own runs."""
    return tmp_path_factory.getbasetemp() / "pace"


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, pace_folder: Path) -> None:
    """A developer's own key, address or home never reach a test."""
    for name in [name for name in os.environ if name.startswith("KETALIT_") or name == "NCBI_API_KEY"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KETALIT_PACE_FOLDER", str(pace_folder))


@pytest.fixture(scope="session", autouse=True)
def this_machine_only() -> Iterator[None]:
    """No test reaches another host: no service, no DTD, no extension, no telemetry, no font (FAULTS Q12, P13)."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test wanted to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def rules_in_the_making() -> Iterator[None]:
    """Who is changing a rule sees what it does before measuring it: here the accuracy of rules stops no build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ketalit.release.inaccuracies", lambda: ())
        yield


@pytest.fixture(scope="session")
def sample() -> Corpus:
    """The bundled sample."""
    return Corpus.sample()


@pytest.fixture(scope="session")
def sample_server(sample: Corpus) -> Iterator[ReplayServer]:
    """Both services over the bundled sample."""
    with ReplayServer(sample) as server:
        yield server


@pytest.fixture(scope="session")
def unhurried(pace_folder: Path) -> Callable[..., Settings]:
    """Settings that point both clients at a replay server and never pause: tests wait for nobody."""

    def make(server: ReplayServer, **changed: object) -> Settings:
        pace = {"entrez_per_second": 1_000.0, "ctgov_per_second": 1_000.0, "retry_seconds": 0.0, "tries": 3}
        urls = {"entrez_url": server.entrez_url, "ctgov_url": server.ctgov_url, "email": "ada@example.org"}
        urls["pace_folder"] = str(pace_folder)
        return settings.read(**{**pace, **urls, **changed})

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command line as a person uses it: gives exit code, standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = cli._run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture(scope="session")
def wrapped() -> Callable[[dict[str, Any]], bytes]:
    """Makes PubMed XML of one abstract of the real corpus."""
    return as_pubmed_xml


@pytest.fixture(scope="session")
def built(
    sample_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The sample, refreshed and built once; tests that change a home work on a copy."""
    chosen = unhurried(sample_server, home=tmp_path_factory.mktemp("built"))
    pipeline.refresh(chosen)
    pipeline.build(chosen)
    return chosen
