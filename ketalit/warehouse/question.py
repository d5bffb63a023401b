"""One question of a person to a released file: locked down, and with an end."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
from msgspec import Struct

from ketalit.errors import SettingsError, WarehouseError
from ketalit.warehouse.reader import Reader, read

MEMORY_LIMIT: Final = "1GiB"
_ONLY_READ: Final = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_TABLES: Final = '`ketalit query "show tables"` lists the views, `… "describe dosing_protocols"` the columns of one.'


class Answer(Struct, frozen=True):
    """What a query answered."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool
    """Whether there were more rows than were asked for."""


def ask(
    path: Path, query: str, *, seconds: float, rows: int, variables: Mapping[str, str | float] | None = None
) -> Answer:
    """Run one reading statement on a released file and give at most `rows` rows.

    `variables` are what getvariable() gives in it; their values are bound, never written into the statement. Raises
    SettingsError for what is no single reading statement, is misspelt or reaches outside of the file, and
    WarehouseError when it takes longer than `seconds` or more memory than 1 GiB.
    """
    _refuse_all_but_reading(query)
    with read(path, memory_limit=MEMORY_LIMIT) as reader, _explained(), _ended_after(reader, seconds):
        for name, value in (variables or {}).items():
            reader.connection.execute(f'set variable "{name}" = ?', [value])
        result = reader.connection.execute(query)
        found = result.fetchmany(rows + 1)
        columns = _told_apart([str(column[0]) for column in result.description or ()])
    return Answer(columns=columns, rows=tuple(found[:rows]), is_cut=len(found) > rows)


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns; a second column of one name gets a number, so that no format loses it."""
    return tuple(f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name for i, name in enumerate(names))


def _refuse_all_but_reading(query: str) -> None:
    with _explained():
        statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        raise SettingsError(f"{len(statements)} statements were given; one is run at a time.", hint=_TABLES)
    if statements[0].type not in _ONLY_READ:
        kind = statements[0].type.name.lower()
        raise SettingsError(f"A released evidence base is only read; this statement is a {kind}.", hint=_TABLES)


@contextmanager
def _ended_after(reader: Reader, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, reader.connection.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise WarehouseError(
            f"The query took longer than {seconds:g} s and was ended.",
            hint="Ask for less (a where clause, fewer joins), or give more time with --seconds.",
        ) from None
    finally:
        timer.cancel()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except duckdb.PermissionException:
        raise SettingsError(
            "The query reaches outside of the evidence base: files, the network and settings are closed to it.",
            hint="Open releases/current/evidence.duckdb read-only with a client of your own to join other files.",
        ) from None
    except duckdb.OutOfMemoryException:
        raise WarehouseError(
            f"The query needs more than {MEMORY_LIMIT} of memory and was ended.", hint="Ask for less."
        ) from None
    except (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError) as error:
        raise SettingsError(f"The query cannot be run: {_what(error)}.", hint=_TABLES) from None
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise WarehouseError(f"The query failed: {_what(error)}.") from None


def _what(error: duckdb.Error) -> str:
    """DuckDB's words, without the repeated query and its arrows."""
    return " ".join(str(error).split("\n\nLINE")[0].split()).rstrip(".")[:400]
