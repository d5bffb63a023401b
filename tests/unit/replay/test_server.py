"""The server: real HTTP on the loopback address, GET and POST alike, a log without keys, a seam for faults."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import requests

from ketalit.errors import SettingsError
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from tests.unit.replay.replay_records import article_xml, study_json

CONTACT = {"db": "pubmed", "tool": "ketalit", "email": "someone@example.org"}
CORPUS = Corpus(
    {"1": article_xml("1"), "2": article_xml("2", title="Kétamine in Orléans")}, {"NCT00000001": study_json()}
)


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer(CORPUS) as running:
        yield running


def test_get_and_post_are_answered_alike(server: ReplayServer) -> None:
    parameters = {**CONTACT, "term": "kétamine[ti] AND 2020:2021[dp]"}

    got = requests.get(server.entrez_url + "esearch.fcgi", params=parameters, timeout=10)
    posted = requests.post(server.entrez_url + "esearch.fcgi", data=parameters, timeout=10)

    assert (got.status_code, got.content) == (posted.status_code, posted.content)
    assert "<Id>2</Id>" in got.text


def test_ten_thousand_ids_are_posted_in_one_request(server: ReplayServer) -> None:
    listed = ",".join(str(number) for number in range(1, 10_001))

    fetched = requests.post(
        server.entrez_url + "efetch.fcgi", data={**CONTACT, "id": listed, "retmode": "xml"}, timeout=10
    )

    assert fetched.content.count(b"<PubmedArticle>") == 2


def test_one_connection_carries_several_requests(server: ReplayServer) -> None:
    with requests.Session() as session:
        statuses = [session.get(f"{server.ctgov_url}/version", timeout=10).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]


def test_an_alias_is_followed_by_the_client() -> None:
    aliased = study_json("NCT00000005", identificationModule__nctIdAliases=["NCT00000004"])

    with ReplayServer(Corpus({}, {"NCT00000005": aliased})) as server:
        answer = requests.get(f"{server.ctgov_url}/studies/NCT00000004", params={"fields": "NCTId"}, timeout=10)

    assert (answer.url, answer.content) == (f"{server.ctgov_url}/studies/NCT00000005", aliased)


def test_the_log_holds_every_request_and_no_key(server: ReplayServer) -> None:
    requests.post(server.entrez_url + "esearch.fcgi", data={**CONTACT, "api_key": "hush"}, timeout=10)
    requests.get(f"{server.ctgov_url}/studies", params={"pageSize": "1"}, timeout=10)

    first, second = server.requests
    assert (first.method, first.path, first.get("api_key"), first.get("tool")) == (
        "POST",
        "/entrez/eutils/esearch.fcgi",
        "[redacted]",
        "ketalit",
    )
    assert (second.method, second.path, second.parameters) == ("GET", "/api/v2/studies", (("pageSize", "1"),))
    assert first.arrived_at <= second.arrived_at


@pytest.mark.parametrize("path", ["/", "/api/query/full_studies", "/entrez/eutils/elink.fcgi", "/api/v2/nothing"])
def test_other_paths_are_a_page_of_html(server: ReplayServer, path: str) -> None:
    answer = requests.get(server.url + path, timeout=10)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html")


def test_the_registry_takes_no_post(server: ReplayServer) -> None:
    assert requests.post(f"{server.ctgov_url}/studies", timeout=10).status_code == 404


class _FirstFails:
    """Answers the first request with a 503 and leaves the others to the service."""

    def __init__(self) -> None:
        self.asked = 0

    def respond(self, request: Request) -> Reply | None:
        self.asked += 1
        return Reply(b"busy", "text/plain", 503) if self.asked == 1 else None


def test_a_script_may_answer_in_place_of_the_services() -> None:
    with ReplayServer(CORPUS, script=_FirstFails()) as server:
        statuses = [requests.get(f"{server.ctgov_url}/version", timeout=10).status_code for _ in range(2)]

    assert statuses == [503, 200]


def test_a_failure_inside_is_a_500_that_says_so(server: ReplayServer) -> None:
    term = "(" * 100_000

    answer = requests.post(server.entrez_url + "esearch.fcgi", data={**CONTACT, "term": term}, timeout=60)

    assert (answer.status_code, answer.text.startswith("The replay failed: RecursionError")) == (500, True)


def test_it_listens_on_the_loopback_address_only(server: ReplayServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SettingsError) as error:
            ReplayServer(CORPUS, port=port)

    assert str(error.value) == f"The replay cannot listen on port {port}: Address already in use."
    assert error.value.hint == "Choose another port; 0 takes a free one."


def test_waiting_ends_with_an_interrupt(server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(thread: threading.Thread, timeout: float | None = None) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "join", interrupted)
        server.wait()

    assert requests.get(f"{server.ctgov_url}/version", timeout=10).status_code == 200
