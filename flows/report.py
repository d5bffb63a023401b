"""What the flows say about their work: as Markdown beside the run, and to whom KETALIT_NOTIFY_… names when it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect.artifacts import create_markdown_artifact

from ketalit import pipeline, settings
from ketalit.errors import NotificationFailed
from ketalit.release import Release
from ketalit.snapshot import Manifest


def describe_runs(runs: Iterable[Manifest]) -> str:
    """The books of each run, a line each."""
    return "\n".join(
        f"- **{run.source}**: {run.promised} promised, {run.stored} stored, {run.unchanged} unchanged,"
        f" {len(run.explained)} explained (`{run.run_id}`; {run.mode}: {run.mode_reason})"
        for run in runs
    )


def describe_release(release: Release) -> str:
    """The rows of each evidence view."""
    rows = "\n".join(f"| {name} | {count} |" for name, count in release.counts.items())
    return f"Release `{release.release_id}`\n\n| view | rows |\n|---|---|\n{rows}"


def describe_files(paths: Iterable[Path]) -> str:
    """The written files, a line each."""
    return "\n".join(f"- `{path}`" for path in paths)


def publish_report(key: str, markdown: str) -> None:
    """Show `markdown` beside the flow run in Prefect."""
    create_markdown_artifact(markdown=markdown, key=key)


@contextmanager
def failures_told(home: str | None) -> Iterator[None]:
    """Tell others of what fails within; it fails all the same, and says so when nobody could be told."""
    try:
        yield
    except Exception as error:
        try:
            pipeline.alarm(settings.read(home=home), error)
        except NotificationFailed as failed:
            error.add_note(str(failed))
        raise
