"""The flows: the same verbs, with retries, a report, and nothing kept that could be unpickled."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ketalit.errors import SourceUnavailable
from ketalit.release import Releases
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.snapshot import Store
from tests.unit.release.tiny import publish

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.flows


class FailsOnce:
    """The first search of PubMed fails for good; later ones go through."""

    def __init__(self) -> None:
        self.failures = 1

    def respond(self, request: Request) -> Reply | None:
        if "esearch" in request.path and self.failures:
            self.failures -= 1
            return Reply(b"Bad gateway", "text/plain", 502)
        return None


@pytest.fixture
def served(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReplayServer]:
    with ReplayServer(sample, script=FailsOnce()) as server:
        environment = {
            "ENTREZ_URL": server.entrez_url,
            "CTGOV_URL": server.ctgov_url,
            "EMAIL": "ada@example.org",
            "CTGOV_PER_SECOND": "1000",
            "TRIES": "1",
        }
        for name, value in environment.items():
            monkeypatch.setenv(f"KETALIT_{name}", value)
        monkeypatch.setenv("NCBI_API_KEY", "canary-key")
        yield server


@pytest.mark.usefixtures("prefect_server", "served")
def test_the_evidence_flow_retries_a_source_reports_and_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import refresh as refresh_module
    from flows.evidence import evidence

    monkeypatch.setattr(refresh_module.refresh_source, "retry_delay_seconds", [0, 0])
    evidence(home=str(tmp_path / "home"))
    assert [run.status for run in Store(tmp_path / "home").runs()] == ["complete", "complete"]
    assert Releases(tmp_path / "home").current().counts["evidence.dosing_protocols"] > 20
    assert (tmp_path / "home" / "publish" / "report.html").is_file()
    reports = {key: _artifact(key) for key in ("refresh", "release")}
    promised = f"{len(Corpus.sample().articles)} promised"
    assert (promised in reports["refresh"], "evidence.study_overview" in reports["release"]) == (True, True)
    assert "canary-key" not in "".join(reports.values())


@pytest.mark.usefixtures("prefect_server")
def test_what_changed_is_shown_beside_the_run_and_sent_on_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.build import announce_changes

    for generation in (1, 2):
        publish(Releases(tmp_path), generation)
    script = f"import sys; open({str(tmp_path / 'told')!r}, 'a').write(sys.stdin.read())"
    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", f'{sys.executable} -c "{script}"')
    monkeypatch.setenv("KETALIT_NOTIFY_SECONDS", "120")
    announce_changes(str(tmp_path))
    announce_changes(str(tmp_path))
    told = (tmp_path / "told").read_text()
    assert (told.count("# What changed"), _artifact("changes")) == (1, told)


@pytest.mark.usefixtures("prefect_server", "served")
def test_a_source_that_stays_down_fails_the_flow_after_the_other_was_refreshed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import refresh as refresh_module

    monkeypatch.setenv("KETALIT_ENTREZ_URL", "http://127.0.0.1:9/")
    monkeypatch.setattr(refresh_module.refresh_source, "retry_delay_seconds", [0, 0])
    with pytest.raises(SourceUnavailable):
        refresh_module.refresh(home=str(tmp_path / "home"))
    assert [run.source for run in Store(tmp_path / "home").complete_runs()] == ["ctgov"]


def _artifact(key: str) -> str:
    from prefect.artifacts import Artifact

    found = Artifact.get(key)
    return str(found.data) if found else ""


def test_no_flow_decides_anything_on_data() -> None:
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in (ROOT / "flows").glob("*.py")}
    branches = [
        (name, node.lineno)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.If | ast.IfExp | ast.Match) and "__name__" not in ast.unparse(node)
    ]
    assert branches == []


def test_each_deployment_names_a_flow_that_exists_and_a_schedule() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    for deployment in deployments:
        file, _, name = deployment["entrypoint"].partition(":")
        functions = [n.name for n in ast.parse((ROOT / file).read_text("utf-8")).body if isinstance(n, ast.FunctionDef)]
        assert (name in functions, len(deployment["schedules"])) == (True, 1)
    assert [deployment["name"] for deployment in deployments] == ["weekly", "monthly"]


def test_telemetry_is_off_and_nothing_is_pickled() -> None:
    import os

    import flows  # noqa: F401 - the import is what is tested

    off = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }
    assert {name: os.environ[name] for name in off} == off
