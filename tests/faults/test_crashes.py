"""Runs that are killed, starved of disk, damaged on disk or started twice: a plain rerun comes to the same evidence."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from ketalit import pipeline
from ketalit.checkpoint import POINTS
from ketalit.errors import SettingsError, SnapshotDamaged
from ketalit.release import Releases
from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.warehouse import read
from tests.faults.child import Order
from tests.faults.figures import Figures

KILLED = -signal.SIGKILL
REFRESH = [
    ("store locked", 1),
    ("run begun", 1),
    ("promised.json written", 1),
    ("promised.json named", 1),
    ("ids promised", 1),
    ("part written", 1),
    ("part written", 2),
    ("part named", 1),
    ("part named", 3),
    ("page stored", 2),
    ("manifest.json written", 1),
    ("manifest.json written", 2),
    ("manifest.json written", 3),
    ("manifest.json named", 1),
    ("manifest.json named", 3),
    ("books closed", 1),
    ("books closed", 2),
]
AGAIN = [("unchanged written", 1), ("unchanged named", 2), ("books closed", 1)]
BUILD = [
    ("workshop made", 1),
    ("database made", 1),
    ("documents loaded", 1),
    ("views made", 1),
    ("audited", 1),
    ("database finished", 1),
    ("manifest.json written", 1),
    ("manifest.json named", 1),
    ("release described", 1),
    ("release named", 1),
    ("release about to be current", 1),
    ("release current", 1),
    ("release published", 1),
]
PUBLISH = [("report.html written", 1), ("report.html named", 1), ("tables written", 1)]
FEW = {("part written", 2), ("manifest.json written", 3), ("release named", 1)}
"""Those that `make test` runs too."""


def points(kills: list[tuple[str, int]]) -> list[object]:
    return [
        pytest.param(*kill, id=f"{kill[0]} {kill[1]}", marks=() if kill in FEW else pytest.mark.thorough)
        for kill in kills
    ]


class Ended(NamedTuple):
    """How a run in a process of its own ended."""

    returncode: int
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def forking() -> Iterator[subprocess.Popen[str]]:
    """What forks for each run; see there."""
    command = [sys.executable, "-m", "tests.faults.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield server


@pytest.fixture
def order(sample_server: ReplayServer, tmp_path: Path) -> Callable[..., Order]:
    def of(stage: str, home: Path, point: str = "-", nth: int = 1, file_bytes: int = 0) -> Order:
        urls = (sample_server.entrez_url, sample_server.ctgov_url)
        return Order(stage, str(home), *urls, point, nth, file_bytes, str(tmp_path / "said"))

    return of


@pytest.fixture
def run(forking: subprocess.Popen[str], order: Callable[..., Order], tmp_path: Path) -> Run:
    """A stage in a process of its own."""

    def child(*what: object, **happens: object) -> Ended:
        (tmp_path / "said").unlink(missing_ok=True)
        assert forking.stdin is not None
        assert forking.stdout is not None
        forking.stdin.write(msgspec.json.encode(order(*what, **happens)).decode() + "\n")
        forking.stdin.flush()
        return Ended(int(forking.stdout.readline()), (tmp_path / "said").read_text())

    return child


@pytest.fixture
def refreshed(built: Settings, tmp_path: Path) -> Path:
    """A home that was refreshed and not yet built."""
    shutil.copytree(built.home / "snapshots", tmp_path / "home" / "snapshots")
    return tmp_path / "home"


@pytest.fixture
def finished(built: Settings, tmp_path: Path) -> Path:
    """A home with a release."""
    shutil.copytree(built.home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def undisturbed(built: Settings) -> dict[str, str]:
    """What the evidence is when nothing happens."""
    return evidence(built.home)


def stored(home: Path) -> dict[str, str]:
    return {document.source_id: document.sha256 for _, document in Store(home).documents()}


def evidence(home: Path) -> dict[str, str]:
    """A digest of every evidence view, without what depends on when and how a record was fetched."""
    when = {"run_id", "fetched_at", "request", "built_at"}
    with read(Releases(home).current().database) as reader:
        names = [name for name in reader.counts() if name.startswith("evidence.")]
        return {name: _digest(reader.rows(f"select * from {name}"), when) for name in names}  # noqa: S608 - our views


def _digest(rows: tuple[dict[str, object], ...], without: set[str]) -> str:
    total = hashlib.sha256()
    for row in rows:
        total.update(repr([(name, value) for name, value in row.items() if name not in without]).encode())
    return total.hexdigest()


# ---- kill -9


@pytest.mark.parametrize(("point", "nth"), points(REFRESH))
def test_a_refresh_that_is_killed_is_made_good_by_the_next(
    run: Run,
    built: Settings,
    tmp_path: Path,
    figures: Figures,
    point: str,
    nth: int,
) -> None:
    home = tmp_path / "home"
    assert run("refresh", home, point, nth).returncode == KILLED
    assert run("refresh", home).returncode == 0
    assert stored(home) == stored(built.home)
    assert not list(home.rglob("*.writing"))
    figures.add("kill -9 at a named point, then the same command: same records")


@pytest.mark.parametrize(("point", "nth"), points(AGAIN))
def test_a_later_refresh_that_is_killed_takes_nothing_away(
    run: Run,
    built: Settings,
    refreshed: Path,
    figures: Figures,
    point: str,
    nth: int,
) -> None:
    assert run("refresh everything", refreshed, point, nth).returncode == KILLED
    assert stored(refreshed) == stored(built.home)
    assert run("refresh", refreshed).returncode == 0
    assert stored(refreshed) == stored(built.home)
    figures.add("kill -9 at a named point, then the same command: same records")


@pytest.mark.parametrize(("point", "nth"), points(BUILD))
def test_a_build_that_is_killed_shows_nothing_half_and_comes_to_the_same_evidence(
    run: Run,
    undisturbed: dict[str, str],
    refreshed: Path,
    figures: Figures,
    point: str,
    nth: int,
) -> None:
    assert run("build", refreshed, point, nth).returncode == KILLED
    try:
        seen = evidence(refreshed)
    except SettingsError:
        seen = None  # there is no release yet, which is whole too
    assert seen in (None, undisturbed)
    assert run("build", refreshed).returncode == 0
    assert evidence(refreshed) == undisturbed
    figures.add("kill -9 at a named point, then the same command: same evidence")


@pytest.mark.parametrize(("point", "nth"), points(PUBLISH))
def test_tables_whose_writing_is_killed_are_the_same_after_a_rerun(
    run: Run,
    built: Settings,
    finished: Path,
    tmp_path: Path,
    figures: Figures,
    point: str,
    nth: int,
) -> None:
    pipeline.publish(built, tmp_path / "undisturbed")
    assert run("publish", finished, point, nth).returncode == KILLED
    assert run("publish", finished).returncode == 0
    written = {path.name: path.read_bytes() for path in (finished / "publish").iterdir() if path.name[0] != "."}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "undisturbed").iterdir()}
    figures.add("kill -9 at a named point, then the same command: same tables, byte for byte")


def test_every_named_point_is_a_point_where_a_run_is_killed() -> None:
    assert {point for point, _ in REFRESH + AGAIN + BUILD + PUBLISH} == set(POINTS)


ALONE = """
import sys, msgspec
from tests.faults.child import Order, _obey
_obey(msgspec.json.decode(sys.argv[1], type=Order))
"""


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(10))
def test_a_kill_at_any_moment_loses_nothing(
    run: Run,
    order: Callable[..., Order],
    built: Settings,
    tmp_path: Path,
    figures: Figures,
    seed: int,
) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", ALONE, msgspec.json.encode(order("refresh", home)).decode()]
    with subprocess.Popen(command) as child:
        while not home.exists() and child.poll() is None:
            time.sleep(0.001)
        time.sleep(random.Random(seed).uniform(0, 0.3))  # noqa: S311 - chance with a seed
        child.kill()
    assert run("refresh", home).returncode == 0
    assert stored(home) == stored(built.home)
    figures.add("kill -9 at a random moment, then the same command: same records")


# ---- disk


@pytest.mark.parametrize(
    "file_bytes",
    [pytest.param(1, marks=pytest.mark.thorough), pytest.param(300, marks=pytest.mark.thorough), 5_000],
)
def test_a_full_disk_during_a_refresh_is_told_and_made_good_by_the_next(
    run: Run,
    built: Settings,
    tmp_path: Path,
    figures: Figures,
    file_bytes: int,
) -> None:
    home = tmp_path / "home"
    full = run("refresh", home, file_bytes=file_bytes)
    assert (full.returncode, "Traceback" in full.stderr) == (1, False), full.stderr
    assert run("refresh", home).returncode == 0
    assert stored(home) == stored(built.home)
    figures.add("disk full, then the same command: same records or evidence")


@pytest.mark.thorough
@pytest.mark.parametrize("file_bytes", [1, 20_000, 300_000, 1_000_000])
def test_a_full_disk_during_a_build_leaves_the_last_release(
    run: Run,
    undisturbed: dict[str, str],
    refreshed: Path,
    figures: Figures,
    file_bytes: int,
) -> None:
    full = run("build", refreshed, file_bytes=file_bytes)
    assert (full.returncode, "Traceback" in full.stderr) == (1, False), full.stderr
    with pytest.raises(SettingsError, match="There is no release"):
        Releases(refreshed).current()
    assert run("build", refreshed).returncode == 0
    assert evidence(refreshed) == undisturbed
    figures.add("disk full, then the same command: same records or evidence")


def _stored_files(home: Path) -> list[Path]:
    return sorted([*home.glob("snapshots/*/part-*.parquet"), *home.glob("snapshots/*/manifest.json")])


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(5, 300))]
)
def test_a_flipped_bit_is_found_by_verify(refreshed: Path, figures: Figures, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance with a seed
    path = chance.choice(_stored_files(refreshed))
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    with pytest.raises(SnapshotDamaged, match=r"differs from what was written|cannot be read"):
        Store(refreshed).verify()
    figures.add("flipped bits in stored files found by `ketalit verify`")


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(3, 100))]
)
def test_a_torn_file_is_found_by_verify(refreshed: Path, figures: Figures, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance with a seed
    path = chance.choice(_stored_files(refreshed))
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])
    with pytest.raises(SnapshotDamaged):
        Store(refreshed).verify()
    figures.add("torn stored files found by `ketalit verify`")


@pytest.mark.parametrize("damage", ["torn", "flipped"])
def test_a_damaged_part_of_an_interrupted_run_is_fetched_again(
    run: Run, built: Settings, tmp_path: Path, figures: Figures, damage: str
) -> None:
    home = tmp_path / "home"
    assert run("refresh", home, "part named", 3).returncode == KILLED
    part = next(home.glob("snapshots/*/part-00001.parquet"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data[:1_000] if damage == "torn" else data)
    assert run("refresh", home).returncode == 0
    assert stored(home) == stored(built.home)
    figures.add("damaged parts of interrupted runs fetched again")


# ---- two at once, and clocks


def test_of_two_runs_at_once_one_waits_for_nobody_and_ends_with_five(run: Run, built: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store(home).locked():
        assert run("refresh", home).returncode == 5
    assert run("refresh", home).returncode == 0
    assert stored(home) == stored(built.home)


@pytest.mark.parametrize("year", [1999, 2042])
def test_a_clock_that_jumps_loses_no_record_and_no_run(
    built: Settings, refreshed: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    from datetime import datetime

    import ketalit.snapshot

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Jumped:
            return cls.fromisoformat(f"{year}-03-01T00:00:00+00:00")

    before = [run.run_id for run in Store(refreshed).runs()]
    monkeypatch.setattr(ketalit.snapshot, "datetime", Jumped)
    pipeline.refresh(built.model_copy(update={"home": refreshed}))
    after = Store(refreshed).complete_runs()
    assert stored(refreshed) == stored(built.home)
    assert [run.run_id for run in after][:2] == before
    assert len(after) == 4
