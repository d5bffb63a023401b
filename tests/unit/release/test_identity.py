"""The same snapshots and code give the same release, to the byte, whatever the machine's settings."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ketalit
from ketalit.export.tables import PUBLISHED
from ketalit.release import ReleaseManifest, Releases, input_digest
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.warehouse import read
from ketalit.warehouse.published import canonical_digest, published_views

CHILD = """
import sys
from pathlib import Path
from ketalit import pipeline, settings
from ketalit.warehouse import reader, database

connect, threads = reader.connect, sys.argv[2]
reader.connect = database.connect = lambda **options: connect(threads=threads, **options)
chosen = settings.read(home=Path(sys.argv[1]))
pipeline.build(chosen, accept=("accuracy",))
pipeline.publish(chosen)
"""
ENVIRONMENTS = {
    "one": {"threads": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    "eight": {"threads": "8", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "42"},
}


@pytest.fixture(scope="module")
def homes(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same snapshots, built and published by two processes that have as little in common as may be."""
    folder = tmp_path_factory.mktemp("two")
    for name, environment in ENVIRONMENTS.items():
        shutil.copytree(built.home / "snapshots", folder / name / "snapshots")
        settings = {key: value for key, value in environment.items() if key != "threads"}
        subprocess.run(
            [sys.executable, "-c", CHILD, folder / name, environment["threads"]],
            env={**os.environ, **settings, "PYTHONPATH": str(Path(ketalit.__file__).parents[1])},
            check=True,
        )
    return {name: folder / name for name in ENVIRONMENTS}


def written(home: Path) -> dict[str, str]:
    """Every file for people and programs, by its place; what tells the time of the build is left out."""
    current = (home / "releases" / "current").resolve()
    files = [path for root in (current, home / "publish") for path in root.rglob("*") if path.is_file()]
    tells_time = {"evidence.duckdb", current / "manifest.json"}
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in tells_time and path not in tells_time
    }


def test_two_builds_of_the_same_snapshots_write_the_same_bytes(homes: dict[str, Path]) -> None:
    one, eight = (written(home) for home in homes.values())
    assert {Path(name).suffix for name in one} >= {".csv", ".parquet", ".md", ".html", ".cff"}
    assert [name for name in one.keys() | eight.keys() if one.get(name) != eight.get(name)] == []


def test_two_builds_of_the_same_snapshots_have_one_id(homes: dict[str, Path], built: Settings) -> None:
    ids = {Releases(home).current().release_id for home in homes.values()}
    assert ids == {Releases(built.home).current().release_id}


# ---- the manifest


@pytest.fixture(scope="module")
def manifest(built: Settings) -> ReleaseManifest:
    return Releases(built.home).current().manifest


def test_the_manifest_has_the_digest_of_every_file_but_itself(built: Settings, manifest: ReleaseManifest) -> None:
    folder = Releases(built.home).current().folder
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert manifest.files.keys() == files - {"manifest.json"}
    assert Releases(built.home).current().is_whole


def test_every_published_view_is_there_as_parquet_with_its_digest(built: Settings, manifest: ReleaseManifest) -> None:
    with read(Releases(built.home).current().database) as reader:
        views = set(published_views(reader))
    assert views == set(PUBLISHED) == manifest.views.keys()
    assert {f"parquet/{view}.parquet" for view in views} <= manifest.files.keys()


def test_the_manifest_says_what_was_asked_and_to_which_day(built: Settings, manifest: ReleaseManifest) -> None:
    assert manifest.as_of == {run.source: run.started_at[:10] for run in Store(built.home).complete_runs()}
    assert {(run.source, run.name) for run in manifest.strategies} == {
        ("ctgov", "ketamine_depression"),
        ("pubmed", "ketamine_depression"),
    }
    assert all(query.sent for run in manifest.strategies for query in run.queries)
    assert manifest.rules.keys() >= {"dosing.toml", "durability.toml"}


def test_the_citation_names_the_release_and_its_day(built: Settings, manifest: ReleaseManifest) -> None:
    lines = (Releases(built.home).current().folder / "CITATION.cff").read_text("utf-8").splitlines()
    cited = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith(" "))
    assert msgspec.json.decode(cited["version"]) == manifest.release_id
    assert msgspec.json.decode(cited["date-released"]) == max(manifest.as_of.values())
    assert {"cff-version", "message", "title", "type"} <= cited.keys()


def test_other_code_or_another_run_are_other_inputs(built: Settings) -> None:
    runs = Store(built.home).complete_runs()
    digests = {input_digest(runs, "a"), input_digest(runs, "b"), input_digest(runs[:1], "a")}
    assert (len(digests), input_digest(runs[::-1], "a") in digests) == (3, True)


# ---- canonical rows


@given(st.lists(st.tuples(st.text(), st.none() | st.floats(allow_nan=False), st.dates()), unique=True, min_size=1))
def test_the_digest_of_rows_depends_on_the_rows_and_not_on_their_order(rows: list[tuple[object, ...]]) -> None:
    import pyarrow as pa

    def table(rows: list[tuple[object, ...]]) -> pa.Table:
        names = ["text", "number", "day"]
        types = [pa.string(), pa.float64(), pa.date32()]
        columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
        return pa.table(columns, names=names)

    assert canonical_digest(table(rows)) == canonical_digest(table(rows[::-1]))
    assert canonical_digest(table(rows)) != canonical_digest(table([*rows, rows[0]]))


def test_the_time_of_retrieval_is_no_part_of_the_digest() -> None:
    from datetime import datetime

    import pyarrow as pa

    def table(day: int, value: str) -> pa.Table:
        return pa.table({"value": [value], "request": [f"on {day}"], "fetched_at": [datetime(2026, 1, day)]})  # noqa: DTZ001

    assert canonical_digest(table(1, "a")) == canonical_digest(table(2, "a")) != canonical_digest(table(2, "b"))
