"""What the benches share: real files, peers, and how a figure is taken.

Peers lie in a folder of their own ($PEERS, which `make bench` fills) at the end of the path: pubmed_parser brings a
package called tests, and metapub its own lxml.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from gzip import GzipFile
from pathlib import Path
from typing import Any

import pytest

from ketalit.sources.pubmed.bulk import pieces

CHECKOUT = Path(__file__).resolve().parents[2]
ROUNDS = 5
Measure = Callable[..., Any]

sys.path.append(os.environ.get("PEERS", ""))
logging.getLogger("metapub").setLevel(logging.ERROR)


@pytest.fixture(scope="session")
def nlm_files() -> tuple[Path, ...]:
    """The two genuine files of NLM that the source package of pubmed_parser carries: 30,000 and 20,788 records."""
    files = tuple(sorted((CHECKOUT / ".benchmarks" / "nlm").glob("pubmed*.xml.gz")))
    if len(files) != 2:
        pytest.skip("the files of NLM are not in .benchmarks/nlm: run `make bench`")
    return files


@pytest.fixture(scope="session")
def nlm_records(nlm_files: tuple[Path, ...]) -> list[bytes]:
    """Every thirtieth record of both files: 14 MB, old and new ones."""
    found: list[bytes] = []
    for path in nlm_files:
        with GzipFile(path) as file:
            found += [body for piece in pieces(file) for _, body in piece.records][::30]
    return found


@pytest.fixture(scope="session")
def as_page() -> Callable[[list[bytes]], bytes]:
    """Makes a file as NLM lays it out; Entrez.read takes no other."""
    return lambda bodies: HEAD + b"\n".join(bodies) + b"\n</PubmedArticleSet>\n"


HEAD = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet>
"""


@pytest.fixture
def measure(benchmark: Any) -> Measure:
    """Runs `read` often enough for a median; keeps MB/s of `size` bytes and what `read` counts in a second."""

    def run(size: int, read: Callable[[], int], unit: str = "records", rounds: int = ROUNDS) -> None:
        count = benchmark.pedantic(read, rounds=rounds, warmup_rounds=1)
        seconds = benchmark.stats.stats.median
        benchmark.extra_info["MB/s"] = round(size / 1e6 / seconds, 1)
        benchmark.extra_info[f"{unit}/s"] = round(count / seconds)

    return run


def child(code: str, *arguments: object) -> dict[str, Any]:
    """What a Python of its own prints as JSON; so its peak memory is its own."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{PRELUDE}\n{code}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
    ).stdout
    return dict(json.loads(shown.splitlines()[-1]))


PRELUDE = """
import json, os, resource, sys
sys.path.append(os.environ.get("PEERS", ""))
def say(**told):
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss: the parent too
    peak = max(int(own.split()[1]), used[1].ru_maxrss)
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    print(json.dumps({**told, "CPU s": round(cpu, 1), "peak MiB": round(peak / 1024)}))
"""


class Readers:
    """Processes that parse files of records, as the workers of a build do: names go in, counts come out."""

    CODE = """
import sys
from pathlib import Path
from ketalit.model.document import Document
from ketalit.sources.pubmed.parse import publication, records
from ketalit.vocabulary import Source
for line in sys.stdin:
    found = records(Path(line.strip()).read_bytes())
    print(sum(1 for pmid, body in found if publication(Document(Source.PUBMED, pmid, body, "", "", ""))), flush=True)
"""

    def __init__(self, processes: int) -> None:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": CHECKOUT}
        self._started = [subprocess.Popen([sys.executable, "-c", self.CODE], **pipes) for _ in range(processes)]

    def read(self, files: list[Path]) -> int:
        """Each process its share of the files; gives how many records they hold."""
        for number, file in enumerate(files):
            pipe = self._started[number % len(self._started)].stdin
            print(file, file=pipe, flush=True)
        return sum(int(self._started[n % len(self._started)].stdout.readline()) for n in range(len(files)))  # type: ignore[union-attr]

    def stop(self) -> None:
        for process in self._started:
            process.kill()
            process.communicate()


@pytest.fixture(params=[1, 2], ids=["one_process", "two_processes"])
def readers(request: pytest.FixtureRequest) -> Iterator[Readers]:
    made = Readers(request.param)
    yield made
    made.stop()
