"""Faults as data: what goes wrong with an answer, and with which ones.

    [[fault]]
    id = "N21"
    what = "a chunked body that is cut"
    on = "efetch"
    reply = { framing = "chunked", sent = 0.5 }

Read with `msgspec.toml`; `Faults` plays them before the services of a ReplayServer. tests/faults holds the catalogue.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Final, Literal

from msgspec import Struct

from ketalit.replay.exchange import Manner, Reply, Request

RECORDS: Final = {
    "efetch": re.compile(rb"<Pubmed(?:Book)?Article\b.*?</Pubmed(?:Book)?Article>", re.DOTALL),
    "esearch": re.compile(rb"<Id>\d+</Id>"),
}
"""How the items of an answer are found in its bytes; the studies of the registry are a JSON array, a line each."""
_STUDIES: Final = re.compile(rb'(?<="studies":\[\n).*(?=\](?:,"nextPageToken":"[^"]*")?\}$)', re.DOTALL)
_NEXT_STUDY: Final = re.compile(rb",\n(?=\{)")

Program = Literal["survey", "esearch", "efetch", "record", "count", "listing", "studies", "study", "version"]
"""What is asked: of PubMed how many records there are (survey), a search, a page of records or one record; of the
registry how many studies there are (count), a page of the listing, a page of records, one record or the stamp of its
data."""


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """What goes wrong with one answer: another one instead, or the true one altered, or how it goes out."""

    status: int | None = None
    body: str | None = None
    content_type: str | None = None
    headers: dict[str, str] = {}
    replace: tuple[tuple[str, str], ...] = ()
    """(pattern, text): what is written in the place of the first match, byte for byte as Latin-1."""
    drop: int = 0
    """Items that are left out, from the first on."""
    reverse: bool = False
    """Whether the items come in reverse order."""
    gzip: bool = False
    """Whether the body is packed, which nobody asked for."""
    cut: float = 1.0
    """Share of the (packed) body that there is, with framing that is right for it: only its content tells."""
    manner: Manner | None = None

    def applied(self, true: Reply, *, program: Program, request: Request) -> Reply:
        """The reply that goes out in place of the true one; `{id}` in its body is the last word of the path."""
        stated = None if self.body is None else self.body.replace("{id}", request.path.rsplit("/", 1)[-1])
        body = self._altered(true.body, program) if stated is None else stated.encode()
        headers = tuple(self.headers.items())
        if self.gzip:
            body, headers = gzip.compress(body), (*headers, ("Content-Encoding", "gzip"))
        return Reply(
            body=body[: round(len(body) * self.cut)],
            content_type=self.content_type or (true.content_type if self.body is None else "text/html"),
            status=self.status or (true.status if self.body is None else 200),
            headers=(*true.headers, *headers),
            manner=self.manner,
        )

    def _altered(self, body: bytes, program: Program) -> bytes:
        if self.drop or self.reverse:
            body = _rearranged(body, program, self.drop, reverse=self.reverse)
        for pattern, text in self.replace:
            body = re.sub(pattern, text, body.decode("latin-1"), count=1, flags=re.DOTALL).encode("latin-1")
        return body


class Planned(Struct, frozen=True):
    """A fault that meets the requests for one page of a program, `times` times, or always (None)."""

    fault: Fault
    program: Program
    page: int | None = 1
    """From 1 on, in the order in which pages were first asked for; None: every page."""
    times: int | None = None


class Faults:
    """A script that plays faults until it is mended, and counts how often each page was asked for."""

    def __init__(self, *planned: Planned) -> None:
        self._planned = planned
        self._lock = threading.Lock()
        self.is_mended = False
        self.asked: defaultdict[tuple[Program, int], int] = defaultdict(int)
        """Requests by program and page."""
        self._pages: defaultdict[Program, dict[tuple[tuple[str, str], ...], int]] = defaultdict(dict)

    def respond(self, request: Request) -> Callable[[Reply], Reply] | None:
        """What the fault that meets this request, if one does, makes of the true answer."""
        program = program_of(request)
        if program is None:
            return None
        with self._lock:
            page = self._page(program, request)
            self.asked[program, page] += 1
            met = self.asked[program, page]
            for planned in () if self.is_mended else self._planned:
                is_its_page = planned.program == program and planned.page in (page, None)
                if is_its_page and (planned.times is None or met <= planned.times):
                    return partial(planned.fault.applied, program=program, request=request)
        return None

    def _page(self, program: Program, request: Request) -> int:
        pages = self._pages[program]
        if program == "version":  # always the same request: each is a page of its own
            return pages.setdefault((("", str(len(pages))),), len(pages) + 1)
        return pages.setdefault(request.parameters, len(pages) + 1)


def program_of(request: Request) -> Program | None:
    """What a request asks for; None for what no fault is written for."""
    path = request.path
    if path.endswith("/esearch.fcgi"):
        return "survey" if request.get("retmax") == "0" else "esearch"
    if path.endswith("/efetch.fcgi"):
        return "efetch" if "," in request.get("id") else "record"
    if path.endswith("/version"):
        return "version"
    if path.endswith("/studies"):
        if request.get("filter.ids"):
            return "studies"
        return "listing" if request.get("sort") else "count"
    return "study" if "/studies/" in path else None


def _rearranged(body: bytes, program: Program, drop: int, *, reverse: bool) -> bytes:
    step = -1 if reverse else 1
    if program in ("efetch", "record", "survey", "esearch"):
        pattern = RECORDS["esearch" if program in ("survey", "esearch") else "efetch"]
        items = iter([*pattern.findall(body)[drop:][::step], *[b""] * drop])
        return pattern.sub(lambda _: next(items), body)
    return _STUDIES.sub(lambda found: b",\n".join(_NEXT_STUDY.split(found[0])[drop:][::step]), body)
