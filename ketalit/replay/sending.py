"""Replies that go out badly: cut, reset, silent or dripped. Real bytes on a real connection, as a network does it."""

from __future__ import annotations

import os
import socket
import struct
import time
from contextlib import suppress
from http.client import responses
from http.server import BaseHTTPRequestHandler
from typing import Final

from ketalit.replay.exchange import Manner, Reply

CHUNK: Final = 1_000
"""Bytes of a chunk of a chunked body."""


def send(handler: BaseHTTPRequestHandler, reply: Reply, manner: Manner) -> None:
    """Send `reply` as `manner` says; the connection ends after it."""
    handler.close_connection = True
    time.sleep(manner.wait)
    with suppress(OSError):  # the client may have left, which is what some faults are for
        if not manner.ends or manner.sent < 1:
            _write(handler, reply, manner)
        handler.wfile.flush()
    if manner.ends == "reset":
        _reset(handler.connection)


def _write(handler: BaseHTTPRequestHandler, reply: Reply, manner: Manner) -> None:
    body = _chunked(reply.body) if manner.framing == "chunked" else reply.body
    body = body[: round(len(body) * manner.sent)]
    head = _head(reply, manner)
    if not manner.drip:
        handler.wfile.write(head + body)
        return
    at_once, dripped = (b"", head + body) if manner.drips == "head" else (head, body)
    handler.wfile.write(at_once)
    for place in range(len(dripped)):
        handler.wfile.write(dripped[place : place + 1])
        handler.wfile.flush()
        time.sleep(manner.drip)


def _head(reply: Reply, manner: Manner) -> bytes:
    length = len(reply.body) if manner.announced is None else manner.announced
    framing = {"length": f"Content-Length: {length}", "chunked": "Transfer-Encoding: chunked", "close": ""}
    lines = [
        f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}",
        f"Content-Type: {reply.content_type}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in reply.headers),
        framing[manner.framing],
    ]
    return ("\r\n".join(line for line in lines if line) + "\r\n\r\n").encode("latin-1")


def _chunked(body: bytes) -> bytes:
    chunks = [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)]
    return b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in [*chunks, b""])


def _reset(connection: socket.socket) -> None:
    """Close so that the peer gets a reset: an end that is no end of a reply."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
