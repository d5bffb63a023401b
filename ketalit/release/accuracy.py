"""How well the rules read: measured by `make accuracy`, carried in the package, asked for before a release.

    ketalit/extract/floor.json      F1 of each core field that was once reached, raised by hand and never lowered unseen
    ketalit/extract/accuracy.json   the last measurement, with the digest of the rules that it is true of

The annotated abstracts are no part of the package. Who changes a rule measures anew: until then the figures are those
of other rules, and a release made with them would claim an accuracy that nobody saw.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from ketalit.errors import SettingsError

EXTRACT: Final = Path(str(files("ketalit"))) / "extract"
MEASURED: Final = EXTRACT / "accuracy.json"
FLOOR: Final = EXTRACT / "floor.json"
MARGIN: Final = 0.01
"""How far below its floor a field may fall: a record of a hundred that is read differently is no regression."""
RECALL: Final = "include recall"
"""The one figure that is no F1: the share of the relevant abstracts that were included."""


class Accuracy(Struct, frozen=True):
    """One measurement: core field → F1 on the abstracts that the rules were written with, and on unseen ones."""

    rules: str
    """`rules_digest` of the rules that were measured."""
    measured_on: str
    """Day (UTC, ISO 8601)."""
    development: dict[str, float]
    unseen: dict[str, float]
    """What to expect of texts that nobody who wrote rules looked at."""


def rules_digest(folder: Path = EXTRACT) -> str:
    """SHA-256 over every rule and every line of code that reads with them."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".toml"}):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return total.hexdigest()


def measured(path: Path = MEASURED) -> Accuracy | None:
    """The last measurement, or None when there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Accuracy)
    except (OSError, msgspec.DecodeError):
        return None


def floor(path: Path = FLOOR) -> dict[str, float]:
    """Core field → F1 below which (less MARGIN) no release is made. Raises SettingsError for a damaged package."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, float])
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}.", hint="The package is damaged: install ketalit anew."
        ) from None


def as_json(accuracy: Accuracy) -> bytes:
    """What `make accuracy` writes."""
    return msgspec.json.format(msgspec.json.encode(accuracy), indent=1) + b"\n"
