"""How fast registry JSON is decoded and normalised, beside readers that give untyped values. The aim is 100 MB/s."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import msgspec
import pytest

from ketalit.model.document import Document
from ketalit.sources.ctgov import parse as ctgov
from ketalit.vocabulary import Source
from tests.bench.conftest import Measure

pytestmark = [pytest.mark.corpus, pytest.mark.benchmark(group="registry", timer=process_time)]

COPIES = 3


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[bytes]:
    """The thousand real studies, thrice, each copy under an id of its own."""
    found = (shared / "corpus/ctgov/v2_studies.jsonl").read_bytes().splitlines()
    return [_renamed(line, copy) for copy in range(COPIES) for line in found]


def _renamed(line: bytes, copy: int) -> bytes:
    old = json.loads(line)["protocolSection"]["identificationModule"]["nctId"].encode()
    return line.replace(old, b"NCT%d%s" % (copy + 7, old[4:]))


@pytest.fixture(scope="module")
def body(lines: list[bytes]) -> bytes:
    return b"\n".join(lines) + b"\n"


def test_json(measure: Measure, lines: list[bytes], body: bytes) -> None:
    measure(len(body), lambda: len([json.loads(line) for line in lines]), "studies")


def test_orjson(measure: Measure, lines: list[bytes], body: bytes) -> None:
    peer = pytest.importorskip("orjson")
    measure(len(body), lambda: len([peer.loads(line) for line in lines]), "studies")


def test_msgspec_untyped(measure: Measure, lines: list[bytes], body: bytes) -> None:
    measure(len(body), lambda: len([msgspec.json.decode(line) for line in lines]), "studies")


def test_duckdb_read_json(measure: Measure, body: bytes, tmp_path: Path) -> None:
    """Columns guessed, as one would begin; all values are made."""
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "studies.jsonl"
    path.write_bytes(body)
    query = f"from read_json('{path}', format='newline_delimited', maximum_object_size=100000000)"
    measure(len(body), lambda: duckdb.sql(query).to_arrow_table().num_rows, "studies")


def test_ketalit_from_studies_to_registrations(measure: Measure, body: bytes) -> None:
    def read() -> int:
        found = [Document(Source.CTGOV, nct_id, study, "", "", "") for nct_id, study in ctgov.studies(body)]
        return len([ctgov.registration(document) for document in found])

    measure(len(body), read, "studies")
