"""Records from local files, for people who downloaded them or sit behind a firewall."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.snapshot import document
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.parse import deleted, records, unknown_children
from ketalit.vocabulary import Source

GZIP_MAGIC: Final = b"\x1f\x8b"
LARGEST: Final = 2 * 1024**3
"""Bytes of an unpacked file: ten times the largest that NLM gives out. A bomb of a megabyte unpacks to more."""
READERS: Final[Mapping[Source, Callable[[bytes], Iterator[tuple[str, bytes]]]]] = {
    Source.PUBMED: records,
    Source.CTGOV: studies,
}
FORMATS: Final = {Source.PUBMED: "PubMed XML (PubmedArticleSet)", Source.CTGOV: "ClinicalTrials.gov v2 JSON"}


class FileContent(Struct, frozen=True):
    """The records of a file, and what else it holds that a person should know of."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    """Ids that the file declares deleted."""


def read_file(source: Source, path: Path) -> FileContent:
    """Every record of a PubMed XML file or a v2 JSON file (one study, a list, {"studies": […]} or JSON lines).

    A gzip file is recognised by its content, whatever its name. Raises SettingsError when the file is not there or
    cannot be opened, DocumentUnreadable when it is not what `source` gives out, is too large or holds no record.
    """
    data = _content(path)
    try:
        found = [document(source, source_id, body, f"file:{path.name}") for source_id, body in READERS[source](data)]
        gone = deleted(data) if source is Source.PUBMED else ()
        notes = tuple(_notes(path, data, gone)) if source is Source.PUBMED else ()
    except KetalitError as error:
        raise DocumentUnreadable(
            f"{path} is not {FORMATS[source]}: {error}", hint="Check the file and --source; nothing of it was stored."
        ) from None
    if not found and not gone:
        raise DocumentUnreadable(
            f"{path} holds no record of {source}.", hint=f"A file of {FORMATS[source]} is expected: check --source."
        )
    return FileContent(tuple(found), notes, gone)


def _notes(path: Path, data: bytes, gone: tuple[str, ...]) -> Iterator[str]:
    if gone:
        yield f"{path.name} names {len(gone)} deleted records, which leave the evidence: {', '.join(gone[:10])}"
    if unknown := unknown_children(data):
        yield f"{path.name} holds elements that this version does not know: {', '.join(unknown)}"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            is_packed = file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)  # a pipe cannot be wound back
            return _whole(path, gzip.GzipFile(fileobj=file) if is_packed else file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DocumentUnreadable(
            f"{path} is a damaged gzip file: {error}.", hint="Download it again; nothing of it was stored."
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from None


def _whole(path: Path, file: BinaryIO | gzip.GzipFile) -> bytes:
    """All that `file` holds, read as far as the largest that is taken and no further."""
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise DocumentUnreadable(
                f"{path} holds more than {LARGEST // 1024**2:,} MiB.", hint="Split it; nothing of it was stored."
            )
    return b"".join(pieces)


_PIECE: Final = 16 * 1024**2
"""Bytes that are read at once."""
