"""The two clients against a server that behaves as the services do, and misbehaves as they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import settings, strategy
from ketalit.errors import SettingsError, SourceChanged, SourceRefused, SourceUnavailable
from ketalit.model.search import Delivery
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.eutils import RateLimit
from ketalit.replay.exchange import Reply, Request
from ketalit.settings import Settings
from ketalit.sources.ctgov.client import CtGovClient
from ketalit.sources.pubmed.client import PubMedClient
from ketalit.sources.pubmed.slices import Slice

STRATEGY = strategy.read("ketamine_depression")
XML, JSON, TEXT = "text/xml; charset=UTF-8", "application/json", "text/plain; charset=utf-8"


class Faults:
    """Answers the first requests of one path with what it holds; None lets the service answer."""

    def __init__(self, path: str, *replies: Reply | None) -> None:
        self.path, self.replies = path, list(replies)

    def respond(self, request: Request) -> Reply | None:
        if self.path in request.path and self.replies:
            return self.replies.pop(0)
        return None


@pytest.fixture
def at(unhurried: Callable[..., Settings]) -> Callable[..., Settings]:
    return unhurried


def record(number: int, day: str) -> bytes:
    year, month, date = day.split("-")
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{number}</PMID><Article>'
        f"<ArticleTitle>Ketamine {number}</ArticleTitle></Article></MedlineCitation><PubmedData><History>"
        f'<PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>{month}</Month><Day>{date}</Day></PubMedPubDate>'
        f"</History><ArticleIdList/></PubmedData></PubmedArticle>"
    ).encode()


def ids(deliveries: list[Delivery]) -> list[str]:
    return [document.source_id for delivery in deliveries for document in delivery.documents]


# ---- PubMed


def test_a_search_gives_every_id_with_what_pubmed_understood(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        listing = PubMedClient(at(server)).search("ketamine[tiab] AND midazolam[tiab]")
    assert (len(listing.ids), listing.queries[0].count) == (len(set(listing.ids)), len(listing.ids))
    assert '"ketamine"[Title/Abstract]' in (listing.queries[0].understood or "")


def test_a_term_that_pubmed_does_not_know_is_kept_as_a_warning(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        listing = PubMedClient(at(server)).search("ketamine[tiab] OR xyzzyq[tiab]")
    assert listing.queries[0].warnings == ("PhraseNotFound: xyzzyq",)


def test_tool_and_address_go_with_every_request_and_all_in_the_form(
    at: Callable[..., Settings], sample: Corpus
) -> None:
    with ReplayServer(sample) as server:
        client = PubMedClient(at(server, api_key="canary-key"))
        list(client.fetch(client.search("ketamine[tiab]").ids))
        asked = server.requests
    assert {(r.method, r.get("tool"), r.get("email")) for r in asked} == {("POST", "ketalit", "ada@example.org")}


def test_without_an_address_nothing_is_sent() -> None:
    with pytest.raises(SettingsError, match="NCBI requires your e-mail address") as told:
        PubMedClient(settings.read())
    assert "--email" in told.value.hint


def test_records_come_as_the_bytes_that_stand_in_the_page(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        (delivery,) = PubMedClient(at(server)).fetch(("23982301", "30283029"))
    assert [d.body for d in delivery.documents] == [sample.articles["23982301"], sample.articles["30283029"]]


def test_pages_are_as_large_as_the_settings_say(at: Callable[..., Settings], sample: Corpus) -> None:
    wanted = tuple(sorted(sample.articles))
    with ReplayServer(sample) as server:
        deliveries = list(PubMedClient(at(server, efetch_size=7)).fetch(wanted))
    assert (sorted(ids(deliveries)), len(deliveries)) == (list(wanted), -(-len(wanted) // 7))


def test_a_record_that_pubmed_no_longer_gives_is_asked_for_alone_and_then_explained(
    at: Callable[..., Settings], sample: Corpus
) -> None:
    with ReplayServer(sample) as server:
        (delivery,) = PubMedClient(at(server)).fetch(("23982301", "11111111"))
        asked = [r.get("id") for r in server.requests]
    assert (ids([delivery]), [pmid for pmid, _ in delivery.explained]) == (["23982301"], ["11111111"])
    assert asked == ["23982301,11111111", "11111111"]


def test_a_search_that_finds_more_than_pubmed_lists_is_split_by_entry_date(at: Callable[..., Settings]) -> None:
    days = ("2019-03-01", "2020-02-29", "2021-12-31", "2024-07-14")
    corpus = Corpus({str(n): record(n, days[n % 4]) for n in range(1, 10_051)}, {})
    with ReplayServer(corpus) as server:
        listing = PubMedClient(at(server)).search("ketamine[ti]")
    assert (len(set(listing.ids)), listing.queries[0].count) == (10_050, 10_050)
    windows = [query for query in listing.queries if "mindate=" in query.sent]
    assert sum(query.count for query in windows) == 10_050


def test_a_day_with_more_records_than_pubmed_lists_is_split_by_ids(at: Callable[..., Settings]) -> None:
    corpus = Corpus({str(n): record(n, "2020-02-29") for n in range(1, 10_002)}, {})
    with ReplayServer(corpus) as server:
        listing = PubMedClient(at(server)).search("ketamine[ti]")
    assert (len(set(listing.ids)), any("[uid]" in query.sent for query in listing.queries)) == (10_001, True)


def test_records_without_a_day_of_entry_are_listed_too(at: Callable[..., Settings]) -> None:
    undated = re.sub(rb"<PubMedPubDate.*</PubMedPubDate>", b"", record(1, "2020-02-29"))
    corpus = Corpus({"1": undated, **{str(n): record(n, f"20{n % 20:02}-05-01") for n in range(2, 10_002)}}, {})
    with ReplayServer(corpus) as server:
        assert "1" in PubMedClient(at(server)).search("ketamine[ti]").ids


def test_a_search_since_a_day_lists_what_was_added_or_revised_then_or_later(at: Callable[..., Settings]) -> None:
    revised = b"<DateRevised><Year>2024</Year><Month>05</Month><Day>02</Day></DateRevised><Article>"
    old = record(1, "2020-02-29")
    corpus = Corpus(
        {"1": old, "2": record(2, "2024-05-01"), "3": record(3, "2020-02-29").replace(b"<Article>", revised)}, {}
    )
    with ReplayServer(corpus) as server:
        client = PubMedClient(at(server))
        listings = [client.search("ketamine[ti]", since).ids for since in (date(2024, 5, 1), date(2024, 5, 2))]
    assert [set(ids_) for ids_ in listings] == [{"2", "3"}, {"3"}]


def test_a_survey_counts_and_lists_nothing(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        for make, query in ((PubMedClient, STRATEGY.pubmed.text), (CtGovClient, STRATEGY.ctgov.text)):
            client = make(at(server))
            assert client.survey(query).count == len(client.search(query).ids)


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(DAYS, DAYS)
def test_halves_of_a_slice_hold_every_day_once_and_end_with_years_then_months(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    halves = Slice(days=(first, last)).halves()
    assert halves is not None
    earlier, later = (half.days for half in halves)
    if first == last:
        assert (halves[0].highest + 1, earlier, later) == (halves[1].lowest, (first, last), (first, last))
        return
    assert earlier is not None
    assert later is not None
    assert (earlier[0], later[1], later[0] - earlier[1]) == (first, last, timedelta(days=1))
    if first.year != last.year:
        assert (earlier[1].month, earlier[1].day) == (12, 31)
    elif first.month != last.month:
        assert later[0].day == 1


PASSING = [
    Reply(b'{"error":"API rate limit exceeded","api-key":"x","count":"4","limit":"3"}', JSON, 429),
    Reply(b'{"error":"API rate limit exceeded","api-key":"x","count":"4","limit":"3"}', JSON),
    Reply(b"<html><h1>WWW Error 500 Diagnostic</h1></html>", "text/html", 500),
    Reply(b"<!DOCTYPE html><html>Maintenance</html>", "text/html"),
    Reply(b"Unable to route request! service name: /http/service/ratecontrol", TEXT),
    Reply(b"", XML),
    Reply(b"<eSearchResult><ERROR>Search Backend failed: no</ERROR></eSearchResult>", XML),
    Reply(
        b"<eSearchResult><ERROR>Search Backend failed: Database is not supported: pubmed</ERROR></eSearchResult>", XML
    ),
    Reply(b"<eSearchResult><Count>2</Count><IdList><Id>1</Id>", XML),
    Reply(b"<eSearchResult><Count>2</Count><IdList><Id>1</Id></IdList></eSearchResult>", XML),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda reply: f"{reply.status} {reply.body[:40]!r}")
def test_a_fault_of_the_search_that_passes_is_tried_again(
    at: Callable[..., Settings], sample: Corpus, fault: Reply
) -> None:
    with ReplayServer(sample, script=Faults("esearch", fault)) as server:
        listing = PubMedClient(at(server)).search("ketamine[tiab]")
        asked = len(server.requests)
    assert (len(listing.ids) > 30, asked) == (True, 2)


@pytest.mark.parametrize(
    "body",
    [
        b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>",
        b'<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>2398',
        b'{"error":"error forwarding request"}',
    ],
)
def test_a_page_that_is_cut_or_an_error_is_never_a_partial_success(
    at: Callable[..., Settings], sample: Corpus, body: bytes
) -> None:
    faults = Faults("efetch", *[Reply(body, XML)] * 3)
    with ReplayServer(sample, script=faults) as server, pytest.raises((SourceUnavailable, SourceRefused)):
        list(PubMedClient(at(server)).fetch(("23982301",)))


def test_a_wrong_key_is_told_at_once_and_shown_nowhere(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample, valid_keys={"right"}) as server:
        with pytest.raises(SourceRefused, match="API key invalid") as told:
            PubMedClient(at(server, api_key="canary-key")).search("ketamine")
        assert (len(server.requests), "canary-key" in str(told.value) + told.value.hint) == (1, False)


def test_a_query_that_pubmed_cannot_read_is_told_in_its_words(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server, pytest.raises(SourceUnavailable, match="nosuchfield"):
        PubMedClient(at(server)).search("ketamine[nosuchfield]")


def test_an_outage_that_looks_like_deletion_is_not_taken_for_it(at: Callable[..., Settings], sample: Corpus) -> None:
    empty = Reply(b"<PubmedArticleSet></PubmedArticleSet>", XML)
    with (
        ReplayServer(sample, script=Faults("efetch", *[empty] * 100)) as server,
        pytest.raises(SourceUnavailable, match=f"none of {len(sample.articles)} listed records came"),
    ):
        list(PubMedClient(at(server)).fetch(tuple(sample.articles)))


def test_more_records_gone_than_deletions_explain_are_an_error(at: Callable[..., Settings], sample: Corpus) -> None:
    wanted = (*list(sample.articles)[:10], "11111111", "11111112", "11111113", "11111114")
    with ReplayServer(sample) as server, pytest.raises(SourceChanged, match="4 of 14 listed records do not come"):
        list(PubMedClient(at(server)).fetch(wanted))


def test_one_record_that_cannot_be_read_costs_itself_only(at: Callable[..., Settings], sample: Corpus) -> None:
    bad = b'<PubmedArticle><MedlineCitation><PMID Version="1">not a number</PMID></MedlineCitation></PubmedArticle>'
    corpus = Corpus({**dict(list(sample.articles.items())[:9]), "55555555": bad}, {})
    with ReplayServer(corpus) as server:
        (delivery,) = PubMedClient(at(server)).fetch(tuple(corpus.articles))
    assert (len(ids([delivery])), [pmid for pmid, _ in delivery.explained]) == (9, ["55555555"])


def test_our_pace_stays_within_the_limit_of_the_service(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample, rate_limit=RateLimit()) as server:
        client = PubMedClient(at(server, entrez_per_second=3.0, efetch_size=10, tries=1))
        assert len(ids(list(client.fetch(tuple(sample.articles)[:40])))) == 40


# ---- ClinicalTrials.gov


def test_a_listing_holds_every_id_and_the_stamp_of_the_data(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        listing = CtGovClient(at(server)).search(STRATEGY.ctgov.text)
    assert (set(listing.ids) <= set(sample.studies), len(listing.ids)) == (True, listing.queries[0].count)
    assert listing.queries[0].data_version is not None


def test_studies_come_as_the_bytes_that_stand_in_the_page(at: Callable[..., Settings], sample: Corpus) -> None:
    with ReplayServer(sample) as server:
        (delivery,) = CtGovClient(at(server)).fetch(("NCT02418585", "NCT02493868"))
    bodies = {d.source_id: msgspec.json.decode(d.body) for d in delivery.documents}
    assert bodies == {nct: msgspec.json.decode(sample.studies[nct]) for nct in ("NCT02418585", "NCT02493868")}


def test_a_study_that_the_register_does_not_have_is_explained_in_its_words(
    at: Callable[..., Settings], sample: Corpus
) -> None:
    with ReplayServer(sample) as server:
        (delivery,) = CtGovClient(at(server)).fetch(("NCT02418585", "NCT00000001"))
    assert delivery.explained == (("NCT00000001", "ClinicalTrials.gov: NCT number NCT00000001 not found"),)


def test_a_number_that_became_an_alias_is_explained(at: Callable[..., Settings], sample: Corpus) -> None:
    class Moved:
        def respond(self, request: Request) -> Reply | None:
            headers = (("Location", "/api/v2/studies/NCT02418585"),)
            return Reply(b"", TEXT, 301, headers) if request.path.endswith("/studies/NCT00000001") else None

    with ReplayServer(sample, script=Moved()) as server:
        (delivery,) = CtGovClient(at(server)).fetch(("NCT02418585", "NCT00000001"))
    assert delivery.explained == (("NCT00000001", "ClinicalTrials.gov: now an alias of NCT02418585"),)


def test_a_listing_over_many_pages_is_whole(
    at: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, sample: Corpus
) -> None:
    monkeypatch.setattr("ketalit.sources.ctgov.client.LISTING_PAGE", 4)
    with ReplayServer(sample) as server:
        listing = CtGovClient(at(server)).search("ketamine OR esketamine")
        pages = [r for r in server.requests if r.path.endswith("/studies")]
    assert (len(pages) > 3, len(listing.ids)) == (True, listing.queries[0].count)


def test_a_listing_during_which_the_register_reloads_is_begun_anew(at: Callable[..., Settings], sample: Corpus) -> None:
    old = Reply(b'{"apiVersion":"2.0.5","dataTimestamp":"2025-12-31T09:00:05"}', JSON)
    with ReplayServer(sample, script=Faults("version", old)) as server:
        listing = CtGovClient(at(server)).search("ketamine")
        walks = [r for r in server.requests if r.path.endswith("/studies")]
    assert (len(walks), listing.queries[0].data_version == "2025-12-31T09:00:05") == (2, False)


def test_a_listing_that_is_shorter_than_promised_is_begun_anew_and_never_taken(
    at: Callable[..., Settings], sample: Corpus
) -> None:
    short = Reply(b'{"totalCount": 7, "studies": []}', JSON)
    with ReplayServer(sample, script=Faults("/studies", short)) as server:
        assert len(CtGovClient(at(server)).search("ketamine").ids) > 7
    with (
        ReplayServer(sample, script=Faults("/studies", *[short] * 3)) as server,
        pytest.raises(SourceUnavailable, match="promised 7 records and held 0 during each of 3"),
    ):
        CtGovClient(at(server)).search("ketamine")


def test_every_page_of_a_listing_is_asked_for_with_the_same_parameters(
    at: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, sample: Corpus
) -> None:
    monkeypatch.setattr("ketalit.sources.ctgov.client.LISTING_PAGE", 4)
    with ReplayServer(sample) as server:
        CtGovClient(at(server)).search("ketamine", date(2000, 1, 1))
        pages = [r for r in server.requests if r.path.endswith("/studies")]
    assert len({tuple(p for p in r.parameters if p[0] != "pageToken") for r in pages}) == 1


def test_studies_since_a_day_are_those_whose_last_update_was_posted_then_or_later(
    at: Callable[..., Settings], sample: Corpus
) -> None:
    posted = {
        nct: msgspec.json.decode(body)["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"]
        for nct, body in sample.studies.items()
    }
    middle = sorted(posted.values())[len(posted) // 2]
    with ReplayServer(sample) as server:
        client = CtGovClient(at(server))
        everything, newer = client.search("ketamine").ids, client.search("ketamine", date.fromisoformat(middle)).ids
    assert set(newer) == {nct for nct in everything if posted[nct] >= middle}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Reply(b"`x` is unknown parameter", TEXT, 400), SourceRefused),
        (Reply(b"<html>Just a moment</html>", "text/html"), SourceUnavailable),
        (Reply(b'{"studies": [', JSON), SourceUnavailable),
        (Reply(b'{"studies": [], "nextPageToken": "t"}', JSON), SourceChanged),
        (Reply(b"", JSON), SourceUnavailable),
    ],
    ids=["400", "html", "cut", "endless", "empty"],
)
def test_an_answer_that_is_no_listing_is_told_for_what_it_is(
    at: Callable[..., Settings], sample: Corpus, fault: Reply, error: type[Exception]
) -> None:
    with ReplayServer(sample, script=Faults("/studies", *[fault] * 20)) as server, pytest.raises(error):
        CtGovClient(at(server)).search("ketamine")


@pytest.mark.parametrize("make", [PubMedClient, CtGovClient])
def test_the_default_strategy_is_a_query_that_the_services_can_read(
    at: Callable[..., Settings], sample: Corpus, make: Callable[[Settings], PubMedClient | CtGovClient]
) -> None:
    query = STRATEGY.pubmed.text if make is PubMedClient else STRATEGY.ctgov.text
    with ReplayServer(sample) as server:
        assert len(make(at(server)).search(query).ids) >= 20
