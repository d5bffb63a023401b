"""A corpus: PubMed records and registry studies held verbatim, found by id or by query."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path

from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.model.document import Document
from ketalit.replay.pubmed_fields import Article
from ketalit.replay.pubmed_search import Library
from ketalit.replay.registry_search import Registry
from ketalit.sources.ctgov import parse as ctgov
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import Source

_SUBSTANCE = re.compile(rb"<(?:NameOfSubstance|SupplMeshName)\b[^>]*>([^<]+)<")
_ENDINGS = (".xml", ".xml.gz", ".json", ".jsonl")


class Corpus:
    """Records by PMID and studies by NCT id, each the bytes that stood in its file, and both searchable."""

    def __init__(self, articles: Mapping[str, bytes], studies: Mapping[str, bytes]) -> None:
        self.articles = dict(articles)
        self.studies = dict(studies)

    @classmethod
    def from_files(cls, paths: Iterable[Path]) -> Corpus:
        """Read PubMed XML (`.xml`, `.xml.gz`) and v2 JSON (`.json`, `.jsonl`); of a repeated id the last one stays.

        Raises SettingsError, which names the file, when one holds neither.
        """
        articles: dict[str, bytes] = {}
        studies: dict[str, bytes] = {}
        for path in paths:
            (articles if ".xml" in path.suffixes else studies).update(_read(path))
        return cls(articles, studies)

    @classmethod
    def from_folder(cls, folder: Path) -> Corpus:
        """Read every file of a folder, and of the folders in it, that ends in .xml, .xml.gz, .json or .jsonl."""
        paths = sorted(path for path in folder.rglob("*") if path.name.endswith(_ENDINGS))
        if not paths:
            raise SettingsError(f"{folder} holds no {', '.join(_ENDINGS)} file.", hint="Name a folder with records.")
        return cls.from_files(paths)

    @classmethod
    def from_documents(cls, documents: Iterable[Document]) -> Corpus:
        """Hold documents, of a snapshot for example; of a repeated id the last one stays."""
        bodies: dict[Source, dict[str, bytes]] = {source: {} for source in Source}
        for document in documents:
            bodies[document.source][document.source_id] = document.body
        return cls(bodies[Source.PUBMED], bodies[Source.CTGOV])

    @classmethod
    def sample(cls) -> Corpus:
        """Read the sample that comes with ketalit, each record as it stands now."""
        with resources.as_file(resources.files("ketalit.replay") / "sample") as folder:
            return cls.from_files(path for name in ("ctgov", "pubmed") for path in sorted((folder / name).iterdir()))

    @cached_property
    def library(self) -> Library:
        """The publications, searchable; a record that cannot be read is fetched by its id, but no query finds it."""
        return Library(self._readable())

    @cached_property
    def registry(self) -> Registry:
        """The studies, searchable."""
        return Registry(self.studies.items())

    def _readable(self) -> Iterator[Article]:
        for pmid, body in self.articles.items():
            try:
                yield Article(pubmed.publication(_document(pmid, body)), _substances(body))
            except DocumentUnreadable:
                continue


def earlier_versions() -> tuple[Path, ...]:
    """Files of the sample with registrations as they stood before: to be imported ahead of a refresh."""
    return tuple(sorted((Path(str(resources.files("ketalit.replay"))) / "sample" / "earlier").glob("*.json")))


def _read(path: Path) -> Iterator[tuple[str, bytes]]:
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        yield from pubmed.records(body) if ".xml" in path.suffixes else ctgov.studies(body)
    except KetalitError as error:
        raise SettingsError(f"{path} cannot be replayed: {error}", hint="Keep only records in the folder.") from error


def _document(pmid: str, body: bytes) -> Document:
    return Document(Source.PUBMED, pmid, body, hashlib.sha256(body).hexdigest(), "", "replay")


def _substances(body: bytes) -> tuple[str, ...]:
    return tuple(html.unescape(name.decode(errors="replace")) for name in _SUBSTANCE.findall(body))
