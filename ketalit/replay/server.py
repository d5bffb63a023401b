"""The loopback server: threads, HTTP/1.1, one address for both services, and a log of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from ketalit.errors import SettingsError
from ketalit.replay import sending
from ketalit.replay.corpus import Corpus
from ketalit.replay.ctgov import ClinicalTrials
from ketalit.replay.eutils import Entrez, RateLimit
from ketalit.replay.exchange import Reply, Request

HOST = "127.0.0.1"
ENTREZ_PATH = "/entrez/eutils/"
CTGOV_PATH = "/api/v2/"


class Script(Protocol):
    """A play of faults: what a test puts before the services."""

    def respond(self, request: Request) -> Reply | Callable[[Reply], Reply] | None:
        """Return a reply to give instead of the service's, what to make of the service's, or None to let it answer."""


class ReplayServer:
    """Both services over one corpus, on the loopback address only.

    A context manager: inside it a thread serves. `requests` holds what arrived, keys redacted, in order. `script`, when
    set, may answer in place of the services. Raises SettingsError when the port cannot be had.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        port: int = 0,
        rate_limit: RateLimit | None = None,
        valid_keys: Collection[str] | None = None,
        require_contact: bool = True,
        bound_tokens: bool = True,
        script: Script | None = None,
    ) -> None:
        self.entrez = Entrez(corpus, rate_limit=rate_limit, valid_keys=valid_keys, require_contact=require_contact)
        self.clinical_trials = ClinicalTrials(corpus, bound_tokens=bound_tokens)
        self.requests: list[Request] = []
        self.script = script
        self._one_at_a_time = threading.Lock()
        self._http = _listen(port, self)

    @property
    def url(self) -> str:
        """Where the server listens, without a final slash."""
        return f"http://{HOST}:{self._http.server_port}"

    @property
    def entrez_url(self) -> str:
        """The base address to use in place of E-utilities'."""
        return self.url + ENTREZ_PATH

    @property
    def ctgov_url(self) -> str:
        """The base address to use in place of ClinicalTrials.gov's API."""
        return self.url + CTGOV_PATH.rstrip("/")

    def hold(self, corpus: Corpus) -> None:
        """Serve another corpus from now on: a service whose records were added, revised, merged or deleted."""
        with self._one_at_a_time:
            self.entrez.hold(corpus)
            self.clinical_trials.hold(corpus)

    def wait(self) -> None:
        """Go on serving until the process is interrupted."""
        with suppress(KeyboardInterrupt):
            self._thread.join()

    def __enter__(self) -> ReplayServer:
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def answer(self, request: Request) -> Reply:
        """Log a request and answer it; whatever fails inside becomes a 500 that says so, never a lost connection."""
        with self._one_at_a_time:
            self.requests.append(request.redacted())
        scripted = self.script.respond(request) if self.script else None
        if isinstance(scripted, Reply):
            return scripted
        try:
            with self._one_at_a_time:
                true = self._from_service(request) or _not_found(request)
            return scripted(true) if scripted else true
        except Exception as error:
            return Reply(f"The replay failed: {error!r}".encode(), "text/plain; charset=utf-8", 500)

    def _from_service(self, request: Request) -> Reply | None:
        if request.path.startswith(ENTREZ_PATH):
            return self.entrez.answer(request.path.removeprefix(ENTREZ_PATH), request)
        if request.path.startswith(CTGOV_PATH) and request.method == "GET":
            return self.clinical_trials.answer(request.path.removeprefix(CTGOV_PATH), request)
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], replay: ReplayServer) -> None:
        super().__init__(address, _Handler)
        self.replay = replay


def _listen(port: int, replay: ReplayServer) -> _Server:
    try:
        return _Server((HOST, port), replay)
    except OSError as error:
        hint = "Choose another port; 0 takes a free one."
        raise SettingsError(f"The replay cannot listen on port {port}: {error.strerror}.", hint=hint) from error


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together: a small packet would wait for an acknowledgement
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answer with the parameters of the URL."""
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """Answer with the parameters of the form."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _answer(self, query: str) -> None:
        parameters = tuple(parse_qsl(query, keep_blank_values=True))
        request = Request(self.command, urlsplit(self.path).path, parameters, time.monotonic())
        self._send(self.server.replay.answer(request))

    def _send(self, reply: Reply) -> None:
        if reply.manner is not None:
            sending.send(self, reply, reply.manner)
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is http.server's
        """Say nothing: the log is `requests`, and a URL may hold a key."""


def _not_found(request: Request) -> Reply:
    """Both services answer a path that they do not have with a page of HTML."""
    page = f"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>{request.path}</body></html>"
    return Reply(page.encode(), "text/html", 404)
