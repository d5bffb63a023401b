"""One HTTP request as it arrived and the reply that goes back: all that the two services need of HTTP."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct


class Request(Struct, frozen=True):
    """A request with its parameters, whether they came in the URL or in a POSTed form."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    arrived_at: float = 0.0
    """Seconds of a monotonic clock."""

    def get(self, name: str, default: str = "") -> str:
        """Return the last value given for a parameter."""
        return dict(self.parameters).get(name, default)

    @property
    def names(self) -> frozenset[str]:
        """The names of the parameters that were given."""
        return frozenset(name for name, _ in self.parameters)

    def redacted(self) -> Request:
        """Return the request without its secret, fit to be logged."""
        shown = tuple((name, "[redacted]" if name == "api_key" else value) for name, value in self.parameters)
        return msgspec.structs.replace(self, parameters=shown)


class Manner(Struct, frozen=True):
    """How a reply goes out: as it should unless a fault says otherwise."""

    framing: Literal["length", "chunked", "close"] = "length"
    """What tells the client where the body ends."""
    announced: int | None = None
    """Bytes that Content-Length states, where that is not the truth."""
    sent: float = 1.0
    """Share of the body that goes out; after less than all of it the connection ends."""
    ends: Literal["", "close", "reset"] = ""
    """How the connection ends instead of carrying the reply."""
    wait: float = 0.0
    """Seconds of silence before the first byte."""
    drip: float = 0.0
    """Seconds between one byte and the next."""
    drips: Literal["head", "body"] = "body"
    """What drips."""


class Reply(Struct, frozen=True):
    """Status, type, body and further headers of an answer, and how it goes out."""

    body: bytes
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    manner: Manner | None = None
