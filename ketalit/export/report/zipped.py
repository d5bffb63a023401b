"""Zip files with the same bytes for the same content: sorted, dated 1980, made by nobody."""

from __future__ import annotations

import io
import zipfile
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""
FIRST: Final = "[Content_Types].xml"
"""Office wants to see it first."""


def settled(data: bytes) -> bytes:
    """An Office file again, without the time and the machine it was made on."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(file, "w") as made:
        for name in sorted(given.namelist(), key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            made.writestr(entry, given.read(name))
    return file.getvalue()
