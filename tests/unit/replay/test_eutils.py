"""E-utilities: envelopes, limits, history, and errors word for word."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ketalit.replay.corpus import Corpus
from ketalit.replay.eutils import Entrez, RateLimit
from ketalit.replay.exchange import Reply, Request
from tests.unit.replay.replay_records import article_xml

CONTACT = {"db": "pubmed", "tool": "ketalit", "email": "someone@example.org"}


def corpus(*numbers: int) -> Corpus:
    return Corpus({str(number): article_xml(str(number)) for number in numbers}, {})


SMALL = corpus(*range(1, 31))


def request(parameters: dict[str, Any], arrived_at: float = 0.0) -> Request:
    pairs = tuple((name, str(value)) for name, value in parameters.items() if value is not None)
    return Request("POST", "/entrez/eutils/", pairs, arrived_at)


def ask(entrez: Entrez, utility: str, **parameters: Any) -> Reply:
    reply = entrez.answer(f"{utility}.fcgi", request({**CONTACT, **parameters}))
    assert reply is not None
    return reply


def text(reply: Reply, path: str) -> str | None:
    found: str | None = etree.fromstring(reply.body).findtext(path)
    return found


def ids(reply: Reply) -> list[str]:
    return [element.text or "" for element in etree.fromstring(reply.body).iter("Id")]


def pmids(reply: Reply) -> list[str]:
    return [
        element.text or "" for element in etree.fromstring(reply.body).iterfind("PubmedArticle/MedlineCitation/PMID")
    ]


def test_a_search_gives_twenty_ids_the_newest_first() -> None:
    reply = ask(Entrez(SMALL), "esearch", term="ketamine[ti]")

    assert ids(reply) == [str(number) for number in range(30, 10, -1)]
    assert (text(reply, "Count"), text(reply, "RetMax"), text(reply, "RetStart")) == ("30", "20", "0")
    assert text(reply, "QueryTranslation") == '"ketamine"[Title]'


def test_a_search_has_the_prologue_of_the_service() -> None:
    reply = ask(Entrez(SMALL), "esearch", term="ketamine")

    assert reply.body.startswith(
        b'<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
        b'"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n<eSearchResult><Count>30</Count>'
    )
    assert reply.content_type == "text/xml; charset=UTF-8"


def test_json_tells_the_same_with_numbers_as_strings() -> None:
    found = json.loads(ask(Entrez(SMALL), "esearch", term="ketamine[ti]", retmode="json", retmax=2).body)

    assert found["esearchresult"] == {
        "count": "30",
        "retmax": "2",
        "retstart": "0",
        "idlist": ["30", "29"],
        "translationset": [],
        "querytranslation": '"ketamine"[Title]',
    }


def test_a_search_may_ask_for_the_count_alone() -> None:
    reply = ask(Entrez(SMALL), "esearch", term="ketamine", rettype="count")

    assert (text(reply, "Count"), text(reply, "IdList")) == ("30", None)


def test_what_stands_nowhere_is_warned_of() -> None:
    reply = ask(Entrez(SMALL), "esearch", term='ketamnie OR "foo bar"[ti] the')

    assert text(reply, "ErrorList/PhraseNotFound") == "ketamnie"
    assert text(reply, "WarningList/QuotedPhraseNotFound") == '"foo bar"'
    assert text(reply, "WarningList/PhraseIgnored") == "the"
    assert text(reply, "WarningList/OutputMessage") == "No items found."


def test_what_cannot_be_evaluated_is_an_error_at_status_200() -> None:
    reply = ask(Entrez(SMALL), "esearch", term="ketamine[zz]")

    assert (reply.status, text(reply, "ERROR")) == (200, "Field tag [zz] is not known to the replay.")


def test_an_error_in_json_keeps_its_envelope() -> None:
    reply = ask(Entrez(SMALL), "esearch", term="ketamine[zz]", retmode="json")

    assert json.loads(reply.body) == {
        "header": {"type": "esearch", "version": "0.3"},
        "esearchresult": {"ERROR": "Field tag [zz] is not known to the replay."},
    }


def test_dates_limit_a_search_and_both_ends_belong_to_it() -> None:
    entrez = Entrez(Corpus({str(year): article_xml(str(year), year=year) for year in (2019, 2020, 2021)}, {}))

    reply = ask(entrez, "esearch", term="ketamine", datetype="crdt", mindate="2019/01/03", maxdate="2021/01/02")

    assert ids(reply) == ["2021", "2020"]
    assert text(reply, "QueryTranslation") == '"ketamine"[All Fields] AND 2019/01/03:2021/01/02[Date - Create]'


def test_publication_dates_sort_the_newest_first() -> None:
    entrez = Entrez(Corpus({"1": article_xml("1", year=2021), "2": article_xml("2", year=2020)}, {}))

    assert ids(ask(entrez, "esearch", term="ketamine", sort="pub_date")) == ["1", "2"]


def test_untagged_terms_are_looked_up_in_the_field_asked_for() -> None:
    assert ids(ask(Entrez(SMALL), "esearch", term="trials", field="tiab")) == []


@given(st.integers(1, 40))
def test_pages_put_together_are_the_whole_whatever_their_size(size: int) -> None:
    entrez = Entrez(SMALL)
    pages = [ids(ask(entrez, "esearch", term="ketamine", retstart=start, retmax=size)) for start in range(0, 30, size)]

    assert [pmid for page in pages for pmid in page] == [str(number) for number in range(30, 0, -1)]


# ---- the limit of 9,999


@pytest.fixture(scope="module")
def many() -> Entrez:
    return Entrez(corpus(*range(1, 10_002)))


def test_no_more_than_9999_ids_are_given_and_nothing_says_so(many: Entrez) -> None:
    reply = ask(many, "esearch", term="ketamine", retmax=100_000)

    assert (text(reply, "Count"), text(reply, "RetMax"), len(ids(reply))) == ("10001", "9999", 9999)
    assert text(reply, "WarningList") is None


def test_at_the_edge_one_id_comes_with_a_warning(many: Entrez) -> None:
    reply = ask(many, "esearch", term="ketamine", retstart=9998, retmax=10)

    assert ids(reply) == ["3"]
    assert text(reply, "WarningList/OutputMessage") == "Restrictions achieved. start and count adjusted to 9998, 1"


def test_beyond_the_edge_is_an_error_at_status_200(many: Entrez) -> None:
    reply = ask(many, "esearch", term="ketamine", retstart=9999)

    assert reply.status == 200
    assert (text(reply, "ERROR") or "").startswith(
        "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only "
        "retrieve the first 9,999 records matching the query. To obtain more than 9,999 PubMed records, consider "
    )


def test_the_same_error_in_json_holds_a_raw_line_break(many: Entrez) -> None:
    reply = ask(many, "esearch", term="ketamine", retstart=9999, retmode="json")

    assert b"Exception:\n'retstart'" in reply.body
    assert "ERROR" in json.loads(reply.body, strict=False)["esearchresult"]


def test_a_fetch_at_the_edge_is_one_short_and_nothing_says_so(many: Entrez) -> None:
    _search_with_history(many)

    reply = ask(many, "efetch", WebEnv=_WEB_ENV, query_key=1, retmode="xml", retstart=9500, retmax=500)

    assert (reply.status, len(pmids(reply))) == (200, 499)


def test_a_fetch_beyond_the_edge_is_refused(many: Entrez) -> None:
    _search_with_history(many)

    reply = ask(many, "efetch", WebEnv=_WEB_ENV, query_key=1, retmode="xml", retstart=9999)

    assert (reply.status, text(reply, "ERROR")) == (
        400,
        "Search backend cannot retrieve history data. Reason: Exception: 'retstart' cannot be larger than 9998. For "
        "PubMed, ESearch can only retrieve the first 9,999 records matching the query.",
    )


# ---- history

_WEB_ENV = "MCID_000000000000000000000001"


def _search_with_history(entrez: Entrez) -> Reply:
    return ask(entrez, "esearch", term="ketamine", usehistory="y", retmax=0, WebEnv=_WEB_ENV)


def test_a_search_is_kept_and_fetched_page_by_page() -> None:
    entrez = Entrez(SMALL)
    reply = ask(entrez, "esearch", term="ketamine", usehistory="y", retmax=0)
    kept = {"WebEnv": text(reply, "WebEnv"), "query_key": text(reply, "QueryKey")}

    pages = [ask(entrez, "efetch", **kept, retmode="xml", retstart=start, retmax=7) for start in range(0, 30, 7)]

    assert [pmid for page in pages for pmid in pmids(page)] == [str(number) for number in range(30, 0, -1)]


def test_each_search_of_a_session_has_its_own_key() -> None:
    entrez = Entrez(SMALL)
    _search_with_history(entrez)

    assert text(_search_with_history(entrez), "QueryKey") == "2"


def test_posted_ids_are_kept_like_a_search() -> None:
    entrez = Entrez(SMALL)
    reply = ask(entrez, "epost", id="3,1")

    fetched = ask(entrez, "efetch", WebEnv=text(reply, "WebEnv"), query_key=text(reply, "QueryKey"), retmode="xml")

    assert pmids(fetched) == ["3", "1"]


def test_a_search_within_kept_ids_finds_only_those() -> None:
    entrez = Entrez(SMALL)
    reply = ask(entrez, "epost", id="3,1,99")
    kept = {"WebEnv": text(reply, "WebEnv"), "query_key": text(reply, "QueryKey")}

    assert ids(ask(entrez, "esearch", term="ketamine", **kept)) == ["3", "1"]
    assert ids(ask(entrez, "esearch", **kept)) == ["3", "1", "99"]


@pytest.mark.parametrize("utility", ["esearch", "efetch"])
def test_a_lost_history_is_an_error_at_status_200(utility: str) -> None:
    entrez = Entrez(SMALL)
    _search_with_history(entrez)
    entrez.forget_histories()

    reply = ask(entrez, utility, WebEnv=_WEB_ENV, query_key=1, retmode="xml")

    assert (reply.status, text(reply, "ERROR")) == (200, "Unable to obtain query #1")


def test_a_page_behind_the_end_of_the_history_is_refused() -> None:
    entrez = Entrez(corpus(7))
    _search_with_history(entrez)

    reply = ask(entrez, "efetch", WebEnv=_WEB_ENV, query_key=1, retmode="xml", retstart=1, retmax=1)

    assert (reply.status, text(reply, "ERROR")) == (
        400,
        "Cannot retrieve history data: OUT OF RANGE. Parameter retstart=1 + 1 is greater than number of records "
        "available in history. History includes 1 IDs.",
    )


# ---- fetching


def test_records_are_fetched_verbatim_in_the_order_asked_for() -> None:
    reply = ask(Entrez(SMALL), "efetch", id="2,1", retmode="xml")

    assert reply.body == (
        b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
        + article_xml("2")
        + b"\n"
        + article_xml("1")
        + b"\n</PubmedArticleSet>\n"
    )


def test_unknown_ids_are_left_out_and_nothing_says_so() -> None:
    assert pmids(ask(Entrez(SMALL), "efetch", id="1,999,2", retmode="xml")) == ["1", "2"]
    assert pmids(ask(Entrez(SMALL), "efetch", id="999", retmode="xml")) == []


@pytest.mark.parametrize(
    ("utility", "parameters", "status", "error"),
    [
        ("efetch", {"id": "abc", "retmode": "xml"}, 400, "Invalid id parameter"),
        ("efetch", {"retmode": "xml"}, 400, "Empty id list - nothing todo"),
        ("efetch", {"id": "1"}, 400, "The replay gives records with retmode=xml only"),
        ("efetch", {"id": "1", "retmode": "text"}, 400, "The replay gives records with retmode=xml only"),
        (
            "efetch",
            {"id": "1", "retmode": "xml", "rettype": "uilist"},
            400,
            "The replay gives records with retmode=xml only",
        ),
        ("epost", {}, 400, "Empty ID list; Nothing to store"),
        ("esearch", {"term": ""}, 200, "Empty term and query_key - nothing todo"),
        ("esearch", {"term": "a1", "db": "nothing"}, 200, "Invalid db name specified: nothing"),
        ("esearch", {"term": "a1", "db": None}, 200, "Invalid db name specified: "),
        ("esearch", {"term": "a1", "tool": None}, 400, "The parameters tool and email are missing"),
        ("esearch", {"term": "a1", "email": ""}, 400, "The parameters tool and email are missing"),
        ("esearch", {"term": "a1", "reldate": "30"}, 400, "Unknown parameter: reldate"),
        ("esearch", {"term": "a1", "mindate": "2020"}, 400, "mindate and maxdate go in pairs"),
        ("esearch", {"term": "a1", "retmax": "many"}, 400, "retmax is not a whole number: many"),
        ("esearch", {"term": "a1", "sort": "relevance"}, 400, "The replay does not sort by relevance"),
        ("esearch", {"term": "a1", "rettype": "abstract"}, 400, "ESearch has no rettype abstract"),
    ],
)
def test_a_wrong_request_is_refused(utility: str, parameters: dict[str, Any], status: int, error: str) -> None:
    reply = ask(Entrez(SMALL), utility, **parameters)

    assert (reply.status, text(reply, "ERROR")) == (status, error)


def test_contact_may_be_left_out_where_the_server_was_told_so() -> None:
    entrez = Entrez(SMALL, require_contact=False)

    assert ask(entrez, "esearch", term="ketamine", tool=None, email=None).status == 200


# ---- keys and pace


def test_a_key_that_is_not_registered_is_refused_with_its_echo() -> None:
    reply = ask(Entrez(SMALL, valid_keys={"right"}), "esearch", term="ketamine", api_key="wrong")

    assert (reply.status, json.loads(reply.body)) == (
        400,
        {"error": "API key invalid", "api-key": "wrong", "type": "invalid", "status": "unknown"},
    )
    assert ask(Entrez(SMALL, valid_keys={"right"}), "esearch", term="ketamine", api_key="right").status == 200


def _statuses(entrez: Entrez, times: list[float], **parameters: str) -> list[int]:
    asked = [request({**CONTACT, "term": "ketamine", **parameters}, arrived_at) for arrived_at in times]
    replies = [entrez.answer("esearch.fcgi", one) for one in asked]
    return [reply.status for reply in replies if reply]


def test_a_fourth_request_within_a_second_is_turned_away() -> None:
    entrez = Entrez(SMALL, rate_limit=RateLimit())

    assert _statuses(entrez, [0.0, 0.1, 0.2, 0.9, 1.95]) == [200, 200, 200, 429, 200]


def test_ten_requests_a_second_pass_with_a_key() -> None:
    entrez = Entrez(SMALL, rate_limit=RateLimit())

    assert _statuses(entrez, [0.0] * 11, api_key="k") == [200] * 10 + [429]


def test_the_answer_to_one_request_too_many_is_that_of_the_service() -> None:
    entrez = Entrez(SMALL, rate_limit=RateLimit(without_key=0))

    reply = ask(entrez, "esearch", term="ketamine")

    assert json.loads(reply.body) == {
        "error": "API rate limit exceeded",
        "api-key": "127.0.0.1",
        "count": "1",
        "limit": "0",
    }
    assert reply.headers == (("Retry-After", "2"),)


def test_the_state_of_the_database_can_be_asked_for() -> None:
    assert text(ask(Entrez(SMALL), "einfo"), "DbInfo/Count") == "30"


def test_other_utilities_are_not_there() -> None:
    assert Entrez(SMALL).answer("elink.fcgi", request(CONTACT)) is None
