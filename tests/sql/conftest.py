"""A base of literal records, built through the SQL files that a test's questions need."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ketalit.model.evidence import Facts
from ketalit.warehouse import database
from ketalit.warehouse.database import Warehouse
from tests.unit.warehouse.examples import Loaded, load

Base = Callable[[Iterable[Loaded], Iterable[Facts]], Warehouse]
Row = dict[str, Any]

_read_statements = database._statements


@cache
def statements(path: Path) -> list[str]:
    """The statements of a file without the thousand comments, which change no value; parsed once."""
    return [text for text in _read_statements(path) if not text.lstrip().startswith("comment on")]


@cache
def views() -> dict[str, Path]:
    """Relation or macro → its file, in the order in which they are made."""
    return {path.stem: path for path in database.sql_files(database.VIEWS)}


@cache
def needs(relation: str) -> frozenset[str]:
    """The relation and every one that it is made of."""
    text = re.sub(r"--.*", "", "\n".join(statements(views()[relation])))
    return frozenset({relation}).union(*(needs(name) for name in named(text) if name != relation))


def named(text: str) -> set[str]:
    """The relations of bridge and evidence that a text names."""
    return set(re.findall(r"\b(?:bridge|evidence)\.(\w+)", text)) & views().keys()


class AsNeeded(Warehouse):
    """A base that makes a relation when it is first asked for: all of them for one question would take minutes."""

    made: frozenset[str] = frozenset()

    def run_sql(self) -> None:
        self._commit_rows()

    def make(self, relations: Iterable[str]) -> None:
        wanted = frozenset[str]().union(*map(needs, relations)) - self.made
        self._run(path for name, path in views().items() if name in wanted)
        self.made |= wanted

    def rows(self, query: str) -> list[Row]:
        self.make(named(query))
        return super().rows(query)

    def audit(self) -> tuple[str, ...]:
        self.make(views())
        return super().audit()

    def counts(self) -> dict[str, int]:
        self.make(views())
        return super().counts()

    def finish(self) -> None:
        self.make(views())
        super().finish()


@pytest.fixture
def without_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_statements", statements)


@pytest.fixture(scope="session")
def empty_core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the empty tables and macros: copying it is ten times as fast as making them."""
    path = tmp_path_factory.mktemp("core") / "core.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_statements", statements)
        with Warehouse.create(path) as warehouse:
            warehouse._commit_rows()
            warehouse._connection.execute(f"checkpoint {database.CATALOG}")
            shutil.copy(path, path.with_suffix(".copy"))
    return path.with_suffix(".copy")


@pytest.fixture
def base(tmp_path: Path, without_comments: None, empty_core: Path) -> Iterator[Base]:
    """Build a base of records and of what was read in them; it can be asked until the test ends."""
    with ExitStack() as stack:
        count = iter(range(100))

        def built(records: Iterable[Loaded], facts: Iterable[Facts]) -> Warehouse:
            path = tmp_path / f"base-{next(count)}.duckdb"
            shutil.copy(empty_core, path)
            connection = stack.enter_context(database.connect(memory_limit=database.MEMORY_LIMIT))
            warehouse = AsNeeded(path, connection)
            warehouse._attach()
            connection.begin()
            load(warehouse, records, facts)
            warehouse.run_sql()
            return warehouse

        yield built
