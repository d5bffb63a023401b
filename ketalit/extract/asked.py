"""What a reading asks of the rules: noted, so that it can be told later whether other rules would answer otherwise.

What is read in a document follows from the document, the code and the answers of rules. So where every question that
was asked has the same answer by other rules, a new reading would ask the same again and come to the same.

Rules are asked in three ways, and each notes itself: a `Document` looks for rules in its sentences, `says` asks one
rule about a text, and of whoever takes `Rule.regex` it is not known what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from msgspec import Struct


class Passage(Struct, frozen=True, array_like=True):
    """A normalised text in whose sentences rules were looked for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """Of its sentences."""


class Asked(Struct, frozen=True, array_like=True):
    """Everything that one reading asked."""

    passages: tuple[Passage, ...]
    """Texts in which any rule may have been looked for."""
    said: dict[str, list[str]]
    """Rule id → the texts about which `says` was asked."""
    freely: tuple[str, ...]
    """Ids of rules whose pattern was used in another way."""


class Notes:
    """The questions of one reading so far, each once; dictionaries, as they keep their order."""

    __slots__ = ("freely", "passages", "said")

    def __init__(self) -> None:
        self.passages: dict[Passage, None] = {}
        self.said: dict[tuple[str, str], None] = {}
        """Id of a rule, and a text about which it was asked."""
        self.freely: set[str] = set()

    def asked(self) -> Asked:
        """What was noted."""
        said: dict[str, list[str]] = {}
        for rule_id, text in self.said:
            said.setdefault(rule_id, []).append(text)
        return Asked(tuple(self.passages), said, tuple(sorted(self.freely)))


NOTES: Final[ContextVar[Notes | None]] = ContextVar("NOTES", default=None)
"""Where questions are noted; None where nobody wants to know."""


@contextmanager
def noting() -> Iterator[Notes]:
    """Notes of everything that is asked meanwhile."""
    notes = Notes()
    token = NOTES.set(notes)
    try:
        yield notes
    finally:
        NOTES.reset(token)
