"""Releases on disk: what readers see while they are published, and which ones are kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketalit.errors import OtherVersion, SettingsError
from ketalit.release import Releases
from tests.unit.release.tiny import manifest_of, publish, workshop_of

READER = """
import sys, duckdb
from pathlib import Path
from ketalit.release import Releases
from ketalit.warehouse import read

home, stop = Path(sys.argv[1]), Path(sys.argv[2])
reads, last = 0, 0
while not stop.exists() or not reads:
    with read(home / "releases" / "current" / "evidence.duckdb") as reader:
        first = reader.rows("from first")[0]["generation"]
        second = reader.rows("from second")[0]["generation"]
    named = int(Releases(home).current().release_id, 16)
    assert first == second, f"half a run: {first} and {second}"
    assert last <= first <= named, f"went back: {last}, {first}, {named}"
    reads, last = reads + 1, first
print(reads)
"""


def test_readers_see_no_error_no_half_run_and_no_step_back_through_40_publishes(tmp_path: Path) -> None:
    releases, stop = Releases(tmp_path), tmp_path / "stop"
    publish(releases, 1, keep=3)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, tmp_path, stop], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        for generation in range(2, 42):
            publish(releases, generation, keep=3)
    finally:
        stop.touch()
    answers = [reader.communicate() for reader in readers]
    assert [(reader.returncode, error) for reader, (_, error) in zip(readers, answers, strict=True)] == [(0, "")] * 2
    assert all(int(reads) > 1 for reads, _ in answers)


def test_the_newest_releases_are_kept_and_older_ones_go(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for generation in range(1, 8):
        publish(releases, generation, keep=4)
    assert [int(release.release_id, 16) for release in releases.all()] == [4, 5, 6, 7]
    assert sorted(path.name for path in releases.folder.iterdir() if path.name.startswith(".")) == []


def test_the_current_release_and_the_one_before_it_are_never_pruned(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for generation in (1, 2, 3):
        publish(releases, generation)
    releases.switch(f"{1:016x}")  # what a build of old inputs does
    releases.prune(2)
    current, previous = releases.current(), releases.previous()
    assert (int(current.release_id, 16), previous and int(previous.release_id, 16)) == (1, 3)


def test_a_release_that_says_the_same_is_not_replaced(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    before = publish(releases, 1).database.stat().st_ino
    publish(releases, 2)
    again = publish(releases, 1)
    assert (again.database.stat().st_ino, releases.current().release_id) == (before, again.release_id)
    assert not (releases.folder / ".building").exists()


def test_inputs_that_gave_nothing_new_are_not_built_again(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release = publish(releases, 1)
    publish(releases, 1, inputs="a search that brought nothing new")
    found = releases.made_from("a search that brought nothing new")
    assert found is not None
    assert found.release_id == release.release_id


@pytest.mark.parametrize("damage", ["evidence.duckdb", "manifest.json"])
def test_a_damaged_release_is_moved_aside_and_never_current_again(tmp_path: Path, damage: str) -> None:
    releases = Releases(tmp_path)
    first = publish(releases, 1)
    publish(releases, 2)
    (first.folder / damage).write_bytes(b"torn")
    assert releases.made_from("inputs 1") is None
    assert releases.made_from("inputs 2") is not None


@pytest.mark.parametrize("damage", ["evidence.duckdb", "manifest.json"])
def test_a_damaged_release_is_replaced_when_it_is_built_again(tmp_path: Path, damage: str) -> None:
    releases = Releases(tmp_path)
    (publish(releases, 1).folder / damage).write_bytes(b"torn")
    assert publish(releases, 1).is_whole
    assert len([path for path in releases.folder.iterdir() if path.name.startswith(".damaged-")]) == 1


def test_a_release_that_a_newer_version_made_is_refused_and_not_taken_for_damaged(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    path = publish(releases, 1).folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "format": 2, "ketalit_version": "9.0"}))
    for attempt in (releases.current, releases.all, lambda: releases.made_from("inputs 1")):
        with pytest.raises(OtherVersion, match=r"newer ketalit \(9\.0\): its format is 2"):
            attempt()
    assert [found.name for found in releases.folder.iterdir() if found.name.startswith(".damaged")] == []


def test_a_file_that_is_missing_or_changed_makes_a_release_not_whole(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release = publish(releases, 1, files={"evidence.duckdb": "0" * 64})
    assert (release.is_whole, manifest_of(workshop_of(releases, 2), 2).files != {}) == (False, True)


def test_without_a_release_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no release") as told:
        Releases(tmp_path).current()
    assert "ketalit build" in told.value.hint
