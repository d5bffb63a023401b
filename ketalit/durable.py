"""What the store does about kills, flipped bits and two runs at once: locks, seals and the sweeping of leftovers."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from ketalit.errors import OtherVersion

_SEAL: Final = re.compile(rb'\{\n "[^"\n]{4}": "([^"\n]{64})",')
"""The seal of a manifest, also where a bit of its name flipped."""


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
    return b'{\n "seal": "' + _digest(text).encode() + b'",' + text[1:]


def is_as_sealed(text: bytes) -> bool:
    """Whether a manifest is what was written; one without a seal is taken as it is."""
    seal = _SEAL.match(text)
    return seal is None or _digest(b"{" + text[seal.end() :]).encode() == seal[1]


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


def ids_of(parts: Iterable[Path]) -> set[str]:
    """The ids of the documents in `parts`; a part that is not whole is removed, and its records are asked for again."""
    ids: set[str] = set()
    for path in parts:
        found = _ids_of_whole(path)
        if found is None:
            path.unlink()
        ids.update(found or ())
    return ids


def _ids_of_whole(path: Path) -> list[str] | None:
    """The ids in a part of an interrupted run, which no manifest describes yet; None if a body is not what it was."""
    try:
        columns = pq.read_table(path, columns=["source_id", "sha256", "body"]).to_pydict()
    except (pa.ArrowException, OSError):
        return None
    is_whole = all(_digest(body) == due for body, due in zip(columns["body"], columns["sha256"], strict=True))
    return list(columns["source_id"]) if is_whole else None


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
