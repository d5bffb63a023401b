"""Print what a bench run measured beside its times: MB/s, records/s, peak memory, and the ratio to the bare walk."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(path: str) -> None:
    """One Markdown table of all benchmarks in a pytest-benchmark JSON file."""
    runs = json.loads(Path(path).read_text("utf-8"))["benchmarks"]
    walk = {run["group"]: run["extra_info"].get("MB/s") for run in runs if run["name"] == "test_the_bare_lxml_walk"}
    print("| what | median s | measured | of the bare walk |\n|---|---|---|---|")
    for run in runs:
        measured = ", ".join(f"{value:,} {unit}" for unit, value in run["extra_info"].items())
        speed, floor = run["extra_info"].get("MB/s"), walk.get(run["group"])
        ratio = f"{speed / floor:.2f}" if speed and floor else ""
        print(f"| {run['name'].removeprefix('test_')} | {run['stats']['median']:.3f} | {measured} | {ratio} |")


if __name__ == "__main__":
    main(sys.argv[1])
