"""The books of a run: what was asked of a source, what it promised, and what became of each promised id."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from ketalit.model.search import QueryRecord
from ketalit.vocabulary import Source

FORMAT: Final = 1
"""Of the folders of a run. A version that lays them out in another way counts on, so that older ones refuse them."""


class Part(Struct, frozen=True):
    """One written file of documents."""

    name: str
    sha256: str
    documents: int


class StrategyUsed(Struct, frozen=True):
    """Which search strategy a run used."""

    name: str
    version: str
    digest: str


class Manifest(Struct, frozen=True):
    """The books of one run."""

    run_id: str
    source: Source
    kind: str
    """`refresh` or `import`."""
    status: str
    """`running`, `complete` or `incomplete`."""
    ketalit_version: str
    started_at: str
    format: int = FORMAT
    finished_at: str | None = None
    strategy: StrategyUsed | None = None
    queries: tuple[QueryRecord, ...] = ()
    promised: int = 0
    stored: int = 0
    """Promised ids whose document was written in this run: new, or changed since it was last stored."""
    unchanged: int = 0
    """Promised ids whose document came and is byte for byte the one that is already stored."""
    explained: tuple[tuple[str, str], ...] = ()
    """(id, reason) of promised ids without a document."""
    missing: tuple[str, ...] = ()
    """Promised ids that are neither stored nor explained."""
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know of the run, a sentence each."""
    mode: str = "full"
    """`full` when everything that the search finds was asked for, `incremental` when only what is new or revised."""
    mode_reason: str = ""
    """Why the run was full, or from when on an incremental one asks."""
    since: str | None = None
    """First day (ISO 8601) of the window of an incremental run; it has no last day."""
    unlisted: tuple[str, ...] = ()
    """Promised ids that the listing does not name: it did before, or a listed one was merged into them."""
    absent: tuple[str, ...] = ()
    """Explained ids for which the source says that it holds no record; the second day of it withdraws the record."""
    merged: tuple[tuple[str, str], ...] = ()
    """(id, id that it became an alias of) of explained ids."""
    deleted: tuple[str, ...] = ()
    """Ids that an imported file declares deleted."""
    accepted: tuple[str, ...] = ()
    """What was amiss and accepted with --accept."""
