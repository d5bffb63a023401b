"""Records from local files, for people who downloaded them or sit behind a firewall."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from msgspec import Struct

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.snapshot import document
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.bulk import pieces
from ketalit.vocabulary import Source

GZIP_MAGIC: Final = b"\x1f\x8b"
LARGEST: Final = 2 * 1024**3
"""Bytes of an unpacked file: ten times the largest that NLM gives out. A bomb of a megabyte unpacks to more."""
FORMATS: Final = {Source.PUBMED: "PubMed XML (PubmedArticleSet)", Source.CTGOV: "ClinicalTrials.gov v2 JSON"}


class FileContent(Struct, frozen=True):
    """Some records of a file, and what else stands there that a person should know of."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    """Ids that the file declares deleted."""


def read_file(source: Source, path: Path) -> Iterator[FileContent]:
    """Every record of a PubMed XML file or a v2 JSON file (one study, a list, {"studies": […]} or JSON lines).

    PubMed's come in pieces, so that memory does not grow with the file: what is wrong further on is raised when the
    first ones were given already. A gzip file is recognised by its content, whatever its name. Raises SettingsError
    when the file is not there or cannot be opened, DocumentUnreadable when it is not what `source` gives out, is too
    large or holds no record.
    """
    is_empty = True
    with _explained(source, path), path.open("rb") as file:
        is_packed = file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)  # a pipe cannot be wound back
        unpacked = _UpToTheLargest(gzip.GzipFile(fileobj=file) if is_packed else file)
        for content in _of_pubmed(path, unpacked) if source is Source.PUBMED else _of_registry(path, unpacked):
            is_empty = is_empty and not content.documents and not content.deleted
            yield content
    if is_empty:
        raise DocumentUnreadable(
            f"{path} holds no record of {source}.", hint=f"A file of {FORMATS[source]} is expected: check --source."
        )


def _of_pubmed(path: Path, file: _UpToTheLargest) -> Iterator[FileContent]:
    deleted: list[str] = []
    unknown: set[str] = set()
    for piece in pieces(cast(BinaryIO, file)):
        deleted += piece.deleted
        unknown.update(piece.unknown)
        found = (document(Source.PUBMED, pmid, body, f"file:{path.name}") for pmid, body in piece.records)
        yield FileContent(tuple(found), deleted=piece.deleted)
    yield FileContent((), tuple(_notes(path, deleted, unknown)))


def _of_registry(path: Path, file: _UpToTheLargest) -> Iterator[FileContent]:
    found = (document(Source.CTGOV, nct_id, body, f"file:{path.name}") for nct_id, body in studies(file.read()))
    yield FileContent(tuple(found))


def _notes(path: Path, deleted: list[str], unknown: set[str]) -> Iterator[str]:
    if deleted:
        first = ", ".join(deleted[:10])
        yield f"{path.name} names {len(deleted)} deleted records, which leave the evidence: {first}"
    if unknown:
        yield f"{path.name} holds elements that this version does not know: {', '.join(sorted(unknown))}"


@contextmanager
def _explained(source: Source, path: Path) -> Iterator[None]:
    """What is wrong with a file, in words that a person can act on."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DocumentUnreadable(
            f"{path} is a damaged gzip file: {error}.", hint="Download it again; nothing of it was stored."
        ) from None
    except _TooLarge:
        raise DocumentUnreadable(
            f"{path} holds more than {LARGEST // 1024**2:,} MiB.", hint="Split it; nothing of it was stored."
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from None
    except KetalitError as error:
        raise DocumentUnreadable(
            f"{path} is not {FORMATS[source]}: {error}", hint="Check the file and --source; nothing of it was stored."
        ) from None


class _TooLarge(Exception):
    """A file holds more than is taken."""


class _UpToTheLargest:
    """A file that is read as far as the largest that is taken, and no further."""

    def __init__(self, file: BinaryIO | gzip.GzipFile) -> None:
        self._file, self._left = file, LARGEST

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or all that is left. Raises _TooLarge when that is more than is taken."""
        found = b"".join(self._pieces(size))
        self._left -= len(found)
        return found

    def _pieces(self, size: int) -> Iterator[bytes]:
        """A bomb is not unpacked beyond what is taken."""
        length = 0
        while (wanted := _PIECE if size < 0 else min(_PIECE, size - length)) and (piece := self._file.read(wanted)):
            length += len(piece)
            if length > self._left:
                raise _TooLarge
            yield piece


_PIECE: Final = 16 * 1024**2
"""Bytes that are read at once."""
