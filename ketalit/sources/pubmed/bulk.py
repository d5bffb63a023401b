"""NLM's baseline and update files: read piece by piece, so that memory does not grow with the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import Struct

from ketalit.errors import SourceUnavailable
from ketalit.sources.pubmed.page import ROOTS, deleted, records, unknown_children

PIECE: Final = 8 * 1024**2
"""Bytes of a piece; a record is far smaller, and one that is not makes its piece larger."""
_FIRST_RECORD: Final = re.compile(rb"<Pubmed(?:Book)?Article[\s>]")
_RECORD_END: Final = re.compile(rb"</Pubmed(?:Book)?Article\s*>")
_ROOT_NAME: Final = re.compile(rb"<(Pubmed(?:Book)?ArticleSet)[\s/>]")


class Piece(Struct, frozen=True):
    """Some records of a file in their order, and what stands beside them."""

    records: tuple[tuple[str, bytes], ...]
    deleted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names of elements beside the records that this version does not know."""


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """The records of an unpacked bulk file, each piece checked as a page of E-utilities is.

    Raises what `records` raises; SourceUnavailable when the file ends before its last tag.
    """
    head, rest = _head(file)
    if not head:
        yield _piece(rest)
        return
    root = _ROOT_NAME.search(head)
    name = root[1] if root else ROOTS[0].encode()
    while chunk := file.read(PIECE):
        rest += chunk
        end = _end_of_records(rest)
        if end:
            yield _piece(head + rest[:end] + b"</" + name + b">")
            rest = rest[end:]
    if not rest.rstrip().endswith(b"</" + name + b">"):
        raise SourceUnavailable("PubMed: the file ends before its last tag and was not used")
    yield _piece(head + rest)


def _head(file: BinaryIO) -> tuple[bytes, bytes]:
    """What stands before the first record, and what has been read beyond it; all in one piece where there is none."""
    read = file.read(PIECE)
    first = _FIRST_RECORD.search(read)
    if first is None or not first.start():  # nothing but deletions, or no file of records at all
        return b"", read + file.read()
    return read[: first.start()], read[first.start() :]


def _end_of_records(text: bytes) -> int:
    end = 0
    for found in _RECORD_END.finditer(text, max(len(text) - PIECE, 0)):
        end = found.end()
    return end


def _piece(page: bytes) -> Piece:
    return Piece(tuple(records(page)), deleted(page), unknown_children(page))
