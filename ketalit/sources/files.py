"""Records from local files, for people who downloaded them or sit behind a firewall."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.snapshot import digest, now
from ketalit.sources.ctgov.parse import studies
from ketalit.sources.pubmed.parse import records
from ketalit.vocabulary import Source

GZIP_MAGIC: Final = b"\x1f\x8b"
READERS: Final[Mapping[Source, Callable[[bytes], Iterator[tuple[str, bytes]]]]] = {
    Source.PUBMED: records,
    Source.CTGOV: studies,
}
FORMATS: Final = {Source.PUBMED: "PubMed XML (PubmedArticleSet)", Source.CTGOV: "ClinicalTrials.gov v2 JSON"}


def documents(source: Source, path: Path) -> tuple[Document, ...]:
    """Every record of a PubMed XML file or a v2 JSON file (one study, a list, {"studies": […]} or JSON lines).

    A gzip file is recognised by its content, whatever its name. Raises SettingsError when the file is not there or
    cannot be opened, DocumentUnreadable when it is not what `source` gives out or holds no record.
    """
    data = _content(path)
    fetched_at, request = now(), f"file:{path.name}"
    try:
        found = [
            Document(source=source, source_id=i, body=body, sha256=digest(body), fetched_at=fetched_at, request=request)
            for i, body in READERS[source](data)
        ]
    except KetalitError as error:
        raise DocumentUnreadable(
            f"{path} is not {FORMATS[source]}: {error}", hint="Check the file and --source; nothing of it was stored."
        ) from None
    if not found:
        raise DocumentUnreadable(
            f"{path} holds no record of {source}.", hint=f"A file of {FORMATS[source]} is expected: check --source."
        )
    return tuple(found)


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
