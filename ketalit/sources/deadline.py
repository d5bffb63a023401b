"""Deadline: no call outlives its time, whatever the server does.

The timeouts of requests count from byte to byte, so that a server that drips its headers holds a client for ever. Here
a timer shuts the connection when the time of the call is over, and the reader meets its end.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_calls = threading.local()
"""The deadline of the call that this thread makes."""


class Deadline:
    """A context manager around one call: after `seconds` its connection is shut."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(seconds, 0.001)
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    @property
    def is_over(self) -> bool:
        """Whether the time of the call is over."""
        return time.monotonic() >= self._ends

    def watch(self, connection: socket.socket) -> None:
        """Shut `connection` when the time is over."""
        with self._lock:
            self._socket = connection
        if self.is_over:
            self._cut()

    def __enter__(self) -> Deadline:
        _calls.deadline = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _calls.deadline = None

    def _cut(self) -> None:
        with self._lock, suppress(OSError):  # already closed is what we want
            if self._socket is not None:
                # the plain shutdown: that of a TLS socket would take its state away under the reader
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _watch(connection: HTTPConnection) -> None:
    deadline: Deadline | None = getattr(_calls, "deadline", None)
    if deadline is not None and connection.sock is not None:
        deadline.watch(connection.sock)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch(self)  # a connection that is used again
        super().request(*args, **kwargs)


class _TlsConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch(self)
        super().request(*args, **kwargs)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Adapter(HTTPAdapter):
    """Carries requests over connections that the deadline of their call can shut."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Make the pools of connections through a proxy."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
        return manager
