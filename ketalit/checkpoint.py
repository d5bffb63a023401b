"""Checkpoints: the named places at which a run may be killed, for the tests that do it.

A checkpoint does nothing. tests/faults starts child processes in which `on_reached` ends the process as `kill -9` does,
and shows that the same command, run again, comes to what an undisturbed run comes to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

POINTS: Final = (
    # refresh, in the order in which a run comes by
    "store locked",
    "run begun",
    "promised.json written",
    "promised.json named",
    "ids promised",
    "part written",
    "part named",
    "unchanged written",
    "unchanged named",
    "page stored",
    "manifest.json written",
    "manifest.json named",
    "books closed",
    # build
    "workshop made",
    "database made",
    "documents loaded",
    "views made",
    "audited",
    "database finished",
    "release described",
    "release named",
    "release about to be current",
    "release current",
    "release published",
    # publish
    "report.html written",
    "report.html named",
    "tables written",
)


def nowhere(_point: str) -> None:
    """What happens at a checkpoint: nothing."""


on_reached: Callable[[str], None] = nowhere


def checkpoint(point: str) -> None:
    """Say that the run is at `point`, one of POINTS."""
    on_reached(point)
