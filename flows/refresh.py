"""Prefect flow: every source into snapshots."""

from __future__ import annotations

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from flows.report import describe_runs, failures_told, publish_report
from ketalit import pipeline, settings
from ketalit.errors import Locked, may_pass
from ketalit.vocabulary import Acceptable, Source

RETRY_SECONDS = settings.read().task_retry_seconds


def _may_pass(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Trying again helps when the service was down or kept records back, and never for a wrong request."""
    return may_pass(state.result(raise_on_failure=False))


@task(
    name="refresh source",
    task_run_name="refresh {source}",
    retries=2,
    retry_delay_seconds=[RETRY_SECONDS, 15 * RETRY_SECONDS],
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def refresh_source(
    source: Source, home: str | None, strategy: str | None, full: bool, accept: tuple[Acceptable, ...]
) -> str:
    """Refresh one source; gives its books as a line of Markdown. The key and the address come from the environment."""
    chosen = settings.read(home=home, strategy=strategy)
    runs = pipeline.refresh(chosen, sources=(source,), is_full=full, accept=accept)
    return describe_runs(runs)


def _leave_the_store_to_its_holder(state: State[str]) -> None:
    """Two runs that take turns would lock each other out: who meets another ends at once. Raises Locked."""
    try:
        state.result()
    except Locked:
        raise
    except Exception:
        return  # told later: a source that fails does not keep the other from being refreshed


@flow(name="refresh", persist_result=False)
def refresh(
    home: str | None = None,
    strategy: str | None = None,
    full: bool = False,
    accept: tuple[Acceptable, ...] = (),
) -> None:
    """Query PubMed and ClinicalTrials.gov and store what is new or revised, with `full` whatever they hold."""
    with failures_told(home):
        states: list[State[str]] = []
        for source in Source:
            states.append(refresh_source(source, home, strategy, full, accept, return_state=True))
            _leave_the_store_to_its_holder(states[-1])
        books = [state.result() for state in states]
        publish_report("refresh", "\n".join(books))


if __name__ == "__main__":
    refresh()
