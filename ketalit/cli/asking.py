"""Verbs that ask a finished release: what it holds, where it comes from, what changed."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, say, show


class DiffFormat(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"


@app.command()
def diff(
    before: Annotated[
        str | None, typer.Argument(help="Release id, its folder or a .duckdb file [default: the one before].")
    ] = None,
    after: Annotated[str | None, typer.Argument(help="The same [default: the current release].")] = None,
    home: Home = None,
    form: Annotated[
        DiffFormat, typer.Option("--format", help="A summary, every changed cell as CSV, or a digest for a mail.")
    ] = DiffFormat.TEXT,
) -> None:
    """Say which studies, cells and links are new, changed or gone between two releases.

    Example: ketalit diff --format markdown > what-changed.md
    """
    from ketalit import pipeline, settings
    from ketalit.export import digest

    write = {DiffFormat.TEXT: digest.as_text, DiffFormat.CSV: digest.as_csv, DiffFormat.MARKDOWN: digest.as_markdown}
    sys.stdout.write(write[form](pipeline.diff(settings.read(home=home), before, after)))


@app.command()
def trace(
    view: Annotated[str, typer.Argument(help="View, such as dosing_protocols.")],
    row: Annotated[str, typer.Argument(help="Its row_id.")],
    column: Annotated[str | None, typer.Argument(help="Only this column.")] = None,
    home: Home = None,
    json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show the words behind a cell: quote in its context, document, request and rule.

    Example: ketalit trace dosing_protocols NCT01627782/ctgov:NCT01627782/regimen/1 dose
    """
    import msgspec

    from ketalit import pipeline, settings
    from ketalit.trace import as_text

    found = pipeline.trace(settings.read(home=home), view, row, column)
    say(msgspec.json.format(msgspec.json.encode(found)).decode() if json else as_text(found).rstrip())


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help='One statement that reads, such as "show tables".')],
    home: Home = None,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV that is safe to open in a spreadsheet.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As a JSON list of rows.")] = False,
    seconds: Annotated[float | None, typer.Option("--seconds", help="Longest time [KETALIT_QUERY_SECONDS].")] = None,
    rows: Annotated[int | None, typer.Option("--rows", help="Most rows [KETALIT_QUERY_ROWS].")] = None,
) -> None:
    """Ask the current release with SQL; it can be read, and nothing else.

    Example: ketalit query "select study_id, drug, dose from dosing_protocols where route = 'iv' limit 10"
    """
    from ketalit import pipeline, settings
    from ketalit.export.answers import answer_as_csv, answer_as_json

    if csv and json:
        raise typer.BadParameter("--csv and --json were both given; choose one.")
    answer = pipeline.query(settings.read(home=home, query_seconds=seconds, query_rows=rows), sql)
    if csv or json:
        sys.stdout.write(answer_as_csv(answer) if csv else answer_as_json(answer))
    else:
        show(answer.columns, answer.rows)
    if answer.is_cut:
        typer.echo(f"Only the first {len(answer.rows)} rows; --rows gives more.", err=True)
