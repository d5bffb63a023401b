"""Records from local files, for people who downloaded them or sit behind a firewall."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.snapshot import document
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.parse import deleted, records, unknown_children
from ketalit.vocabulary import Source

GZIP_MAGIC: Final = b"\x1f\x8b"
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
    cannot be opened, DocumentUnreadable when it is not what `source` gives out or holds no record.
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
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from None
    if not data.startswith(GZIP_MAGIC):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentUnreadable(
            f"{path} is a damaged gzip file: {error}.", hint="Download it again; nothing of it was stored."
        ) from None
