"""The flows: the same verbs, with retries, a report, and nothing kept that could be unpickled."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import yaml

from ketalit.errors import GateClosed, SourceUnavailable
from ketalit.release import Releases
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.snapshot import Store
from ketalit.vocabulary import Source
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
    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", _keeps(tmp_path / "told"))
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
    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", _keeps(tmp_path / "told"))
    monkeypatch.setenv("KETALIT_NOTIFY_SECONDS", "120")
    with pytest.raises(SourceUnavailable):
        refresh_module.refresh(home=str(tmp_path / "home"))
    assert [run.source for run in Store(tmp_path / "home").complete_runs()] == ["ctgov"]
    told = (tmp_path / "told").read_text()
    assert (told.count("# ketalit failed"), "PubMed" in told, "The last good release stays" in told) == (1, True, True)
    assert "canary-key" not in told


@pytest.mark.usefixtures("prefect_server", "served")
def test_what_a_run_of_a_deployment_may_accept_and_ask_for_in_full_reaches_the_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import build as build_module
    from flows import refresh as refresh_module
    from flows.evidence import evidence
    from ketalit import pipeline

    monkeypatch.setattr(refresh_module.refresh_source, "retry_delay_seconds", [0, 0])
    asked: list[tuple[str, object]] = []

    def verb(name: str, gives: object) -> Callable[..., object]:
        return lambda *_, **keywords: asked.append((name, {**keywords})) or gives

    monkeypatch.setattr(pipeline, "refresh", verb("refresh", ()))
    monkeypatch.setattr(pipeline, "build", verb("build", publish(Releases(tmp_path), 1)))
    monkeypatch.setattr(pipeline, "publish", verb("publish", ()))
    monkeypatch.setattr(build_module.pipeline, "news", lambda _: ())
    evidence(home=str(tmp_path), full=True, accept=["volume", "stale"])
    accepted = ("volume", "stale")
    assert asked == [
        ("refresh", {"sources": (Source.PUBMED,), "is_full": True, "accept": accepted}),
        ("refresh", {"sources": (Source.CTGOV,), "is_full": True, "accept": accepted}),
        ("build", {"accept": accepted}),
        ("publish", {}),
    ]


def test_a_deployment_cannot_be_asked_to_accept_what_nobody_can() -> None:
    from prefect.exceptions import ParameterTypeError

    from flows.evidence import evidence

    assert evidence.validate_parameters({"accept": ["volume"]})["accept"] == ("volume",)
    with pytest.raises(ParameterTypeError):
        evidence.validate_parameters({"accept": ["audits"]})


def test_what_fails_is_told_with_what_to_do_and_fails_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.report import failures_told

    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", _keeps(tmp_path / "told"))
    with pytest.raises(GateClosed, match="rows went missing"), failures_told(str(tmp_path)):
        raise GateClosed("rows went missing", hint="Look at the sources.")
    told = (tmp_path / "told").read_text()
    assert told.startswith("# ketalit failed\n\nrows went missing Look at the sources.\n")


def test_an_error_that_is_not_ours_is_told_by_its_kind_only_and_a_deaf_receiver_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.report import failures_told

    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", _keeps(tmp_path / "told"))
    with pytest.raises(ValueError, match="canary-key"), failures_told(str(tmp_path)):
        raise ValueError("canary-key")
    assert "ValueError: see the log" in (tmp_path / "told").read_text()
    assert "canary-key" not in (tmp_path / "told").read_text()
    monkeypatch.setenv("KETALIT_NOTIFY_COMMAND", "false")
    with pytest.raises(ValueError, match="canary-key") as raised, failures_told(str(tmp_path)):
        raise ValueError("canary-key")
    assert raised.value.__notes__ == ["Not everybody was told of the failure: command: exit code 1."]


def _keeps(path: Path) -> str:
    """A command that adds what it is told to a file."""
    script = f"import sys; open({str(path)!r}, 'a').write(sys.stdin.read())"
    return f'{sys.executable} -c "{script}"'


def _artifact(key: str) -> str:
    from prefect.artifacts import Artifact

    found = Artifact.get(key)
    return str(found.data) if found else ""


def test_no_flow_or_task_decides_anything_on_data() -> None:
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in (ROOT / "flows").glob("*.py")}
    bodies = [
        (name, node)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).startswith(("flow", "task")) for mark in node.decorator_list)
    ]
    branches = [
        (name, node.lineno)
        for name, body in bodies
        for node in ast.walk(body)
        if isinstance(node, ast.If | ast.IfExp | ast.Match)
    ]
    assert (branches, len(bodies) > 5) == ([], True)


def test_p08_p09_no_task_or_flow_keeps_or_reuses_a_result_of_prefects() -> None:
    wrong = []
    for path in (ROOT / "flows").glob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            given = {word.arg: ast.unparse(word.value) for word in call.keywords}
            kind = ast.unparse(call.func)
            due = {"task": {"cache_policy": "NO_CACHE", "persist_result": "False"}, "flow": {"persist_result": "False"}}
            wrong += [(path.name, call.lineno) for name, value in due.get(kind, {}).items() if given.get(name) != value]
    assert wrong == []


def test_p15_no_secret_is_a_parameter_that_prefect_would_store() -> None:
    from flows import build, evidence, refresh

    flows = (build.build, refresh.refresh, evidence.evidence, evidence.reverification)
    names = {name for flow in flows for name in flow.parameters.properties}
    assert names == {"home", "strategy", "full", "accept"}


def test_p06_no_slot_of_prefects_stands_between_two_runs() -> None:
    assert "concurrency_limit" not in (ROOT / "prefect.yaml").read_text("utf-8")


def test_each_deployment_names_a_flow_that_exists_and_a_schedule() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    for deployment in deployments:
        file, _, name = deployment["entrypoint"].partition(":")
        functions = [n.name for n in ast.parse((ROOT / file).read_text("utf-8")).body if isinstance(n, ast.FunctionDef)]
        assert (name in functions, len(deployment["schedules"])) == (True, 1)
    assert [deployment["name"] for deployment in deployments] == ["weekly", "monthly"]
    assert [deployment["parameters"]["full"] for deployment in deployments] == [False, True]


def test_a_run_gives_signs_of_life_far_more_often_than_the_automation_that_marks_dead_ones_waits() -> None:
    (automation,) = yaml.safe_load((ROOT / "flows" / "automations.yaml").read_text("utf-8"))["automations"]
    for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]:
        frequency = int(deployment["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"])
        assert (frequency >= 30, automation["trigger"]["within"] >= 5 * frequency) == (True, True)


def test_the_parameters_of_each_deployment_are_those_of_its_flow() -> None:
    from flows import evidence

    for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]:
        flow = getattr(evidence, deployment["entrypoint"].partition(":")[2])
        assert flow.validate_parameters(deployment["parameters"])["accept"] == ()


def test_telemetry_is_off_and_nothing_is_pickled() -> None:
    import os

    import flows  # noqa: F401 - the import is what is tested

    off = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }
    assert {name: os.environ[name] for name in off} == off


@pytest.mark.usefixtures("prefect_server")
def test_a_deployment_with_a_schedule_gets_its_next_runs() -> None:
    """Prefect's server makes them by an insert that some versions of SQLAlchemy refuse; nothing else would tell."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.schedules import CronSchedule

    with get_client(sync_client=True) as client:
        flow = client.create_flow_from_name("on a schedule")
        schedule = CronSchedule(cron="0 2 * * 0", timezone="America/New_York")
        made = client.create_deployment(flow, "weekly", schedules=[{"schedule": schedule}])
        # not with the client, which would ask a server that fails again and again
        assert requests.post(f"{client.api_url}deployments/{made}/schedule", timeout=60).ok
        assert len(client.read_flow_runs()) >= 3
