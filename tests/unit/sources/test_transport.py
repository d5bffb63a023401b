"""Transport: pace, deadline, retries, size, and what never shows."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from ketalit import settings
from ketalit.errors import SettingsError, SourceChanged, SourceRefused, SourceUnavailable
from ketalit.settings import Settings
from ketalit.sources import transport
from ketalit.sources.pace import Pace, Times, times_of
from ketalit.sources.transport import Answer, Request, Transport, refuse_unless_good

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


def test_a_server_that_drips_its_headers_is_cut_off_at_the_deadline(
    patient: Callable[..., Transport], server: Scripted
) -> None:
    dripped = []

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(500):
            handler.wfile.write(b"x")
            dripped.append(1)
            threading.Event().wait(0.02)

    server.replies = [drip]
    with pytest.raises(SourceUnavailable, match=r"took longer than 0\.2 s"):
        patient(call_seconds=0.2, tries=1).send(Request(server.url), body)
    assert len(dripped) < 500


def test_a_body_without_length_that_the_deadline_cuts_is_never_taken_for_whole(
    patient: Callable[..., Transport], server: Scripted
) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\nhalf")
        threading.Event().wait(1)

    server.replies = [stall]
    with pytest.raises(SourceUnavailable, match="took longer"):
        patient(call_seconds=0.2, tries=1).send(Request(server.url), body)


def test_a_wait_that_would_end_after_the_run_is_not_begun(
    patient: Callable[..., Transport], server: Scripted, waits: list[float]
) -> None:
    server.replies = [reply(429, Retry_After="100")]
    with pytest.raises(SourceUnavailable, match="HTTP 429"):
        patient(run_seconds=50).send(Request(server.url), body)
    assert (waits, len(server.asked)) == ([], 1)


def test_a_run_beyond_its_budget_sends_nothing_more(
    patient: Callable[..., Transport], server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport_in_use, now = patient(run_seconds=100), time.monotonic
    transport_in_use.send(Request(server.url), body)
    monkeypatch.setattr(transport.time, "monotonic", lambda: now() + 100)
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
    pace = Pace(per_second, Times(), clock=clock, sleep=clock.sleep)
    starts = []
    for _ in range(50):
        pace.wait()
        starts.append(clock.time)
    allowed, window = max(1, int(per_second)), max(1.0, 1 / per_second)
    assert all(later - earlier >= window for earlier, later in zip(starts, starts[allowed:], strict=False))


def test_threads_cannot_defeat_the_pace() -> None:
    clock = Clock()
    pace = Pace(3, Times(), clock=clock, sleep=clock.sleep)
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


def test_a_request_counts_from_its_end_because_nobody_knows_when_it_arrived() -> None:
    clock = Clock()
    pace = Pace(1, Times(), clock=clock, sleep=clock.sleep)
    started = pace.wait()
    clock.sleep(0.7)
    pace.done(started)
    assert pace.wait() >= 1.7


ASKS = """
import sys, pathlib, threading
from ketalit.sources.pace import Pace, times_of
pace = Pace(20, times_of("PubMed", pathlib.Path(sys.argv[1])))
def ask():
    for _ in range(5):
        started = pace.wait()
        sys.stdout.write(f"{started!r}\\n")
        pace.done(started)
threads = [threading.Thread(target=ask) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def test_processes_with_threads_keep_one_pace(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASKS, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    starts = sorted(float(line) for process in running for line in process.communicate()[0].split())
    assert len(starts) == 60
    assert all(later - earlier >= 1 for earlier, later in zip(starts, starts[20:], strict=False))


def test_the_pace_is_free_again_when_its_process_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib, signal; from ketalit.sources.pace import times_of\n"
        "with times_of('PubMed', pathlib.Path(sys.argv[1])).held(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    with times_of("PubMed", tmp_path).held() as times:
        assert list(times) == []


@pytest.mark.parametrize("left", [b"junk!", struct.pack("d", 1e12), struct.pack("d", float("nan"))])
def test_what_an_earlier_boot_left_delays_nobody(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "pubmed.times").write_bytes(left)
    clock = Clock()
    Pace(1, times_of("PubMed", tmp_path), clock=clock, sleep=clock.sleep).wait()
    assert clock.time == 0


def test_a_pace_that_cannot_be_kept_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="The pace of requests cannot be kept in"):
        Pace(1, times_of("PubMed", tmp_path / "file")).wait()
