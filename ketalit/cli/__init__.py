"""The command line: one verb for each function of pipeline.py; an error becomes a message, a hint and an exit code.

Verbs import what they need when they run, so that `ketalit --help` answers at once. `--help` lists them in the order
of the imports below: the usual order of work.
"""

from __future__ import annotations

import sys
from typing import Any, Final

import typer

from ketalit.cli.app import app
from ketalit.errors import FAILED, USAGE, KetalitError

# isort: off
# each registers its verbs, in this order
from ketalit.cli import keeping, writing, reporting, viewing, citing, drawing, asking, trying  # noqa: F401
# isort: on

INTERRUPTED: Final = 130
"""What shells give for a program that Ctrl-C ended."""

# Typer carries a click of its own: the base of its public BadParameter is what every mistake of usage derives from.
UsageMistake: Any = typer.BadParameter.__base__


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, prog_name="ketalit", standalone_mode=False)
    except KetalitError as error:
        _complain(str(error), error.hint)
        return error.exit_code
    except UsageMistake as error:
        error.show()
        return USAGE
    except OSError as error:
        _complain(f"{error.filename or 'A file'}: {error.strerror or error}.", "Check the folder, its rights and disk.")
        return FAILED
    if code == INTERRUPTED:  # Typer makes this of Ctrl-C
        _complain("Interrupted.", "What was stored is kept; run the same command again to go on.")
    return code if isinstance(code, int) else 0


def _complain(message: str, hint: str) -> None:
    from ketalit.export.cells import plain  # a service may have put anything into what it says

    typer.echo(f"ketalit: {plain(message)}\n  {plain(hint)}", err=True)
