"""Prefect flow: refresh, build, publish. The one that people deploy and schedule."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.build import build
from flows.refresh import refresh
from flows.report import failures_told
from ketalit import pipeline, settings
from ketalit.vocabulary import Acceptable


@task(name="verify snapshots", cache_policy=NO_CACHE, persist_result=False)
def verify_snapshots(home: str | None) -> int:
    """Read every stored part back and compare it with its manifest."""
    return pipeline.verify(settings.read(home=home))


@flow(name="evidence", persist_result=False)
def evidence(
    home: str | None = None,
    strategy: str | None = None,
    full: bool = False,
    accept: tuple[Acceptable, ...] = (),
) -> None:
    """From the two services to the published evidence tables.

    `full` lists and fetches everything, `accept` lets pass what it names (incomplete, stale, accuracy, volume, links)
    in this run; both are as in `ketalit refresh` and `ketalit build`.
    """
    refresh(home, strategy, full, accept)
    build(home, accept)


@flow(name="re-verification", persist_result=False)
def reverification(
    home: str | None = None,
    strategy: str | None = None,
    full: bool = True,
    accept: tuple[Acceptable, ...] = (),
) -> None:
    """Check everything that is stored, then list and fetch everything anew, build and publish."""
    with failures_told(home):
        verify_snapshots(home)
    evidence(home, strategy, full, accept)


if __name__ == "__main__":
    evidence()
