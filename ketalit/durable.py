"""What is done about kills, power losses, flipped bits and two runs at once: writing, locks, seals and sweeping."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import msgspec
from msgspec import Struct

from ketalit.checkpoint import checkpoint
from ketalit.errors import OtherVersion

_SEAL: Final = re.compile(rb'\{\n "[^"\n]{4}": "([^"\n]{64})",')
"""The seal of a manifest, also where a bit of its name flipped."""


def now() -> str:
    """The time as UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(body: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Write `data` so that `path` is either absent (or what it was) or whole, whatever happens meanwhile."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.writing")
    temporary.unlink(missing_ok=True)
    with temporary.open("xb") as file:  # never through a link that somebody laid there
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    what = path.name.split("-")[0]
    checkpoint(f"{what} written")
    temporary.replace(path)
    checkpoint(f"{what} named")
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable: without it the new name can vanish at a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def took(file: TextIO, kind: int) -> bool:
    """Take a lock; False if it is held. Tried for a moment: `ketalit status` holds it that long when it looks."""
    for pause in (0.05, 0.1, 0.2, None):
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if pause is not None:
                time.sleep(pause)
        else:
            return True
    return False


def sealed(text: bytes) -> bytes:
    """A manifest with its own digest in front, so that a flipped bit in it is found."""
    return b'{\n "seal": "' + digest(text).encode() + b'",' + text[1:]


def is_as_sealed(text: bytes) -> bool:
    """Whether a manifest is what was written; one without a seal is taken as it is."""
    seal = _SEAL.match(text)
    return seal is None or digest(b"{" + text[seal.end() :]).encode() == seal[1]


def refuse_newer(text: bytes, path: Path, format_here: int) -> None:
    """Raise OtherVersion for a manifest in a format that only a newer version of ketalit knows."""
    try:
        head = msgspec.json.decode(text, type=_Head)
    except msgspec.DecodeError:
        return  # whoever reads the whole of it says what is wrong
    if head.format > format_here:
        raise OtherVersion(
            f"{path.parent.name}/{path.name} was written by a newer ketalit ({head.ketalit_version}): its format is"
            f" {head.format}, this version reads up to {format_here}.",
            hint="Install that version or a newer one; nothing was read or changed.",
        )


class _Head(Struct):
    """What every manifest of every version says of itself."""

    format: int = 1
    ketalit_version: str = "of an unknown version"


def sweep(folder: Path) -> None:
    """Remove what runs that were killed had half written, and their folders if nothing else is in them."""
    for leftover in folder.glob("*/.*.writing"):
        leftover.unlink()
        if not os.listdir(leftover.parent):
            leftover.parent.rmdir()
