"""Write what a bench run measured into docs/performance.md: medians, speeds, memory, and ratios within the run.

The floor of a group is the least that any reader of the same input does; the peer is what others use for it.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- bench: written by make bench -->", "<!-- end of bench -->"
FLOORS: Final = ("test_the_bare_lxml_walk", "test_the_bare_walk_over_the_words")
PEERS: Final = ("test_pubmed_parser", "test_json", "test_ketalit_parses_in[one_process]", "test_a_build[10000]")
SPEEDS: Final = ("MB/s", "abstracts/s")
Run = Mapping[str, Any]


def main(path: str) -> None:
    """The table of a pytest-benchmark JSON file, on standard output and in the document."""
    runs = json.loads(Path(path).read_text("utf-8"))["benchmarks"]
    text = "\n".join([_circumstances(path), "", *_table(runs)])
    print(text)
    before, _, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _circumstances(path: str) -> str:
    taken = json.loads(Path(path).read_text("utf-8"))["datetime"][:16]
    load = os.getloadavg()
    return (
        f"Measured {taken} on {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}; "
        f"load average at the end {load[0]:.1f} (1 minute), {load[2]:.1f} (15 minutes)."
    )


def _table(runs: list[Run]) -> list[str]:
    lines = ["| what | median s | rounds | measured | of the floor | of the peer |", "|---|---|---|---|---|---|"]
    ordered = sorted(runs, key=lambda run: str(run["group"]))
    for group, members in groupby(ordered, key=lambda run: str(run["group"])):
        held = list(members)
        floor, peer = _reference(held, FLOORS), _reference(held, PEERS)
        lines.append(f"| **{group}** | | | | | |")
        lines += [_line(run, floor, peer) for run in held]
    return lines


def _reference(runs: list[Run], names: tuple[str, ...]) -> float | None:
    return next((_speed(run) for run in runs if run["name"] in names), None)


def _line(run: Run, floor: float | None, peer: float | None) -> str:
    measured = ", ".join(f"{value:,} {unit}" if _is_number(value) else f"{unit}: {value}" for unit, value in _told(run))
    ratios = [f"{_speed(run) / reference:.2f}" if reference else "" for reference in (floor, peer)]
    name = run["name"].removeprefix("test_").replace("_", " ")
    stats = run["stats"]
    return f"| {name} | {stats['median']:.3f} | {stats['rounds']} | {measured} | {ratios[0]} | {ratios[1]} |"


def _told(run: Run) -> list[tuple[str, Any]]:
    return list(run["extra_info"].items())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _speed(run: Run) -> float:
    """What a run read in a second, or how often it would be done in one."""
    told = run["extra_info"]
    return float(next((told[unit] for unit in SPEEDS if unit in told), 1 / run["stats"]["median"]))


if __name__ == "__main__":
    main(sys.argv[1])
