"""Texts that a rule matches, made by walking its pattern at random: every branch comes up, also those of no example.

What looks around is passed over while a text grows; the pattern itself then says which of the texts it matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from ketalit.extract.patterns import OP, PARSER
from ketalit.extract.rules import Rule
from ketalit.extract.scan import Normalised

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALPHABET = LETTERS + "0123456789 -.,;()"
MOST_REPEATS = 3
"""How much longer than its shortest form a repeated part becomes."""
SURROUNDINGS = (("", ""), ("x ", " y"), ("", " y"), ("x ", ""))


def members(rule: Rule, number: int) -> Iterator[str]:
    """Up to `number` texts in which a rule matches, as it reads them; the same ones in each run."""
    tree = PARSER.parse(rule.pattern, re.VERBOSE | re.ASCII)
    random = Random(rule.id)  # noqa: S311 - the same texts in each run, nothing secret
    for _ in range(number):
        grown = _grown(tree, random, {})
        texts = (Normalised(before + grown + behind).text for before, behind in SURROUNDINGS)
        as_read = texts if rule.cased else map(str.lower, texts)
        yield from filter(None, [next(filter(rule.regex.search, as_read), None)])


def _grown(tree: Any, random: Random, groups: dict[int, str]) -> str:
    """A text for a piece of a pattern; `groups` are those that stand so far."""
    return "".join(_grown_of(op, value, random, groups) for op, value in tree)


def _grown_of(op: Any, value: Any, random: Random, groups: dict[int, str]) -> str:
    if op is OP.LITERAL:
        return chr(value)
    if op in (OP.NOT_LITERAL, OP.ANY):
        return random.choice([sign for sign in ALPHABET if op is OP.ANY or ord(sign) != value])
    if op is OP.IN:
        return random.choice(_signs(value))
    if op is OP.BRANCH:
        return _grown(random.choice(value[1]), random, groups)
    if op is OP.SUBPATTERN:
        groups[value[0]] = _grown(value[3], random, groups)
        return groups[value[0]]
    if op is OP.ATOMIC_GROUP:
        return _grown(value, random, groups)
    if op in (OP.MAX_REPEAT, OP.MIN_REPEAT, OP.POSSESSIVE_REPEAT):
        least, most, repeated = value
        times = random.randint(least, min(int(most), least + MOST_REPEATS))
        return "".join(_grown(repeated, random, groups) for _ in range(times))
    if op is OP.GROUPREF:
        return groups.get(value, "")
    if op in (OP.AT, OP.ASSERT, OP.ASSERT_NOT):
        return ""
    raise ValueError(f"A pattern has {op}, of which no text is made here.")


def _signs(items: Any) -> list[str]:
    """The signs of a set: those of the alphabet, and what it names besides."""
    among = re.compile(_written(items), re.ASCII)
    ends = [value if op is OP.RANGE else (value,) for op, value in items if op in (OP.LITERAL, OP.RANGE)]
    named = [chr(place) for pair in ends for place in pair]
    return [sign for sign in (*ALPHABET, *named) if among.fullmatch(sign)]


def _written(items: Any) -> str:
    """A set of signs as a pattern."""
    forms = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
    parts = []
    for op, value in items:
        if op is OP.NEGATE:
            parts.append("^")
        elif op is OP.CATEGORY:
            parts.append(forms[str(value).removeprefix("CATEGORY_")])
        else:
            first, last = (value, value) if op is OP.LITERAL else value
            parts.append(f"\\x{first:02x}-\\x{last:02x}" if last < 256 else chr(first))
    return f"[{''.join(parts)}]"
