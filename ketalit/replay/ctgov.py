"""ClinicalTrials.gov API v2 over a corpus: /studies, /studies/{nctId} and /version.

Every error is plain text, as the service gives it. Without `sort` studies come in an order that is always the same and
never that of their ids, so that a client which relies on an order it did not ask for is found out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable

import msgspec

from ketalit.replay import ctgov_parameters as parameters
from ketalit.replay import essie
from ketalit.replay.corpus import Corpus
from ketalit.replay.exchange import Reply, Request
from ketalit.replay.refusal import QueryRefused
from ketalit.replay.registry_search import Registry, Scope

API_VERSION = "2.0.5"
DATA_TIMESTAMP = "2026-01-01T09:00:05"

_PAGING = frozenset({"countTotal", "pageSize", "pageToken"})
"""What may change from page to page."""

_ONLY_NCT_IDS = re.compile(rf"\s*{parameters.NCT_ID.pattern}(?:[\s,]+{parameters.NCT_ID.pattern})*\s*")


class ClinicalTrials:
    """API v2 for the studies of a corpus.

    With `bound_tokens` a page token used with other parameters is refused; without, it gives wrong rows and status
    200, as the service was measured to do. `data_timestamp` may be set at any time: a nightly reload in mid-walk.
    """

    def __init__(self, corpus: Corpus, *, bound_tokens: bool = True) -> None:
        self._corpus = corpus
        self._bound_tokens = bound_tokens
        self.data_timestamp = DATA_TIMESTAMP

    def hold(self, corpus: Corpus) -> None:
        """Give out the studies of another corpus from now on."""
        self._corpus = corpus

    def answer(self, path: str, request: Request) -> Reply | None:
        """Answer a request to a path below /api/v2; None for a path that is not known here."""
        try:
            if path == "studies":
                return self._studies(request)
            if path == "version":
                return _json({"apiVersion": API_VERSION, "dataTimestamp": self.data_timestamp})
            if path.startswith("studies/"):
                return self._study(path.removeprefix("studies/"), request)
        except QueryRefused as refusal:
            return _text(400, str(refusal))
        return None

    def _studies(self, request: Request) -> Reply:
        parameters.check(request, parameters.STUDIES)
        wanted = parameters.paths(request)
        found = self._ordered(self._find(request), request)
        start = self._start(request)
        page = found[start : start + parameters.page_size(request)]
        rest = start + len(page) < len(found)
        return _page(
            (_projected(self._corpus.studies[nct_id], wanted) for nct_id in page),
            total=len(found) if request.get("countTotal") == "true" and "pageToken" not in request.names else None,
            token=_token(request, start + len(page)) if rest else None,
        )

    def _study(self, given: str, request: Request) -> Reply:
        parameters.check(request, parameters.SINGLE_STUDY)
        if not parameters.NCT_ID.fullmatch(given):
            raise QueryRefused("Parameter `nctId` has incorrect format")
        wanted = parameters.paths(request)
        nct_id = _normal(given)
        if nct_id in self._corpus.studies:
            return Reply(_projected(self._corpus.studies[nct_id], wanted), "application/json")
        if nct_id in self._registry.aliases:
            # The redirect drops the query string, as was measured: what comes back is the whole record.
            location = ("Location", f"/api/v2/studies/{self._registry.aliases[nct_id]}")
            return Reply(b"", "text/plain; charset=utf-8", 301, (location,))
        return _text(404, f"NCT number {nct_id} not found")

    @property
    def _registry(self) -> Registry:
        return self._corpus.registry

    # ---- which studies

    def _find(self, request: Request) -> frozenset[str]:
        found = self._registry.nct_ids
        queries = [(name, request.get(name)) for name in parameters.QUERY_AREAS if request.get(name).strip()]
        for name, query in queries:
            area, label = parameters.QUERY_AREAS[name]
            found &= self._by_ids(query) if _ONLY_NCT_IDS.fullmatch(query) else self._by_query(query, area, label)
        if any(_ONLY_NCT_IDS.fullmatch(query) for _, query in queries):
            return found  # the service drops every filter then
        return found & self._filtered(request)

    def _by_query(self, query: str, area: str, label: str) -> frozenset[str]:
        try:
            return self._registry.search(essie.parse(query), Scope(area))
        except QueryRefused as refusal:
            raise QueryRefused(f"Error parsing query in {label}: {refusal}") from None

    def _by_ids(self, query: str) -> frozenset[str]:
        ids = {_normal(nct_id) for nct_id in re.split(r"[\s,|]+", query.strip())}
        ids |= {self._registry.aliases[alias] for alias in ids & self._registry.aliases.keys()}
        return self._registry.nct_ids & ids

    def _filtered(self, request: Request) -> frozenset[str]:
        found = self._registry.nct_ids
        for prefix in ("filter", "postFilter"):
            if request.get(f"{prefix}.advanced"):
                found &= self._by_query(request.get(f"{prefix}.advanced"), "BasicSearch", "advanced filter")
            if request.get(f"{prefix}.ids"):
                found &= self._by_ids(request.get(f"{prefix}.ids"))
            if request.get(f"{prefix}.overallStatus"):
                statuses = parameters.items(request.get(f"{prefix}.overallStatus"))
                found &= self._with_status(statuses)
        return found

    def _with_status(self, statuses: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(statuses)
        registry = self._registry
        return frozenset(
            nct_id for nct_id in registry.nct_ids if not wanted.isdisjoint(registry.values(nct_id, "OverallStatus"))
        )

    # ---- in which order, from where on

    def _ordered(self, nct_ids: frozenset[str], request: Request) -> list[str]:
        ordered = sorted(nct_ids, key=_digest)
        for key in reversed(parameters.sort_keys(request)):
            ordered = self._sorted(ordered, key)
        return ordered

    def _sorted(self, nct_ids: list[str], key: parameters.SortKey) -> list[str]:
        """Sort by one field and keep the order within a value; studies without a value are last either way."""
        values = {nct_id: self._registry.values(nct_id, key.piece) for nct_id in nct_ids}
        with_value = sorted((i for i in nct_ids if values[i]), key=lambda i: values[i][0], reverse=key.descending)
        return with_value + [nct_id for nct_id in nct_ids if not values[nct_id]]

    def _start(self, request: Request) -> int:
        if "pageToken" not in request.names:
            return 0
        bound_to, offset = _opened(request.get("pageToken"))
        if self._bound_tokens and bound_to != _fingerprint(request):
            raise QueryRefused("Parameter `pageToken` was given for other parameters than these")
        return offset


def _normal(nct_id: str) -> str:
    return f"NCT{int(nct_id[3:]):08d}"


def _digest(nct_id: str) -> bytes:
    return hashlib.sha256(nct_id.encode()).digest()


def _fingerprint(request: Request) -> str:
    bound = sorted((name, value) for name, value in request.parameters if name not in _PAGING)
    return hashlib.sha256(json.dumps(bound).encode()).hexdigest()[:16]


def _token(request: Request, offset: int) -> str:
    return base64.urlsafe_b64encode(f"{_fingerprint(request)}:{offset}".encode()).decode().rstrip("=")


def _opened(token: str) -> tuple[str, int]:
    try:
        bound_to, _, offset = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().partition(":")
        return bound_to, int(offset)
    except (binascii.Error, ValueError):
        raise QueryRefused("Parameter `pageToken` has incorrect format") from None


# ---- bodies


def _projected(body: bytes, paths: tuple[str, ...]) -> bytes:
    """Return the study verbatim, or only what stands at some paths of it."""
    if not paths:
        return body
    study = msgspec.json.decode(body)
    return msgspec.json.encode(_pruned(study, [path.split(".") for path in paths]))


def _pruned(value: object, paths: list[list[str]]) -> object:
    if [] in paths:
        return value
    if isinstance(value, list):
        return [_pruned(item, paths) for item in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, object] = {}
    for key, below in value.items():
        further = [path[1:] for path in paths if path[0] == key]
        if further:
            kept[key] = _pruned(below, further)
    return kept


def _page(studies: Iterable[bytes], *, total: int | None, token: str | None) -> Reply:
    # Put together by hand, so that each study stays the bytes that it was.
    parts = [f'"totalCount":{total},' if total is not None else "", '"studies":[\n']
    end = "]" + (f',"nextPageToken":"{token}"' if token else "") + "}"
    return Reply(b"{" + "".join(parts).encode() + b",\n".join(studies) + end.encode(), "application/json")


def _json(body: object) -> Reply:
    return Reply(msgspec.json.encode(body), "application/json")


def _text(status: int, message: str) -> Reply:
    return Reply(message.encode(), "text/plain; charset=utf-8", status)
