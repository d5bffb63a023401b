"""Verbs that keep the evidence: get records, check them, and make releases of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ketalit.cli.app import Home, Json, app, progress, say, say_json
from ketalit.vocabulary import Acceptable, Source

if TYPE_CHECKING:
    from ketalit.model.run import Manifest


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
    as_json: Json = False,
) -> None:
    """Get what is new or revised from PubMed and ClinicalTrials.gov.

    Once a month, in doubt, and with --full everything is listed anew. Ends with 3 when promised records did not come.

    \b
    Examples:
      ketalit refresh --email you@example.org
      ketalit refresh --source ctgov --full
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
    if as_json:
        say_json([_told(run) for run in runs])
        return
    for run in runs:
        say(
            f"{run.source}: {run.promised} records promised; {run.stored} stored, {run.unchanged} unchanged,"
            f" {len(run.explained)} explained ({run.run_id})"
        )
        say(f"  {run.mode}: {run.mode_reason}")
        for note in run.notes:
            say(f"  {note}")
        if warnings := _warnings(run):
            say(f"  the service warns: {'; '.join(warnings)}")


def _warnings(run: Manifest) -> list[str]:
    return list(dict.fromkeys(warning for query in run.queries for warning in query.warnings))


def _told(run: Manifest) -> dict[str, Any]:
    """The books of a run, for a program."""
    return {
        "run_id": run.run_id,
        "source": run.source,
        "status": run.status,
        "mode": run.mode,
        "mode_reason": run.mode_reason,
        "promised": run.promised,
        "stored": run.stored,
        "unchanged": run.unchanged,
        "explained": len(run.explained),
        "missing": len(run.missing),
        "notes": run.notes,
        "warnings": _warnings(run),
    }


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="PubMed XML (.xml, .xml.gz) or v2 JSON (.json, .jsonl, .gz).")],
    source: Annotated[Source, typer.Option("--source", help="Which source the files come from.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Store downloaded records, for people behind a firewall.

    \b
    Examples:
      ketalit import --source pubmed pubmed25n0001.xml.gz
      ketalit import --source ctgov ctg-studies.json
    """
    from ketalit import pipeline, settings

    with progress() as report:
        run = pipeline.import_files(settings.read(home=home), source, files, report=report)
    if as_json:
        say_json(_told(run))
        return
    say(f"{run.source}: {run.promised} records read; {run.stored} stored, {run.unchanged} unchanged ({run.run_id})")
    for note in run.notes:
        say(f"  {note}")


@app.command()
def verify(home: Home = None, as_json: Json = False) -> None:
    """Compare every stored record with what was written.

    \b
    Example:
      ketalit verify && ketalit build
    """
    from ketalit import pipeline, settings

    parts = pipeline.verify(settings.read(home=home))
    if as_json:
        say_json({"parts": parts})
    else:
        say(f"{parts} parts are as they were written")


@app.command()
def status(
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Say what is fresh, stale, incomplete or locked.

    It ends with the exit code that means it: 0 fresh, 1 failed, 3 incomplete, 4 stale, 5 locked.

    \b
    Example:
      ketalit status --json || echo "the evidence needs a look"
    """
    from ketalit import pipeline, settings
    from ketalit.status import text

    found = pipeline.status(settings.read(home=home))
    if as_json:
        say_json(found)
    else:
        say(text(found))
    raise typer.Exit(found.exit_code)


@app.command()
def doctor(
    home: Home = None,
    email: Email = None,
    is_offline: Annotated[bool, typer.Option("--offline", help="Ask no service.")] = False,
    as_json: Json = False,
) -> None:
    """Look at versions, network, disk and store; say what to mend.

    It asks each service one question, and ends with 1 when something must be mended.

    \b
    Examples:
      ketalit doctor --email you@example.org
      ketalit doctor --offline --json
    """
    from ketalit import settings
    from ketalit.doctor import diagnose

    found = diagnose(settings.read(home=home, email=email), is_offline=is_offline)
    if as_json:
        say_json(found)
    else:
        from ketalit.cli.screen import show_findings

        show_findings([(each.verdict, each.what, each.found, each.advice) for each in found.findings])
    raise typer.Exit(found.exit_code)


@app.command()
def build(home: Home = None, accept: Accept = None, as_json: Json = False) -> None:
    """Turn the stored records into an audited DuckDB release.

    When it is refused, the last good release stays; the message says by which check.

    \b
    Examples:
      ketalit build && duckdb -readonly data/releases/current/evidence.duckdb
      ketalit build --accept stale
    """
    from ketalit import pipeline, settings

    with progress() as report:
        release = pipeline.build(settings.read(home=home), accept=accept or (), report=report)
    if as_json:
        manifest = release.manifest
        database = str(release.database)
        say_json(
            {
                "release_id": release.release_id,
                "database": database,
                "counts": release.counts,
                "as_of": manifest.as_of,
                "accepted": manifest.accepted,
            }
        )
        return
    say(f"release {release.release_id}: {release.database}")
    for view, count in release.counts.items():
        say(f"  {view}: {count} rows")
