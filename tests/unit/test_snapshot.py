"""Snapshots: what is promised, stored and explained, and what a kill leaves behind."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import pipeline, settings
from ketalit.durable import digest, write_durably
from ketalit.errors import Incomplete, Locked, OtherVersion, SettingsError, SnapshotDamaged
from ketalit.model.document import Document
from ketalit.model.search import Listing
from ketalit.snapshot import Manifest, Store, StrategyUsed
from ketalit.snapshot import document as obtained
from ketalit.vocabulary import Source

USED = StrategyUsed(name="s", version="1", digest="d")


def document(source_id: str, body: bytes = b"<x/>") -> Document:
    return Document(Source.PUBMED, source_id, body, digest(body), "2026-01-01T00:00:00Z", "request")


def stored(store: Store, *batches: tuple[Document, ...], kind: str = "refresh") -> Manifest:
    run = store.begin(Source.PUBMED, kind, USED)
    run.promise(Listing(ids=tuple(d.source_id for batch in batches for d in batch), queries=()))
    for batch in batches:
        run.write(batch)
    return run.finish()


def test_a_document_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    original = document("1", b"<a>\xc2\xb5 \x00</a>")
    stored(Store(tmp_path), (original,))
    assert [d for _, d in Store(tmp_path).documents()] == [original]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=4)), max_size=8))
def test_the_newest_version_of_each_document_is_the_one_that_counts(
    tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[str, bytes]]
) -> None:
    store = Store(tmp_path_factory.mktemp("home"))
    for source_id, body in versions:
        stored(store, (document(source_id, body),), kind="import")
    assert {d.source_id: d.body for _, d in store.documents()} == dict(versions)


def test_a_document_that_did_not_change_is_not_stored_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    stored(store, (document("1"),))
    again = stored(store, (document("1"),), kind="import")
    assert (again.stored, again.unchanged, again.parts) == (0, 1, ())


def test_a_document_that_changed_back_is_stored_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for body in (b"one", b"two", b"one"):
        stored(store, (document("1", body),), kind="import")
    assert [d.body for _, d in store.documents()] == [b"one"]


def test_a_missing_record_makes_the_run_incomplete_and_unread(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = store.begin(Source.PUBMED, "refresh", USED)
    run.promise(Listing(ids=("1", "2"), queries=()))
    run.write([document("1")])
    with pytest.raises(Incomplete, match=r"1 of 2 promised records did not come \(first: 2\)"):
        run.finish()
    assert (store.runs()[0].status, store.runs()[0].missing, list(store.documents())) == ("incomplete", ("2",), [])


def test_an_explained_record_balances_the_books(tmp_path: Path) -> None:
    run = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    run.promise(Listing(ids=("1", "2"), queries=()))
    run.write([document("1")])
    run.explain([("2", "deleted by PubMed")])
    assert (run.finish().status, run.manifest.explained) == ("complete", (("2", "deleted by PubMed"),))


def test_the_promise_is_on_disk_before_anything_is_fetched(tmp_path: Path) -> None:
    run = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    run.promise(Listing(ids=("1", "2"), queries=()))
    assert json.loads((run.folder / "promised.json").read_bytes()) == ["1", "2"]


def test_an_interrupted_run_is_taken_up_and_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    first = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    first.promise(Listing(ids=("1", "2"), queries=()))
    first.write([document("1")])
    again = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    wanted = again.promise(Listing(ids=("1", "2"), queries=()))
    again.write([document("2")])
    assert (again.folder == first.folder, wanted, again.finish().stored) == (True, ("2",), 2)


def test_a_run_of_another_strategy_begins_anew(tmp_path: Path) -> None:
    first = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    other = Store(tmp_path).begin(Source.PUBMED, "refresh", StrategyUsed(name="s", version="2", digest="e"))
    assert first.folder != other.folder


def test_runs_that_begin_within_a_second_keep_their_order(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ids = [stored(store, (document(str(n)),), kind="import").run_id for n in range(12)]
    assert [run.run_id for run in store.runs()] == ids


@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_a_damaged_part_is_found_before_anything_is_read_from_it(tmp_path: Path, harm: str) -> None:
    store = Store(tmp_path)
    run = stored(store, (document("1"),))
    part = tmp_path / "snapshots" / run.run_id / run.parts[0].name
    data = part.read_bytes()
    if harm == "gone":
        part.unlink()
    else:
        part.write_bytes(data[:-1] if harm == "cut" else data[:9] + bytes([data[9] ^ 1]) + data[10:])
    for read in (store.verify, lambda: list(store.documents()), lambda: store.known(Source.PUBMED)):
        with pytest.raises(SnapshotDamaged, match=r"part-00001\.parquet"):
            read()


def test_a_part_of_an_older_layout_is_told_with_what_to_do(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = stored(store, (document("1"),))
    part = tmp_path / "snapshots" / run.run_id / run.parts[0].name
    pq.write_table(pq.read_table(part).drop(["revised"]), part)
    manifest = tmp_path / "snapshots" / run.run_id / "manifest.json"
    books = {**json.loads(manifest.read_bytes()), "parts": [{**PART, "sha256": digest(part.read_bytes())}]}
    manifest.write_text(json.dumps({name: value for name, value in books.items() if name != "seal"}))
    with pytest.raises(OtherVersion, match=r"written by an older ketalit .* no column revised") as told:
        store.verify()
    assert (str(tmp_path) in told.value.hint, "ketalit refresh" in told.value.hint) == (True, True)


def test_d21_a_file_is_synced_before_it_gets_its_name_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append("folder synced" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file synced")
        sync(descriptor)

    def named(path: Path, target: Path) -> Path:
        done.append("named")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", named)
    write_durably(tmp_path / "file", b"whole")
    assert done == ["file synced", "named", "folder synced"]


def test_d22_a_disk_that_cannot_sync_fails_the_write_and_names_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "file").write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="Input/output error"):
        write_durably(tmp_path / "file", b"after")
    assert (tmp_path / "file").read_bytes() == b"before"


PART = {"name": "part-00001.parquet", "documents": 1}


@pytest.mark.parametrize("unreadable", [{}, {"parts": "elsewhere"}], ids=["alike", "unlike"])
def test_a_run_that_a_newer_version_wrote_is_refused_by_every_verb_and_left_alone(
    tmp_path: Path, unreadable: dict[str, object]
) -> None:
    run = stored(Store(tmp_path), (document("1"),))
    manifest = tmp_path / "snapshots" / run.run_id / "manifest.json"
    newer = {**json.loads(manifest.read_bytes()), "format": 2, "ketalit_version": "9.0", **unreadable}
    manifest.write_text(json.dumps({name: value for name, value in newer.items() if name != "seal"}))
    before = manifest.read_bytes()
    chosen = settings.read(home=tmp_path, email="ada@example.org")
    for verb in (pipeline.build, pipeline.verify, pipeline.refresh):
        with pytest.raises(OtherVersion, match=r"newer ketalit \(9\.0\): its format is 2, this version reads up to 1"):
            verb(chosen)
    told = pipeline.status(chosen)
    assert (told.exit_code, "newer ketalit" in str(told.problem)) == (1, True)
    assert manifest.read_bytes() == before


def test_doing_what_the_hint_says_mends_a_damaged_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = stored(store, (document("1"),))
    part = tmp_path / "snapshots" / run.run_id / run.parts[0].name
    part.write_bytes(b"")
    (tmp_path / "snapshots" / run.run_id).rename(tmp_path / "moved away")
    stored(store, (document("1"),))
    assert [d.source_id for _, d in store.documents()] == ["1"]


def test_an_old_copy_that_is_imported_late_does_not_stand_before_a_newer_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for revised in ("2024-05-01", "2019-01-31"):
        year, month, day = revised.split("-")
        body = f"<DateRevised><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></DateRevised>"
        stored(store, (obtained(Source.PUBMED, "1", body.encode(), "r"),), kind="import")
    assert [d.revised for _, d in store.documents()] == ["2024-05-01"]


def test_a_strategy_of_another_name_is_not_mixed_in(tmp_path: Path) -> None:
    store = Store(tmp_path)
    stored(store, (document("1"),))
    with pytest.raises(SettingsError, match="holds records that the strategy s found; t would mix") as told:
        store.begin(Source.PUBMED, "refresh", StrategyUsed(name="t", version="1", digest="d"))
    assert "--home" in told.value.hint


def test_unchanged_records_are_not_asked_for_again_after_an_interruption(tmp_path: Path) -> None:
    store = Store(tmp_path)
    stored(store, (document("1"), document("2")))
    broken_off = store.begin(Source.PUBMED, "refresh", USED)
    broken_off.promise(Listing(ids=("1", "2"), queries=()))
    broken_off.write([document("1")])
    again = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    wanted = again.promise(Listing(ids=("1", "2"), queries=()))
    again.write([document("2")])
    assert (wanted, again.finish().unchanged) == (("2",), 2)


def test_an_explained_record_that_later_came_is_no_longer_explained(tmp_path: Path) -> None:
    run = Store(tmp_path).begin(Source.PUBMED, "refresh", USED)
    run.promise(Listing(ids=("1",), queries=()))
    run.explain([("1", "gone")])
    run.write([document("1")])
    assert (run.finish().explained, run.manifest.stored) == ((), 1)


@given(
    promised=st.lists(st.sampled_from("abcdef"), max_size=8),
    again=st.lists(st.sampled_from("abcdef"), max_size=8),
    known=st.sets(st.sampled_from("abcdef")),
    came=st.sets(st.sampled_from("abcdef")),
    explained=st.sets(st.sampled_from("abcdef")),
)
def test_promised_equals_stored_and_unchanged_and_explained_and_missing(
    tmp_path_factory: pytest.TempPathFactory,
    promised: list[str],
    again: list[str],
    known: set[str],
    came: set[str],
    explained: set[str],
) -> None:
    store = Store(tmp_path_factory.mktemp("home"))
    stored(store, tuple(map(document, sorted(known))), kind="import")
    for listing in (promised, again):  # the run is interrupted once, and the listing changes meanwhile
        run = store.begin(Source.PUBMED, "refresh", USED)
        run.promise(Listing(ids=tuple(listing), queries=()))
        run.write([document(source_id) for source_id in sorted(came)])
    run.explain([(source_id, "reason") for source_id in explained])
    with contextlib.suppress(Incomplete):
        run.finish()
    books = run.manifest
    accounted = books.stored + books.unchanged + len(books.explained) + len(books.missing)
    assert (books.promised, accounted) == (len(set(again)), len(set(again)))


def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    stored(store, (document("1"),))
    code = (
        "import os, sys; from pathlib import Path; from ketalit.snapshot import Store\n"
        "from ketalit.errors import SnapshotDamaged\n"
        "os.geteuid() or os.seteuid(65534)\n"
        "try: Store(Path(sys.argv[1])).verify()\n"
        "except SnapshotDamaged as error: print(error)"
    )
    (tmp_path / "snapshots").chmod(0)
    try:
        tmp_path.chmod(0o755)
        shown = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    finally:
        (tmp_path / "snapshots").chmod(0o755)
    assert "cannot be read: Permission denied" in shown.stdout + shown.stderr


def test_verifying_an_empty_home_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no complete run"):
        Store(tmp_path).verify()


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = stored(store, (document("1"),))
    (tmp_path / "snapshots" / run.run_id / "manifest.json").write_text("{")
    with pytest.raises(SnapshotDamaged, match=r"manifest\.json cannot be read"):
        store.runs()


def test_a_second_run_is_refused_while_one_holds_the_store(tmp_path: Path) -> None:
    with Store(tmp_path).locked(), pytest.raises(Locked, match=f"process {os.getpid()}"), Store(tmp_path).locked():
        pass


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"), Store(tmp_path / "file").locked():
        pass


CHILD = """
import sys
from pathlib import Path
from ketalit.model.document import Document
from ketalit.model.search import Listing
from ketalit.durable import digest
from ketalit.snapshot import Store
from ketalit.vocabulary import Source
store = Store(Path(sys.argv[1]))
with store.locked():
    run = store.begin(Source.PUBMED, "refresh", None)
    run.promise(Listing(ids=tuple(map(str, range(10_000))), queries=()))
    for number in range(10_000):
        body = b"x" * 2_000_000
        run.write([Document(Source.PUBMED, str(number), body, digest(body), "t", "r")])
        print(number, flush=True)
"""


def test_a_kill_leaves_only_whole_parts_and_frees_the_store(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = [int(child.stdout.readline()) for _ in range(3)]
    child.send_signal(signal.SIGKILL)
    child.communicate()
    store = Store(tmp_path)
    with store.locked():
        run = store.begin(Source.PUBMED, "refresh", None)
        wanted = run.promise(Listing(ids=tuple(map(str, range(10_000))), queries=()))
    assert not {str(number) for number in acknowledged} & set(wanted)
    assert list(store.documents()) == []
