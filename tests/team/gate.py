"""A gate before PubMed's records: what a run has fetched before it opens is known, whatever the machine's speed."""

from __future__ import annotations

import threading
from typing import ClassVar

from ketalit.replay.exchange import Request


class Gate:
    """Lets the first pages of records through, then holds each for some seconds until it is opened."""

    PAGE: ClassVar = 10
    """Records of a page."""
    LETS_THROUGH: ClassVar = 2
    """Pages."""
    HOLDS: ClassVar = 20.0
    """Seconds, less than a client waits for an answer; there are more pages than any test here could wait for."""

    def __init__(self) -> None:
        self._opened = threading.Event()
        self.given: list[tuple[str, ...]] = []
        """The ids of each page that went out."""
        self.is_reached = threading.Event()

    def respond(self, request: Request) -> None:
        """Wait before a page of records; the service answers."""
        if not request.path.endswith("/efetch.fcgi"):
            return
        if len(self.given) >= self.LETS_THROUGH:
            self.is_reached.set()
            self._opened.wait(self.HOLDS)
        self.given.append(tuple(request.get("id").split(",")))

    def open(self) -> None:
        """Hold nothing any more."""
        self._opened.set()
