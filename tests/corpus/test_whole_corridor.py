"""All real records through replay, refresh and build: nothing crashes, nothing is lost, every quote stands."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from ketalit import pipeline, settings
from ketalit.model.document import Document
from ketalit.release import Release
from ketalit.replay import Corpus
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.sources.pubmed.parse import publication
from ketalit.vocabulary import Source
from ketalit.warehouse import read

pytestmark = pytest.mark.corpus


def test_the_corpus_is_whole(shared: Path, real_corpus: Corpus) -> None:
    """What is pushed through is what ../shared/README.md lists; three versions of one record share a PMID."""
    xml = "".join(path.read_text("utf-8") for path in (shared / "corpus" / "pubmed").glob("*.xml"))
    abstracts = (shared / "corpus" / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    assert (xml.count("<PubmedArticle>"), len(abstracts)) == (130, 1_007)
    assert (len(real_corpus.articles) >= 1_007 + 128 - 44, len(real_corpus.studies)) == (True, 675)


def test_every_version_of_a_record_is_stored_by_an_import(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "corpus" / "pubmed").glob("*.xml"))
    run = pipeline.import_files(settings.read(home=tmp_path), Source.PUBMED, files)
    assert (sum(part.documents for part in run.parts), run.promised) == (130, 128)


def test_every_record_that_was_served_is_stored_as_it_came(
    real_corpus: Corpus, whole_run: tuple[Settings, Release]
) -> None:
    stored = {(d.source, d.source_id) for _, d in Store(whole_run[0].home).documents()}
    served = {(Source.PUBMED, i) for i in real_corpus.articles} | {(Source.CTGOV, i) for i in real_corpus.studies}
    assert served - stored == set()


def test_every_stored_record_is_read_or_rejected_with_a_reason(whole_run: tuple[Settings, Release]) -> None:
    with read(whole_run[1].database) as reader:
        counts = reader.counts()
        rejected = reader.rows("select source_id, reason from core.rejected_document")
    assert counts["core.document"] == sum(
        counts[f"core.{table}"] for table in ("publication", "registration", "rejected_document")
    )
    assert [row for row in rejected if len(row["reason"]) < 10] == []


def test_no_genuine_record_is_rejected(whole_run: tuple[Settings, Release]) -> None:
    with read(whole_run[1].database) as reader:
        assert reader.rows("select source_id, reason from core.rejected_document") == []


def test_every_quote_equals_its_span_in_the_stored_document(whole_run: tuple[Settings, Release]) -> None:
    documents = {(d.source.value, d.source_id): d for _, d in Store(whole_run[0].home).documents()}
    with read(whole_run[1].database) as reader:
        cells = reader.rows("select source, source_id, field, span_start, span_end, quote from evidence.cell_source")
    texts: dict[tuple[str, str], dict[str, str] | object] = {}
    wrong = []
    for cell in cells:
        key = (cell["source"], cell["source_id"])
        if key not in texts:
            texts[key] = _texts(documents[key])
        if _field(texts[key], cell["field"])[cell["span_start"] : cell["span_end"]] != cell["quote"]:
            wrong.append(cell)
    assert (len(cells) > 5_000, wrong[:5]) == (True, [])


def _texts(document: Document) -> dict[str, str] | object:
    if document.source is Source.PUBMED:
        read_record = publication(document)
        return {"title": read_record.title, "abstract": read_record.abstract}
    return msgspec.json.decode(document.body)


def _field(texts: object, field: str) -> str:
    """A title or an abstract, or what a JSON pointer leads to."""
    if not field.startswith("/"):
        return texts[field]  # type: ignore[index, no-any-return]
    for step in field.split("/")[1:]:
        texts = texts[int(step)] if isinstance(texts, list) else texts[step]  # type: ignore[index]
    return str(texts)


def test_a_second_refresh_stores_nothing_anew(whole_run: tuple[Settings, Release]) -> None:
    again = pipeline.refresh(whole_run[0])
    assert [(run.stored, run.promised == run.unchanged) for run in again] == [(0, True), (0, True)]


def test_the_tables_are_published(whole_run: tuple[Settings, Release], tmp_path: Path) -> None:
    paths = pipeline.publish(whole_run[0], tmp_path)
    assert [path.name for path in paths if path.stat().st_size < 100] == []


def test_what_an_annotator_includes_is_not_dropped_in_silence(
    shared: Path, real_corpus: Corpus, whole_run: tuple[Settings, Release]
) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "dev.jsonl").read_text("utf-8").splitlines()]
    with read(whole_run[1].database) as reader:
        decided = {row["source_id"] for row in reader.rows("select source_id from evidence.screening")}
    wanted = {record["pmid"] for record in gold if record["include"]} & real_corpus.articles.keys()
    assert wanted - decided == set()
