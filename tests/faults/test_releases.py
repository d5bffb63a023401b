"""Releases while they are read, and releases made twice: no reader meets an error, and no byte differs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ketalit
from ketalit.release import Releases
from ketalit.settings import Settings
from tests.faults.figures import Figures
from tests.unit.release.test_identity import CHILD, written
from tests.unit.release.test_store import READER
from tests.unit.release.tiny import publish

READERS = 6
ENVIRONMENTS = [
    {"threads": threads, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
    for threads, zone, locale, seed in (
        ("1", "UTC", "C", "0"),
        ("2", "Pacific/Auckland", "tr_TR.UTF-8", "1"),
        ("8", "America/St_Johns", "de_DE.UTF-8", "random"),
        ("3", "Asia/Kolkata", "C.UTF-8", "4242"),
    )
]


@pytest.mark.thorough
def test_readers_meet_no_error_through_200_publishes(tmp_path: Path, figures: Figures) -> None:
    releases, stop = Releases(tmp_path), tmp_path / "stop"
    publish(releases, 1, keep=3)
    command = [sys.executable, "-c", READER, str(tmp_path), str(stop)]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(READERS)
    ]
    try:
        for generation in range(2, 202):
            publish(releases, generation, keep=3)
    finally:
        stop.touch()
    answers = [reader.communicate() for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, [error for _, error in answers]
    figures.add("releases published under readers", 200)
    figures.add(f"reads of {READERS} processes meanwhile, each of one whole release", sum(int(n) for n, _ in answers))
    figures.add("errors of these readers", 0)


@pytest.mark.thorough
def test_releases_of_the_same_snapshots_are_the_same_to_the_byte(
    built: Settings, tmp_path: Path, figures: Figures
) -> None:
    made = []
    for number, environment in enumerate(ENVIRONMENTS):
        home = tmp_path / str(number)
        shutil.copytree(built.home / "snapshots", home / "snapshots")
        changed = {name: value for name, value in environment.items() if name != "threads"}
        root = str(Path(ketalit.__file__).parents[1])
        command = [sys.executable, "-c", CHILD, str(home), environment["threads"]]
        subprocess.run(command, env={**os.environ, **changed, "PYTHONPATH": root}, check=True)
        made.append((Releases(home).current().release_id, written(home)))
    assert made == [made[0]] * len(made)
    figures.add("releases made of the same snapshots on other threads, zones, locales and hash seeds", len(made))
    figures.add("files of each of them, byte for byte the same", len(made[0][1]))
