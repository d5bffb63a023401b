"""Records as they are compared: what each comparison asks of one, worked out once and not for every pair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from math import fsum, log, sqrt
from operator import attrgetter
from typing import Final, NamedTuple

from ketalit.candidates.profile import Person, Profile
from ketalit.model.evidence import Span

_NUMBERED: Final = re.compile(r"([A-Za-z]{4,})[- ]?(?:[0-9]{1,2}|I{1,3})")

MOST_SHARING: Final = 60
"""Records behind one key; a key that more share tells too little to compare them all."""
TELLING_WORDS: Final = 24
"""Words of a publication by which records are looked up: the rarest of those that stand in some record."""

Age = tuple[str, int, str]


class Rarity:
    """How telling words, names and people are among the records at hand."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        held = Counter(word for profile in profiles for word in {*profile.words, *profile.title_words})
        self.words = {word: log(len(profiles) / n) for word, n in held.items()}
        """A word that stands in n of N records weighs ln(N / n)."""
        self.rank = {word: place for place, word in enumerate(sorted(held, key=lambda word: (held[word], word)))}
        """The rarest word first."""
        self.names = Counter(name for profile in profiles for name in {folded(span.quote) for span in profile.names})
        self.people = Counter(key for profile in profiles for key in {person.key for person in profile.people})
        self._squares = {word: weight * weight for word, weight in self.words.items()}

    def sum_of(self, words: Iterable[str]) -> float:
        """The weights of some words together, whatever their order."""
        weights = self.words
        return fsum([weights[word] for word in words])

    def sum_of_squares(self, words: Iterable[str]) -> float:
        """The squares of their weights together."""
        squares = self._squares
        return fsum([squares[word] for word in words])

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """The most telling of some words, in a fixed order."""
        return sorted(words, key=self.rank.__getitem__)[:most]


class Text(NamedTuple):
    """The words of a title or text, and their length as a vector, each word weighted by its rarity."""

    words: Collection[str]
    length: float


class Compared:
    """A profile with its words weighed, its names folded, its people by key and its place in time."""

    __slots__ = ("age", "names", "people", "printed", "profile", "series", "source_id", "text", "title")

    def __init__(self, profile: Profile, rarity: Rarity) -> None:
        self.profile = profile
        self.source_id = profile.source_id
        self.age = _age(profile)
        """Orders records by their publication, and those of one day by their ids."""
        self.title = Text(profile.title_words, sqrt(rarity.sum_of_squares(profile.title_words)))
        self.text = Text(profile.words, sqrt(rarity.sum_of_squares(profile.words)))
        self.people: dict[str, Person] = {person.key: person for person in profile.people}
        self.names = _folded(profile.names)
        self.printed = dict(_folded(profile.printed))
        self.series = {name: span for span in profile.names if (name := _series(span.quote))}

    def for_looking_up(self) -> Compared:
        """The same with its words as sets, which are quick to ask and would be large to keep for all records."""
        asked = copy(self)
        asked.title = self.title._replace(words=frozenset(self.title.words))
        asked.text = self.text._replace(words=frozenset(self.text.words))
        return asked

    @property
    def all_words(self) -> set[str]:
        """Those of title and text."""
        return {*self.text.words, *self.title.words}

    @property
    def telling_keys(self) -> list[str]:
        """What few others have: names, people, the number of people given a drug."""
        names = [f"name {name}" for name in sorted({name for name, _ in self.names})]
        people = [f"person {key}" for key in sorted(self.people)]
        of_drugs = [f"size {n.value} {drug.value}" for n in self.profile.sizes for drug in self.profile.drugs]
        return names + people + of_drugs


def _age(profile: Profile) -> Age:
    published = profile.published.latest if profile.published else None
    return published or "9999", len(profile.source_id), profile.source_id


def _folded(names: Sequence[Span]) -> tuple[tuple[str, Span], ...]:
    return tuple((folded(span.quote), span) for span in names)


def folded(name: str) -> str:
    """A name in capitals without hyphens and blanks: SUSTAIN 1 and SUSTAIN-1 are one."""
    return "".join(character for character in name.upper() if character.isalnum())


def _series(name: str) -> str:
    """The name of a series of trials: what stands in front of the number; empty where there is none."""
    found = _NUMBERED.fullmatch(name)
    return found[1].upper() if found else ""


class Shelf:
    """The records of one source in order of age, found by what they share with another."""

    def __init__(self, records: Iterable[Compared], rarity: Rarity) -> None:
        self._rarity = rarity
        self._records = sorted(records, key=attrgetter("age"))
        self._ages = [record.age for record in self._records]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(self._records):
            for word in record.all_words:
                places[f"word {word}"].append(place)
            for key in record.telling_keys:
                places[key].append(place)
        self._places = {key: held for key, held in places.items() if len(held) <= MOST_SHARING}

    def sharing(self, report: Compared, *, older: bool) -> list[Compared]:
        """The records that share something telling with a publication, by id; with `older` those published before."""
        words = [word for word in report.all_words if f"word {word}" in self._places]
        keys = [f"word {word}" for word in self._rarity.rarest(words, TELLING_WORDS)] + report.telling_keys
        end = bisect_left(self._ages, report.age) if older else len(self._ages)
        found: set[int] = set()
        for held in [self._places[key] for key in keys if key in self._places]:
            found.update(held[: bisect_left(held, end)])
        return sorted([self._records[place] for place in found], key=attrgetter("source_id"))
