"""From a page of E-utilities, or a file of PubMed XML, to its records: the bytes of each as they stand there. Pure.

A page is accepted whole or not at all. What is checked here is its frame: the root element and everything outside the
records. A record whose own XML is damaged is still handed on, so that one bad byte costs one record and not a page; it
is refused when it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from ketalit.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable

RECORDS: Final = ("PubmedArticle", "PubmedBookArticle")
ROOTS: Final = ("PubmedArticleSet", "PubmedBookArticleSet")

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_XML_DECLARATION = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DOCTYPE_WITH_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[")
_ROOT = re.compile(
    rb"""
    \s*+
    (?> (?: <\?.*?\?> | <!--.*?--> | <!DOCTYPE[^>\[]*+> ) \s*+ )*+      # atomic: each ends at its first end
    <([A-Za-z_][\w.:-]*)
    """,
    re.VERBOSE | re.DOTALL,
)

_TOKEN = re.compile(
    rb"""
    <(?=[!?P]|/P)                               # every other tag is left at once
    (?:
        (?P<close>/)?(?P<name>Pubmed(?:Book)?Article)(?=[\s/>])[^<>]*>
      | !--.*?(?:-->|\Z)                       # to the end where it is not closed: one pass, whatever stands there
      | !\[CDATA\[.*?(?:\]\]>|\Z)
      | \?.*?(?:\?>|\Z)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
"""Where a record can begin or end, and what could hide a tag that is none."""

_PMID_IN_FRONT = re.compile(
    rb"<Pubmed(?:Book)?Article\b[^>]*>\s*<(?:MedlineCitation|BookDocument)\b[^>]*>\s*<PMID\b[^>]*>\s*(\d+)\s*</PMID>"
)
"""Where the PMID stands in every record that the service writes."""

_ERROR = re.compile(r"<ERROR>(.*?)</ERROR>", re.DOTALL)
ERROR_LENGTH: Final = 10_000
"""Bytes: the errors of E-utilities are far shorter, and a page of records is not searched for their words."""
_ECHOED_KEY = re.compile(r"(\"api-key\"\s*:\s*\")[^\"]*")
_REFUSALS: Final = ("cannot be larger", "invalid id", "invalid db", "out of range", "api key invalid", "empty id list")
"""Words of errors that stay however often one asks; the other errors of E-utilities pass."""


class _Frame(NamedTuple):
    """The records of a page, and the root element with a stub in the place of each."""

    slices: tuple[bytes, ...]
    root: etree._Element


def parser() -> etree.XMLParser:
    """The one way in which ketalit reads XML: no entities, no DTD, no network, no repair of what is broken."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )


def records(page: bytes) -> Iterator[tuple[str, bytes]]:
    """Each PubmedArticle and PubmedBookArticle of a page as (PMID, its bytes as they stand there).

    The whole frame is checked before the first record is given. SourceUnavailable when the page is empty, cut off or an
    error that passes; SourceRefused when E-utilities refuses the request; SourceChanged when it is something else.
    """
    return iter([(_pmid(record), record) for record in _frame(page).slices])


def deleted(page: bytes) -> tuple[str, ...]:
    """The PMIDs that a page declares deleted (DeleteCitation of the bulk files). Errors as of `records`."""
    return tuple((pmid.text or "").strip() for pmid in _frame(page).root.iterfind("DeleteCitation/PMID"))


def unknown_children(page: bytes) -> tuple[str, ...]:
    """Names of elements beside the records that this version does not know: the drift of the format."""
    known = {*RECORDS, "DeleteCitation", "DeleteDocument"}
    return tuple(sorted({str(child.tag) for child in _frame(page).root if child.tag not in known}))


def refuse_stated_error(body: bytes) -> None:
    """Raise what E-utilities says went wrong, which it says with any status; longer answers are never errors."""
    text = body[:ERROR_LENGTH].decode("utf-8", "replace")
    stated = _ERROR.search(text)
    if len(body) < ERROR_LENGTH and (stated or text.lstrip().startswith("{")):
        raise _stated_error(stated[1] if stated else text)


def _frame(page: bytes) -> _Frame:
    page = page.removeprefix(_BYTE_ORDER_MARK)
    refuse_stated_error(page)
    _check_it_is_a_page(page)
    slices, frame = _cut(page)
    root = _parse_frame(frame)
    stubs = sum(child.tag in RECORDS for child in root)
    if root.nsmap:
        raise SourceChanged("PubMed: the page declares namespaces outside its records, which cannot stand alone then")
    if stubs != len(slices):
        raise SourceChanged(f"PubMed: the page holds {len(slices)} records, but {stubs} of them stand where records do")
    return _Frame(slices, root)


def _check_it_is_a_page(page: bytes) -> None:
    """Errors of the service, maintenance pages and foreign encodings look like nothing or like something else."""
    if not page or page.isspace():
        raise SourceUnavailable("PubMed: the answer is empty")
    encoding = _XML_DECLARATION.match(page.lstrip())
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        name = encoding[1].decode("ascii")
        raise SourceChanged(
            f"PubMed: the page is declared as {name}", hint="Save the file as UTF-8 and import it again."
        )
    if _DOCTYPE_WITH_SUBSET.search(page, 0, 4096):
        raise SourceChanged("PubMed: the page declares a document type of its own, which no answer of PubMed does")
    root = _ROOT.match(page)
    name = root[1].decode("ascii", "replace") if root else ""
    if name not in ROOTS:
        raise _not_a_page(page, name)


def _not_a_page(page: bytes, root: str) -> SourceError:
    text = page[:4096].decode("utf-8", "replace")
    start = repr(" ".join(text.split())[:80])
    if not root and page.lstrip().startswith(b"<"):
        return SourceUnavailable(f"PubMed: the page ends before its first record and was not used: {start}")
    if "unable to route" in text.lower():
        return SourceUnavailable(f"PubMed: the request was not routed: {start}")
    return SourceChanged(f"PubMed: a PubmedArticleSet was due, but the answer begins with {start}")


def _stated_error(text: str) -> SourceError:
    """What E-utilities says went wrong, without the API key or address that it echoes."""
    text = _ECHOED_KEY.sub(r"\1…", " ".join(text.split())[:300])
    refused = any(words in text.lower() for words in _REFUSALS)
    return (SourceRefused if refused else SourceUnavailable)(f"PubMed: E-utilities answered with an error: {text}")


def _cut(page: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The records, and the page with an empty element in the place of each."""
    slices: list[bytes] = []
    frame: list[bytes] = []
    opening: re.Match[bytes] | None = None
    end = 0
    for token in filter(_is_tag, _TOKEN.finditer(page)):
        if opening is None and not token["close"]:
            frame.append(page[end : token.start()])
            opening = token
        elif opening is not None and token["close"] and token["name"] == opening["name"]:
            end = token.end()
            slices.append(page[opening.start() : end])
            frame.append(b"<" + token["name"] + b"/>")
            opening = None
        else:
            raise SourceChanged(f"PubMed: a record begins or ends inside another, at byte {token.start():,}")
    if opening is not None:
        raise SourceUnavailable("PubMed: the page ends in the middle of a record and was not used")
    frame.append(page[end:])
    return tuple(slices), b"".join(frame)


def _is_tag(token: re.Match[bytes]) -> bool:
    """Comments and the like are matched so that nothing is looked for in them."""
    return token["name"] is not None


def _parse_frame(frame: bytes) -> etree._Element:
    try:
        return etree.fromstring(frame, parser())
    except etree.XMLSyntaxError as error:
        if not any(frame.rstrip().endswith(f"</{root}>".encode()) for root in ROOTS):
            raise SourceUnavailable("PubMed: the page ends before its last tag and was not used") from error
        raise SourceChanged(f"PubMed: the page is not well-formed outside its records ({error})") from error


def _pmid(record: bytes) -> str:
    match = _PMID_IN_FRONT.match(record)
    return match[1].decode("ascii") if match else _pmid_elsewhere(record)


def _pmid_elsewhere(record: bytes) -> str:
    """The PMID of a record whose elements stand in another order, or begin with a comment."""
    try:
        root = etree.fromstring(record, parser())
    except etree.XMLSyntaxError as error:
        raise SourceChanged(f"PubMed: a record without readable PMID ({error}): {record[:80]!r}") from error
    pmid = (root.findtext("MedlineCitation/PMID") or root.findtext("BookDocument/PMID") or "").strip()
    if not (pmid.isascii() and pmid.isdecimal()):
        raise SourceChanged(f"PubMed: a record without PMID: {record[:80]!r}")
    return pmid
