"""What DuckDB says, in words that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import duckdb

from ketalit.errors import WarehouseError

_KNOWN: Final = (
    (
        re.compile(r"Conflicting lock is held in .*?\(?PID (?P<pid>\d+)", re.DOTALL),
        "process {pid} is writing this file.",
        "Wait for it to end; to read meanwhile, open the released file under releases/current.",
    ),
    (
        re.compile(r"database file with version number|we can only read version"),
        "a newer version of DuckDB wrote it.",
        "Install the version of ketalit that made this release, or a newer one.",
    ),
    (
        re.compile(r"exists, but it is not a valid DuckDB database file"),
        "it is not a DuckDB file.",
        "Run `ketalit build` to make it anew.",
    ),
    (
        re.compile(r"database does not exist"),
        "there is no such file.",
        "Run `ketalit build` first.",
    ),
    (
        re.compile(r"computed checksum|Could not read enough bytes|Corrupt"),
        "the file is damaged.",
        "Move it away and run `ketalit build` again: a release is made anew from snapshots.",
    ),
    (
        re.compile(r"No space left on device|File too large|Disk quota exceeded"),
        "the disk is full.",
        "Free some space (three times the size of the last release) and run `ketalit build` again.",
    ),
)
"""Pattern of DuckDB's message, what happened, what to try."""


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Turn an error of DuckDB into a WarehouseError that says what was being done."""
    try:
        yield
    except duckdb.Error as error:
        raise warehouse_error(doing, str(error)) from error


def warehouse_error(doing: str, message: str) -> WarehouseError:
    """The error for a message of DuckDB; a message that is not known is passed on with its first line."""
    for pattern, happened, hint in _KNOWN:
        if found := pattern.search(message):
            return WarehouseError(f"{_short(doing)}: {happened.format(**found.groupdict())}", hint=hint)
    return WarehouseError(f"{_short(doing)}: {message.strip().splitlines()[0]}")


def _short(doing: str) -> str:
    return " ".join(doing.split())[:200]
