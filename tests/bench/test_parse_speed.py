"""How fast PubMed XML is parsed, beside the floors and beside what others use, all on the same genuine records.

What runs in one process is timed by its CPU time, as a busy machine is not the reader's fault. The aim is 0.6 of the
bare lxml walk and three times pubmed_parser.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from xml.parsers import expat

import pytest
from lxml import etree

from ketalit.model.document import Document
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import Source
from tests.bench.conftest import Measure, Readers, child

pytestmark = pytest.mark.benchmark(group="pubmed", timer=process_time)


@pytest.fixture(scope="module")
def page(nlm_records: list[bytes], as_page: Callable[[list[bytes]], bytes]) -> bytes:
    return as_page(nlm_records)


@pytest.fixture(scope="module")
def packed(page: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as pubmed_parser takes it: gzip only, stored and not deflated, so that unpacking costs nothing."""
    path = tmp_path_factory.mktemp("bench") / "page.xml.gz"
    path.write_bytes(gzip.compress(page, compresslevel=0))
    return path


def documents(page: bytes) -> Iterator[Document]:
    return (Document(Source.PUBMED, pmid, body, "", "", "") for pmid, body in pubmed.records(page))


def test_gunzip(measure: Measure, page: bytes) -> None:
    deflated = gzip.compress(page)
    measure(len(page), lambda: len(gzip.decompress(deflated)) and 0)


def test_expat_without_handlers(measure: Measure, page: bytes) -> None:
    measure(len(page), lambda: expat.ParserCreate().Parse(page, True) and 0)


def test_the_bare_lxml_walk(measure: Measure, page: bytes) -> None:
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

    measure(len(page), walk)


def test_ketalit_from_page_to_publications(measure: Measure, page: bytes) -> None:
    measure(len(page), lambda: sum(1 for document in documents(page) if pubmed.publication(document)))


def test_ketalit_from_page_to_records(measure: Measure, page: bytes) -> None:
    measure(len(page), lambda: sum(1 for _ in documents(page)))


def test_pubmed_parser(measure: Measure, page: bytes, packed: Path) -> None:
    peer = pytest.importorskip("pubmed_parser", reason="pubmed_parser is not installed: run `make bench`")
    measure(len(page), lambda: sum(1 for _ in peer.parse_medline_xml(str(packed))))


def test_metapub(measure: Measure, page: bytes, nlm_records: list[bytes]) -> None:
    """It reads one record at a time, and the first fields of it only when asked: the parsing alone is measured."""
    peer = pytest.importorskip("metapub", reason="metapub is not installed: run `make bench`")
    whole = [b"<PubmedArticleSet>" + record + b"</PubmedArticleSet>" for record in nlm_records]
    measure(len(page), lambda: sum(1 for record in whole if peer.PubMedArticle(record)))


def test_biopython_entrez_read(measure: Measure, page: bytes) -> None:
    entrez = pytest.importorskip("Bio.Entrez")
    measure(len(page), lambda: len(entrez.read(io.BytesIO(page))["PubmedArticle"]))


@pytest.mark.benchmark(group="processes", timer=perf_counter)
def test_ketalit_parses_in(
    measure: Measure,
    readers: Readers,
    nlm_records: list[bytes],
    as_page: Callable[[list[bytes]], bytes],
    tmp_path: Path,
) -> None:
    """The same eight files by one or two processes that are running already."""
    files = [tmp_path / f"{number}.xml" for number in range(8)]
    for number, file in enumerate(files):
        file.write_bytes(as_page(nlm_records[number::8]))
    measure(sum(map(len, nlm_records)), lambda: readers.read(files))


STREAM = """
import gzip
from ketalit.model.document import Document
from ketalit.sources.pubmed.bulk import pieces
from ketalit.sources.pubmed.parse import publication
from ketalit.vocabulary import Source
with gzip.open(sys.argv[1]) as file:
    count = sum(1 for piece in pieces(file) for pmid, body in piece.records
                if publication(Document(Source.PUBMED, pmid, body, "", "", "")))
say(records=count)
"""
PEER_STREAM = """
import pubmed_parser
say(records=sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[1])))
"""


@pytest.mark.benchmark(group="memory", timer=perf_counter)
def test_ketalit_over_a_file_of_250_mb(benchmark: Any, nlm_files: tuple[Path, ...]) -> None:
    benchmark.extra_info.update(benchmark.pedantic(child, args=(STREAM, nlm_files[1]), rounds=1))


@pytest.mark.benchmark(group="memory", timer=perf_counter)
def test_pubmed_parser_over_a_file_of_250_mb(benchmark: Any, nlm_files: tuple[Path, ...]) -> None:
    pytest.importorskip("pubmed_parser", reason="pubmed_parser is not installed: run `make bench`")
    benchmark.extra_info.update(benchmark.pedantic(child, args=(PEER_STREAM, nlm_files[1]), rounds=1))
