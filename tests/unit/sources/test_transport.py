"""Transport: pace, deadline, retries, size, and what never shows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from ketalit import settings
from ketalit.errors import SourceChanged, SourceRefused, SourceUnavailable
from ketalit.settings import Settings
from ketalit.sources import transport
from ketalit.sources.transport import Answer, Pace, Request, Transport, refuse_unless_good

Reply = Callable[[BaseHTTPRequestHandler], None]


def reply(status: int, body: bytes = b"", **headers: str) -> Reply:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


class Scripted(ThreadingHTTPServer):
    """Answers the nth request with the nth reply, and the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        self.replies: list[Reply] = [reply(200, b"good")]
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/x"


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_GET(self) -> None:
        number = len(self.server.asked)
        length = int(self.headers.get("Content-Length") or 0)
        self.server.asked.append(f"{self.path} {self.rfile.read(length).decode()}".strip())
        self.server.replies[min(number, len(self.server.replies) - 1)](self)

    do_POST = do_GET  # noqa: N815 - http.server's name

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as scripted:
        threading.Thread(target=scripted.serve_forever, args=(0.01,), daemon=True).start()
        yield scripted
        scripted.shutdown()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def patient(waits: list[float]) -> Callable[..., Transport]:
    def make(secrets: tuple[str, ...] = (), **changed: object) -> Transport:
        chosen: Settings = settings.read(**{"tries": 3, **changed})
        return Transport("Service", chosen, per_second=1_000, secrets=secrets, sleep=waits.append)

    return make


def body(answer: Answer) -> bytes:
    return answer.body


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(patient: Callable[..., Transport], server: Scripted, status: int) -> None:
    server.replies = [reply(status), reply(200, b"good")]
    assert (patient().send(Request(server.url), body), len(server.asked)) == (b"good", 2)


def test_a_failure_that_stays_is_told_after_the_last_try(patient: Callable[..., Transport], server: Scripted) -> None:
    server.replies = [reply(503)]
    with pytest.raises(SourceUnavailable, match=r"Service: HTTP 503 from http://127\.0\.0\.1:\d+/x\."):
        patient().send(Request(server.url), body)
    assert len(server.asked) == 3


def test_a_cut_body_is_tried_again(patient: Callable[..., Transport], server: Scripted) -> None:
    server.replies = [reply(200, b"go", Content_Length="4"), reply(200, b"good")]
    assert patient().send(Request(server.url), body) == b"good"


def test_a_failure_that_only_the_reader_sees_is_tried_again(
    patient: Callable[..., Transport], server: Scripted
) -> None:
    def read(answer: Answer) -> bytes:
        if answer.body == b"<ERROR>":
            raise SourceUnavailable("an error with status 200")
        return answer.body

    server.replies = [reply(200, b"<ERROR>"), reply(200, b"good")]
    assert patient().send(Request(server.url), read) == b"good"


def test_what_the_reader_finds_final_is_not_tried_again(patient: Callable[..., Transport], server: Scripted) -> None:
    def refuse(_answer: Answer) -> bytes:
        raise SourceRefused("no")

    with pytest.raises(SourceRefused):
        patient().send(Request(server.url), refuse)
    assert len(server.asked) == 1


def test_pauses_double_with_jitter_between_a_half_and_the_whole(
    patient: Callable[..., Transport], server: Scripted, waits: list[float]
) -> None:
    server.replies = [reply(503), reply(503), reply(200)]
    patient(retry_seconds=4.0).send(Request(server.url), body)
    assert [2 <= waits[0] <= 4, 4 <= waits[1] <= 8] == [True, True]


@pytest.mark.parametrize(
    ("header", "least"),
    [("7", 7.0), ("soon", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("-1", 0.0)],
)
def test_retry_after_is_obeyed_and_an_unreadable_one_is_as_none(
    patient: Callable[..., Transport], server: Scripted, waits: list[float], header: str, least: float
) -> None:
    server.replies = [reply(429, Retry_After=header), reply(200)]
    patient(retry_seconds=0.001).send(Request(server.url), body)
    assert least <= waits[0] <= least + 0.001


def test_a_wait_that_would_park_the_run_ends_it(patient: Callable[..., Transport], server: Scripted) -> None:
    server.replies = [reply(429, Retry_After="86400")]
    with pytest.raises(SourceUnavailable, match="asked to wait 86400 s"):
        patient().send(Request(server.url), body)
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(patient: Callable[..., Transport], server: Scripted) -> None:
    server.replies = [reply(302, Location="http://192.0.2.1/")]
    with pytest.raises(SourceRefused, match="sends us elsewhere"):
        patient().send(Request(server.url), lambda answer: refuse_unless_good("Service", answer))
    assert len(server.asked) == 1


def test_an_answer_above_the_ceiling_is_not_read_to_its_end(
    patient: Callable[..., Transport], server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "BYTE_CEILING", 100_000)
    server.replies = [reply(200, b"x" * 1_000_000)]
    with pytest.raises(SourceChanged, match="answers with more than"):
        patient().send(Request(server.url), body)


def test_a_server_that_drips_is_cut_off_at_the_deadline(patient: Callable[..., Transport], server: Scripted) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            threading.Event().wait(0.02)

    server.replies = [drip]
    with pytest.raises(SourceUnavailable, match=r"took longer than 0\.1 s"):
        patient(call_seconds=0.1, tries=1).send(Request(server.url), body)


def test_a_run_beyond_its_budget_sends_nothing_more(patient: Callable[..., Transport], server: Scripted) -> None:
    transport_in_use = patient(run_seconds=0.001)
    transport_in_use.send(Request(server.url), body)
    with pytest.raises(SourceUnavailable, match="the run took longer"):
        transport_in_use.send(Request(server.url), body)
    assert len(server.asked) == 1


def test_nobody_listening_is_told_without_the_parameters(patient: Callable[..., Transport]) -> None:
    with pytest.raises(SourceUnavailable, match=r"no answer from http://127\.0\.0\.1:9/x") as told:
        patient(secrets=("s3cret",)).send(Request("http://127.0.0.1:9/x", params={"api_key": "s3cret"}), body)
    assert ("s3cret" in str(told.value), told.value.__cause__, told.value.__suppress_context__) == (False, None, True)


def test_a_secret_that_the_server_echoes_is_taken_out_of_the_url(
    patient: Callable[..., Transport], server: Scripted
) -> None:
    asked = Request(server.url, params={"api_key": "s3cret"})
    assert "s3cret" not in patient(secrets=("s3cret",)).send(asked, lambda answer: answer).url


def test_a_secret_that_the_reader_quotes_is_taken_out_of_the_message(
    patient: Callable[..., Transport], server: Scripted
) -> None:
    def quote(answer: Answer) -> bytes:
        raise SourceChanged(f"got {answer.body.decode()}")

    server.replies = [reply(200, b"<s3cret>")]
    with pytest.raises(SourceChanged, match=r"got <\[secret\]>"):
        patient(secrets=("s3cret",)).send(Request(server.url), quote)


def test_a_form_is_sent_as_post_with_nothing_in_the_url(patient: Callable[..., Transport], server: Scripted) -> None:
    patient().send(Request(server.url, data=b"api_key=s3cret"), body)
    assert server.asked == ["/x api_key=s3cret"]


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.mark.parametrize("per_second", [3.0, 10.0, 0.5])
def test_no_sliding_second_holds_more_requests_than_the_pace_allows(per_second: float) -> None:
    clock = Clock()
    pace = Pace(per_second, clock=clock, sleep=clock.sleep)
    starts = []
    for _ in range(50):
        pace.wait()
        starts.append(clock.time)
    allowed, window = max(1, int(per_second)), max(1.0, 1 / per_second)
    assert all(later - earlier >= window for earlier, later in zip(starts, starts[allowed:], strict=False))


def test_threads_cannot_defeat_the_pace() -> None:
    clock = Clock()
    pace = Pace(3, clock=clock, sleep=clock.sleep)
    starts: list[float] = []
    lock = threading.Lock()

    def ask() -> None:
        for _ in range(5):
            pace.wait()
            with lock:
                starts.append(clock.time)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # between two of the 40 starts that are 3 apart a second has passed, so 40 of them take more than 12
    assert clock.time > 12
    assert all(earlier <= later for earlier, later in pairwise(sorted(starts)))
