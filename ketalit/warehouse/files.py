"""Where the SQL files are, and in which order they run."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from ketalit.errors import WarehouseError

TABLES: Final = ("00", "10", "20", "30")
"""Schemas, reference lists, macros and core tables: what must stand before rows are loaded."""
VIEWS: Final = ("35", "40", "42", "45", "46", "47", "48", "49", "50", "55")
"""Bridges, cells, evidence and macros over it: what is made of the loaded rows."""
AUDITS: Final = ("90",)


def sql_folder() -> Path:
    """The folder of SQL files: inside the installed package, else beside it in a checkout."""
    package = Path(str(files("ketalit")))
    for folder in (package / "sql", package.parent / "sql"):
        if folder.is_dir():
            return folder
    raise WarehouseError(
        f"There are no SQL files beside {package}.", hint="Install ketalit from a wheel, or run it from a checkout."
    )


def sql_files(prefixes: tuple[str, ...]) -> Iterator[Path]:
    """The SQL files of the folders (or single files) whose names start so, in reading order."""
    folder = sql_folder()
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(prefixes):
            yield from sorted(entry.glob("*.sql")) if entry.is_dir() else (entry,)
