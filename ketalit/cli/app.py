"""The program that the verbs belong to, the options that several of them take, and how they speak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="ketalit",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A living evidence base on ketamine and esketamine for depression.\n\n"
    "Usual order: refresh (or import), build, publish. Exit codes: 0 good, 1 failed, 2 usage, 3 incomplete (the last"
    " good release stays), 4 stale, 5 another run holds the store.",
)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder that holds everything [KETALIT_HOME, default ./data].")
]


@app.callback(invoke_without_command=True)
def _ketalit(
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.", is_eager=True)] = False,
) -> None:
    if version:
        from ketalit import __version__

        say(__version__)
        raise typer.Exit


def say(text: str) -> None:
    """Write a line to standard output."""
    typer.echo(text)


def progress() -> Any:
    """A reporter of progress: a bar on a terminal, silence elsewhere."""
    from ketalit.progress import terminal_progress

    return terminal_progress()


def show(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table of values as they are, without markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ketalit.export.cells import plain

    table = Table()
    for name in columns:
        table.add_column(Text(name))
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    Console().print(table)
