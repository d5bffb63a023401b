"""Essie, the query language of ClinicalTrials.gov: from text to a tree.

After the page "Constructing Complex Search Queries" of ClinicalTrials.gov. From strong to weak: terms and the source
operators MISSING, ALL and RANGE; NOT and the context operators AREA, EXPANSION and COVERAGE; AND; OR. NOT is unary,
and `a NOT b` means `a AND NOT b`. Words side by side are one term. Operators are upper case; a backslash makes a word
of one.

Known to Essie and refused here: SEARCH on a part of a study, DISTANCE. TILT changes only the ranking and is skipped.
Errors carry the texts that the service was seen to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from ketalit.replay.refusal import QueryRefused


class Expansion(StrEnum):
    """How far a term may be widened, from not at all to beyond recognition."""

    NONE = "None"
    TERM = "Term"
    CONCEPT = "Concept"
    RELAXATION = "Relaxation"
    LOSSY = "Lossy"


class Coverage(StrEnum):
    """How much of a value a term has to cover."""

    CONTAINS = "Contains"
    FULL_MATCH = "FullMatch"
    STARTS_WITH = "StartsWith"
    ENDS_WITH = "EndsWith"


class Words(Struct, frozen=True):
    """A term; `quoted` makes a phrase of it."""

    text: str
    quoted: bool = False


class Range(Struct, frozen=True):
    """Values between two bounds, both included; None is MIN or MAX."""

    low: str | None
    high: str | None


class Missing(Struct, frozen=True):
    """Studies without a value in the area."""


class Everything(Struct, frozen=True):
    """Every study."""


class Not(Struct, frozen=True):
    """Studies that the part does not find."""

    part: Expression


class InArea(Struct, frozen=True):
    """Looks for the part in one area or field."""

    area: str
    part: Expression


class Expanded(Struct, frozen=True):
    """Widens the terms of the part as far as said."""

    expansion: Expansion
    part: Expression


class Covering(Struct, frozen=True):
    """Lets the terms of the part match as much of a value as said."""

    coverage: Coverage
    part: Expression


class AllOf(Struct, frozen=True):
    """Studies that every part finds."""

    parts: tuple[Expression, ...]


class AnyOf(Struct, frozen=True):
    """Studies that some part finds."""

    parts: tuple[Expression, ...]


Expression = Words | Range | Missing | Everything | Not | InArea | Expanded | Covering | AllOf | AnyOf


def parse(text: str) -> Expression:
    """Return the tree of an Essie expression.

    Raises QueryRefused, with the service's own words after "Error parsing query in …: " where they are known.
    """
    parser = _Parser(list(_tokens(text)))
    expression = parser.any_of()
    parser.expect_end()
    return expression


class _Kind(StrEnum):
    WORD = "word"
    QUOTED = "quoted"
    BRACKET = "bracket"
    SIGN = "sign"
    OPERATOR = "operator"
    END = "end"


class _Token(Struct, frozen=True):
    kind: _Kind
    text: str


_TOKEN = re.compile(
    r"""
    \s*(?:
        "(?P<quoted>(?:[^"\\]|\\.)*)"           # "back pain"
      | \[(?P<bracket>[^\[\]]*)\]               # the argument of an operator
      | (?P<sign>[()])
      | (?P<word>(?:[^\s()\[\]"\\]|\\.)+)       # heart   2022-05   \MISSING
    )\s*""",
    re.VERBOSE,
)
_OPERATORS = frozenset(
    ("AND", "OR", "NOT", "AREA", "RANGE", "MISSING", "ALL", "EXPANSION", "COVERAGE", "SEARCH", "TILT", "DISTANCE")
)
_END = _Token(_Kind.END, "<EOF>")
_OPEN, _CLOSE = _Token(_Kind.SIGN, "("), _Token(_Kind.SIGN, ")")


def _tokens(text: str) -> Iterator[_Token]:
    position, text = 0, text.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise QueryRefused(f"mismatched input '{text[position:].strip()[0]}'")
        kind = _Kind(found.lastgroup or "")
        value = found[kind]
        if kind is _Kind.WORD and value in _OPERATORS:
            yield _Token(_Kind.OPERATOR, value)
        else:
            yield _Token(kind, re.sub(r"\\(.)", r"\1", value))
        position = found.end()


class _Parser:
    """Reads tokens from left to right; each method reads one thing and leaves the position after it."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._position] if self._position < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._next
        self._position += 1
        return token

    def _is_operator(self, name: str) -> bool:
        return self._next == _Token(_Kind.OPERATOR, name)

    def expect_end(self) -> None:
        if self._next is not _END:
            raise QueryRefused(f"extraneous input '{self._next.text}' expecting <EOF>")

    def any_of(self) -> Expression:
        parts = [self._all_of()]
        while self._is_operator("OR"):
            self._take()
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self) -> Expression:
        parts = [self._operated()]
        while self._is_operator("AND") or self._is_operator("NOT"):
            if self._is_operator("AND"):
                self._take()
            parts.append(self._operated())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _operated(self) -> Expression:
        if self._next.kind is not _Kind.OPERATOR:
            return self._source()
        match self._take().text:
            case "NOT":
                return Not(self._operated())
            case "AREA":
                return InArea(self._argument(), self._operated())
            case "EXPANSION":
                return Expanded(_choice(Expansion, self._argument()), self._operated())
            case "COVERAGE":
                return Covering(_choice(Coverage, self._argument()), self._operated())
            case "TILT":
                self._argument()
                return self._operated()
            case operator:
                return self._source_operator(operator)

    def _source_operator(self, operator: str) -> Expression:
        match operator:
            case "MISSING":
                return Missing()
            case "ALL":
                return Everything()
            case "RANGE":
                return _range(self._argument())
            case "SEARCH" | "DISTANCE":
                raise QueryRefused(f"{operator} is known to Essie but not evaluated by the replay")
            case _:
                raise QueryRefused(f"no viable alternative at input '{operator}'")

    def _argument(self) -> str:
        if self._next.kind is not _Kind.BRACKET:
            raise QueryRefused(f"missing '[' at '{self._next.text}'")
        return self._take().text.strip()

    def _source(self) -> Expression:
        if self._next == _OPEN:
            return self._group()
        if self._next.kind is _Kind.QUOTED:
            return Words(self._take().text, quoted=True)
        if self._next.kind is not _Kind.WORD:
            raise QueryRefused(f"no viable alternative at input '{self._next.text}'")
        run = [self._take().text]
        while self._next.kind is _Kind.WORD:
            run.append(self._take().text)
        return Words(" ".join(run))

    def _group(self) -> Expression:
        self._take()
        inner = self.any_of()
        if self._next != _CLOSE:
            raise QueryRefused(f"missing ')' at '{self._next.text}'")
        self._take()
        return inner


_Choice = TypeVar("_Choice", Expansion, Coverage)


def _choice(choices: type[_Choice], name: str) -> _Choice:
    try:
        return choices(name)
    except ValueError:
        raise QueryRefused(f"no viable alternative at input '{name}'") from None


def _range(argument: str) -> Range:
    low, comma, high = (part.strip() for part in argument.partition(","))
    if not comma or not low or not high:
        raise QueryRefused(f"mismatched input '{argument}' in RANGE")
    return Range(None if low == "MIN" else low, None if high == "MAX" else high)
