"""Stored versions come in the order of time, each once, with what the reader keeps of them."""

from __future__ import annotations

from pathlib import Path

from ketalit.model.document import Document
from ketalit.model.run import Manifest
from ketalit.model.search import Listing
from ketalit.snapshot import Store, document
from ketalit.versions import histories
from ketalit.vocabulary import Source


def study(posted: str, enrolled: int) -> Document:
    body = f'{{"lastUpdatePostDateStruct": {{"date": "{posted}"}}, "count": {enrolled}}}'
    return document(Source.CTGOV, "NCT00000001", body.encode(), "request")


def stored(home: Path, *documents: Document, kind: str = "import") -> Store:
    store = Store(home)
    run = store.begin(documents[0].source, kind)
    run.promise(Listing(ids=tuple(found.source_id for found in documents), queries=()))
    run.write(documents)
    run.finish()
    return store


def seen(store: Store, source: Source = Source.CTGOV) -> list[tuple[str, ...]]:
    def kept(found: Document, run: Manifest) -> str:
        return f"{run.kind} {found.revised} {found.body.decode()[-2]}"

    return list(histories(store, source, store.complete_runs(), kept))


def test_an_old_file_that_is_imported_later_comes_first(tmp_path: Path) -> None:
    stored(tmp_path, study("2021-01-01", 5))
    store = stored(tmp_path, study("2019-01-01", 3))
    assert seen(store) == [("import 2019-01-01 3", "import 2021-01-01 5")]


def test_what_the_registry_gave_last_is_last_even_if_its_date_went_back(tmp_path: Path) -> None:
    stored(tmp_path, study("2021-01-01", 5), kind="refresh")
    store = stored(tmp_path, study("2020-01-01", 4), kind="refresh")
    assert seen(store) == [("refresh 2021-01-01 5", "refresh 2020-01-01 4")]


def test_a_registration_that_went_back_to_what_it_was_has_three_versions(tmp_path: Path) -> None:
    for found in (study("2021-01-01", 5), study("2021-02-01", 6), study("2021-01-01", 5)):
        store = stored(tmp_path, found, kind="refresh")
    assert [line[-1] for line in seen(store)[0]] == ["5", "6", "5"]


def test_the_same_file_twice_is_one_version(tmp_path: Path) -> None:
    for found in (study("2021-01-01", 5), study("2019-01-01", 3), study("2019-01-01", 3)):
        store = stored(tmp_path, found)
    assert seen(store) == [("import 2019-01-01 3", "import 2021-01-01 5")]


def test_a_document_of_one_version_has_no_history(tmp_path: Path) -> None:
    assert seen(stored(tmp_path, study("2021-01-01", 5))) == []


def test_the_other_source_is_left_alone(tmp_path: Path) -> None:
    stored(tmp_path, study("2021-01-01", 5))
    assert seen(stored(tmp_path, study("2019-01-01", 3)), Source.PUBMED) == []
