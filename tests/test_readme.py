"""README's examples are run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ketalit.release import Releases
from ketalit.settings import Settings

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
STATEMENTS = [
    statement.strip()
    for block in re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
    for statement in block.split(";")
    if statement.strip()
]


PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_there_are_examples() -> None:
    assert (len(STATEMENTS) >= 3, len(PYTHON)) == (True, 1)


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_readme_runs_beside_a_data_folder(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    (tmp_path / "data").symlink_to(built.home)
    monkeypatch.chdir(tmp_path)
    told: dict[str, Any] = {}
    exec(code, told)  # noqa: S102 - our own README
    assert len(told["doses"]) > 10


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_query_of_readme_answers_for_whoever_opens_the_file(built: Settings, statement: str) -> None:
    database = Releases(built.home).current().database
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute(statement).fetchall()
