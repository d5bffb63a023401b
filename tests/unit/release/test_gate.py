"""The gate: what a build is refused for, and what an acceptance leaves behind."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import pipeline
from ketalit.errors import INCOMPLETE, STALE, GateClosed, SettingsError, Stale
from ketalit.release import Finding, Releases, check, compare, stale_sources
from ketalit.release.accuracy import Accuracy, as_json, floor, measured, rules_digest
from ketalit.release.gate import FEWEST_LOST, LARGEST_FALL, _is_too_much, inaccuracies
from ketalit.settings import Settings
from ketalit.snapshot import Manifest
from ketalit.vocabulary import Source
from ketalit.warehouse import read
from tests.unit.release.tiny import publish, workshop_of

ON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def run_of(source: Source, started_at: str, kind: str = "refresh") -> Manifest:
    return Manifest(
        run_id=f"{started_at}-{source}",
        source=source,
        kind=kind,
        status="complete",
        ketalit_version="0",
        started_at=started_at,
    )


def found(home: Path, before: dict[str, int], after: dict[str, int], links: tuple[int, int] = (0, 0)) -> list[Finding]:
    """What the gate finds when a build with the counts and links `after` follows a release with those `before`."""
    releases = Releases(home)
    last = publish(releases, 1, links=links[0], counts=before)
    with read(workshop_of(releases, 2, links[1]) / "evidence.duckdb") as reader:
        return list(compare(last, reader, after))


@given(before=st.integers(0, 10_000), after=st.integers(0, 10_000))
def test_a_fall_beyond_the_documented_share_is_found_and_no_other(before: int, after: int) -> None:
    lost = before - after
    assert _is_too_much(lost, before) == (lost >= FEWEST_LOST and lost / max(before, 1) > LARGEST_FALL)


def test_a_view_that_falls_is_named_with_both_counts(tmp_path: Path) -> None:
    (finding,) = found(
        tmp_path, {"evidence.safety": 100, "evidence.screening": 100}, {"evidence.safety": 90, "evidence.screening": 96}
    )
    assert finding == Finding("volume", "evidence.safety falls from 100 to 90 rows")


def test_a_view_that_is_gone_falls_to_nothing(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, {"evidence.safety": 100}, {})
    assert "from 100 to 0 rows" in finding.text


def test_core_tables_that_are_steps_of_the_work_are_not_watched(tmp_path: Path) -> None:
    assert found(tmp_path, {"core.reading": 100}, {"core.reading": 1}) == []


def test_lost_links_are_found_even_where_as_many_new_ones_came(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, {}, {}, links=(40, 30))
    assert finding.name == "links"
    assert finding.text.startswith("10 of 40 links between papers and trials are gone (first: PMID pmid30 – NCT30")


def test_a_last_release_that_cannot_be_read_is_a_finding_and_no_pass(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    last = publish(releases, 1, links=5)
    last.database.write_bytes(b"torn")
    with read(workshop_of(releases, 2, 5) / "evidence.duckdb") as reader:
        (finding,) = compare(last, reader, {})
    assert (finding.name, "cannot be compared" in finding.text) == ("links", True)


def test_the_first_release_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    with read(workshop_of(Releases(tmp_path), 1) / "evidence.duckdb") as reader:
        assert compare(None, reader, {}) == ()


def test_a_source_is_as_old_as_its_last_complete_run() -> None:
    runs = [
        run_of(Source.PUBMED, "2026-01-01T00:00:00Z"),
        run_of(Source.PUBMED, "2026-03-09T00:00:00Z"),
        run_of(Source.CTGOV, "2026-03-01T00:00:00Z"),
    ]
    (finding,) = stale_sources(runs, days=8, today=ON)
    text = "ctgov was last searched completely on 2026-03-01, more than 8 days ago"
    assert finding == Finding("stale", text)


def test_files_that_are_imported_late_do_not_make_a_searched_source_fresh() -> None:
    searched, imported = (
        run_of(Source.PUBMED, "2026-01-01T00:00:00Z"),
        run_of(Source.PUBMED, "2026-03-09T00:00:00Z", "import"),
    )
    assert len(stale_sources([searched, imported], days=8, today=ON)) == 1
    assert stale_sources([imported], days=8, today=ON) == ()


# ---- accuracy


def measurement(rules: str | None = None, **changed: float) -> Accuracy:
    """One of these rules that reached every floor, but for what `changed` says."""
    return Accuracy(
        rules=rules or rules_digest(), measured_on="2026-03-01", development={**floor(), **changed}, unseen={}
    )


def test_rules_that_reach_every_floor_pass_and_a_record_read_differently_is_no_fall() -> None:
    assert inaccuracies(measurement()) == inaccuracies(measurement(dose=floor()["dose"] - 0.009)) == ()


def test_a_field_below_its_floor_is_named_with_both_figures() -> None:
    (finding,) = inaccuracies(measurement(dose=0.9))
    assert finding == Finding("accuracy", f"dose was measured at 0.900, its floor is {floor()['dose']:.3f}")


def test_a_field_that_was_not_measured_counts_as_nothing() -> None:
    partly = Accuracy(rules=rules_digest(), measured_on="2026-03-01", development={}, unseen={})
    assert {finding.name for finding in inaccuracies(partly)} == {"accuracy"}
    assert len(inaccuracies(partly)) == len(floor())


def test_the_figures_of_other_rules_say_nothing_about_these() -> None:
    (finding,) = inaccuracies(measurement(rules="0" * 64))
    assert finding.text == "the rules are not those whose accuracy was measured on 2026-03-01"


@pytest.mark.parametrize("text", [None, b"", b"[]", b'{"rules": 1}'])
def test_a_measurement_that_is_not_there_or_cannot_be_read_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes | None
) -> None:
    if text is not None:
        (tmp_path / "accuracy.json").write_bytes(text)
    monkeypatch.setattr("ketalit.release.gate.measured", lambda: measured(tmp_path / "accuracy.json"))
    (finding,) = inaccuracies()
    assert finding.text == "the accuracy of the rules was never measured"


def test_a_package_without_its_floor_is_damaged_and_no_pass(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"floor\.json cannot be read"):
        floor(tmp_path / "floor.json")


@pytest.mark.parametrize("file", ["rules/dosing.toml", "scan.py", "deeper/new.py"])
def test_a_changed_rule_or_line_of_the_code_that_reads_makes_other_rules(tmp_path: Path, file: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "deeper").mkdir()
    (tmp_path / "rules" / "dosing.toml").write_text("[[rule]]")
    (tmp_path / "scan.py").write_text("def scan(): ...")
    before = rules_digest(tmp_path)
    (tmp_path / "accuracy.json").write_bytes(as_json(measurement()))
    assert rules_digest(tmp_path) == before
    (tmp_path / file).write_text("changed")
    assert rules_digest(tmp_path) != before


def test_a_build_with_rules_that_were_not_measured_is_refused_until_that_is_accepted(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(built.home / "snapshots", tmp_path / "snapshots")
    here = built.model_copy(update={"home": tmp_path})
    monkeypatch.setattr("ketalit.release.inaccuracies", lambda: inaccuracies(measurement(rules="0" * 64)))
    with pytest.raises(GateClosed, match="not those whose accuracy was measured") as told:
        pipeline.build(here)
    assert ("make accuracy" in told.value.hint, "--accept accuracy" in told.value.hint) == (True, True)
    assert not (tmp_path / "releases" / "current").exists()
    accepted = pipeline.build(here, accept=("accuracy",)).manifest.accepted
    assert accepted == ("accuracy: the rules are not those whose accuracy was measured on 2026-03-01",)


def test_the_manifest_states_the_accuracy_of_its_rules_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from ketalit.release import describe

    monkeypatch.setattr(describe, "measured", measurement)
    assert describe._accuracy() == measurement()
    monkeypatch.setattr(describe, "measured", lambda: measurement(rules="0" * 64))
    assert describe._accuracy() is None


# ---- what becomes of a finding


def test_a_refusal_says_what_and_how_to_accept_it() -> None:
    findings = [Finding("volume", "evidence.safety falls from 100 to 90 rows"), Finding("links", "10 of 40 are gone")]
    with pytest.raises(GateClosed, match=r"release stays: evidence\.safety falls .* rows; 10 of 40") as told:
        check(findings, accept=())
    assert told.value.exit_code == INCOMPLETE
    assert "ketalit build --accept volume --accept links" in told.value.hint


def test_age_alone_is_stale() -> None:
    with pytest.raises(Stale) as told:
        check([Finding("stale", "pubmed was last searched long ago")], accept=("volume",))
    assert (told.value.exit_code, "--accept stale" in told.value.hint) == (STALE, True)


def test_only_what_is_not_accepted_is_refused() -> None:
    findings = [Finding("volume", "a view falls"), Finding("links", "links are gone")]
    with pytest.raises(GateClosed) as told:
        check(findings, accept=("volume",))
    assert ("a view falls" in str(told.value), "--accept volume" in told.value.hint) == (False, False)


def test_what_was_accepted_is_what_the_manifest_gets() -> None:
    assert check([Finding("volume", "a view falls")], accept=("volume", "links")) == ("volume: a view falls",)
