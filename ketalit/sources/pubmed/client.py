"""PubMed through E-utilities: the only place that talks to NCBI.

Bio.Entrez builds each request (tool, e-mail, key, form encoding); Transport carries it, because Bio.Entrez itself has
no timeout, does not wait between retries, and its limiter is defeated by threads. Answers are read with lxml:
Bio.Entrez parses through DTDs that it downloads when NLM renames them.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, cast

from Bio import Entrez
from lxml import etree
from msgspec import Struct

from ketalit.errors import SettingsError, SourceChanged, SourceRefused, SourceUnavailable
from ketalit.model.document import Document
from ketalit.model.search import Delivery, Listing, QueryRecord
from ketalit.settings import Settings
from ketalit.snapshot import digest, now
from ketalit.sources.pubmed.parse import records
from ketalit.sources.transport import Answer, Request, Transport
from ketalit.vocabulary import Source

SERVICE: Final = "PubMed"
LISTED_AT_MOST: Final = 9_999
"""PubMed lists no more ids for one query (NCBI, NBK25499), and at the edge silently fewer."""
FIRST_DAY: Final = date(1900, 1, 1)
"""Before the first record was added to PubMed or the indexes that it grew from."""
PASSING_ERRORS: Final = (
    "backend failed",
    "viewer",
    "timeout",
    "timed out",
    "try again",
    "temporarily",
    "not supported",
)
"""Words of E-utilities errors that pass, although some come with status 200 or 400."""


class _Found(Struct, frozen=True):
    """What one esearch answered."""

    count: int
    ids: tuple[str, ...]
    understood: str | None
    warnings: tuple[str, ...]


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

    def search(self, query: str) -> Listing:
        """Every PMID that `query` finds.

        A query that finds more than PubMed lists is split by the day on which records were added (CRDT: the date of
        publication is missing or vague for many) until each slice is small enough.
        """
        whole = self._esearch(query)
        queries = [self._record(query, whole)]
        if whole.count < LISTED_AT_MOST:
            return Listing(ids=whole.ids, queries=tuple(queries))
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # NCBI's day is not ours
        ids: dict[str, None] = {}
        for found in self._sliced(query, FIRST_DAY, tomorrow):
            ids.update(dict.fromkeys(found.ids))
        if len(ids) < whole.count:
            raise SourceChanged(
                f"{SERVICE}: slices of the search hold {len(ids)} records, the whole {whole.count}.",
                hint="Run again; if it stays, PubMed holds records without an entry date: narrow the strategy.",
            )
        return Listing(ids=tuple(ids), queries=tuple(queries))

    def fetch(self, ids: tuple[str, ...]) -> Iterator[Delivery]:
        """The records of `ids`, page by page; one that does not come with its page is asked for once more, alone."""
        size = self._settings.efetch_size
        for start in range(0, len(ids), size):
            page = ids[start : start + size]
            documents = self._efetch(page)
            delivered = {document.source_id for document in documents}
            left_out = [pmid for pmid in page if pmid not in delivered]
            again = [document for pmid in left_out for document in self._efetch((pmid,))]
            came = {document.source_id for document in again}
            gone = tuple((pmid, _GONE) for pmid in left_out if pmid not in came)
            yield Delivery(documents=(*documents, *again), explained=gone)

    def _sliced(self, query: str, first: date, last: date) -> Iterator[_Found]:
        found = self._esearch(query, first, last)
        if found.count < LISTED_AT_MOST:
            yield found
        elif first == last:
            raise SourceRefused(
                f"{SERVICE}: the search finds {found.count} records added on {first}; one day cannot be split.",
                hint="Split the search strategy into two narrower ones.",
            )
        else:
            middle = first + (last - first) // 2
            yield from self._sliced(query, first, middle)
            yield from self._sliced(query, middle + timedelta(days=1), last)

    def _esearch(self, query: str, first: date | None = None, last: date | None = None) -> _Found:
        window = {}
        if first and last:
            window = {"datetype": "crdt", "mindate": f"{first:%Y/%m/%d}", "maxdate": f"{last:%Y/%m/%d}"}
        request = self._request(
            "esearch.fcgi", {"term": query, "retmax": str(LISTED_AT_MOST), "retmode": "xml", **window}
        )
        return self._transport.send(request, self._found)

    def _efetch(self, pmids: tuple[str, ...]) -> list[Document]:
        request = self._request("efetch.fcgi", {"id": list(pmids), "retmode": "xml"})
        asked = set(pmids)
        shown = f"efetch.fcgi?db=pubmed&id={','.join(pmids[:3])}{',…' if len(pmids) > 3 else ''}"

        def read(answer: Answer) -> list[Document]:
            self._check(answer)
            fetched_at = now()
            return [
                Document(
                    source=Source.PUBMED,
                    source_id=pmid,
                    body=body,
                    sha256=digest(body),
                    fetched_at=fetched_at,
                    request=f"{self._settings.entrez_url}/{shown}",
                )
                for pmid, body in records(answer.body)
                if pmid in asked
            ]

        return self._transport.send(request, read)

    def _request(self, program: str, parameters: dict[str, str | list[str]]) -> Request:
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

    def _record(self, query: str, found: _Found) -> QueryRecord:
        return QueryRecord(
            sent=query, understood=found.understood, count=found.count, asked_at=now(), warnings=found.warnings
        )

    def _found(self, answer: Answer) -> _Found:
        self._check(answer)
        root = _root(answer, "eSearchResult")
        ids = tuple(element.text or "" for element in root.iterfind("IdList/Id"))
        count = int(root.findtext("Count") or -1)
        # a page that is shorter than promised is PubMed's silent cut: never take it for the whole
        if count < LISTED_AT_MOST and len(ids) != count:
            raise SourceUnavailable(f"{SERVICE}: the search promises {count} records and lists {len(ids)}.")
        return _Found(count=count, ids=ids, understood=root.findtext("QueryTranslation"), warnings=_warnings(root))

    def _check(self, answer: Answer) -> None:
        """Raise what an answer that holds no result means: errors come as JSON, HTML or XML, with any status."""
        text = self._transport.redact(answer.text())
        start = answer.body[:200].lstrip().lower()
        if start.startswith(b"{"):
            _refuse(text, final="api key invalid" in text.lower())
        if not start or start.startswith((b"<!doctype html", b"<html")) or not start.startswith(b"<"):
            raise SourceUnavailable(f"{SERVICE}: no XML but: {text or 'nothing'}")
        message = _error_text(answer.body)
        if message:
            _refuse(self._transport.redact(message), final=not any(w in message.lower() for w in PASSING_ERRORS))
        if answer.status != 200:
            raise SourceRefused(f"{SERVICE}: HTTP {answer.status}: {text}")


_GONE: Final = "PubMed listed the record but returns none for its id, asked twice"


def _refuse(text: str, *, final: bool) -> None:
    if final:
        raise SourceRefused(f"{SERVICE} refused: {text}", hint="Check the e-mail address, the API key and the query.")
    raise SourceUnavailable(f"{SERVICE}: {text}")


def _error_text(body: bytes) -> str | None:
    """The text of an <ERROR> that stands where results are due.

    Only answers of a few kilobytes can be errors; a page of records is not searched.
    """
    if len(body) > 10_000 or b"<ERROR>" not in body:
        return None
    start = body.index(b"<ERROR>") + len(b"<ERROR>")
    return " ".join(body[start : body.find(b"</ERROR>", start)].decode("utf-8", "replace").split())


def _root(answer: Answer, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(answer.body, parser)
    except etree.XMLSyntaxError as error:
        raise SourceUnavailable(f"{SERVICE}: the answer is cut or is no XML ({error.msg}).") from None
    if root.tag != name:
        raise SourceChanged(f"{SERVICE}: expected <{name}>, got <{root.tag}>.")
    return root


def _warnings(root: etree._Element) -> tuple[str, ...]:
    """Each entry of ErrorList and WarningList as `PhraseNotFound: …`."""
    entries = [*root.iterfind("ErrorList/*"), *root.iterfind("WarningList/*")]
    return tuple(f"{entry.tag}: {entry.text or ''}" for entry in entries)
