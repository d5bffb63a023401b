"""Interpretations are made once for each part of the store and each version of the code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from ketalit import interpreted, pipeline, workers
from ketalit.errors import WorkerDied
from ketalit.interpreted import Interpretations
from ketalit.interpreting import Schemas, Task
from ketalit.kept import kept_at
from ketalit.progress import silent
from ketalit.snapshot import Store, document
from ketalit.vocabulary import Source
from ketalit.warehouse.database import Warehouse
from ketalit.workers import makers
from tests.conftest import as_pubmed_xml
from tests.other_rules import Tables as Rules
from tests.other_rules import entry, reading_by, siblings

Tables = dict[str, list[dict[str, object]]]
Read = Callable[..., Tables]
Change = Callable[[Rules], object]


def paper(pmid: str, dose: str, results: str) -> bytes:
    methods = f"METHODS: Twenty adults with treatment-resistant depression had one infusion of ketamine {dose} mg/kg."
    abstract = f"{methods} RESULTS: {results}" if results else methods
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


def keep(home: Path, papers: dict[str, str], results: Mapping[str, str] = MappingProxyType({})) -> None:
    with Store(home).locked():
        run = Store(home).begin(Source.PUBMED, "import")
        bodies = {pmid: paper(pmid, dose, results.get(pmid, "")) for pmid, dose in papers.items()}
        found = [document(Source.PUBMED, pmid, body, "a file") for pmid, body in bodies.items()]
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
def tables(tmp_path: Path, schemas: Schemas) -> Read:
    """What the documents of a home state, as rows of `core`."""

    def read(processes: int = 1) -> Tables:
        found: Tables = {}
        kept = Interpretations(tmp_path / "interpreted", schemas, makers(processes))
        for part in kept.of(Store(tmp_path).holdings(), silent):
            for name, rows in part.tables([one.place for one in part.documents]):
                found.setdefault(name, []).extend(rows.to_pylist())
        return found

    return read


def folder_of(home: Path) -> Path:
    """Where the interpretations are that the code and the rules of now made: there are no others."""
    (folder,) = (home / "interpreted").glob("*/*")
    return folder


@pytest.mark.usefixtures("home")
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


@pytest.mark.usefixtures("home")
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
    path = max(folder_of(home).glob("*-0"), key=lambda file: file.stat().st_size)
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
    folder = folder_of(home)
    (folder / ".half.1.writing").write_bytes(b"half")
    assert (tables(), [path.name for path in folder.glob(".*")]) == (first, [])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, of which digests are made."""
    copy = tmp_path / "ketalit"
    shutil.copytree(Path(interpreted.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(interpreted, "files", lambda _name: copy)
    return copy


@pytest.mark.parametrize("name", ["extract/dosing.py", "kept.py", "interpreting.py", "sources/pubmed/parse.py"])
def test_changed_code_changes_the_digest_of_the_code(package: Path, name: str) -> None:
    before = interpreted.code_digest()
    path = package / name
    path.write_text(path.read_text("utf-8") + "# another word\n", "utf-8")
    assert interpreted.code_digest() != before


@pytest.mark.parametrize(
    "change",
    [
        lambda tables: tables["drugs.toml"]["terms"]["other_drugs"].append("aspirin"),
        lambda tables: tables["sections.toml"]["labels"]["methods"].append("ways"),
    ],
)
def test_changed_terms_and_labels_change_it_too(change: Change) -> None:
    before = interpreted.code_digest()
    with reading_by(change):
        assert interpreted.code_digest() != before


def test_what_reads_no_document_does_not_change_the_digest_of_the_code(package: Path) -> None:
    before = interpreted.code_digest()
    (package / "cli" / "app.py").write_text("", "utf-8")
    assert interpreted.code_digest() == before


def test_a_changed_rule_does_not_change_it_and_keeps_its_results_apart(tables: Read, effects: Path) -> None:
    before = interpreted.code_digest()
    by_rules_of_now = folder_of(effects) if tables() else None
    with reading_by(WIDER):
        assert interpreted.code_digest() == before
        assert tables()
        assert folder_of(effects) != by_rules_of_now


# ---- changed rules

TOLD = {
    "11": "Headaches occurred in three.",
    "12": "Migraines occurred in three.",
    "13": "Nausea occurred in three.",
    "14": "Headaches occurred in four.",
}


@pytest.fixture
def effects(tmp_path: Path) -> Path:
    """A home of two parts: three papers that name different effects, and one that names one of them again."""
    keep(tmp_path, dict.fromkeys(("11", "12", "13"), "0.5"), TOLD)
    keep(tmp_path, {"14": "0.5"}, TOLD)
    return tmp_path


def as_kept(home: Path) -> dict[str, object]:
    """What is kept in each file."""
    found = {path.name: kept_at(path) for path in folder_of(home).glob("*-*")}
    return {name: (kept.tables, kept.documents, kept.asked.asked()) for name, kept in found.items() if kept}


def headache(**parts: object) -> Change:
    return lambda tables: entry(tables, "safety.headache").update(parts)


def add_migraine(tables: Rules) -> None:
    beside = siblings(tables, "safety.headache")
    migraine = {"id": "safety.migraine", "value": "headache", "needs": ["migraine"], "pattern": r"\bmigraines?\b"}
    beside.insert(3, {**entry(tables, "safety.headache"), **migraine})


def remove_headache(tables: Rules) -> None:
    siblings(tables, "safety.headache").remove(entry(tables, "safety.headache"))


def know_more_people(tables: Rules) -> None:
    tables["words.toml"]["words"]["people"] += "|threesomes?"


WIDER = headache(pattern=r"\b(?:headache|migraine)s?\b", needs=["headache", "migraine"])
ALL = [3, 1]


@pytest.mark.parametrize(
    ("change", "read"),
    [
        pytest.param(headache(pattern=r"\bheadache\b"), [1, 1], id="a pattern that takes less"),
        pytest.param(WIDER, [1], id="a pattern that takes more, with its need"),
        pytest.param(headache(value="head pain"), [1, 1], id="another value"),
        pytest.param(headache(pattern=r"\bheadaches?\b|\bnausea\b"), [], id="a pattern without its need"),
        pytest.param(headache(meaning="Pain", examples=[{"text": "headaches"}], rejects=["x"]), [], id="its meaning"),
        pytest.param(headache(pattern=r"\bheadaches?\b|\bcephalea\b"), [], id="what no paper says"),
        pytest.param(add_migraine, [1], id="a further rule"),
        pytest.param(remove_headache, [1, 1], id="a rule less"),
        pytest.param(know_more_people, [], id="a word list"),
        pytest.param(lambda tables: siblings(tables, "safety.headache").reverse(), ALL, id="another order"),
        pytest.param(headache(around=True), ALL, id="a rule for the words around"),
        pytest.param(lambda tables: tables["drugs.toml"]["terms"]["other_drugs"].append("aspirin"), ALL, id="terms"),
    ],
)
def test_of_changed_rules_only_what_they_touch_is_read_anew(
    tables: Read, effects: Path, interpreted_now: list[int], change: Change, read: list[int]
) -> None:
    tables()
    interpreted_now.clear()
    with reading_by(change):
        renewed = tables()
        assert interpreted_now == read
        kept = as_kept(effects)
        shutil.rmtree(effects / "interpreted")
        assert tables() == renewed
        assert as_kept(effects) == kept


def test_a_run_that_stopped_goes_on_where_it_was(
    tables: Read, effects: Path, schemas: Schemas, interpreted_now: list[int]
) -> None:
    tables()
    interpreted_now.clear()
    with reading_by(headache(value="head pain")):
        with pytest.raises(KeyboardInterrupt):
            list(
                Interpretations(effects / "interpreted", schemas, stops_after_one).of(Store(effects).holdings(), silent)
            )
        renewed = tables()
        assert interpreted_now == [1, 1]
        shutil.rmtree(effects / "interpreted")
        assert tables() == renewed


def stops_after_one(tasks: Sequence[Task], schemas: Schemas) -> Iterator[Task]:
    yield next(makers(1)(tasks, schemas))
    raise KeyboardInterrupt


def test_after_a_stop_rules_may_change_again_or_back(
    tables: Read, effects: Path, schemas: Schemas, interpreted_now: list[int]
) -> None:
    first = tables()
    with reading_by(headache(value="head pain")), pytest.raises(KeyboardInterrupt):
        list(Interpretations(effects / "interpreted", schemas, stops_after_one).of(Store(effects).holdings(), silent))
    interpreted_now.clear()
    assert (tables(), interpreted_now) == (first, [])


@pytest.mark.parametrize("harm", ["a result", "the codebook", "no codebook"])
def test_damaged_results_by_earlier_rules_are_read_anew(
    tables: Read, effects: Path, interpreted_now: list[int], harm: str
) -> None:
    tables()
    folder = folder_of(effects)
    path = max(folder.glob("*-0")) if harm == "a result" else folder / "codebook"
    path.write_bytes(path.read_bytes()[:-1])
    if harm == "no codebook":
        path.unlink()
    interpreted_now.clear()
    with reading_by(headache(pattern=r"\bheadaches?\b|\bcephalea\b")):
        renewed = tables()
        assert len(interpreted_now) == (1 if harm == "a result" else 2)
        shutil.rmtree(effects / "interpreted")
        assert tables() == renewed


def test_progress_counts_what_is_read(tables: Read, effects: Path, schemas: Schemas) -> None:
    tables()
    told: dict[str, tuple[int, int | None]] = {}
    with reading_by(WIDER):
        kept = Interpretations(effects / "interpreted", schemas, makers(1))
        list(kept.of(Store(effects).holdings(), lambda what, done, total: told.update({what: (done, total)})))
    assert told == {"looking for what changed rules touch": (2, 2), "reading documents": (1, 1)}


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
def test_several_processes_read_what_changed_rules_touch(tables: Read, effects: Path) -> None:
    """They read by the rules of the package, so those of before are the other ones."""
    with reading_by(headache(value="head pain")):
        tables()
    renewed, kept = tables(2), as_kept(effects)
    shutil.rmtree(effects / "interpreted")
    assert (tables(), as_kept(effects)) == (renewed, kept)


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
