"""Which rules are tried in a sentence: those of which a literal stands in it, so that most patterns are never run.

Each piece between two blanks is looked up once for all rules. A set of rules is a whole number with a bit for each rule
(`Rule.number`), so that the sets of many pieces are joined at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import compress
from operator import or_
from typing import Final, NamedTuple

from ketalit.extract.rules import HAS_DIGIT, Rule, bare, load, scanned

WORD = re.compile("[a-z]+")
NEEDED = re.compile("[a-z]{2,}|(?<= )[a-z](?= )")
"""What a need asks of a word: two letters or more, or one that is all of the word (" h " finds "24h" and "h,")."""
COMMON_WORDS: Final = (
    "active analysis as by clinical cognitive for group improvement in infusion intravenous memory of on patient "
    "random report single study suicide the therapy to treatment we week with"
)
COMMON: Final = frozenset(COMMON_WORDS.split())
"""Words that so many sentences hold that the other word of a phrase tells more."""
LONGEST_WORD = 24
"""Letters of a word that are looked at: no rule needs more, and no text can make the search long."""
DIGIT: Final = 1
"""The bit of a digit among those of rules."""


class Need(NamedTuple):
    """One literal of one rule."""

    letters: str
    """Those that must stand in a word; empty where the literal is only signs."""
    begins: bool
    ends: bool
    """Whether the word must begin or end with them."""
    piece: str
    """What else must stand between the same two blanks; empty where that tells no more."""
    rules: int
    """The rule, as a set of bits."""


def how_much_it_tells(part: re.Match[str]) -> tuple[bool, int]:
    """How few sentences hold a word of a literal: a common one tells less, whatever its length."""
    return part[0] not in COMMON, len(part[0])


def need_of(literal: str, rules: int) -> Need:
    """What to look for, so that a literal may stand in a sentence."""
    found = max(NEEDED.finditer(literal), key=how_much_it_tells, default=None)
    if found is None:
        return Need("", False, False, literal, rules)
    plain = bare(literal)
    in_one_piece = plain.split() == [plain]
    return Need(found[0], found.start() > 0, found.end() < len(literal), plain if in_one_piece else "", rules)


@cache
def needs() -> tuple[Need, ...]:
    """What all rules need to be tried; those of second lists have bits of their own, behind those of all rules."""
    firsts = [need_of(literal, 1 << rule.number) for rule in ordered() for literal in rule.needs]
    seconds = [need_of(literal, 1 << rule.number + width()) for rule in ordered() for literal in rule.also]
    return (*firsts, *seconds)


@cache
def needs_by_letters() -> dict[str, tuple[Need, ...]]:
    """What rules need, by the letters that must stand in a word."""
    parts: dict[str, list[Need]] = {}
    for need in needs():
        parts.setdefault(need.letters, []).append(need)
    return {letters: tuple(found) for letters, found in parts.items()}


def met_by(piece: str) -> Iterator[Need]:
    """The needs that a piece without white space meets."""
    parts, between_blanks = needs_by_letters(), f" {piece} "
    yield from (need for need in parts.get("", ()) if need.piece in between_blanks)
    for word in WORD.findall(piece):
        length = len(word)
        for start in range(min(length, LONGEST_WORD)):
            for end in range(start + 1, min(length, start + LONGEST_WORD) + 1):
                for need in parts.get(word[start:end], ()):
                    fits = (not need.begins or start == 0) and (not need.ends or end == length)
                    if fits and need.piece in piece:
                        yield need


class TriedIn(dict[str, int]):
    """The rules that are tried in a sentence because a piece without white space stands in it, for pieces met so far.

    A dictionary, as every word of every text is looked up here.
    """

    MOST = 100_000

    def __init__(self) -> None:
        super().__init__()
        self.sets: dict[int, int] = {}
        """Each set once: many words have the same, and what is small stays near the processor."""

    def __missing__(self, piece: str) -> int:
        if len(self) >= self.MOST:
            self.clear()
            self.sets.clear()
        rules = together(need.rules for need in met_by(piece))
        if HAS_DIGIT.search(piece):
            rules |= DIGIT
        self[piece] = self.sets.setdefault(rules, rules)
        return self[piece]


TRIED_IN: Final = TriedIn()


def together(sets: Iterable[int]) -> int:
    """Several sets of rules as one."""
    return reduce(or_, sets, 0)


@cache
def numeric() -> int:
    """The rules of which every match holds a digit."""
    return together(1 << rule.number for rule in load().values() if rule.numeric)


@cache
def with_one_list() -> int:
    """The rules that ask for nothing besides their needs."""
    return together(1 << rule.number for rule in ordered() if not rule.also) | DIGIT


def tried_rules(lower: str) -> int:
    """The rules of which a literal of each list stands in a sentence, and a digit where they need one."""
    met = reduce(or_, filter(None, map(TRIED_IN.__getitem__, lower.split())), 0)
    tried = met & (met >> width() | with_one_list())
    return tried if tried & DIGIT else tried & ~numeric()


IS_SET: Final = bytes.maketrans(b"01", b"\0\1")


@cache
def ordered() -> tuple[Rule, ...]:
    """The rules that read whole texts, by their number."""
    return tuple(scanned(load()))


@cache
def width() -> int:
    """The bytes of one set of rules where each rule has a byte of its own."""
    return len(ordered()) + 1


def unfolded(sets: Sequence[int]) -> bytes:
    """Sets of bits with a byte for each rule, set after set: `[rule.number :: width()]` are those of a rule."""
    above = 1 << width()  # so that zeros in front are written too
    return "".join([bin(above | rules)[:2:-1] for rules in sets]).encode().translate(IS_SET)


@cache
def ids() -> tuple[str, ...]:
    """The ids of the rules that read whole texts, by their number."""
    return tuple(rule.id for rule in ordered())


def ids_in(rules: int) -> Iterator[str]:
    """The ids of the rules in a set of bits."""
    return compress(ids(), unfolded([rules])[1:])
