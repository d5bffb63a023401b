"""The verb that makes a release into pages for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, progress, say


@app.command()
def site(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to (default: site under --home).")] = None,
    with_abstracts: Annotated[
        bool,
        typer.Option(
            "--with-abstracts",
            help="Show whole abstracts. Their publishers may hold rights in them: ask before you pass the pages on.",
        ),
    ] = False,
) -> None:
    """Write pages that open from disk: tables, charts, each study.

    Then open site/index.html in a browser; no server and no network is needed.

    \b
    Example:
      ketalit site --out site
    """
    from ketalit import outputs, settings

    with progress() as report:
        first, warnings = outputs.site(settings.read(home=home), out, with_abstracts=with_abstracts, report=report)
    for warning in warnings:
        typer.echo(f"Note: {warning}", err=True)
    say(str(first))
