"""The envelopes in which E-utilities answer, in XML and JSON, and their errors word for word.

Shapes and texts after recorded answers of the service; each error says where it was seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.sax.saxutils import escape

from msgspec import Struct

from ketalit.replay.exchange import Reply

_PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    '<!DOCTYPE {root} PUBLIC "-//NLM//DTD {name}//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/{path}">\n'
)
_DOCTYPES = {
    "eSearchResult": ("esearch 20060628", "20060628/esearch.dtd"),
    "eFetchResult": ("efetch 20131226", "20131226/efetch.dtd"),
    "ePostResult": ("epost 20090526", "20090526/epost.dtd"),
    "eInfoResult": ("einfo 20130322", "20130322/einfo.dtd"),
}
_ARTICLE_SET = (
    b'<?xml version="1.0" ?>\n'
    b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
_MORE = (
    "'retstart' cannot be larger than 9998. For PubMed, {utility} can only retrieve the first 9,999 records matching "
    "the query."
)
_CONSIDER_EDIRECT = (
    " To obtain more than 9,999 PubMed records, consider using EDirect that contains additional logic to batch PubMed "
    "search results automatically so that an arbitrary number can be retrieved. For details see "
    "https://www.ncbi.nlm.nih.gov/books/NBK25499/"
)

# Recorded: esearch_retstart_9999, efetch_retstart_9999, efetch_history_out_of_range, efetch_unable_to_obtain_query.
SEARCH_TOO_FAR = "Search Backend failed: Exception:\n" + _MORE.format(utility="ESearch") + _CONSIDER_EDIRECT
FETCH_TOO_FAR = "Search backend cannot retrieve history data. Reason: Exception: " + _MORE.format(utility="ESearch")
OUT_OF_RANGE = (
    "Cannot retrieve history data: OUT OF RANGE. Parameter retstart={start} + 1 is greater than number of records "
    "available in history. History includes {count} IDs."
)
NO_SUCH_HISTORY = "Unable to obtain query #{query_key}"
NO_SUCH_DATABASE = "Invalid db name specified: {db}"
NOTHING_TO_SEARCH = "Empty term and query_key - nothing todo"
NOTHING_TO_FETCH = "Empty id list - nothing todo"
NOTHING_TO_POST = "Empty ID list; Nothing to store"
INVALID_ID = "Invalid id parameter"
RESTRICTED = "Restrictions achieved. start and count adjusted to {start}, {count}"


class SearchResult(Struct, frozen=True):
    """What one ESearch tells: a page of the ids, and how the query was understood."""

    count: int
    start: int
    ids: tuple[str, ...]
    translation: str
    history: tuple[str, int] | None = None
    """WebEnv and query key, when the result was kept on the history server."""
    phrases_not_found: tuple[str, ...] = ()
    quoted_phrases_not_found: tuple[str, ...] = ()
    phrases_ignored: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


def error(root: str, *texts: str, status: int = 200) -> Reply:
    """Return an error in XML; E-utilities give most of them with HTTP 200."""
    return _xml(root, "".join(f"\t<ERROR>{escape(text)}</ERROR>\n" for text in texts), status)


def search_error_as_json(text: str) -> Reply:
    """Return an ESearch error in JSON, with raw line breaks in its strings, as the service was seen to give them."""
    body = '{"header":{"type":"esearch","version":"0.3"},"esearchresult":{"ERROR":' + json.dumps(text) + "}}"
    return Reply(body.replace("\\n", "\n").encode(), "application/json; charset=UTF-8")


def search_as_xml(result: SearchResult) -> Reply:
    """Return an ESearch result in XML."""
    errors = _elements("PhraseNotFound", result.phrases_not_found)
    warnings = (
        _elements("PhraseIgnored", result.phrases_ignored)
        + _elements("QuotedPhraseNotFound", result.quoted_phrases_not_found)
        + _elements("OutputMessage", result.messages)
    )
    return _xml(
        "eSearchResult",
        f"<Count>{result.count}</Count><RetMax>{len(result.ids)}</RetMax><RetStart>{result.start}</RetStart>"
        + _history(result.history)
        + (f"<IdList>\n{_elements('Id', result.ids, end=chr(10))}</IdList>" if result.ids else "<IdList/>")
        + f"<TranslationSet/><QueryTranslation>{escape(result.translation)}</QueryTranslation>"
        + (f"<ErrorList>{errors}</ErrorList>" if errors else "")
        + (f"<WarningList>{warnings}</WarningList>" if warnings else ""),
    )


def search_as_json(result: SearchResult) -> Reply:
    """Return an ESearch result in JSON, whose numbers are strings."""
    found: dict[str, object] = {
        "count": str(result.count),
        "retmax": str(len(result.ids)),
        "retstart": str(result.start),
    }
    if result.history:
        found |= {"querykey": str(result.history[1]), "webenv": result.history[0]}
    found |= {"idlist": result.ids, "translationset": [], "querytranslation": result.translation}
    if result.phrases_not_found:
        found["errorlist"] = {"phrasesnotfound": result.phrases_not_found, "fieldsnotfound": []}
    if result.phrases_ignored or result.quoted_phrases_not_found or result.messages:
        found["warninglist"] = {
            "phrasesignored": result.phrases_ignored,
            "quotedphrasesnotfound": result.quoted_phrases_not_found,
            "outputmessages": result.messages,
        }
    body = {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": found}
    return Reply(json.dumps(body).encode(), "application/json; charset=UTF-8")


def count_only(count: int) -> Reply:
    """Return what ESearch gives for rettype=count."""
    return _xml("eSearchResult", f"\t<Count>{count}</Count>\n")


def article_set(records: Iterable[bytes]) -> Reply:
    """Return records, verbatim, in the set that EFetch wraps them in; an empty set is no error."""
    return Reply(_ARTICLE_SET + b"\n".join(records) + b"\n</PubmedArticleSet>\n", "text/xml; charset=UTF-8")


def posted(history: tuple[str, int]) -> Reply:
    """Return what EPost gives: where the ids are kept."""
    return _xml("ePostResult", _history(history))


def database_info(count: int, last_update: str) -> Reply:
    """Return the little of EInfo that tells the state of the database."""
    return _xml(
        "eInfoResult",
        f"<DbInfo><DbName>pubmed</DbName><MenuName>PubMed</MenuName><Count>{count}</Count>"
        f"<LastUpdate>{last_update}</LastUpdate></DbInfo>",
    )


def rate_exceeded(caller: str, count: int, limit: int) -> Reply:
    """Return the answer to one request too many in a second; the body names the key or address of the caller."""
    body = {"error": "API rate limit exceeded", "api-key": caller, "count": str(count), "limit": str(limit)}
    return Reply(json.dumps(body).encode(), "application/json", 429, (("Retry-After", "2"),))


def key_invalid(key: str) -> Reply:
    """Return the answer to a key that is not registered; like the service, it repeats the key."""
    body = {"error": "API key invalid", "api-key": key, "type": "invalid", "status": "unknown"}
    return Reply(json.dumps(body).encode(), "application/json", 400)


def _history(history: tuple[str, int] | None) -> str:
    return f"<QueryKey>{history[1]}</QueryKey><WebEnv>{history[0]}</WebEnv>" if history else ""


def _elements(name: str, texts: Iterable[str], end: str = "") -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>{end}" for text in texts)


def _xml(root: str, content: str, status: int = 200) -> Reply:
    # The service declares eFetchResult's DOCTYPE under another name, and so do we.
    name, path = _DOCTYPES[root]
    declared = "eEfetchResult" if root == "eFetchResult" else root
    prologue = _PROLOGUE.format(root=declared, name=name, path=path)
    line = "\n" if content.startswith("\t") else ""
    return Reply(f"{prologue}<{root}>{line}{content}</{root}>\n".encode(), "text/xml; charset=UTF-8", status)
