"""The command line: one verb for each function of pipeline.py; an error becomes a message, a hint and an exit code.

Verbs import what they need when they run, so that `ketalit --help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ketalit.errors import FAILED, USAGE, KetalitError
from ketalit.vocabulary import Source

INTERRUPTED = 130
"""What shells give for a program that Ctrl-C ended."""

app = typer.Typer(
    name="ketalit",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A living evidence base on ketamine and esketamine for depression.\n\n"
    "Usual order: refresh (or import), build, publish. Exit codes: 0 good, 1 failed, 2 usage, 3 incomplete (the last"
    " good release stays), 4 stale, 5 another run holds the store.",
)


class Acceptable(StrEnum):
    """What a person may knowingly accept of a build."""

    INCOMPLETE = "incomplete"
    STALE = "stale"
    VOLUME = "volume"
    LINKS = "links"


class DiffFormat(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"


class Jump(StrEnum):
    """What a person may knowingly accept of a source."""

    VOLUME = "volume"


# Typer carries a click of its own: the base of its public BadParameter is what every mistake of usage derives from.
UsageMistake: Any = typer.BadParameter.__base__

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder that holds everything [KETALIT_HOME, default ./data].")
]
Email = Annotated[str | None, typer.Option("--email", help="Your address; NCBI requires one [KETALIT_EMAIL].")]
Strategy = Annotated[
    str | None, typer.Option("--strategy", help="Search strategy: a bundled name or a .toml file [KETALIT_STRATEGY].")
]
Accept = Annotated[
    list[Acceptable] | None,
    typer.Option("--accept", help="Build although this is amiss; it is written into the release's manifest."),
]
Sources = Annotated[list[Source] | None, typer.Option("--source", help="Only this source; may be repeated.")]


@app.callback(invoke_without_command=True)
def _ketalit(
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.", is_eager=True)] = False,
) -> None:
    if version:
        from ketalit import __version__

        _say(__version__)
        raise typer.Exit


@app.command()
def refresh(
    home: Home = None,
    email: Email = None,
    strategy: Strategy = None,
    source: Sources = None,
    is_full: Annotated[bool, typer.Option("--full", help="List and fetch everything, not only what is new.")] = False,
    accept: Annotated[
        list[Jump] | None, typer.Option("--accept", help="Go on although a source finds far fewer or more records.")
    ] = None,
) -> None:
    """Query PubMed and ClinicalTrials.gov and store what is new or revised; once a month everything is listed anew.

    Example: ketalit refresh --email you@example.org
    """
    from ketalit import pipeline, settings

    with _progress() as report:
        runs = pipeline.refresh(
            settings.read(home=home, email=email, strategy=strategy),
            sources=tuple(source or Source),
            is_full=is_full,
            accept=accept or (),
            report=report,
        )
    for run in runs:
        _say(
            f"{run.source}: {run.promised} records promised; {run.stored} stored, {run.unchanged} unchanged,"
            f" {len(run.explained)} explained ({run.run_id})"
        )
        _say(f"  {run.mode}: {run.mode_reason}")
        for note in run.notes:
            _say(f"  {note}")
        warnings = {warning: None for query in run.queries for warning in query.warnings}
        if warnings:
            _say(f"  the service warns: {'; '.join(warnings)}")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="PubMed XML (.xml, .xml.gz) or v2 JSON (.json, .jsonl, .gz).")],
    source: Annotated[Source, typer.Option("--source", help="Which source the files come from.")],
    home: Home = None,
) -> None:
    """Store downloaded records, for people who sit behind a firewall.

    Example: ketalit import --source pubmed pubmed25n0001.xml.gz
    """
    from ketalit import pipeline, settings

    with _progress() as report:
        run = pipeline.import_files(settings.read(home=home), source, files, report=report)
    _say(f"{run.source}: {run.promised} records read; {run.stored} stored, {run.unchanged} unchanged ({run.run_id})")
    for note in run.notes:
        _say(f"  {note}")


@app.command()
def verify(home: Home = None) -> None:
    """Read every stored record back and compare it with what was written.

    Example: ketalit verify && ketalit build
    """
    from ketalit import pipeline, settings

    _say(f"{pipeline.verify(settings.read(home=home))} parts are as they were written")


@app.command()
def status(
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON, for a monitor.")] = False,
) -> None:
    """Say what is fresh, stale, incomplete or locked, and end with the exit code that means it.

    Example: ketalit status --json || echo "the evidence needs a look"
    """
    import msgspec

    from ketalit import pipeline, settings
    from ketalit.status import text

    found = pipeline.status(settings.read(home=home))
    _say(msgspec.json.encode(found).decode() if as_json else text(found))
    raise typer.Exit(found.exit_code)


@app.command()
def build(home: Home = None, accept: Accept = None) -> None:
    """Turn the stored records into an audited DuckDB release.

    Example: ketalit build && duckdb -readonly data/releases/current/evidence.duckdb
    """
    from ketalit import pipeline, settings

    with _progress() as report:
        release = pipeline.build(settings.read(home=home), accept=accept or (), report=report)
    _say(f"release {release.release_id}: {release.database}")
    for view, count in release.counts.items():
        _say(f"  {view}: {count} rows")


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
        _say(str(path))


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
    _say(msgspec.json.format(msgspec.json.encode(found)).decode() if json else as_text(found).rstrip())


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
        _show(answer.columns, answer.rows)
    if answer.is_cut:
        typer.echo(f"Only the first {len(answer.rows)} rows; --rows gives more.", err=True)


def _show(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
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


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help='JSON lines: {"pmid", "title", "abstract"}; - reads standard input.')],
) -> None:
    """Print what the rules read in each title and abstract, one JSON object a line.

    Example: ketalit extract abstracts.jsonl > facts.jsonl
    """
    from ketalit import pipeline

    for line in pipeline.extract(file):
        sys.stdout.write(line + "\n")


@app.command()
def rules(
    topic: Annotated[str | None, typer.Argument(help="Only the rules of this file, e.g. dosing.")] = None,
) -> None:
    """Print the codebook: each extraction rule, what it means, what it takes and what it leaves.

    Example: ketalit rules dosing
    """
    from ketalit import pipeline

    sys.stdout.write(pipeline.codebook(topic))


@app.command()
def replay(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of PubMed XML and v2 JSON [default: the bundled sample].")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="Serve the snapshots of this home instead.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = 8765,
) -> None:
    """Serve stored records on this machine as the two services would, to try things out without the network.

    Example: ketalit replay --port 8765
    """
    from ketalit import pipeline

    with pipeline.replay_server(corpus, home, port) as server:
        _say(f"KETALIT_ENTREZ_URL={server.entrez_url}")
        _say(f"KETALIT_CTGOV_URL={server.ctgov_url}")
        _say("Stop with Ctrl-C.")
        server.wait()


def _say(text: str) -> None:
    typer.echo(text)


def _progress() -> Any:
    from ketalit.progress import terminal_progress

    return terminal_progress()


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, standalone_mode=False)
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
    typer.echo(f"ketalit: {message}\n  {hint}", err=True)


if __name__ == "__main__":
    main()
