"""`ketalit doctor`: what it finds on a sound machine, and on each that is not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from ketalit import doctor, settings
from ketalit.doctor import Diagnosis, Finding, Verdict, diagnose
from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from ketalit.snapshot import Store

Run = Callable[..., tuple[int, str, str]]
CLOSED_PORT = "http://127.0.0.1:9/"


def of(diagnosis: Diagnosis, what: str) -> Finding:
    return next(finding for finding in diagnosis.findings if finding.what == what)


def test_a_sound_home_with_both_services_in_reach_ends_with_0(built: Settings) -> None:
    found = diagnose(built)
    failures = [finding for finding in found.findings if finding.verdict is Verdict.FAILED]
    assert (found.exit_code, failures) == (0, [])
    assert "answers; it finds" in of(found, "PubMed").found
    assert "answers; it finds" in of(found, "ClinicalTrials.gov").found
    assert {of(found, what).verdict for what in ("rights", "disk", "lock", "store", "release")} == {Verdict.GOOD}


def test_a_closed_port_is_a_failure_of_each_service_and_exit_code_1(tmp_path: Path) -> None:
    found = diagnose(
        settings.read(home=tmp_path, email="ada@example.org", entrez_url=CLOSED_PORT, ctgov_url=CLOSED_PORT)
    )
    assert found.exit_code == 1
    for service in ("PubMed", "ClinicalTrials.gov"):
        finding = of(found, service)
        assert (finding.verdict, "no answer from http://127.0.0.1:9/" in finding.found) == (Verdict.FAILED, True)
        assert "KETALIT_PROXY" in finding.advice


def test_each_service_is_asked_once_however_patient_the_settings_are(
    sample_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    before = len(sample_server.requests)
    diagnose(unhurried(sample_server, home=tmp_path, tries=50))
    paths = [request.path.rsplit("/", 1)[-1] for request in sample_server.requests[before:]]
    assert paths == ["esearch.fcgi", "version", "studies"]


def test_offline_no_service_is_asked(built: Settings, sample_server: ReplayServer) -> None:
    before = len(sample_server.requests)
    found = diagnose(built, is_offline=True)
    assert len(sample_server.requests) == before
    assert "PubMed" not in {finding.what for finding in found.findings}


def test_no_address_is_told_before_a_refresh_fails_of_it(tmp_path: Path) -> None:
    found = diagnose(settings.read(home=tmp_path, ctgov_url=CLOSED_PORT))
    assert "e-mail address" in of(found, "PubMed").found


def test_a_home_that_is_not_there_yet_is_a_warning_and_is_not_made(tmp_path: Path) -> None:
    found = diagnose(settings.read(home=tmp_path / "a" / "b"), is_offline=True)
    assert (found.exit_code, of(found, "home").verdict) == (0, Verdict.WARNING)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_behind(built: Settings) -> None:
    before = sorted(path.name for path in built.home.iterdir())
    diagnose(built, is_offline=True)
    assert sorted(path.name for path in built.home.iterdir()) == before


def test_a_home_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = diagnose(settings.read(home=tmp_path / "file" / "home"), is_offline=True)
    assert (found.exit_code, of(found, "rights").verdict) == (1, Verdict.FAILED)
    assert "--home" in of(found, "rights").advice


def test_a_lock_names_the_process_that_holds_it(tmp_path: Path) -> None:
    with Store(tmp_path).locked():
        finding = of(diagnose(settings.read(home=tmp_path), is_offline=True), "lock")
    assert (finding.verdict, finding.found) == (Verdict.WARNING, f"process {os.getpid()} holds the store")


def test_a_damaged_manifest_and_a_damaged_release_are_failures_with_what_to_do(built: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(built.home, home, symlinks=True)
    next(home.glob("snapshots/*/manifest.json")).write_text("{")
    next(home.glob("releases/current/parquet/*.parquet")).write_bytes(b"")
    found = diagnose(settings.read(home=home), is_offline=True)
    assert found.exit_code == 1
    assert [of(found, what).verdict for what in ("store", "release")] == [Verdict.FAILED, Verdict.FAILED]
    assert "ketalit build" in of(found, "release").advice


@pytest.mark.parametrize(("free", "verdict"), [(0, Verdict.FAILED), (2**30, Verdict.WARNING), (2**40, Verdict.GOOD)])
def test_room_on_the_disk_is_judged_by_what_a_build_needs(free: int, verdict: Verdict) -> None:
    assert doctor._space(free).verdict is verdict


@pytest.mark.parametrize(
    ("number", "verdict"),
    [("expat_2.5.0", Verdict.WARNING), ("expat_2.6.0", Verdict.GOOD), ("expat_2.10.1", Verdict.GOOD)],
)
def test_an_old_expat_is_a_warning(number: str, verdict: Verdict) -> None:
    assert doctor._expat(number).verdict is verdict


def test_a_missing_library_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", missing)
    assert doctor._library("duckdb").verdict is Verdict.FAILED


def test_the_command_gives_lines_for_a_person_and_json_for_a_monitor(run: Run, built: Settings) -> None:
    code, out, _ = run("doctor", "--home", built.home, "--offline")
    told = json.loads(run("doctor", "--home", built.home, "--offline", "--json")[1])
    assert (code, told["exit_code"]) == (0, 0)
    assert [line.split(":")[0].split(maxsplit=1)[1] for line in out.splitlines() if line[0] != " "] == [
        finding["what"] for finding in told["findings"]
    ]
    assert "\x1b" not in out
