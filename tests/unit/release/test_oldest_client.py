"""A release opens in the oldest DuckDB that README names, in an environment of its own (`make test` installs it)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ketalit.export.tables import PUBLISHED
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read
from ketalit.warehouse.cookbook import recipes

OLDEST = Path(sys.prefix) / "oldest-duckdb"
CLIENT = """
import json, sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    read = {view: len(connection.execute(f"select * from evidence.{view}").fetchall()) for view in sys.argv[2:]}
    asked = {name: len(connection.execute(sql).fetchall()) for name, sql in json.load(sys.stdin).items()}
print(json.dumps({"version": duckdb.__version__, "rows": read, "answers": asked}))
"""


@pytest.fixture(scope="module")
def answer(built: Settings) -> dict[str, object]:
    if not OLDEST.is_dir():
        pytest.skip("the oldest DuckDB client is not installed (`make test` does it)")
    database = Releases(built.home).current().database
    done = subprocess.run(
        [sys.executable, "-c", CLIENT, database, *PUBLISHED],
        env={**os.environ, "PYTHONPATH": str(OLDEST)},
        input=json.dumps({recipe.name: recipe.sql for recipe in recipes()}).encode(),
        capture_output=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_oldest_client_reads_every_row_of_every_published_view(answer: dict[str, object], built: Settings) -> None:
    counts = Releases(built.home).current().counts
    assert answer["rows"] == {view: counts[f"evidence.{view}"] for view in PUBLISHED}


def test_the_oldest_client_answers_every_recipe_of_the_cookbook(answer: dict[str, object], built: Settings) -> None:
    with read(Releases(built.home).current().database) as reader:
        newest = {recipe.name: len(reader.rows(recipe.sql)) for recipe in recipes()}
    assert answer["answers"] == newest


def test_the_oldest_client_is_the_one_that_readme_names(answer: dict[str, object]) -> None:
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text("utf-8")
    oldest = ".".join(str(answer["version"]).split(".")[:2])
    assert f"DuckDB {oldest} or newer" in readme
