"""Prefect flow: refresh, build, publish. The one that people deploy and schedule."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.build import build
from flows.refresh import refresh
from ketalit import pipeline, settings


@task(name="verify snapshots", cache_policy=NO_CACHE, persist_result=False)
def verify_snapshots(home: str | None) -> int:
    """Read every stored part back and compare it with its manifest."""
    return pipeline.verify(settings.read(home=home))


@flow(name="evidence", persist_result=False)
def evidence(home: str | None = None, strategy: str | None = None) -> None:
    """From the two services to the published evidence tables."""
    refresh(home, strategy)
    build(home)


@flow(name="re-verification", persist_result=False)
def reverification(home: str | None = None, strategy: str | None = None) -> None:
    """Check everything that is stored, then refresh, build and publish."""
    verify_snapshots(home)
    evidence(home, strategy)


if __name__ == "__main__":
    evidence()
