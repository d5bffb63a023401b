"""Which records hold a word, a phrase, or words close together.

Both services compare words without regard to case and accents and read a hyphen as a space: `S-ketamine` is the two
words `s ketamine`, and a search for `ketamine` finds it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

_WORD = re.compile(r"[^\W_]+")

_ACCENT = re.compile("[\u0300-\u036f]+")
_TO_SPACE = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))

_BETWEEN_VALUES = " | "
"""Stands between two values of a field: it is no word, so no phrase reaches from one value into the next."""

_AFTER_ANY_LETTER = "\U0010ffff"


def words(text: str) -> list[str]:
    """Return the words of a text in order, lower case and without accents."""
    folded = without_accents(text).casefold()
    # Most texts are plain ASCII, and there a table is six times as fast as the pattern that says the same.
    return folded.translate(_TO_SPACE).split() if folded.isascii() else _WORD.findall(folded)


def without_accents(text: str) -> str:
    """Return the text with each letter in its plain form."""
    if text.isascii():
        return text
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text))


def whole_value(text: str) -> list[str]:
    """Return the text as one unbreakable word: for fields that match as a whole (headings, journals, languages)."""
    return [" ".join(words(text))]


class WordIndex:
    """The words of one search field of many records.

    Built in one pass over `(record id, values of the field)`; `split` cuts a value into words.
    """

    def __init__(self, records: Iterable[tuple[str, Iterable[str]]], split: Callable[[str], list[str]] = words) -> None:
        self._text: dict[str, str] = {}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for record_id, values in records:
            self._add(record_id, [split(value) for value in values])
        self._vocabulary = sorted(self._holders)

    def _add(self, record_id: str, values: list[list[str]]) -> None:
        self._text[record_id] = f" {_BETWEEN_VALUES.join(' '.join(value) for value in values)} "
        for word in set(chain.from_iterable(values)):
            self._holders[word].append(record_id)

    def phrase(self, sought: Sequence[str], *, truncated: bool = False) -> frozenset[str]:
        """Return the ids of the records that hold these words in a row; `truncated` lets the last word go on."""
        candidates = self._holding_all(sought[:-1], self._holding(sought[-1], truncated=truncated))
        if len(sought) == 1:
            return candidates
        needle = f" {' '.join(sought)}" + ("" if truncated else " ")
        return frozenset(record_id for record_id in candidates if needle in self._text[record_id])

    def near(self, sought: Sequence[str], distance: int) -> frozenset[str]:
        """Return the ids of the records that hold all words in any order with at most `distance` others among them."""
        candidates = self._holding_all(sought[:-1], self._holding(sought[-1]))
        return frozenset(
            record_id
            for record_id in candidates
            if _stand_together(self._text[record_id].split(), frozenset(sought), len(sought) + distance)
        )

    def _holding(self, word: str, *, truncated: bool = False) -> frozenset[str]:
        if not truncated:
            return frozenset(self._holders.get(word, ()))
        return frozenset(chain.from_iterable(self._holders[longer] for longer in self._beginning_with(word)))

    def _beginning_with(self, stem: str) -> list[str]:
        first, end = bisect_left(self._vocabulary, stem), bisect_left(self._vocabulary, stem + _AFTER_ANY_LETTER)
        return self._vocabulary[first:end]

    def _holding_all(self, sought: Sequence[str], candidates: frozenset[str]) -> frozenset[str]:
        for word in sought:
            candidates &= self._holding(word)
        return candidates


def _stand_together(text: Sequence[str], sought: frozenset[str], window: int) -> bool:
    """Tell whether some `window` words in a row, within one value, hold every word that is sought."""
    last_seen: dict[str, int] = {}
    for position, word in enumerate(text):
        if word == _BETWEEN_VALUES.strip():
            last_seen.clear()
        elif word in sought:
            last_seen[word] = position
            if len(last_seen) == len(sought) and position - min(last_seen.values()) < window:
                return True
    return False
