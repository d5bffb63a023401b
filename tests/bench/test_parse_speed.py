"""How fast PubMed XML and registry JSON are parsed, beside the bare lxml walk and what others use.

Run with `pytest tests/bench --benchmark-only -p no:xdist`. Figures of one file are comparable with each other; the aim
is half the speed of the bare walk or more (`extra_info` holds MB/s and records/s).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ketalit.model.document import Document
from ketalit.sources.ctgov import parse as ctgov
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import Source

pytestmark = pytest.mark.corpus

COPIES = 18
"""Of the 86 awkward records, 1.1 MB: about 20 MB, as one file of the PubMed baseline a tenth unpacked."""


@pytest.fixture(scope="module")
def page(shared: Path) -> bytes:
    one = (shared / "corpus/pubmed/tricky_features.xml").read_bytes()
    begin, end = one.index(b"<PubmedArticle>"), one.index(b"<DeleteCitation>")
    return one[:begin] + one[begin:end] * COPIES + b"</PubmedArticleSet>"


@pytest.fixture(scope="module")
def xml_file(page: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as pubmed_parser takes it: gzip only, stored and not deflated, so that unpacking costs nothing."""
    path = tmp_path_factory.mktemp("bench") / "page.xml.gz"
    path.write_bytes(gzip.compress(page, compresslevel=0))
    return path


def measure(benchmark: Any, page: bytes, read: Callable[[], int], unit: str = "records") -> None:
    count = benchmark.pedantic(read, rounds=5, warmup_rounds=1)
    seconds = benchmark.stats.stats.min
    benchmark.extra_info["MB/s"] = round(len(page) / 1e6 / seconds, 1)
    benchmark.extra_info[f"{unit}/s"] = round(count / seconds)


def documents(page: bytes) -> list[Document]:
    return [Document(Source.PUBMED, pmid, body, "", "", "") for pmid, body in pubmed.records(page)]


@pytest.mark.benchmark(group="pubmed")
def test_the_bare_lxml_walk(benchmark: Any, page: bytes) -> None:
    def walk() -> int:
        count = 0
        for _, record in etree.iterparse(io.BytesIO(page), tag="PubmedArticle"):
            for _ in record.iter():
                pass
            count += 1
            record.clear()
            while record.getprevious() is not None:
                del record.getparent()[0]
        return count

    measure(benchmark, page, walk)


@pytest.mark.benchmark(group="pubmed")
def test_ketalit_from_page_to_publications(benchmark: Any, page: bytes) -> None:
    measure(benchmark, page, lambda: len([pubmed.publication(document) for document in documents(page)]))


@pytest.mark.benchmark(group="pubmed")
def test_ketalit_from_page_to_records(benchmark: Any, page: bytes) -> None:
    measure(benchmark, page, lambda: len(documents(page)))


@pytest.mark.benchmark(group="pubmed")
def test_biopython_entrez_read(benchmark: Any, page: bytes) -> None:
    entrez = pytest.importorskip("Bio.Entrez")
    measure(benchmark, page, lambda: len(entrez.read(io.BytesIO(page))["PubmedArticle"]))


@pytest.mark.benchmark(group="pubmed")
def test_pubmed_parser(benchmark: Any, page: bytes, xml_file: Path) -> None:
    peer = pytest.importorskip("pubmed_parser", reason="pubmed_parser is not installed: run `make bench`")
    measure(benchmark, page, lambda: len(list(peer.parse_medline_xml(str(xml_file)))))


@pytest.mark.benchmark(group="ctgov")
def test_ketalit_from_studies_to_registrations(benchmark: Any, shared: Path) -> None:
    body = (shared / "corpus/ctgov/v2_studies.jsonl").read_bytes()

    def read() -> int:
        found = [Document(Source.CTGOV, nct_id, study, "", "", "") for nct_id, study in ctgov.studies(body)]
        return len([ctgov.registration(document) for document in found])

    measure(benchmark, body, read, "studies")
