"""Verbs that write a finished release out for readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, Json, app, say, say_json


@app.command()
def publish(
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to [default: <home>/publish].")] = None,
    as_json: Json = False,
) -> None:
    """Write the evidence tables as CSV, Parquet, Markdown and HTML.

    \b
    Example:
      ketalit publish --out tables
    """
    from ketalit import pipeline, settings

    paths = [str(path) for path in pipeline.publish(settings.read(home=home), out)]
    if as_json:
        say_json(paths)
    else:
        say("\n".join(paths))
