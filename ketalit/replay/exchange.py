"""One HTTP request as it arrived and the reply that goes back: all that the two services need of HTTP."""

from __future__ import annotations

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


class Reply(Struct, frozen=True):
    """Status, type, body and further headers of an answer."""

    body: bytes
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
