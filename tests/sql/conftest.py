"""A base of literal records, built through every SQL file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ketalit.model.evidence import Facts
from ketalit.warehouse import Warehouse, database
from tests.unit.warehouse.examples import Loaded, load

Base = Callable[[Iterable[Loaded], Iterable[Facts]], Warehouse]
Row = dict[str, Any]


@pytest.fixture
def without_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the thousand comments, which change no value: half of the time that an empty base takes."""
    statements = database._statements

    def wanted(path: Path) -> list[str]:
        return [statement for statement in statements(path) if not statement.lstrip().startswith("comment on")]

    monkeypatch.setattr(database, "_statements", wanted)


@pytest.fixture
def base(tmp_path: Path, without_comments: None) -> Iterator[Base]:
    """Build a base of records and of what was read in them; it can be asked until the test ends."""
    with ExitStack() as stack:
        count = iter(range(100))

        def built(records: Iterable[Loaded], facts: Iterable[Facts]) -> Warehouse:
            warehouse = stack.enter_context(Warehouse.create(tmp_path / f"base-{next(count)}.duckdb"))
            load(warehouse, records, facts)
            warehouse.run_sql()
            return warehouse

        yield built
