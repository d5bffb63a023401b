"""README's examples are run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_there_are_examples() -> None:
    assert len(STATEMENTS) >= 3


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_query_of_readme_answers_for_whoever_opens_the_file(built: Settings, statement: str) -> None:
    database = Releases(built.home).current().database
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute(statement).fetchall()
