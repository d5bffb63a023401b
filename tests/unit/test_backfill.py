"""Bulk files into the store: checked, selected, staged, gathered; and again from where it broke off."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ketalit import backfill, strategy
from ketalit.backfill import bulk_files, gather, stage
from ketalit.errors import DocumentUnreadable, SettingsError
from ketalit.replay import Corpus
from ketalit.snapshot import Store
from ketalit.sources.pubmed import bulk
from ketalit.sources.pubmed.page import records
from ketalit.vocabulary import Source
from tests.unit.test_selection import paper

BUNDLED = strategy.read("ketamine_depression")
FILES = ("pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz", "pubmed26n0003.xml.gz")


def on_topic(pmid: str, title: str = "Ketamine in depression") -> bytes:
    return paper(pmid, title)


def packed(*papers: bytes, deleted: tuple[str, ...] = ()) -> bytes:
    gone = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
    end = f"<DeleteCitation>{gone}</DeleteCitation>" if deleted else ""
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "x.dtd">\n<PubmedArticleSet>\n'
    return gzip.compress(head + b"\n".join(papers) + end.encode() + b"</PubmedArticleSet>\n")


def laid(folder: Path, name: str, data: bytes) -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    (folder / f"{name}.md5").write_text(f"MD5({name})= {hashlib.md5(data).hexdigest()}\n")  # noqa: S324
    return str(folder / name)


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """Three files: two records on the topic and one not; a revision; a deletion, and a record of its own."""
    folder = tmp_path / "baseline"
    laid(folder, FILES[0], packed(on_topic("1"), paper("2", "Sertraline in depression"), on_topic("3")))
    laid(folder, FILES[1], packed(on_topic("1", "Ketamine in depression, revised"), deleted=("3", "99")))
    laid(folder, FILES[2], packed(on_topic("4")))
    return folder


def run(folder: Path, home: Path) -> dict[str, bytes]:
    """Stage every file and gather; gives what the store holds."""
    staging = str(home / "staging")
    staged = [stage(url, Source.PUBMED, BUNDLED, staging) for url in bulk_files(f"{folder}/")]
    gather(Store(home), staging, staged)
    return {held.source_id: held.body for _, held in Store(home).documents()}


def test_what_the_strategy_finds_is_stored_with_its_last_revision_and_deletions(baseline: Path, tmp_path: Path) -> None:
    stored = run(baseline, tmp_path / "home")
    (books,) = Store(tmp_path / "home").complete_runs()
    assert (sorted(stored), b"revised" in stored["1"], books.deleted) == (["1", "3", "4"], True, ("3",))
    assert books.notes[0] == f"{FILES[0]}: 2 of 3 records are found by the strategy"


def test_a_deleted_record_that_a_later_file_holds_again_stands(baseline: Path, tmp_path: Path) -> None:
    laid(baseline, FILES[2], packed(on_topic("3")))
    run(baseline, tmp_path / "home")
    assert Store(tmp_path / "home").complete_runs()[0].deleted == ()


def test_a_file_that_is_not_what_its_md5_says_is_not_used(baseline: Path, tmp_path: Path) -> None:
    (baseline / FILES[0]).write_bytes(packed(on_topic("5")))
    with pytest.raises(DocumentUnreadable, match=r"pubmed26n0001.xml.gz is not what its md5 says"):
        stage(str(baseline / FILES[0]), Source.PUBMED, BUNDLED, str(tmp_path / "staging"))
    assert not (tmp_path / "staging").exists()


@pytest.mark.parametrize("harm", ["gzip", "xml", "not xml"])
def test_a_damaged_file_is_told_and_nothing_of_it_is_staged(tmp_path: Path, harm: str) -> None:
    whole = packed(on_topic("1"), on_topic("2"))
    data = {"gzip": whole[:-20], "xml": gzip.compress(gzip.decompress(whole)[:-30]), "not xml": b"<html></html>"}[harm]
    url = laid(tmp_path / "baseline", FILES[0], data)
    with pytest.raises(DocumentUnreadable, match=r"pubmed26n0001.xml.gz cannot be read"):
        stage(url, Source.PUBMED, BUNDLED, str(tmp_path / "staging"))
    assert not (tmp_path / "staging").exists()


def test_a_staged_file_is_not_read_again_unless_it_or_the_strategy_changed(
    baseline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, staging = str(baseline / FILES[0]), str(tmp_path / "staging")
    first = stage(url, Source.PUBMED, BUNDLED, staging)
    with monkeypatch.context() as patch:
        patch.setattr(backfill, "pieces", lambda _file: pytest.fail("it was read again"))
        assert stage(url, Source.PUBMED, BUNDLED, staging) == first
    laid(baseline, FILES[0], packed(on_topic("7")))
    assert stage(url, Source.PUBMED, BUNDLED, staging).selected == 1


def test_a_staged_file_whose_md5_is_stated_is_not_even_fetched_again(
    baseline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, staging = str(baseline / FILES[0]), str(tmp_path / "staging")
    first = stage(url, Source.PUBMED, BUNDLED, staging)
    (baseline / FILES[0]).unlink()
    assert stage(url, Source.PUBMED, BUNDLED, staging) == first
    (baseline / f"{FILES[0]}.md5").unlink()  # nothing states it now: the file itself must be looked at
    with pytest.raises(SettingsError, match="cannot be read"):
        stage(url, Source.PUBMED, BUNDLED, staging)


def test_files_behind_an_index_page_are_read_as_those_of_a_folder(baseline: Path, tmp_path: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(baseline))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        assert bulk_files(url) == tuple(f"{url}{name}" for name in FILES)
        staged = [stage(each, Source.PUBMED, BUNDLED, str(tmp_path / "web")) for each in bulk_files(url)]
        with pytest.raises(SettingsError, match=r"pubmed26n0009.xml.gz cannot be read"):
            stage(f"{url}pubmed26n0009.xml.gz", Source.PUBMED, BUNDLED, str(tmp_path / "web"))
        server.shutdown()
    here = [stage(each, Source.PUBMED, BUNDLED, str(tmp_path / "here")) for each in bulk_files(str(baseline))]
    assert staged == here


@pytest.mark.parametrize("url", ["nowhere://folder/", "gs://bucket/"])
def test_an_address_whose_file_system_is_not_installed_is_told_with_what_to_install(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(SettingsError, match="cannot be reached") as told:
        bulk_files(url)
    assert "gcsfs for gs://" in told.value.hint


def test_a_staging_that_was_cut_off_is_made_again(baseline: Path, tmp_path: Path) -> None:
    url, staging = str(baseline / FILES[0]), tmp_path / "staging"
    first = stage(url, Source.PUBMED, BUNDLED, str(staging))
    (staging / f"{FILES[0]}.json").write_text("{")
    assert stage(url, Source.PUBMED, BUNDLED, str(staging)) == first
    (staging / f"{FILES[0]}.parquet").unlink()
    assert stage(url, Source.PUBMED, BUNDLED, str(staging)) == first


def test_the_staging_folder_may_lie_in_memory_or_in_an_object_store(baseline: Path, tmp_path: Path) -> None:
    staging = f"memory://{tmp_path.name}"
    staged = [stage(url, Source.PUBMED, BUNDLED, staging) for url in bulk_files(str(baseline))]
    assert gather(Store(tmp_path / "home"), staging, staged).stored == 3


def test_the_registrys_download_is_taken_as_a_zip_of_studies(sample: Corpus, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for nct_id, body in sample.studies.items():
            file.writestr(f"NCT/{nct_id}.json", body)
        file.writestr("readme.txt", "not a study")
    (tmp_path / "studies.zip").write_bytes(buffer.getvalue())
    made = stage(str(tmp_path / "studies.zip"), Source.CTGOV, BUNDLED, str(tmp_path / "staging"))
    assert (made.records, made.selected) == (len(sample.studies), len(sample.studies))


def test_a_folder_without_nlms_files_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(SettingsError, match="holds no file such as"):
        bulk_files(str(tmp_path))
    with pytest.raises(SettingsError, match="cannot be listed"):
        bulk_files(str(tmp_path / "none"))
    with pytest.raises(SettingsError, match="cannot be read"):
        stage(str(tmp_path / "none.xml.gz"), Source.PUBMED, BUNDLED, str(tmp_path))


# ---- pieces of a file


@pytest.mark.parametrize("piece", [1, 100, 700, 5_000, 1_000_000])
def test_pieces_of_any_size_hold_each_record_once_as_it_stands(
    sample: Corpus, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(bulk, "PIECE", max(piece, 400))
    page = gzip.decompress(packed(*sample.articles.values(), deleted=("9",)))
    found = list(bulk.pieces(io.BytesIO(page)))
    assert [pair for part in found for pair in part.records] == list(records(page))
    assert [pmid for part in found for pmid in part.deleted] == ["9"]


@pytest.mark.corpus
def test_pieces_of_the_awkward_real_records_are_the_same_as_the_whole(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 20_000)
    page = (shared / "corpus/pubmed/tricky_features.xml").read_bytes()
    found = [pair for part in bulk.pieces(io.BytesIO(page)) for pair in part.records]
    assert found == list(records(page))


def test_a_file_of_deletions_alone_has_no_records() -> None:
    page = gzip.decompress(packed(deleted=("5", "6")))
    (part,) = bulk.pieces(io.BytesIO(page))
    assert (part.records, part.deleted) == ((), ("5", "6"))


def test_books_say_what_was_selected(baseline: Path, tmp_path: Path) -> None:
    stage(str(baseline / FILES[0]), Source.PUBMED, BUNDLED, str(tmp_path / "staging"))
    books = json.loads((tmp_path / "staging" / f"{FILES[0]}.json").read_text())
    assert (books["records"], books["selected"], books["strategy"]) == (3, 2, BUNDLED.digest)
