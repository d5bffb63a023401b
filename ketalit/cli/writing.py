"""Verbs that write a finished release out for readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, say


@app.command()
def publish(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to [default: <home>/publish].")] = None,
) -> None:
    """Write the evidence tables of the current release as CSV, Parquet, Markdown and one HTML report.

    Example: ketalit publish --out tables
    """
    from ketalit import pipeline, settings

    for path in pipeline.publish(settings.read(home=home), out):
        say(str(path))
