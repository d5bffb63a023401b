"""What refresh needs of a source, whichever it is, and how both deliver what they promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Protocol

from ketalit.errors import SourceChanged, SourceUnavailable
from ketalit.model.document import Document
from ketalit.model.search import Delivery, Listing, QueryRecord

DELETIONS_AT_MOST: Final = 0.01
"""Share of a listing that may be gone when it is fetched: more is an outage that looks like deletion."""
A_FEW: Final = 3
"""Records that may be gone however short the listing is."""


class Client(Protocol):
    """A source that can be searched and whose records can be fetched by id."""

    def survey(self, query: str) -> QueryRecord:
        """How many records `query` finds today, and how the source understands it; none is listed."""
        ...

    def search(self, query: str, since: date | None = None) -> Listing:
        """Every id that the source promises for `query`; with `since` only what it added or revised from then on."""
        ...

    def fetch(self, ids: tuple[str, ...]) -> Iterator[Delivery]:
        """The records of `ids`, page by page; each promised id is delivered, explained or left out."""
        ...

    def look_up(self, source_id: str) -> Delivery:
        """One record by its id, whether or not a search lists it; delivered or explained."""
        ...


def deliver(
    service: str,
    ids: tuple[str, ...],
    size: int,
    *,
    page: Callable[[tuple[str, ...]], tuple[Document, ...]],
    alone: Callable[[str], Delivery],
) -> Iterator[Delivery]:
    """The records of `ids` in pages of `size`; what does not come with its page is asked for once more, alone.

    A page that cannot be read is asked for record by record, so that one bad record costs itself only. Raises
    SourceUnavailable for a page that comes empty and SourceChanged when more records are gone than deletions explain.
    """
    came = gone = 0
    for start in range(0, len(ids), size):
        asked = ids[start : start + size]
        documents = _readable(page, asked)
        if documents == () and len(asked) > A_FEW:
            raise SourceUnavailable(f"{service}: none of {len(asked)} listed records came, and no error with them.")
        delivered = {document.source_id for document in documents or ()}
        singly = [alone_or_explained(alone, source_id) for source_id in asked if source_id not in delivered]
        again = tuple(document for found in singly for document in found.documents)
        explained = tuple(reason for found in singly for reason in found.explained)
        came, gone = came + len(delivered) + len(again), gone + len(explained)
        if gone > max(A_FEW, DELETIONS_AT_MOST * len(ids)) or (documents is None and came == 0):
            raise SourceChanged(
                f"{service}: {gone} of {len(ids)} listed records do not come, too many to be deletions:"
                f" {explained[0][1]}."
            )
        yield Delivery(
            documents=(*(documents or ()), *again),
            explained=explained,
            absent=tuple(source_id for found in singly for source_id in found.absent),
            merged=tuple(pair for found in singly for pair in found.merged),
        )


def _readable(
    page: Callable[[tuple[str, ...]], tuple[Document, ...]], asked: tuple[str, ...]
) -> tuple[Document, ...] | None:
    """The documents of a page; None when the page is not what we know and must be taken apart."""
    try:
        return page(asked)
    except SourceChanged:
        return None


def alone_or_explained(alone: Callable[[str], Delivery], source_id: str) -> Delivery:
    """One record asked for alone; one that cannot be read is explained."""
    try:
        return alone(source_id)
    except SourceChanged as error:
        return Delivery(documents=(), explained=((source_id, f"cannot be read: {error}"),))
