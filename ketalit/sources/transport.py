"""Transport: the manners shared by both sources.

Bio.Entrez and requests leave to their callers what an unattended run needs: a wall-clock deadline for each call, a pace
that threads cannot defeat, retries that also cover the body and obey Retry-After, a ceiling on size, no redirects to
other hosts, and secrets that never show. They are written once, here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from email.utils import parsedate_to_datetime
from typing import Final, Literal, TypeVar

import requests
from msgspec import Struct
from tenacity import RetryCallState, Retrying, retry_if_exception
from urllib3.exceptions import HTTPError

from ketalit.errors import KetalitError, SettingsError, SourceChanged, SourceRefused, SourceUnavailable
from ketalit.settings import Settings
from ketalit.sources.deadline import Adapter, Deadline
from ketalit.sources.pace import Pace, times_of

BYTE_CEILING: Final = 256 * 2**20
"""Largest answer that is read: far above a page of either service, far below a machine's memory."""
LONGEST_WAIT: Final = 120.0
"""Seconds: a Retry-After beyond it fails the call, so that one header cannot park a run for hours."""
CHUNK: Final = 2**16

T = TypeVar("T")


class Request(Struct, frozen=True):
    """One HTTP request; `data` is a form body and makes it a POST."""

    url: str
    params: Mapping[str, str] | None = None
    data: bytes | None = None

    @property
    def method(self) -> Literal["GET", "POST"]:
        """POST keeps long id lists and the key out of URLs."""
        return "GET" if self.data is None else "POST"


class Answer(Struct, frozen=True):
    """What came back: `url` is without secrets, `body` is whole."""

    status: int
    content_type: str
    headers: Mapping[str, str]
    body: bytes
    url: str

    def text(self, limit: int = 300) -> str:
        """The start of the body for a message, on one line; always UTF-8, whatever charset is guessed."""
        return " ".join(self.body[: limit * 4].decode("utf-8", "replace").split())[:limit]


class Transport:
    """Sends requests of one source: paced, bounded in time and size, retried, silent about secrets."""

    def __init__(
        self,
        service: str,
        settings: Settings,
        *,
        per_second: float,
        secrets: tuple[str, ...] = (),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.service = service
        self._settings, self._secrets, self._sleep = settings, secrets, sleep
        self._pace = Pace(per_second, times_of(service, settings.pace_folder), sleep=sleep)
        self._ends: float | None = None
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, Adapter())
        self._session.trust_env = False  # no .netrc, no proxy of the environment: a run does the same everywhere
        self._session.headers["User-Agent"] = f"{settings.tool} ({settings.email or 'no address given'})"
        # compressed bodies that were cut pass through requests without an error
        self._session.headers["Accept-Encoding"] = "identity"
        if settings.proxy:
            proxy = settings.proxy.get_secret_value()
            self._session.proxies = {"http": proxy, "https": proxy}
        if settings.ca_bundle:
            self._session.verify = str(settings.ca_bundle)

    def send(self, request: Request, read: Callable[[Answer], T]) -> T:
        """What `read` makes of the answer to `request`.

        `read` belongs into the retry: a service may report a failure with status 200, and a cut body shows only when
        it is parsed. Raises SourceUnavailable after the last try, SourceRefused or SourceChanged at once.
        """
        retrying = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, SourceUnavailable) and error.again),
            stop=self._is_final,
            wait=self._pause,
            sleep=self._sleep,
            reraise=True,
        )
        answer: T = retrying(self._once, request, read)
        return answer

    def redact(self, text: str) -> str:
        """`text` without any secret."""
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def _once(self, request: Request, read: Callable[[Answer], T]) -> T:
        self._check_budget()
        started = self._pace.wait()
        try:
            with Deadline(min(self._settings.call_seconds, self._rest())) as deadline:
                answer = self._exchange(request, deadline)
        except (requests.RequestException, HTTPError, OSError) as error:
            # the library's text holds the URL and with it the parameters: name the kind of failure only
            raise self._no_answer(request, error, deadline) from None
        finally:
            self._pace.done(started)
        _check_status(self.service, answer)
        try:
            return read(answer)
        except KetalitError as error:
            error.args = (self.redact(str(error)),)  # a service may echo the key anywhere
            raise

    def _rest(self) -> float:
        """Seconds that the run may still take; the first call begins it."""
        now = time.monotonic()
        self._ends = self._ends or now + self._settings.run_seconds
        return self._ends - now

    def _check_budget(self) -> None:
        if self._rest() <= 0:
            raise SourceUnavailable(
                f"{self.service}: the run took longer than {self._settings.run_seconds:g} s.",
                hint="Raise KETALIT_RUN_SECONDS, or run again: what is stored is kept.",
                again=False,
            )

    def _is_final(self, state: RetryCallState) -> bool:
        """Whether that was the last try, or the pause before the next one would end after the run's time."""
        return state.attempt_number >= self._settings.tries or state.upcoming_sleep > self._rest()

    def _no_answer(self, request: Request, error: Exception, deadline: Deadline) -> KetalitError:
        if deadline.is_over:
            return self._too_slow(request)
        message = f"{self.service}: no answer from {self._place(request)} ({type(error).__name__})."
        if isinstance(error, requests.exceptions.SSLError | requests.exceptions.InvalidURL):
            return SettingsError(
                message, hint="Check the URL; behind a proxy set KETALIT_PROXY, and KETALIT_CA_BUNDLE if it opens TLS."
            )
        return SourceUnavailable(
            message, hint="Check the network (KETALIT_PROXY behind a proxy) and run again: what is stored is kept."
        )

    def _too_slow(self, request: Request) -> SourceUnavailable:
        return SourceUnavailable(
            f"{self.service}: {self._place(request)} took longer than {self._settings.call_seconds:g} s."
        )

    def _exchange(self, request: Request, deadline: Deadline) -> Answer:
        response = self._session.request(
            request.method,
            request.url,
            params=request.params,
            data=request.data,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if request.data is not None else None,
            timeout=(min(self._settings.connect_seconds, deadline.seconds), self._settings.read_seconds),
            allow_redirects=False,
            stream=True,
        )
        with closing(response):
            body = self._whole_body(response, request, deadline)
            headers = {name.lower(): self.redact(value) for name, value in response.headers.items()}
        return Answer(
            status=response.status_code,
            content_type=headers.get("content-type", ""),
            headers=headers,
            body=body,
            url=self.redact(response.url),
        )

    def _whole_body(self, response: requests.Response, request: Request, deadline: Deadline) -> bytes:
        chunks, size = [], 0
        # read1 gives what has come: a server that drips a byte a second must not keep us from looking at the clock
        while chunk := response.raw.read1(CHUNK, decode_content=False):
            chunks.append(chunk)
            size += len(chunk)
            if size > BYTE_CEILING:
                raise SourceChanged(
                    f"{self.service}: {self._place(request)} answers with more than {BYTE_CEILING // 2**20} MiB.",
                    hint="Ask for smaller pages (KETALIT_EFETCH_SIZE, KETALIT_CTGOV_PAGE_SIZE).",
                )
            if deadline.is_over:
                raise self._too_slow(request)
        if deadline.is_over:  # a body without a stated length ends where the deadline cut it
            raise self._too_slow(request)
        return b"".join(chunks)

    def _place(self, request: Request) -> str:
        return self.redact(request.url.split("?")[0])

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, SourceUnavailable) else None
        doubled = self._settings.retry_seconds * 2.0 ** (state.attempt_number - 1)
        # jitter, so that machines that failed together do not come back together
        backoff = min(60.0, doubled) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret depends on it
        return max(asked or 0.0, backoff)


def _check_status(service: str, answer: Answer) -> None:
    """Raise for a status that passes, whatever the body says; the others are for the source's own reading."""
    if answer.status in {408, 425, 429} or answer.status >= 500:
        wait = retry_after(answer.headers.get("retry-after"))
        if wait is not None and wait > LONGEST_WAIT:
            raise SourceUnavailable(
                f"{service}: asked to wait {wait:g} s (HTTP {answer.status}), more than the {LONGEST_WAIT:g} s we do.",
                hint="The service limits us: run the command again later.",
                again=False,
            )
        raise SourceUnavailable(f"{service}: HTTP {answer.status} from {answer.url.split('?')[0]}.", retry_after=wait)


def refuse_unless_good(service: str, answer: Answer) -> None:
    """Raise SourceRefused for a redirect, which is never followed, and for any other status than 200."""
    if 300 <= answer.status < 400:
        raise SourceRefused(
            f"{service}: {answer.url.split('?')[0]} sends us elsewhere (HTTP {answer.status}); not followed.",
            hint="Check the base URL in the settings; the service may have moved.",
        )
    if answer.status != 200:
        raise SourceRefused(f"{service}: HTTP {answer.status}: {answer.text()}")


def retry_after(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for; None for an absent or unreadable one, 0 for a date in the past."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header.strip())
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
