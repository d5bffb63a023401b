"""The program that the verbs belong to, the options that several of them take, and how they speak."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="ketalit",
    rich_markup_mode=None,  # boxes cost a third of the start, cannot be copied, and screen readers read them out
    context_settings={"max_content_width": 100},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A living evidence base on ketamine and esketamine for depression.\n\n"
    "Usual order: refresh (or import), build, then publish or query. `ketalit VERB --help` shows examples.\n\n"
    "Exit codes: 0 good, 1 failed, 2 usage, 3 incomplete (the last good release stays), 4 stale, 5 another run holds"
    " the store.",
)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder that holds everything [KETALIT_HOME, default ./data].")
]


Json = Annotated[bool, typer.Option("--json", help="As JSON, for a program.")]


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


def say_json(value: Any) -> None:
    """Write a value as one line of JSON."""
    import msgspec

    say(msgspec.json.encode(value).decode())


def progress() -> Any:
    """A reporter of progress: a bar on a terminal, silence elsewhere."""
    from ketalit.progress import terminal_progress

    return terminal_progress()


def chosen(**flags: bool) -> str:
    """The one output format that was asked for, empty for none. Raises BadParameter when several were."""
    given = [name for name, is_given in flags.items() if is_given]
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(f'--{name}' for name in given)} were both given; choose one.")
    return given[0] if given else ""
