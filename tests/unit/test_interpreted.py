"""Interpretations are made once for each part of the store and each version of the code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from ketalit import interpreted, pipeline, workers
from ketalit.errors import WorkerDied
from ketalit.interpreted import Interpretations, Schemas, Task
from ketalit.progress import silent
from ketalit.snapshot import Store, document
from ketalit.vocabulary import Source
from ketalit.warehouse.database import Warehouse
from ketalit.workers import makers
from tests.conftest import as_pubmed_xml

Tables = dict[str, list[dict[str, object]]]
Read = Callable[..., Tables]


def paper(pmid: str, dose: str) -> bytes:
    abstract = f"METHODS: Twenty adults with treatment-resistant depression had one infusion of ketamine {dose} mg/kg."
    title = f"Ketamine {dose} mg/kg in depression"
    absent = dict.fromkeys(("mesh", "publication_types", "keywords", "journal", "doi"))
    return as_pubmed_xml({**absent, "pmid": pmid, "title": title, "abstract": abstract, "year": "2024"})


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Schemas:
    with Warehouse.create(tmp_path_factory.mktemp("schemas") / "evidence.duckdb") as warehouse:
        return warehouse.schemas()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three parts: six papers, a later version of one of them, one more paper."""
    for papers in ({str(n): "0.5" for n in range(1, 7)}, {"2": "1.0"}, {"7": "0.75"}):
        keep(tmp_path, papers)
    return tmp_path


def keep(home: Path, papers: dict[str, str]) -> None:
    with Store(home).locked():
        run = Store(home).begin(Source.PUBMED, "import")
        found = [document(Source.PUBMED, pmid, paper(pmid, dose), "a file") for pmid, dose in papers.items()]
        run.write(found)
        run.promise(pipeline.Listing(ids=tuple(papers), queries=()))
        run.finish()


@pytest.fixture
def interpreted_now(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents each task that is done has."""
    done: list[int] = []
    do = interpreted.interpret_task

    def noted(task: Task, schemas: Schemas) -> None:
        done.append(task.documents)
        do(task, schemas)

    monkeypatch.setattr(interpreted, "interpret_task", noted)
    monkeypatch.setattr(workers, "interpret_task", noted)
    return done


@pytest.fixture
def tables(home: Path, schemas: Schemas) -> Read:
    """What the documents of the home state, as rows of `core`."""

    def read(processes: int = 1) -> Tables:
        found: Tables = {}
        kept = Interpretations(home / "interpreted", schemas, makers(processes))
        for part in kept.of(Store(home).holdings(), silent):
            for name, rows in part.tables([one.place for one in part.documents]):
                found.setdefault(name, []).extend(rows.to_pylist())
        return found

    return read


def test_what_did_not_change_is_not_interpreted_again(tables: Read, interpreted_now: list[int]) -> None:
    first = tables()
    assert interpreted_now == [6, 1, 1]
    assert tables() == first
    assert interpreted_now == [6, 1, 1]


def test_a_new_part_costs_what_is_in_it(tables: Read, home: Path, interpreted_now: list[int]) -> None:
    tables()
    keep(home, {"8": "0.2", "3": "0.4"})
    interpreted_now.clear()
    later = tables()
    assert interpreted_now == [2]
    shutil.rmtree(home / "interpreted")
    assert tables() == later


def test_only_the_newest_version_of_a_record_is_in_the_tables(tables: Read) -> None:
    found = tables()
    doses = {row["entity_id"]: row["dose"] for row in found["regimen"]}
    assert (len(found["publication"]), list(doses.values())) == (7, [0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 0.75])


def test_changed_code_reads_everything_anew_and_leaves_nothing_of_the_old(
    tables: Read, home: Path, interpreted_now: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables()
    monkeypatch.setattr(interpreted, "code_digest", lambda: "f" * 64)
    interpreted_now.clear()
    tables()
    assert (interpreted_now, os.listdir(home / "interpreted")) == ([6, 1, 1], ["f" * 16])


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone", "empty"])
def test_a_kept_file_that_was_damaged_is_made_again(
    tables: Read, home: Path, interpreted_now: list[int], harm: str
) -> None:
    first = tables()
    (folder,) = (home / "interpreted").iterdir()
    path = max(folder.iterdir(), key=lambda file: file.stat().st_size)
    data = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(data[:-9])
        case "flipped":
            path.write_bytes(data[:-9] + bytes([data[-9] ^ 4]) + data[-8:])
        case "gone":
            path.unlink()
        case _:
            path.write_bytes(b"")
    interpreted_now.clear()
    assert (tables(), interpreted_now) == (first, [6])


def test_what_a_killed_run_left_half_written_is_removed(tables: Read, home: Path) -> None:
    first = tables()
    (folder,) = (home / "interpreted").iterdir()
    (folder / ".half.1.writing").write_bytes(b"half")
    assert (tables(), [path.name for path in folder.glob(".*")]) == (first, [])


def test_a_changed_rule_changes_the_digest_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "ketalit"
    shutil.copytree(Path(interpreted.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(interpreted, "files", lambda _name: package)
    before = interpreted.code_digest()
    rules = package / "extract" / "rules" / "dosing.toml"
    rules.write_text(rules.read_text("utf-8") + "\n# another word\n", "utf-8")
    changed = interpreted.code_digest()
    (package / "cli" / "app.py").write_text("", "utf-8")
    assert (changed != before, interpreted.code_digest() == changed) == (True, True)


# ---- several processes


@pytest.fixture
def for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes of their own already for two documents."""
    monkeypatch.setattr(workers, "FOR_SEVERAL", 2)


@pytest.mark.usefixtures("for_few")
def test_several_processes_come_to_the_same_as_one(tables: Read, home: Path, interpreted_now: list[int]) -> None:
    beside = tables(2)
    assert interpreted_now == []  # it was done elsewhere
    shutil.rmtree(home / "interpreted")
    assert tables(1) == beside


@pytest.mark.usefixtures("for_few")
def test_a_process_that_is_killed_is_told_and_a_rerun_does_the_rest(
    tables: Read, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    popen: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen

    def dies(*arguments: object, **named: object) -> subprocess.Popen[bytes]:
        process = popen(*arguments, **named)
        process.send_signal(signal.SIGKILL)
        return process

    with monkeypatch.context() as patch:
        patch.setattr(workers.subprocess, "Popen", dies)
        with pytest.raises(WorkerDied, match=r"ended at .*part-00001.parquet, places 0 to \d"):
            tables(2)
    assert tables(2)


def test_little_is_done_without_further_processes(tables: Read, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(tasks: Sequence[Task], schemas: Schemas, number: int) -> Iterator[Task]:
        raise AssertionError("a process was started for eight documents")

    monkeypatch.setattr(workers, "_beside", started)
    assert tables(2)
