"""What a strategy finds in bulk files is what the services' search finds."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import strategy
from ketalit.replay import Corpus, ReplayServer, pubmed_query
from ketalit.replay.registry_search import Scope
from ketalit.selection import Needs, Selector, plain
from ketalit.settings import Settings
from ketalit.sources.ctgov.client import CtGovClient
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.client import PubMedClient
from ketalit.strategy import SearchStrategy
from ketalit.vocabulary import Source
from tests.wrapping import as_pubmed_xml

BUNDLED = strategy.read("ketamine_depression")


def asking(query: str, source: Source = Source.PUBMED) -> SearchStrategy:
    """A strategy of one line."""
    line = {"query": query, "reason": "a test"}
    block = {"block": [{"name": "all", "lines": [line]}]}
    other = {"block": [{"name": "all", "lines": [{"query": "ketamine", "reason": "a test"}]}]}
    both = {"pubmed": block, "ctgov": other} if source is Source.PUBMED else {"pubmed": other, "ctgov": block}
    return msgspec.convert({"name": "t", "version": "1", "question": "?", **both}, SearchStrategy)


def paper(pmid: str, title: str, abstract: str = "") -> bytes:
    absent = dict.fromkeys(("mesh", "publication_types", "keywords", "journal", "doi"))
    return as_pubmed_xml({**absent, "pmid": pmid, "title": title, "abstract": abstract, "year": "2024"})


def test_the_bundled_strategy_finds_in_the_sample_what_both_services_list(
    sample: Corpus, sample_server: ReplayServer, unhurried: object
) -> None:
    chosen: Settings = unhurried(sample_server)  # type: ignore[operator]
    listed = PubMedClient(chosen).search(BUNDLED.query(Source.PUBMED).text)
    assert Selector(Source.PUBMED, BUNDLED).find(sample.articles) == set(listed.ids)
    listed = CtGovClient(chosen).search(BUNDLED.query(Source.CTGOV).text)
    assert Selector(Source.CTGOV, BUNDLED).find(sample.studies) == set(listed.ids)


@pytest.mark.corpus
def test_it_finds_in_the_real_abstracts_and_studies_what_the_search_finds(shared: Path) -> None:
    lines = (shared / "corpus/pubmed/ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    papers = {record["pmid"]: as_pubmed_xml(record) for record in map(json.loads, lines)}
    selector = Selector(Source.PUBMED, BUNDLED)
    found = selector.find(papers)
    assert (found, len(found) > 500) == (Corpus(papers, {}).library.search(selector._query), True)
    held = dict(studies((shared / "corpus/ctgov/v2_studies.jsonl").read_bytes()))
    selector = Selector(Source.CTGOV, asking("(depression OR anxiety) AND drug", Source.CTGOV))
    found = selector.find(held)
    expected = Corpus({}, held).registry.search(selector._expression, Scope("BasicSearch"))
    assert (found, len(found) > 10) == (expected, True)


@pytest.mark.parametrize(
    ("query", "title", "is_found"),
    [
        ("ketamin*[tiab]", "Ketamine in depression", True),
        ("ketamin*[tiab]", "La kétamine dans la dépression", True),
        ("ketamin*[tiab]", "Kétamine, décomposée: ke&#x301;tamine", True),
        ("esketamine[tiab]", "(<i>S</i>)-ketamine", False),
        ('"S-ketamine"[tiab]', "(<i>S</i>)-ketamine", True),
        ("ketamine[tiab]", "<i>Ket</i>amine", True),
        ("ketamine[tiab]", "&#107;etamine", True),
        ('"PCN-101"[tiab]', "PCN 101 in adults", True),
        ("ketamine[tiab] NOT depression[tiab]", "Ketamine in pain", True),
        ("ketamine[tiab] NOT depression[tiab]", "Ketamine in depression", False),
        ("depression[tiab] OR ketamine[tiab]", "Ketamine in pain", True),
        ('"ketamine depression"[tiab:~2]', "Depression and ketamine", True),
        ("2024[dp]", "Anything", True),
    ],
)
def test_spelling_markup_and_operators_are_as_in_the_search(query: str, title: str, is_found: bool) -> None:
    body = paper("1", "TITLE").replace(b"TITLE", title.encode())
    assert Selector(Source.PUBMED, asking(query)).find({"1": body}) == ({"1"} if is_found else set())


def test_a_registry_record_with_escaped_letters_is_found() -> None:
    study = b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"\\u006betamine"}}}'
    assert Selector(Source.CTGOV, asking("ketamine", Source.CTGOV)).find({"NCT00000001": study}) == {"NCT00000001"}


def test_a_query_without_a_word_that_must_be_there_looks_at_everything() -> None:
    assert Selector(Source.PUBMED, asking("2020:2024[dp]")).needs == ()
    assert Selector(Source.PUBMED, asking("ketamine[tiab] OR 2024[dp]")).needs == ()


WORD = st.sampled_from(["ketamine", "depression", "pain", "mood", "suicide", "S-ketamine", "trials", "rats"])
LEAF = st.builds(lambda word, tag: f'"{word}"[{tag}]', WORD, st.sampled_from(["tiab", "ti", "tw", "mh"]))
QUERY = st.recursive(
    LEAF,
    lambda part: st.builds(lambda a, op, b: f"({a}) {op} ({b})", part, st.sampled_from(["AND", "OR", "NOT"]), part),
    max_leaves=5,
)


@given(QUERY, st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6))
def test_no_query_loses_a_record_to_the_first_look(query: str, titles: list[str]) -> None:
    papers = {str(number): paper(str(number), title) for number, title in enumerate(titles, 1)}
    whole = Corpus(papers, {}).library.search(pubmed_query.parse(query).query)
    assert Selector(Source.PUBMED, asking(query)).find(papers) == whole


def holds(needs: Needs, body: bytes) -> bool:
    return all(any(word in plain(body) for word in one_of) for one_of in needs)


def test_most_records_are_left_at_the_first_look() -> None:
    needs = Selector(Source.PUBMED, BUNDLED).needs
    assert not holds(needs, paper("1", "Depression in adults", "A trial of sertraline."))
    assert holds(needs, paper("1", "Depression in adults", "A trial of ketamine."))
