"""The corpus: files, folders, documents and the bundled sample, each record kept verbatim."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ketalit.errors import SettingsError
from ketalit.model.document import Document
from ketalit.replay.corpus import Corpus
from ketalit.replay.pubmed_query import parse
from ketalit.vocabulary import Source
from tests.unit.replay.replay_records import article_xml, study_json


def _set(*articles: bytes) -> bytes:
    return b"<PubmedArticleSet>" + b"\n".join(articles) + b"</PubmedArticleSet>"


def test_a_folder_is_read_whatever_form_its_files_have(tmp_path: Path) -> None:
    one, two, three, four = (study_json(f"NCT0000000{number}") for number in range(1, 5))
    (tmp_path / "below").mkdir()
    (tmp_path / "a.xml").write_bytes(_set(article_xml("1"), article_xml("2")))
    (tmp_path / "below" / "b.xml.gz").write_bytes(gzip.compress(_set(article_xml("3"))))
    (tmp_path / "one.json").write_bytes(one)
    (tmp_path / "page.json").write_bytes(b'{"studies": [' + two + b"]}")
    (tmp_path / "below" / "lines.jsonl").write_bytes(three + b"\n" + four + b"\n")
    (tmp_path / "README.md").write_text("not a record")

    corpus = Corpus.from_folder(tmp_path)

    assert corpus.articles == {number: article_xml(number) for number in ("1", "2", "3")}
    assert corpus.studies == {
        "NCT00000001": one,
        "NCT00000002": two,
        "NCT00000003": three,
        "NCT00000004": four,
    }


def test_of_a_repeated_id_the_last_one_stays(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(_set(article_xml("1", title="Old")))
    (tmp_path / "b.xml").write_bytes(_set(article_xml("1", title="New")))

    assert Corpus.from_folder(tmp_path).articles == {"1": article_xml("1", title="New")}


def test_a_folder_without_records_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        Corpus.from_folder(tmp_path)

    assert str(error.value) == f"{tmp_path} holds no .xml, .xml.gz, .json, .jsonl file."


@pytest.mark.parametrize(("name", "content"), [("x.xml", b"<html/>"), ("x.json", b'{"no": "study"}')])
def test_a_file_without_records_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SettingsError, match=name):
        Corpus.from_folder(tmp_path)


def test_documents_of_a_snapshot_are_served_as_they_are() -> None:
    article = Document(Source.PUBMED, "1", article_xml("1"), "", "", "")
    study = Document(Source.CTGOV, "NCT00000001", study_json(), "", "", "")

    corpus = Corpus.from_documents([article, study])

    assert (corpus.articles, corpus.studies) == ({"1": article.body}, {"NCT00000001": study.body})


def test_a_record_that_cannot_be_read_is_held_but_never_found() -> None:
    corpus = Corpus({"1": b"<PubmedArticle><broken", "2": article_xml("2")}, {})

    assert corpus.library.search(parse("all[sb]").query) == {"2"}
    assert sorted(corpus.articles) == ["1", "2"]


def test_names_of_substances_are_read_from_the_record() -> None:
    chemicals = (
        b"<ChemicalList><Chemical><NameOfSubstance UI='D1'>R&amp;D 7</NameOfSubstance></Chemical></ChemicalList>"
    )
    body = article_xml("1").replace(b"</Article>", b"</Article>" + chemicals)

    assert Corpus({"1": body}, {}).library.search(parse('"R&D 7"[nm]').query) == {"1"}


def test_the_bundled_sample_holds_both_kinds_of_records() -> None:
    corpus = Corpus.sample()

    assert (len(corpus.articles) >= 30, len(corpus.studies) >= 15) == (True, True)
    assert corpus.library.pmids == corpus.articles.keys()
