"""PubMed through E-utilities: the only place that talks to NCBI.

Bio.Entrez builds each request (tool, e-mail, key, form encoding); Transport carries it, because Bio.Entrez itself has
no timeout, does not wait between retries, and its limiter is defeated by threads. Answers are read with lxml:
Bio.Entrez parses through DTDs that it downloads when NLM renames them.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final, cast

from Bio import Entrez
from lxml import etree
from msgspec import Struct

from ketalit.durable import now
from ketalit.errors import SettingsError, SourceChanged, SourceUnavailable
from ketalit.model.document import Document
from ketalit.model.search import Delivery, Listing, QueryRecord
from ketalit.settings import Settings
from ketalit.snapshot import document
from ketalit.sources.client import alone_or_explained, deliver
from ketalit.sources.pubmed.page import ROOTS, parser, records, refuse_stated_error
from ketalit.sources.pubmed.slices import Slice
from ketalit.sources.transport import Answer, Request, Transport, refuse_unless_good
from ketalit.vocabulary import Source

SERVICE: Final = "PubMed"
LISTED_AT_MOST: Final = 9_999
"""PubMed lists no more ids for one query (NCBI, NBK25499), and at the edge silently fewer."""
PROLOGUE: Final = 4_096
"""Bytes in which the root element of a page begins."""
FIRST_DAY: Final = date(1900, 1, 1)
"""Before the first record was added to PubMed or the indexes that it grew from."""


class _Found(Struct, frozen=True):
    """The ids that one esearch listed, and the query as it went and was understood."""

    ids: tuple[str, ...]
    record: QueryRecord


class PubMedClient:
    """Searches PubMed and fetches its records."""

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        if not settings.email:
            raise SettingsError(
                "NCBI requires your e-mail address with each request.",
                hint="Give --email you@example.org or set KETALIT_EMAIL.",
            )
        self._settings = settings
        self._key = settings.api_key.get_secret_value() if settings.api_key else None
        self._transport = Transport(
            SERVICE,
            settings,
            per_second=settings.entrez_rate,
            secrets=(self._key,) if self._key else (),
            sleep=sleep,
        )

    def survey(self, query: str) -> QueryRecord:
        """How many records `query` finds today and how PubMed understands it; none is listed."""
        return self._esearch(query, listed=0).record

    def search(self, query: str, since: date | None = None) -> Listing:
        """Every PMID that `query` finds; with `since` only of records added or revised on that day or later.

        A query that finds more than PubMed lists is split until each slice is small enough. Raises SourceChanged when
        the slices hold less than the whole.
        """
        asked = query if since is None else _since(query, since)
        whole = self._esearch(asked)
        count = whole.record.count
        if count < LISTED_AT_MOST:
            return Listing(ids=whole.ids, queries=(whole.record,))
        slices = tuple(self._everything(asked))
        ids = tuple(dict.fromkeys(pmid for found in slices for pmid in found.ids))
        if len(ids) < count:
            raise SourceChanged(
                f"{SERVICE}: slices of the search hold {len(ids)} records, the whole {count}.",
                hint="Records may have been removed in between: run again.",
            )
        return Listing(ids=ids, queries=(whole.record, *(found.record for found in slices)))

    def fetch(self, ids: tuple[str, ...]) -> Iterator[Delivery]:
        """The records of `ids`, page by page; one that does not come with its page is asked for once more, alone."""
        return deliver(SERVICE, ids, self._settings.efetch_size, page=self._efetch, alone=self._alone)

    def look_up(self, source_id: str) -> Delivery:
        """One record by its id, whether or not a search lists it."""
        return alone_or_explained(self._alone, source_id)

    def _alone(self, pmid: str) -> Delivery:
        documents = self._efetch((pmid,))
        if documents:
            return Delivery(documents=documents)
        return Delivery(documents=(), explained=((pmid, "PubMed returns no record for its id"),), absent=(pmid,))

    def _everything(self, query: str) -> Iterator[_Found]:
        """The whole search in slices: by the day on which records were added, and then those without such a day."""
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # NCBI's day is not ours
        yield from self._sliced(query, Slice(days=(FIRST_DAY, tomorrow)))
        yield from self._sliced(f"({query}) NOT {FIRST_DAY:%Y/%m/%d}:{tomorrow:%Y/%m/%d}[crdt]", Slice(days=None))

    def _sliced(self, query: str, part: Slice) -> Iterator[_Found]:
        found = self._esearch(part.term(query), part.window)
        halves = part.halves()
        if found.record.count < LISTED_AT_MOST or halves is None:
            yield found
            return
        for half in halves:
            yield from self._sliced(query, half)

    def _esearch(
        self, query: str, window: Mapping[str, str] = MappingProxyType({}), listed: int = LISTED_AT_MOST
    ) -> _Found:
        parameters = {"term": query, "retmax": str(listed), "retmode": "xml", **window}
        sent = " ".join([query, *(f"{name}={value}" for name, value in window.items())])
        return self._transport.send(
            self._request("esearch.fcgi", parameters), lambda answer: _found(answer, sent, listed)
        )

    def _efetch(self, pmids: tuple[str, ...]) -> tuple[Document, ...]:
        request = self._request("efetch.fcgi", {"id": list(pmids), "retmode": "xml"})
        shown = f"{self._settings.entrez_url}/efetch.fcgi?db=pubmed&id={','.join(pmids[:3])}"
        shown += ",…" if len(pmids) > 3 else ""
        asked = set(pmids)

        def read(answer: Answer) -> tuple[Document, ...]:
            refuse_stated_error(answer.body)
            refuse_unless_good(SERVICE, answer)
            _refuse_another_page(answer)
            found = [(pmid, body) for pmid, body in records(answer.body) if pmid in asked]
            return tuple(document(Source.PUBMED, pmid, body, shown) for pmid, body in found)

        return self._transport.send(request, read)

    def _request(self, program: str, parameters: Mapping[str, str | list[str]]) -> Request:
        """A POST that Bio.Entrez built: a long id list fits, and the key is in no URL.

        The builder is private in Bio.Entrez, whose public functions open the request themselves and know one host only;
        a test watches its shape.
        """
        build: Callable[..., urllib.request.Request] = Entrez._build_request
        built = build(
            f"{self._settings.entrez_url}/{program}",
            {
                "db": "pubmed",
                "tool": self._settings.tool,
                "email": self._settings.email,
                "api_key": self._key,
                **parameters,
            },
            post=True,
        )
        return Request(url=built.full_url, data=cast(bytes, built.data))


def _since(query: str, day: date) -> str:
    """`query` for the records that were added (CRDT, EDAT) or revised (MDAT) on `day` or later, without an end."""
    dates = " OR ".join(f"{day:%Y/%m/%d}:3000[{field}]" for field in ("crdt", "edat", "mdat"))
    return f"({query}) AND ({dates})"


def _refuse_another_page(answer: Answer) -> None:
    """A maintenance page or a packed body explains no record: else three records could vanish behind it."""
    if not any(f"<{root}".encode() in answer.body[:PROLOGUE] for root in ROOTS):
        raise SourceUnavailable(
            f"{SERVICE}: no page of records but: {answer.text() or 'nothing'}", hint=SourceChanged.hint
        )


def _found(answer: Answer, sent: str, listed: int) -> _Found:
    refuse_stated_error(answer.body)
    refuse_unless_good(SERVICE, answer)
    root = _root(answer)
    ids = tuple(element.text or "" for element in root.iterfind("IdList/Id"))
    count = root.findtext("Count") or ""
    if not count.isdecimal():
        raise SourceChanged(f"{SERVICE}: the search states no count of its records.")
    # a page that is shorter than promised is PubMed's silent cut: never take it for the whole
    if int(count) < LISTED_AT_MOST and len(ids) != min(int(count), listed):
        raise SourceUnavailable(f"{SERVICE}: the search promises {count} records and lists {len(ids)}.")
    return _Found(
        ids=ids,
        record=QueryRecord(
            sent=sent,
            understood=root.findtext("QueryTranslation"),
            count=int(count),
            asked_at=now(),
            warnings=_warnings(root),
        ),
    )


def _root(answer: Answer) -> etree._Element:
    if not answer.body.lstrip().startswith(b"<") or answer.body.lstrip()[:14].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        raise SourceUnavailable(f"{SERVICE}: no XML but: {answer.text() or 'nothing'}")
    try:
        root = etree.fromstring(answer.body, parser())
    except etree.XMLSyntaxError as error:
        raise SourceUnavailable(f"{SERVICE}: the answer is cut or is no XML ({error.msg}).") from None
    if root.tag != "eSearchResult":
        raise SourceChanged(f"{SERVICE}: expected <eSearchResult>, got <{root.tag}>.")
    return root


def _warnings(root: etree._Element) -> tuple[str, ...]:
    """Each entry of ErrorList and WarningList as `PhraseNotFound: …`; that nothing was found is said by the count."""
    entries = [*root.iterfind("ErrorList/*"), *root.iterfind("WarningList/*")]
    return tuple(f"{entry.tag}: {entry.text or ''}" for entry in entries if entry.text != "No items found.")
