"""Verbs that keep the evidence: get records, check them, and make releases of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, progress, say
from ketalit.vocabulary import Source


class Acceptable(StrEnum):
    """What a person may knowingly accept of a build."""

    INCOMPLETE = "incomplete"
    STALE = "stale"
    VOLUME = "volume"
    LINKS = "links"


class Jump(StrEnum):
    """What a person may knowingly accept of a source."""

    VOLUME = "volume"


Email = Annotated[str | None, typer.Option("--email", help="Your address; NCBI requires one [KETALIT_EMAIL].")]
Strategy = Annotated[
    str | None, typer.Option("--strategy", help="Search strategy: a bundled name or a .toml file [KETALIT_STRATEGY].")
]
Accept = Annotated[
    list[Acceptable] | None,
    typer.Option("--accept", help="Build although this is amiss; it is written into the release's manifest."),
]
Sources = Annotated[list[Source] | None, typer.Option("--source", help="Only this source; may be repeated.")]


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

    with progress() as report:
        runs = pipeline.refresh(
            settings.read(home=home, email=email, strategy=strategy),
            sources=tuple(source or Source),
            is_full=is_full,
            accept=accept or (),
            report=report,
        )
    for run in runs:
        say(
            f"{run.source}: {run.promised} records promised; {run.stored} stored, {run.unchanged} unchanged,"
            f" {len(run.explained)} explained ({run.run_id})"
        )
        say(f"  {run.mode}: {run.mode_reason}")
        for note in run.notes:
            say(f"  {note}")
        warnings = {warning: None for query in run.queries for warning in query.warnings}
        if warnings:
            say(f"  the service warns: {'; '.join(warnings)}")


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

    with progress() as report:
        run = pipeline.import_files(settings.read(home=home), source, files, report=report)
    say(f"{run.source}: {run.promised} records read; {run.stored} stored, {run.unchanged} unchanged ({run.run_id})")
    for note in run.notes:
        say(f"  {note}")


@app.command()
def verify(home: Home = None) -> None:
    """Read every stored record back and compare it with what was written.

    Example: ketalit verify && ketalit build
    """
    from ketalit import pipeline, settings

    say(f"{pipeline.verify(settings.read(home=home))} parts are as they were written")


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
    say(msgspec.json.encode(found).decode() if as_json else text(found))
    raise typer.Exit(found.exit_code)


@app.command()
def build(home: Home = None, accept: Accept = None) -> None:
    """Turn the stored records into an audited DuckDB release.

    Example: ketalit build && duckdb -readonly data/releases/current/evidence.duckdb
    """
    from ketalit import pipeline, settings

    with progress() as report:
        release = pipeline.build(settings.read(home=home), accept=accept or (), report=report)
    say(f"release {release.release_id}: {release.database}")
    for view, count in release.counts.items():
        say(f"  {view}: {count} rows")
