"""What an import and a build cost, from file to audited release, and what the next one costs when little is new.

The thousand real abstracts as often as needed, each copy under its own PMID. Each build runs in a process of its own,
so that its peak memory, the greatest of its processes, is its own. 100,000 documents only with $BENCH_LARGE.
Builds take many seconds, so three of each are made, and one in one process or of 100,000 documents.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from ketalit import pipeline, settings
from ketalit.release import Releases
from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from ketalit.vocabulary import Source
from ketalit.warehouse import read
from tests.bench.conftest import CHECKOUT, ROUNDS, child

pytestmark = [pytest.mark.corpus, pytest.mark.benchmark(group="build")]

BUILDS = 3
SIZES = [1_000, 10_000, *([100_000] if os.environ.get("BENCH_LARGE") else [])]
IMPORT = """
from pathlib import Path
from ketalit import pipeline, settings
from ketalit.vocabulary import Source
pipeline.import_files(settings.read(home=Path(sys.argv[1])), Source.PUBMED, [Path(sys.argv[2])])
say()
"""
BUILD = """
from pathlib import Path
from ketalit import pipeline, settings
accept = ("accuracy", "volume", "links")
pipeline.build(settings.read(home=Path(sys.argv[1]), workers=int(sys.argv[2])), accept=accept)
say()
"""
BUILD_BY_OTHER_RULES = """
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from ketalit import pipeline, settings
read = {}
accept = ("accuracy", "volume", "links")
chosen = settings.read(home=Path(sys.argv[1]), workers=int(sys.argv[2]))
pipeline.build(chosen, accept=accept, report=lambda what, done, total: read.update({what: done}))
say(**{"documents read": read.get("reading documents", 0)})
"""
SILENCED = ("headache", "dizziness", "vomiting")
"""Effects whose rules say nothing any more, one more in each round."""
OF_A_FULL_BUILD = "of the CPU s of a full build"
Write = Callable[[Iterable[int], str], Path]
Keep = Callable[[Path, Iterable[int], str], None]


@pytest.fixture(scope="module")
def write(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Writes the documents of some numbers into a file; `mark` tells their versions apart."""
    from tests.wrapping import as_pubmed_xml

    lines = (shared / "corpus" / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    file = tmp_path_factory.mktemp("files") / "all.xml"

    def written(numbers: Iterable[int], mark: str) -> Path:
        copies = ({**records[n % len(records)], "pmid": str(60_000_000 + n)} for n in numbers)
        with file.open("wb") as opened:
            opened.write(b"<PubmedArticleSet>")
            opened.writelines(as_pubmed_xml({**copy, "title": f"{copy['title']}{mark}"}) for copy in copies)
            opened.write(b"</PubmedArticleSet>")
        return file

    return written


@pytest.fixture(scope="module")
def keep(write: Write) -> Keep:
    """Imports the documents of some numbers into a home."""

    def kept(home: Path, numbers: Iterable[int], mark: str) -> None:
        pipeline.import_files(settings.read(home=home), Source.PUBMED, [write(numbers, mark)])

    return kept


@pytest.fixture(scope="module")
def cpu_of_a_build() -> dict[int, float]:
    """Number of documents → CPU s of a build from nothing, as far as it was measured."""
    return {}


@pytest.fixture(scope="module")
def homes(keep: Keep, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A home of each size, whose documents are imported and not yet read."""
    made = {size: tmp_path_factory.mktemp(f"of-{size}") for size in SIZES}
    for size, home in made.items():
        keep(home, range(size), "")
    return made


def forget(home: Path) -> None:
    """As before the first build."""
    for folder in ("interpreted", "releases"):
        shutil.rmtree(home / folder, ignore_errors=True)


@pytest.mark.parametrize("size", SIZES)
def test_an_import(benchmark: Any, write: Write, tmp_path: Path, size: int) -> None:
    file, told = write(range(size), ""), dict[str, Any]()
    benchmark.pedantic(
        lambda: told.update(child(IMPORT, tmp_path / "home", file)),
        setup=lambda: shutil.rmtree(tmp_path / "home", ignore_errors=True),
        rounds=BUILDS,
        iterations=1,
    )
    benchmark.extra_info["documents/s"] = round(size / benchmark.stats.stats.median)
    benchmark.extra_info.update(told)


@pytest.mark.parametrize("size", SIZES)
def test_a_build(benchmark: Any, homes: dict[int, Path], cpu_of_a_build: dict[int, float], size: int) -> None:
    cpu_of_a_build[size] = _build(benchmark, homes, size, workers=len(os.sched_getaffinity(0)))


def test_a_build_in_one_process(benchmark: Any, homes: dict[int, Path]) -> None:
    _build(benchmark, homes, 10_000, workers=1)


def _build(benchmark: Any, homes: dict[int, Path], size: int, workers: int) -> float:
    """Gives the CPU s of the last round."""
    home, told = homes[size], dict[str, Any]()
    rounds = BUILDS if size < 100_000 and workers > 1 else 1
    benchmark.pedantic(
        lambda: told.update(child(BUILD, home, workers)), setup=lambda: forget(home), rounds=rounds, iterations=1
    )
    benchmark.extra_info["documents/s"] = round(size / benchmark.stats.stats.median)
    benchmark.extra_info.update(told)
    return float(told["CPU s"])


@pytest.mark.parametrize("size", [10_000])
def test_a_build_after_one_hundredth_changed(
    benchmark: Any, homes: dict[int, Path], keep: Keep, cpu_of_a_build: dict[int, float], size: int
) -> None:
    """Each round changes other documents."""
    home, told, begun = homes[size], dict[str, Any](), iter(range(BUILDS))

    def change() -> None:
        number = next(begun)
        keep(home, range(number, size, 100), f" Changed in round {number}.")

    benchmark.pedantic(lambda: told.update(child(BUILD, home, 2)), setup=change, rounds=BUILDS, iterations=1)
    benchmark.extra_info.update(told)
    benchmark.extra_info[OF_A_FULL_BUILD] = round(told["CPU s"] / cpu_of_a_build[size], 2)


@pytest.mark.parametrize("size", [10_000])
def test_a_build_after_one_rule_changed(
    benchmark: Any, homes: dict[int, Path], cpu_of_a_build: dict[int, float], tmp_path: Path, size: int
) -> None:
    """Each round changes another rule, in a copy of the checkout that the builds are made with."""
    home, told, effects = homes[size], dict[str, Any](), iter(SILENCED)
    for folder in ("ketalit", "sql", "docs"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    child(BUILD_BY_OTHER_RULES, home, 2, tmp_path)

    def change() -> None:
        path = tmp_path / "ketalit" / "extract" / "rules" / "safety.toml"
        in_front, named, behind = path.read_text("utf-8").partition(f'"safety.{next(effects)}"')
        path.write_text(in_front + named + behind.replace("pattern  = '''", "pattern  = '''(?!)", 1), "utf-8")

    benchmark.pedantic(
        lambda: told.update(child(BUILD_BY_OTHER_RULES, home, 2, tmp_path)),
        setup=change,
        rounds=len(SILENCED),
        iterations=1,
    )
    benchmark.extra_info.update(told)
    benchmark.extra_info[OF_A_FULL_BUILD] = round(told["CPU s"] / cpu_of_a_build[size], 2)


@pytest.mark.parametrize("size", [10_000])
@pytest.mark.benchmark(group="views")
def test_the_evidence_views(benchmark: Any, homes: dict[int, Path], size: int) -> None:
    """Every view of `evidence`: all of its rows, and its first hundred; the slowest of them is told by name."""
    with read(Releases(homes[size]).current().database) as reader:
        names = [name.removeprefix("evidence.") for name in reader.counts() if name.startswith("evidence.")]

        def seconds(query: str) -> float:
            taken = []
            for _ in range(ROUNDS):
                begun = perf_counter()
                reader.arrow(query)
                taken.append(perf_counter() - begun)
            return median(taken)

        whole = {name: seconds(f"from evidence.{name}") for name in names}
        first = {name: seconds(f"from evidence.{name} limit 100") for name in names}
        benchmark.pedantic(lambda: reader.arrow("from evidence.study_overview"), rounds=ROUNDS)
        slowest, first_slowest = max(whole, key=lambda n: whole[n]), max(first, key=lambda n: first[n])
        benchmark.extra_info["studies"] = reader.rows("select count(*) as n from core.study")[0]["n"]
        benchmark.extra_info["views"] = len(names)
        benchmark.extra_info["views over 100 ms"] = ", ".join(sorted(n for n in names if whole[n] > 0.1)) or "none"
        benchmark.extra_info[f"ms for all of {slowest}, the slowest"] = round(1000 * whole[slowest])
        benchmark.extra_info[f"ms for 100 rows of {first_slowest}, the slowest"] = round(1000 * first[first_slowest])


@pytest.mark.benchmark(group="refresh")
def test_a_refresh_without_news(
    benchmark: Any, sample_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    """Both services hold what is stored: only listings are asked for."""
    chosen = unhurried(sample_server, home=tmp_path)
    pipeline.refresh(chosen)
    before = len(sample_server.requests)
    benchmark.pedantic(lambda: pipeline.refresh(chosen), rounds=ROUNDS)
    asked = sample_server.requests[before:]
    benchmark.extra_info["requests"] = len(asked) / ROUNDS
    benchmark.extra_info["of them for records"] = sum("efetch" in request.path for request in asked) / ROUNDS
