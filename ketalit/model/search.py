"""Searches: what was asked of a source, what it understood, and what it promised."""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.document import Document


class QueryRecord(Struct, frozen=True):
    """One query as sent and as the service understood it, with what it found and what it warned of."""

    sent: str
    understood: str | None
    count: int
    asked_at: str
    """UTC, ISO 8601."""
    warnings: tuple[str, ...] = ()
    data_version: str | None = None
    """The service's own stamp of its data (ClinicalTrials.gov dataTimestamp), if it has one."""


class Listing(Struct, frozen=True):
    """The ids that a source promises for a search, frozen before the first record is fetched."""

    ids: tuple[str, ...]
    queries: tuple[QueryRecord, ...]


class Delivery(Struct, frozen=True):
    """One page of records, and the promised ids that it explains instead of delivering."""

    documents: tuple[Document, ...]
    explained: tuple[tuple[str, str], ...] = ()
    """(id, reason) of each record that the source no longer holds."""
    absent: tuple[str, ...] = ()
    """Those of them for which the source says that it holds no record."""
    merged: tuple[tuple[str, str], ...] = ()
    """(id, id that it became an alias of) of those that the source merged into another record."""
