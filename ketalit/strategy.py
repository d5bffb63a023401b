"""The search strategy: versioned data, each line of each query with its reason."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from ketalit.errors import SettingsError
from ketalit.vocabulary import Source


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a query and why it is there."""

    query: str
    reason: str


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """One concept: its lines are joined by OR."""

    name: str
    lines: tuple[Line, ...]


class SourceQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """The query for one source: its blocks are joined by AND."""

    block: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The query as it is sent."""
        return " AND ".join(f"({' OR '.join(line.query for line in block.lines)})" for block in self.block)


class SearchStrategy(Struct, frozen=True, forbid_unknown_fields=True):
    """A named and versioned search, one query for each source."""

    name: str
    version: str
    question: str
    pubmed: SourceQuery
    ctgov: SourceQuery

    def query(self, source: Source) -> SourceQuery:
        """The query for `source`."""
        return self.pubmed if source is Source.PUBMED else self.ctgov

    @property
    def digest(self) -> str:
        """SHA-256 of everything in the strategy: tells whether it changed although its version did not."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def bundled() -> tuple[str, ...]:
    """Names of the strategies that ketalit carries."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in files("ketalit").joinpath("strategies").iterdir()))


def read(name: str) -> SearchStrategy:
    """The bundled strategy of that name, or the one in the TOML file of that path.

    Raises SettingsError when there is none or when it is malformed or has an empty block.
    """
    try:
        strategy = msgspec.toml.decode(_text(name), type=SearchStrategy)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, msgspec.DecodeError) as error:
        raise SettingsError(
            f"The search strategy {name} is malformed: {error}.",
            hint="Compare it with ketalit/strategies/ketamine_depression.toml.",
        ) from None
    for source in Source:
        blocks = strategy.query(source).block
        if not blocks or not all(block.lines for block in blocks):
            raise SettingsError(
                f"The search strategy {name} has an empty block for {source}.",
                hint="An empty block would find everything or nothing: give it a line or delete it.",
            )
    return strategy


def _text(name: str) -> str:
    if name in bundled():
        return files("ketalit").joinpath("strategies", f"{name}.toml").read_text("utf-8")
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path} cannot be read: {error}.", hint="A TOML file in UTF-8 is expected.") from None
    raise SettingsError(
        f"There is no search strategy {name}.",
        hint=f"Bundled: {', '.join(bundled())}. Or give the path of a .toml file.",
    )
