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
    """Draw the charts as SVG and PNG, with their numbers and words.

    The numbers are CSV; the words say what each chart shows.

    \b
    Example:
      ketalit charts --out figures
    """
    from ketalit import outputs, settings

    for path in outputs.charts(settings.read(home=home), out):
        say(str(path))


@app.command()
def prisma(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to [default: <home>/prisma].")] = None,
) -> None:
    """Write the PRISMA 2020 flow diagram and the search record.

    As SVG, PNG, CSV, Markdown and HTML; the search record has the items of PRISMA-S.

    \b
    Example:
      ketalit prisma --out prisma
    """
    from ketalit import outputs, settings

    for path in outputs.prisma(settings.read(home=home), out):
        say(str(path))
