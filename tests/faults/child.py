"""Runs in processes of their own, which may be killed at a checkpoint or starved of disk.

python -m tests.faults.child    reads requests, a JSON object a line, forks for each, and answers with its exit code

The libraries are loaded once: a run is then killed after milliseconds, and a hundred of them are no matter of minutes.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from functools import partial

import msgspec
from msgspec import Struct

import ketalit.candidates
import ketalit.export.tables
import ketalit.interpretation
import ketalit.release
import ketalit.sources.ctgov.client
import ketalit.sources.pubmed.client
import ketalit.update
import ketalit.warehouse  # noqa: F401 - each is what some stage loads when it runs
from ketalit import checkpoint, pipeline, settings
from ketalit.errors import KetalitError


class Order(Struct, frozen=True):
    """What a run is to do, and what is to happen to it."""

    stage: str
    home: str
    entrez_url: str
    ctgov_url: str
    point: str = "-"
    nth: int = 1
    """At which passage of the checkpoint it is killed."""
    file_bytes: int = 0
    """Size above which no file can be written; 0 for none."""
    errors: str = os.devnull
    """File for what it says."""


def main() -> None:
    """Serve until the standard input ends."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os._exit(_obey(msgspec.json.decode(line, type=Order)))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _obey(order: Order) -> int:
    os.dup2(os.open(order.errors, os.O_WRONLY | os.O_CREAT), 2)
    try:
        return _run(order)
    except (KetalitError, OSError) as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        return error.exit_code if isinstance(error, KetalitError) else 1
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        return 1


def _run(order: Order) -> int:
    checkpoint.on_reached = _killing(order.point, order.nth)
    chosen = settings.read(
        home=order.home,
        entrez_url=order.entrez_url,
        ctgov_url=order.ctgov_url,
        email="ada@example.org",
        entrez_per_second=1_000.0,
        ctgov_per_second=1_000.0,
        efetch_size=17,
        ctgov_page_size=8,
        pace_folder=f"{order.home}.pace",
    )
    if order.file_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_bytes, order.file_bytes))
    stages = {
        "refresh": pipeline.refresh,
        "refresh everything": partial(pipeline.refresh, is_full=True),
        "build": partial(pipeline.build, accept=("accuracy",)),  # rules in the making are no fault
        "publish": pipeline.publish,
    }
    stages[order.stage](chosen)
    return 0


def _killing(point: str, nth: int) -> checkpoint.Callable[[str], None]:
    passed = 0

    def on_reached(reached: str) -> None:
        nonlocal passed
        passed += reached == point
        if reached == point and passed == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_reached


if __name__ == "__main__":
    main()
