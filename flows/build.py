"""Prefect flow: snapshots into an audited release, and its tables into files."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import describe_files, describe_release, failures_told, publish_report
from ketalit import pipeline, settings
from ketalit.export.digest import as_markdown
from ketalit.vocabulary import Acceptable


@task(name="build release", cache_policy=NO_CACHE, persist_result=False)
def build_release(home: str | None, accept: tuple[Acceptable, ...]) -> str:
    """Build and audit a release; gives its counts as Markdown."""
    return describe_release(pipeline.build(settings.read(home=home), accept=accept))


@task(name="publish tables", cache_policy=NO_CACHE, persist_result=False)
def publish_tables(home: str | None) -> str:
    """Write the evidence tables of the current release; gives their paths as Markdown."""
    return describe_files(pipeline.publish(settings.read(home=home)))


@task(name="announce changes", cache_policy=NO_CACHE, persist_result=False)
def announce_changes(home: str | None) -> None:
    """Show what changed beside the run, then tell whom KETALIT_NOTIFY_… names; once for each release."""
    chosen = settings.read(home=home)
    for found in pipeline.news(chosen):
        publish_report("changes", as_markdown(found))
        pipeline.announce(chosen, found)


@flow(name="build", persist_result=False)
def build(home: str | None = None, accept: tuple[Acceptable, ...] = ()) -> None:
    """Turn the stored records into an audited release and its tables, and say what changed."""
    with failures_told(home):
        counts = build_release(home, accept)
        written = publish_tables(home)
        publish_report("release", f"{counts}\n\n{written}")
        announce_changes(home)


if __name__ == "__main__":
    build()
