"""ClinicalTrials.gov through API v2: the only place that talks to the register.

The ids are listed first and frozen; then the records are fetched by id. So nothing is lost when the order shifts under
the walk, and an interrupted run goes on where it stopped. Page tokens belong to one set of parameters and one state of
the data: with others the register answers 200 and the wrong rows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from ketalit.durable import now
from ketalit.errors import SourceChanged, SourceUnavailable
from ketalit.model.document import Document
from ketalit.model.search import Delivery, Listing, QueryRecord
from ketalit.settings import Settings
from ketalit.snapshot import document
from ketalit.sources.client import alone_or_explained, deliver
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.transport import Answer, Request, Transport, refuse_unless_good
from ketalit.vocabulary import Source

SERVICE: Final = "ClinicalTrials.gov"
LISTING_PAGE: Final = 1_000
"""The largest page that the API gives; larger ones are cut to it without a word."""
IDS_A_REQUEST: Final = 100
"""Ids in one filter.ids: 1,200 characters of URL, well below any limit on the way."""
EMPTY_PAGES: Final = 5
"""Pages without studies but with a token that are followed in a row."""
_ALIAS: Final = re.compile(r"/(NCT\d{8})$")
WALKS: Final = 3
"""How often a listing is begun anew when the register reloads its data in the middle."""


class _Page(Struct, frozen=True):
    """One page of /studies."""

    studies: tuple[tuple[str, bytes], ...]
    next_token: str | None
    total: int | None


class CtGovClient:
    """Searches ClinicalTrials.gov and fetches its records."""

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._transport = Transport(SERVICE, settings, per_second=settings.ctgov_per_second, sleep=sleep)

    def survey(self, query: str) -> QueryRecord:
        """How many studies `query` finds today; the register does not say how it understands it."""
        version = self._data_version()
        page = self._page({"query.term": query, "fields": "NCTId", "pageSize": "1", "countTotal": "true"})
        if page.total is None:
            raise SourceChanged(f"{SERVICE}: the search states no count of its studies.")
        return QueryRecord(sent=query, understood=None, count=page.total, asked_at=now(), data_version=version)

    def search(self, query: str, since: date | None = None) -> Listing:
        """Every NCT id that `query` (Essie, over the basic search fields) finds, in one state of the data.

        With `since` only of studies whose last update was posted on that day or later. A listing during which the
        register reloads its data, or which is not as long as promised, is begun anew.
        """
        asked = query if since is None else f"({query}) AND AREA[LastUpdatePostDate]RANGE[{since:%Y-%m-%d},MAX]"
        problem = ""
        for _ in range(WALKS):
            before = self._data_version()
            ids, total = self._walk(asked)
            if self._data_version() != before:
                problem = "the register reloaded its data"
            elif len(ids) != total:
                problem = f"the listing promised {total} records and held {len(ids)}"
            else:
                record = QueryRecord(sent=asked, understood=None, count=total, asked_at=now(), data_version=before)
                return Listing(ids=ids, queries=(record,))
        raise SourceUnavailable(f"{SERVICE}: {problem} during each of {WALKS} listings.")

    def fetch(self, ids: tuple[str, ...]) -> Iterator[Delivery]:
        """The full records of `ids`, page by page; one that does not come is asked for once more, alone."""
        size = min(IDS_A_REQUEST, self._settings.ctgov_page_size)
        return deliver(SERVICE, ids, size, page=self._studies, alone=self._alone)

    def look_up(self, source_id: str) -> Delivery:
        """One study by its id, whether or not a search lists it."""
        return alone_or_explained(self._alone, source_id)

    def _walk(self, query: str) -> tuple[tuple[str, ...], int]:
        """All ids of one listing and the total that the register states."""
        parameters = {
            "query.term": query,
            "fields": "NCTId",
            "pageSize": str(LISTING_PAGE),
            # the default order is not stable from page to page
            "sort": "StudyFirstPostDate:asc",
            "countTotal": "true",
        }
        ids: dict[str, None] = {}
        total = None
        for page in self._pages(parameters):
            total = page.total if total is None else total
            ids.update((nct_id, None) for nct_id, _ in page.studies)
        if total is None:
            raise SourceChanged(f"{SERVICE}: the listing states no count of its studies.")
        return tuple(ids), total

    def _pages(self, parameters: Mapping[str, str]) -> Iterator[_Page]:
        token, seen, empty = None, set[str](), 0
        while True:
            page = self._page({**parameters, "pageToken": token} if token else parameters)
            yield page
            token = page.next_token
            if token is None:
                return
            empty = 0 if page.studies else empty + 1
            if token in seen or empty > EMPTY_PAGES:
                raise SourceChanged(f"{SERVICE}: the listing does not end (page token repeats or pages stay empty).")
            seen.add(token)

    def _page(self, parameters: Mapping[str, str]) -> _Page:
        return self._transport.send(Request(f"{self._settings.ctgov_url}/studies", params=parameters), _read_page)

    def _studies(self, nct_ids: tuple[str, ...]) -> tuple[Document, ...]:
        parameters = {"filter.ids": ",".join(nct_ids), "pageSize": str(len(nct_ids)), "countTotal": "true"}
        shown = f"{self._settings.ctgov_url}/studies?filter.ids={','.join(nct_ids[:3])}"
        shown += ",…" if len(nct_ids) > 3 else ""
        asked = set(nct_ids)
        return tuple(
            document(Source.CTGOV, nct_id, body, shown)
            for page in self._pages(parameters)
            for nct_id, body in page.studies
            if nct_id in asked
        )

    def _alone(self, nct_id: str) -> Delivery:
        """One record by its own address: there the register says why it has none."""
        url = f"{self._settings.ctgov_url}/studies/{nct_id}"

        def read(answer: Answer) -> Delivery:
            text, moved = answer.text(), _ALIAS.search(answer.headers.get("location", ""))
            if answer.status == 404 and text == f"NCT number {nct_id} not found":
                return Delivery(documents=(), explained=((nct_id, f"{SERVICE}: {text}"),), absent=(nct_id,))
            if answer.status == 301 and moved:
                reason = f"{SERVICE}: now an alias of {moved[1]}"
                return Delivery(documents=(), explained=((nct_id, reason),), merged=((nct_id, moved[1]),))
            _check(answer)
            if b'"protocolSection"' not in answer.body:  # what is no study explains none
                raise SourceUnavailable(f"{SERVICE}: no study but: {text}", hint=SourceChanged.hint)
            found = [(found_id, body) for found_id, body in studies(answer.body) if found_id == nct_id]
            return Delivery(documents=tuple(document(Source.CTGOV, found_id, body, url) for found_id, body in found))

        return self._transport.send(Request(url), read)

    def _data_version(self) -> str | None:
        """The register's stamp of its data; it changes with the nightly reload."""

        def read(answer: Answer) -> str | None:
            _check(answer)
            try:
                return msgspec.json.decode(answer.body, type=_Version).data_timestamp
            except msgspec.DecodeError as error:
                raise SourceChanged(f"{SERVICE}: /version is not what we know: {error}.") from None

        return self._transport.send(Request(f"{self._settings.ctgov_url}/version"), read)


class _Version(Struct, frozen=True, rename="camel"):
    data_timestamp: str | None = None


class _Envelope(Struct, frozen=True, rename="camel"):
    studies: msgspec.Raw
    next_page_token: str | None = None
    total_count: int | None = None


def _read_page(answer: Answer) -> _Page:
    _check(answer)
    try:
        envelope = msgspec.json.decode(answer.body, type=_Envelope)
    except msgspec.DecodeError as error:
        raise SourceUnavailable(f"{SERVICE}: the answer is cut or is not what we know: {error}.") from None
    return _Page(
        studies=tuple(studies(bytes(envelope.studies))),
        next_token=envelope.next_page_token,
        total=envelope.total_count,
    )


def _check(answer: Answer) -> None:
    """Raise what an answer without studies means; the register's errors are plain text, never JSON."""
    refuse_unless_good(SERVICE, answer)
    if not answer.body.lstrip().startswith((b"{", b"[")):
        raise SourceUnavailable(f"{SERVICE}: no JSON but: {answer.text() or 'nothing'}")
