"""Documents: records exactly as they came."""

from __future__ import annotations

from msgspec import Struct

from ketalit.vocabulary import Source


class Document(Struct, frozen=True, gc=False):
    """One record, verbatim, with where and when it was obtained.

    `body` is one `<PubmedArticle>` or `<PubmedBookArticle>` element, or one ClinicalTrials.gov v2 study as JSON: the
    bytes that stood in the answer or file, unchanged. `sha256` is their digest in hexadecimal. `fetched_at` is UTC,
    ISO 8601, with a final Z. `request` is the request that brought it, without secrets, or the imported file's name.
    """

    source: Source
    source_id: str
    """PMID or NCT id."""
    body: bytes
    sha256: str
    fetched_at: str
    request: str
    revised: str = ""
    """When the record says that it was last changed, ISO date; empty when it does not say."""


class RejectedDocument(Struct, frozen=True):
    """A document that could not be read, and why."""

    source: Source
    source_id: str
    sha256: str
    reason: str
