"""The real records, served and run through the whole corridor once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from ketalit import pipeline
from ketalit.release import Release
from ketalit.replay import Corpus, ReplayServer
from ketalit.settings import Settings

EVERYTHING = """
name = "everything"
version = "1"
question = "Does every record pass?"
[[pubmed.block]]
name = "any"
lines = [{ query = "1:99999999[uid]", reason = "every PMID" }]
[[ctgov.block]]
name = "any"
lines = [
    { query = "AREA[StudyType]INTERVENTIONAL", reason = "every kind of study" },
    { query = "AREA[StudyType]OBSERVATIONAL", reason = "every kind of study" },
    { query = "AREA[StudyType]EXPANDED_ACCESS", reason = "every kind of study" },
    { query = "AREA[StudyType]MISSING", reason = "every kind of study" },
]
"""


def wrapped(record: dict[str, Any]) -> bytes:
    """One abstract of the corpus, which holds fields and no XML, as the record that PubMed would give."""
    year = record["year"] or "1900"
    mesh = "".join(_heading(term) for term in record["mesh"] or ())
    types = "".join(f"<PublicationType>{escape(t)}</PublicationType>" for t in record["publication_types"] or ())
    words = "".join(f'<Keyword MajorTopicYN="N">{escape(k)}</Keyword>' for k in record["keywords"] or ())
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
        f'<PMID Version="1">{record["pmid"]}</PMID><Article PubModel="Print">'
        f"<Journal><JournalIssue><PubDate><Year>{year}</Year></PubDate></JournalIssue>"
        f"<Title>{escape(record['journal'] or '')}</Title></Journal>"
        f"<ArticleTitle>{escape(record['title'] or '')}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(record['abstract'] or '')}</AbstractText></Abstract>"
        f"<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList></Article>"
        f'<MeshHeadingList>{mesh}</MeshHeadingList><KeywordList Owner="NOTNLM">{words}</KeywordList></MedlineCitation>'
        f'<PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>1</Month><Day>1</Day>'
        f'</PubMedPubDate></History><ArticleIdList><ArticleId IdType="pubmed">{record["pmid"]}</ArticleId>'
        f"{_doi(record)}</ArticleIdList></PubmedData></PubmedArticle>"
    ).encode()


def _heading(term: str) -> str:
    """`Depression/*drug therapy` as a heading with a qualifier; the asterisk marks a major topic."""
    name, *qualifiers = term.split("/")
    shown = "".join(
        f"<QualifierName MajorTopicYN={_major(q)}>{escape(q.strip('*'))}</QualifierName>" for q in qualifiers
    )
    descriptor = f"<DescriptorName MajorTopicYN={_major(name)}>{escape(name.strip('*'))}</DescriptorName>"
    return f"<MeshHeading>{descriptor}{shown}</MeshHeading>"


def _major(term: str) -> str:
    return quoteattr("Y" if term.startswith("*") else "N")


def _doi(record: dict[str, Any]) -> str:
    return f'<ArticleId IdType="doi">{escape(record["doi"])}</ArticleId>' if record["doi"] else ""


@pytest.fixture(scope="session")
def real_corpus(shared: Path) -> Corpus:
    """Every PubMed record and every v2 study of ../shared/corpus."""
    folder = shared / "corpus"
    lines = (folder / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    abstracts = {record["pmid"]: wrapped(record) for record in map(json.loads, lines)}
    genuine = Corpus.from_files([*sorted((folder / "pubmed").glob("*.xml")), folder / "ctgov" / "v2_studies.jsonl"])
    partial = Corpus.from_folder(folder / "ctgov" / "partial")
    return Corpus({**abstracts, **genuine.articles}, {**genuine.studies, **partial.studies})


@pytest.fixture(scope="session")
def real_server(real_corpus: Corpus) -> Iterator[ReplayServer]:
    with ReplayServer(real_corpus) as server:
        yield server


@pytest.fixture(scope="session")
def whole_run(
    real_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, Release]:
    """Everything through refresh and build, once."""
    home = tmp_path_factory.mktemp("real")
    strategy = home / "everything.toml"
    strategy.write_text(EVERYTHING, "utf-8")
    chosen = unhurried(real_server, home=home, strategy=str(strategy))
    pipeline.refresh(chosen)
    return chosen, pipeline.build(chosen)
