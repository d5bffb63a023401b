"""Prefect flow: bulk files on a Dask cluster; workers select and write Parquet, one writer fills the store.

python -m flows.backfill https://…/baseline/ --home data                      # a cluster on this machine
python -m flows.backfill s3://bucket/baseline/ --staging s3://bucket/staging --dask-address tcp://scheduler:8786
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

import msgspec
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect_dask.task_runners import DaskTaskRunner

from ketalit import settings, strategy
from ketalit.backfill import Staged, bulk_files, gather, stage
from ketalit.errors import KetalitError
from ketalit.snapshot import Store
from ketalit.vocabulary import Source


@task(name="stage file", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def stage_file(url: str, source: str, strategy_name: str, staging: str) -> dict[str, Any]:
    """What the strategy finds in one bulk file, written to the staging folder; gives its books."""
    made = stage(url, Source(source), strategy.read(strategy_name), staging)
    return dict(msgspec.to_builtins(made))


@flow(name="backfill", persist_result=False)
def backfill(
    locations: list[str],
    source: Source = Source.PUBMED,
    home: str | None = None,
    strategy_name: str | None = None,
    staging: str | None = None,
) -> str:
    """Every bulk file of the locations (folders of NLM's files, or single files) into the store; gives the run's id."""
    chosen = settings.read(home=home, strategy=strategy_name)
    where = staging or str((chosen.home / "staging").resolve())
    urls = [url for location in locations for url in _files(location)]
    futures = [stage_file.submit(url, source.value, chosen.strategy, where) for url in urls]
    staged = [msgspec.convert(future.result(), Staged) for future in futures]
    run = gather(Store(chosen.home), where, staged)
    for note in run.notes:
        print(note)
    return run.run_id


def _files(location: str) -> tuple[str, ...]:
    return bulk_files(location) if location.endswith("/") or os.path.isdir(location) else (location,)


def task_runner(address: str | None, workers: int | None) -> Any:
    """An existing Dask cluster, or one on this machine with a process for each core."""
    if address:
        return DaskTaskRunner(address=address)
    cores = workers or len(os.sched_getaffinity(0))
    return DaskTaskRunner(cluster_kwargs={"n_workers": cores, "threads_per_worker": 1, "dashboard_address": None})


def main(arguments: list[str]) -> int:
    """Run the flow from a command line; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m flows.backfill", description=backfill.__doc__)
    parser.add_argument(
        "locations", nargs="+", help="folder of NLM's files (ends with /), or files; any fsspec address"
    )
    parser.add_argument("--source", type=Source, choices=list(Source), default=Source.PUBMED)
    parser.add_argument("--home", help="folder that holds everything [KETALIT_HOME, default ./data]")
    parser.add_argument("--strategy", dest="strategy_name", help="bundled name or .toml file [KETALIT_STRATEGY]")
    parser.add_argument("--staging", help="folder for what workers select; all must reach it [<home>/staging]")
    parser.add_argument("--dask-address", help="scheduler of an existing cluster [a cluster on this machine]")
    parser.add_argument("--workers", type=int, help="processes of the cluster on this machine [one for each core]")
    given = vars(parser.parse_args(arguments))
    runner = task_runner(given.pop("dask_address"), given.pop("workers"))
    try:
        backfill.with_options(task_runner=runner)(**given)
    except KetalitError as error:
        print(f"ketalit: {error}\n  {error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
