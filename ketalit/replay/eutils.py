"""NCBI E-utilities over a corpus: esearch, efetch, epost, einfo, with their limits and errors.

What the service forgives is refused where forgiving would hide a mistake of ours: unknown parameters, half a date
range, a missing tool or e-mail address.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection

from msgspec import Struct

from ketalit.replay import eutils_replies as replies
from ketalit.replay.corpus import Corpus
from ketalit.replay.exchange import Reply, Request
from ketalit.replay.pubmed_query import Combination, Operator, ParsedQuery, field_of, parse, translation
from ketalit.replay.refusal import QueryRefused

LARGEST_RESULT = 9999
"""Records of one query that PubMed gives out: at most these, whatever is asked."""

_COMMON = frozenset({"db", "tool", "email", "api_key", "retmode", "rettype"})
_HISTORY = frozenset({"WebEnv", "query_key"})
_PAGE = frozenset({"retstart", "retmax"})
_SEARCH = frozenset({"term", "field", "sort", "datetype", "mindate", "maxdate", "usehistory"})
_PARAMETERS = {
    "esearch.fcgi": _COMMON | _SEARCH | _PAGE | _HISTORY,
    "efetch.fcgi": _COMMON | {"id"} | _PAGE | _HISTORY,
    "epost.fcgi": _COMMON | {"id", "WebEnv"},
    "einfo.fcgi": _COMMON | {"version"},
}
_ROOTS = {
    "esearch.fcgi": "eSearchResult",
    "efetch.fcgi": "eFetchResult",
    "epost.fcgi": "ePostResult",
    "einfo.fcgi": "eInfoResult",
}
_SORTS = frozenset({"", "most recent", "most+recent", "pub_date", "pub date"})


class RateLimit(Struct, frozen=True):
    """Requests a second that one address, or one key, may send."""

    without_key: int = 3
    with_key: int = 10


class _Refused(Exception):
    """Ends the work on a request with an error that is put into the envelope of its utility."""

    def __init__(self, text: str, status: int = 200) -> None:
        super().__init__(text)
        self.status = status


class Entrez:
    """E-utilities for the PubMed records of a corpus.

    `rate_limit` None means none; `valid_keys` None lets every API key pass; `require_contact` refuses a request
    without tool and e-mail, which the service asks for and blocks addresses for when they are missing.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        rate_limit: RateLimit | None = None,
        valid_keys: Collection[str] | None = None,
        require_contact: bool = True,
    ) -> None:
        self._corpus = corpus
        self._rate_limit = rate_limit
        self._valid_keys = valid_keys
        self._require_contact = require_contact
        self._arrivals: defaultdict[str, deque[float]] = defaultdict(deque)
        self._histories: dict[str, list[tuple[str, ...]]] = {}

    def answer(self, utility: str, request: Request) -> Reply | None:
        """Answer a request to a utility; None for a utility that is not known here."""
        work: dict[str, Callable[[Request], Reply]] = {
            "esearch.fcgi": self._esearch,
            "efetch.fcgi": self._efetch,
            "epost.fcgi": self._epost,
            "einfo.fcgi": self._einfo,
        }
        if utility not in work:
            return None
        turned_away = self._turn_away(request)
        if turned_away is not None:
            return turned_away
        try:
            self._check(utility, request)
            return work[utility](request)
        except QueryRefused as refusal:
            return _error(utility, request, str(refusal), 200)
        except _Refused as refusal:
            return _error(utility, request, str(refusal), refusal.status)

    def hold(self, corpus: Corpus) -> None:
        """Give out the records of another corpus from now on."""
        self._corpus = corpus

    def forget_histories(self) -> None:
        """Lose every WebEnv, as the history server does after some hours."""
        self._histories.clear()

    # ---- before the work

    def _turn_away(self, request: Request) -> Reply | None:
        key = request.get("api_key")
        if key and self._valid_keys is not None and key not in self._valid_keys:
            return replies.key_invalid(key)
        if self._rate_limit is None:
            return None
        limit = self._rate_limit.with_key if key else self._rate_limit.without_key
        arrivals = self._arrivals[key]
        while arrivals and arrivals[0] <= request.arrived_at - 1.0:
            arrivals.popleft()
        arrivals.append(request.arrived_at)
        return replies.rate_exceeded(key or "127.0.0.1", len(arrivals), limit) if len(arrivals) > limit else None

    def _check(self, utility: str, request: Request) -> None:
        unknown = sorted(request.names - _PARAMETERS[utility])
        if unknown:
            raise _Refused(f"Unknown parameter: {', '.join(unknown)}", 400)
        if self._require_contact and not (request.get("tool") and request.get("email")):
            raise _Refused("The parameters tool and email are missing", 400)
        if request.get("db") != "pubmed":
            raise _Refused(replies.NO_SUCH_DATABASE.format(db=request.get("db")))

    # ---- the utilities

    def _esearch(self, request: Request) -> Reply:
        if request.get("rettype", "uilist") not in ("uilist", "count"):
            raise _Refused(f"ESearch has no rettype {request.get('rettype')}", 400)
        ids, parsed = self._find(request)
        if request.get("rettype") == "count":
            return replies.count_only(len(ids))
        start = _whole_number(request, "retstart", 0)
        wanted = _whole_number(request, "retmax", 20)
        if start >= LARGEST_RESULT:
            raise _Refused(replies.SEARCH_TOO_FAR)
        page = ids[start : start + min(wanted, LARGEST_RESULT - start)]
        result = replies.SearchResult(
            count=len(ids),
            start=start,
            ids=page,
            translation=translation(parsed.query) if parsed else "",
            history=self._keep(ids, request.get("WebEnv")) if request.get("usehistory") == "y" else None,
            messages=_messages(ids, page, start, wanted),
            **self._notices(parsed),
        )
        return replies.search_as_json(result) if request.get("retmode") == "json" else replies.search_as_xml(result)

    def _efetch(self, request: Request) -> Reply:
        if request.get("retmode") != "xml" or request.get("rettype") not in ("", "abstract", "full", "xml"):
            raise _Refused("The replay gives records with retmode=xml only", 400)
        ids = self._page_of_history(request) if request.get("WebEnv") else _ids(request, replies.NOTHING_TO_FETCH)
        articles = self._corpus.articles
        return replies.article_set(articles[pmid] for pmid in dict.fromkeys(ids) if pmid in articles)

    def _epost(self, request: Request) -> Reply:
        return replies.posted(self._keep(_ids(request, replies.NOTHING_TO_POST), request.get("WebEnv")))

    def _einfo(self, request: Request) -> Reply:
        return replies.database_info(len(self._corpus.articles), "2026/01/01 00:00")

    # ---- searching

    def _find(self, request: Request) -> tuple[tuple[str, ...], ParsedQuery | None]:
        kept = self._kept(request) if request.get("WebEnv") and request.get("query_key") else None
        if not request.get("term").strip():
            if kept is None:
                raise _Refused(replies.NOTHING_TO_SEARCH)
            return kept, None
        parsed = _with_dates(_parse(request), request)
        found = self._corpus.library.search(parsed.query)
        return self._ordered(found if kept is None else found & frozenset(kept), request.get("sort")), parsed

    def _ordered(self, pmids: frozenset[str], sort: str) -> tuple[str, ...]:
        """The newest record first; by date of publication when that is asked for."""
        if sort not in _SORTS:
            raise _Refused(f"The replay does not sort by {sort}", 400)
        by_number = sorted(pmids, key=int, reverse=True)
        if sort.startswith("pub"):
            by_number.sort(key=self._corpus.library.published, reverse=True)
        return tuple(by_number)

    def _notices(self, parsed: ParsedQuery | None) -> dict[str, tuple[str, ...]]:
        if parsed is None:
            return {}
        unmatched = self._corpus.library.unmatched(parsed.query)
        return {
            "phrases_not_found": tuple(term.text for term in unmatched if not term.quoted),
            "quoted_phrases_not_found": tuple(f'"{term.text}"' for term in unmatched if term.quoted),
            "phrases_ignored": parsed.ignored,
        }

    # ---- the history server

    def _keep(self, ids: tuple[str, ...], web_env: str) -> tuple[str, int]:
        name = web_env or f"MCID_{len(self._histories) + 1:024x}"
        kept = self._histories.setdefault(name, [])
        kept.append(ids)
        return name, len(kept)

    def _kept(self, request: Request) -> tuple[str, ...]:
        kept = self._histories.get(request.get("WebEnv"), [])
        query_key = _whole_number(request, "query_key", 1)
        if not 1 <= query_key <= len(kept):
            raise _Refused(replies.NO_SUCH_HISTORY.format(query_key=query_key))
        return kept[query_key - 1]

    def _page_of_history(self, request: Request) -> tuple[str, ...]:
        kept = self._kept(request)
        start, wanted = _whole_number(request, "retstart", 0), _whole_number(request, "retmax", 20)
        if start >= LARGEST_RESULT:
            raise _Refused(replies.FETCH_TOO_FAR, 400)
        if start >= len(kept):
            raise _Refused(replies.OUT_OF_RANGE.format(start=start, count=len(kept)), 400)
        return kept[start : min(start + wanted, LARGEST_RESULT)]


def _error(utility: str, request: Request, text: str, status: int) -> Reply:
    if utility == "esearch.fcgi" and request.get("retmode") == "json" and status == 200:
        return replies.search_error_as_json(text)
    return replies.error(_ROOTS[utility], text, status=status)


def _parse(request: Request) -> ParsedQuery:
    if request.get("field"):
        return parse(request.get("term"), field=field_of(request.get("field")).name)
    return parse(request.get("term"))


def _with_dates(parsed: ParsedQuery, request: Request) -> ParsedQuery:
    """Add the range of mindate and maxdate, which go in pairs."""
    first, last = request.get("mindate"), request.get("maxdate")
    if not first and not last:
        return parsed
    if not first or not last:
        raise _Refused("mindate and maxdate go in pairs", 400)
    dates = parse(f"{first}:{last}[{request.get('datetype', 'pdat')}]").query
    return ParsedQuery(Combination(Operator.AND, (parsed.query, dates)), parsed.ignored)


def _messages(ids: tuple[str, ...], page: tuple[str, ...], start: int, wanted: int) -> tuple[str, ...]:
    if not ids:
        return ("No items found.",)
    if start and start + wanted > LARGEST_RESULT and len(ids) >= LARGEST_RESULT:
        return (replies.RESTRICTED.format(start=start, count=len(page)),)
    return ()


def _ids(request: Request, nothing: str) -> tuple[str, ...]:
    given = [pmid.strip() for name, value in request.parameters if name == "id" for pmid in value.split(",")]
    ids = tuple(pmid for pmid in given if pmid)
    if not ids:
        raise _Refused(nothing, 400)
    if not all(pmid.isdecimal() for pmid in ids):
        raise _Refused(replies.INVALID_ID, 400)
    return ids


def _whole_number(request: Request, name: str, default: int) -> int:
    value = request.get(name) or str(default)
    if not value.isdecimal():
        raise _Refused(f"{name} is not a whole number: {value}", 400)
    return int(value)
