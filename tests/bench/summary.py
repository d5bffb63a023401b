"""Print what a bench run measured beside its times: MB/s, records/s, peak memory, and the ratio to the bare walk.

The bare walk is the least that any reader of the same input does: the floor of its group.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FLOORS = ("test_the_bare_lxml_walk", "test_the_bare_walk_over_the_words")
SPEEDS = ("MB/s", "abstracts/s")


def main(path: str) -> None:
    """One Markdown table of all benchmarks in a pytest-benchmark JSON file."""
    runs = json.loads(Path(path).read_text("utf-8"))["benchmarks"]
    walk = {run["group"]: speed_of(run) for run in runs if run["name"] in FLOORS}
    print("| what | median s | measured | of the bare walk |\n|---|---|---|---|")
    for run in runs:
        measured = ", ".join(f"{value:,} {unit}" for unit, value in run["extra_info"].items())
        speed, floor = speed_of(run), walk.get(run["group"])
        ratio = f"{speed / floor:.3f}" if speed and floor else ""
        print(f"| {run['name'].removeprefix('test_')} | {run['stats']['median']:.3f} | {measured} | {ratio} |")


def speed_of(run: dict[str, Any]) -> float | None:
    """What a run read in a second."""
    return next((run["extra_info"][unit] for unit in SPEEDS if unit in run["extra_info"]), None)


if __name__ == "__main__":
    main(sys.argv[1])
