"""What a whole build costs: 1,000 and 10,000 real abstracts from snapshot to audited release.

Run with `make bench`. Each size runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.corpus

CHILD = """
import resource, sys, time
from pathlib import Path
from ketalit import pipeline, settings
home = settings.read(home=Path(sys.argv[1]))
started = time.perf_counter()
pipeline.build(home, accept=("accuracy",))
seconds = time.perf_counter() - started
mib = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
print(seconds, mib)
"""


def imported(shared: Path, home: Path, documents: int, wrapped: Any) -> None:
    """A home that holds the thousand real abstracts as often as needed, each copy under its own PMID."""
    from ketalit import pipeline, settings
    from ketalit.vocabulary import Source

    lines = (shared / "corpus" / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    copies = [{**records[n % len(records)], "pmid": str(60_000_000 + n)} for n in range(documents)]
    file = home / "all.xml"
    file.write_bytes(b"<PubmedArticleSet>" + b"".join(map(wrapped, copies)) + b"</PubmedArticleSet>")
    pipeline.import_files(settings.read(home=home), Source.PUBMED, [file])


@pytest.mark.benchmark(group="build")
@pytest.mark.parametrize("documents", [1_000, 10_000])
def test_a_build(benchmark: Any, shared: Path, tmp_path: Path, wrapped: Any, documents: int) -> None:
    imported(shared, tmp_path, documents, wrapped)

    def build() -> tuple[float, float]:
        shown = subprocess.run(
            [sys.executable, "-c", CHILD, str(tmp_path)], capture_output=True, text=True, check=True
        ).stdout
        seconds, mib = map(float, shown.split())
        return seconds, mib

    seconds, mib = benchmark.pedantic(build, rounds=1)
    benchmark.extra_info["documents/s"] = round(documents / seconds)
    benchmark.extra_info["peak MiB"] = round(mib)
