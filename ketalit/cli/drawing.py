"""Verbs that draw a finished release: charts, and the flow of its records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, say


@app.command()
def charts(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to [default: <home>/charts].")] = None,
) -> None:
    """Draw the charts of the current release: SVG and PNG, the numbers as CSV, and what each shows in words.

    Example: ketalit charts --out figures
    """
    from ketalit import outputs, settings

    for path in outputs.charts(settings.read(home=home), out):
        say(str(path))


@app.command()
def prisma(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to [default: <home>/prisma].")] = None,
) -> None:
    """Write the PRISMA 2020 flow diagram and the PRISMA-S search record: SVG, PNG, CSV, Markdown and HTML.

    Example: ketalit prisma --out prisma
    """
    from ketalit import outputs, settings

    for path in outputs.prisma(settings.read(home=home), out):
        say(str(path))
