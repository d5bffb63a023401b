"""What refresh needs of a source, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ketalit.model.search import Delivery, Listing


class Client(Protocol):
    """A source that can be searched and whose records can be fetched by id."""

    def search(self, query: str) -> Listing:
        """Every id that the source promises for `query`, with what it understood."""
        ...

    def fetch(self, ids: tuple[str, ...]) -> Iterator[Delivery]:
        """The records of `ids`, page by page; each promised id is delivered, explained or left out."""
        ...
