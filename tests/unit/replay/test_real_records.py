"""The replay over the real records, and its tables against the official OpenAPI description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.ctgov_parameters import SINGLE_STUDY, STUDIES, Shape
from ketalit.replay.eutils_replies import FETCH_TOO_FAR, SEARCH_TOO_FAR
from ketalit.replay.pubmed_query import parse
from ketalit.replay.study_fields import PIECES, SECTIONS, FieldType, values_at

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    records = shared / "corpus"
    files = ("pubmed/ketamine_records.xml", "pubmed/tricky_features.xml", "ctgov/v2_studies.jsonl")
    return Corpus.from_files(records / name for name in files)


@pytest.fixture(scope="module")
def description(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((shared / "corpus/ctgov/ctg-oas-v2.yaml").read_text("utf-8"))
    return found


# ---- records


def test_every_record_is_held_and_found(corpus: Corpus) -> None:
    assert len(corpus.articles) >= 44 + 80
    assert len(corpus.studies) == 673
    assert corpus.library.search(parse("all[sb]").query) == corpus.articles.keys()


def test_a_word_of_a_title_finds_its_record(corpus: Corpus) -> None:
    found = corpus.library.search(parse("ketamine[tiab]").query)

    in_title = {pmid for pmid, body in corpus.articles.items() if _KETAMINE_IN_TITLE.search(body)}
    anywhere = {pmid for pmid, body in corpus.articles.items() if b"ketamine" in body.lower()}
    assert set() < in_title <= found <= anywhere


_KETAMINE_IN_TITLE = re.compile(rb"<ArticleTitle>[^<]*\bketamine\b", re.IGNORECASE)


def test_every_study_is_walked_once_through_real_requests(corpus: Corpus) -> None:
    walked: list[str] = []
    parameters = {"fields": "NCTId", "pageSize": "100", "sort": "LastUpdatePostDate:desc"}
    with ReplayServer(corpus) as server:
        token: str | None = ""
        while token is not None:
            page = requests.get(
                f"{server.ctgov_url}/studies",
                params={**parameters, **({"pageToken": token} if token else {})},
                timeout=30,
            ).json()
            walked += [study["protocolSection"]["identificationModule"]["nctId"] for study in page["studies"]]
            token = page.get("nextPageToken")

    assert sorted(walked) == sorted(corpus.studies)


def test_registry_ranges_agree_with_a_plain_count(corpus: Corpus) -> None:
    wanted = {
        nct_id
        for nct_id, body in corpus.studies.items()
        if any(str(day) >= "2024-01-01" for day in values_at(json.loads(body), PIECES["LastUpdatePostDate"].path))
    }
    with ReplayServer(corpus) as server:
        page = requests.get(
            f"{server.ctgov_url}/studies",
            params={
                "query.term": "AREA[LastUpdatePostDate]RANGE[2024-01-01,MAX]",
                "fields": "NCTId",
                "pageSize": "1000",
                "countTotal": "true",
            },
            timeout=30,
        ).json()

    assert page["totalCount"] == len(wanted) > 0
    assert {study["protocolSection"]["identificationModule"]["nctId"] for study in page["studies"]} == wanted


# ---- recorded answers


def test_errors_are_those_recorded(shared: Path) -> None:
    recorded = shared / "corpus/pubmed/eutils_errors"
    searched = json.loads((recorded / "esearch_retstart_9999.json").read_text("utf-8"), strict=False)

    assert searched["esearchresult"]["ERROR"] == SEARCH_TOO_FAR
    assert FETCH_TOO_FAR in (recorded / "efetch_retstart_9999.xml").read_text("utf-8")


def test_an_error_of_efetch_has_the_recorded_bytes(shared: Path, corpus: Corpus) -> None:
    recorded = (shared / "corpus/pubmed/eutils_errors/efetch_unable_to_obtain_query.xml").read_bytes()
    asked = {"db": "pubmed", "tool": "t", "email": "a@example.org", "retmode": "xml", "WebEnv": "x", "query_key": "1"}
    with ReplayServer(corpus) as server:
        answer = requests.post(server.entrez_url + "efetch.fcgi", data=asked, timeout=30)

    assert answer.content.strip() == recorded.strip()


# ---- the OpenAPI description


@pytest.mark.parametrize(("path", "ours"), [("/studies", STUDIES), ("/studies/{nctId}", SINGLE_STUDY)])
def test_parameters_are_those_of_the_description(description: dict[str, Any], path: str, ours: dict[str, Any]) -> None:
    stated = description["paths"][path]["get"]["parameters"]
    declared = {one["name"]: one["schema"] for one in stated if one["in"] == "query"}

    assert set(ours) == set(declared)
    for name, schema in declared.items():
        items = _resolved(description, schema.get("items", schema))
        assert ours[name].shape is Shape(schema["type"]), name
        assert ours[name].allowed == tuple(items.get("enum", ())), name
        assert _bare(ours[name].pattern) == _bare(items.get("pattern")), name


def _bare(pattern: str | None) -> str | None:
    """The description anchors its patterns; ours are matched in full."""
    return pattern and pattern.removeprefix("^").removesuffix("$")


def test_fields_stand_where_the_description_says(description: dict[str, Any]) -> None:
    for name, piece in PIECES.items():
        schema = _at(description, piece.path)
        assert tuple(schema.get("enum", ())) == piece.allowed, name
        if piece.type is FieldType.BOOLEAN:
            assert schema["type"] == "boolean", name
        if piece.type is FieldType.NUMBER:
            assert schema["type"] in ("integer", "number"), name
    for path in SECTIONS:
        assert "properties" in _at(description, path), path


def _at(description: dict[str, Any], path: str) -> dict[str, Any]:
    schema = description["components"]["schemas"]["Study"]
    for key in path.split("."):
        schema = _resolved(description, _resolved(description, schema)["properties"][key])
    return schema


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references and step into lists."""
    while "$ref" in schema or schema.get("type") == "array":
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = description["components"]["schemas"][name] if name else schema["items"]
    return schema
