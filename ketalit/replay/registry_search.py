"""Searching a collection of registry studies as ClinicalTrials.gov would, without network or server.

The service widens terms by the concepts of the UMLS. Here the few of SYNONYMS stand for them, and plurals in -s are
folded; what the service finds through any other concept is not found here. Nothing is ranked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from typing import Any

import msgspec
from msgspec import Struct

from ketalit.replay.essie import (
    AllOf,
    AnyOf,
    Coverage,
    Covering,
    Everything,
    Expanded,
    Expansion,
    Expression,
    InArea,
    Missing,
    Not,
    Range,
    Words,
)
from ketalit.replay.index import WordIndex, words
from ketalit.replay.refusal import QueryRefused
from ketalit.replay.study_fields import AREAS, PIECES, FieldType, Piece, values_at
from ketalit.replay.study_values import ORDERED, covers, equal_to, within

SYNONYMS = (
    ("ketamine", "ketamine hydrochloride", "ketalar"),
    ("esketamine", "s ketamine", "spravato", "jnj 54135419", "jnj54135419"),
    ("arketamine", "r ketamine", "pcn 101", "pcn101"),
    ("depression", "depressive disorder"),
    ("major depressive disorder", "major depression", "mdd"),
    ("treatment resistant depression", "trd"),
    ("suicidal ideation", "suicidal thoughts"),
    ("bipolar disorder", "manic depressive illness"),
)
"""Names of one concept, as its words joined with spaces."""


def singulars(text: str) -> list[str]:
    """Return the words of a text, a plural in -s as its singular."""
    return [_singular(word) for word in words(text)]


@cache
def _singular(word: str) -> str:
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


_CONCEPT = {tuple(singulars(name)): tuple(singulars(other) for other in names) for names in SYNONYMS for name in names}


class Scope(Struct, frozen=True):
    """Where and how terms are looked for."""

    area: str
    expansion: Expansion = Expansion.RELAXATION
    coverage: Coverage = Coverage.CONTAINS


class Registry:
    """Studies, searchable by Essie expressions. Areas are indexed when they are first asked for."""

    def __init__(self, studies: Iterable[tuple[str, bytes]]) -> None:
        self._studies = {nct_id: _searchable(body) for nct_id, body in studies}
        self._indexes: dict[str, WordIndex] = {}
        self.nct_ids = frozenset(self._studies)
        self.aliases = {
            alias: nct_id for nct_id, values in self._studies.items() for alias in values.get("NCTIdAlias", ())
        }

    def values(self, nct_id: str, piece: str) -> tuple[Any, ...]:
        """Return the values of one field of a study."""
        return self._studies[nct_id].get(piece, ())

    def search(self, expression: Expression, scope: Scope) -> frozenset[str]:
        """Return the NCT ids of the studies that an expression finds.

        Raises QueryRefused, in the service's words where they are known, for an area or value that does not exist.
        """
        match expression:
            case AllOf(parts=parts):
                return reduce(frozenset.intersection, (self.search(part, scope) for part in parts))
            case AnyOf(parts=parts):
                return reduce(frozenset.union, (self.search(part, scope) for part in parts))
            case Not(part=part):
                return self.nct_ids - self.search(part, scope)
            case InArea(area=area, part=part):
                return self.search(part, msgspec.structs.replace(scope, area=_known_area(area)))
            case Expanded(expansion=expansion, part=part):
                return self.search(part, msgspec.structs.replace(scope, expansion=expansion))
            case Covering(coverage=coverage, part=part):
                return self.search(part, msgspec.structs.replace(scope, coverage=coverage))
            case _:
                return self._source(expression, scope)

    def _source(self, expression: Expression, scope: Scope) -> frozenset[str]:
        match expression:
            case Everything():
                return self.nct_ids
            case Missing():
                return self._where(scope.area, lambda values: not values)
            case Range():
                return self._where(scope.area, within(expression, _single_piece(scope.area)))
            case Words():
                return self._term(expression, scope)
        raise TypeError(f"No such expression: {expression}")

    def _term(self, term: Words, scope: Scope) -> frozenset[str]:
        piece = PIECES.get(scope.area)
        if piece is not None and piece.type is not FieldType.TEXT:
            return self._where(scope.area, equal_to(term.text, piece))
        if not words(term.text):
            raise QueryRefused(f"no viable alternative at input '{term.text}'")
        if scope.coverage is not Coverage.CONTAINS:
            return self._covering(term.text, scope)
        return self._containing(term, scope)

    def _containing(self, term: Words, scope: Scope) -> frozenset[str]:
        index, sought = self._index(scope.area), singulars(term.text)
        match scope.expansion:
            case Expansion.NONE:
                return self._verbatim(term.text, index.phrase(sought), scope.area)
            case Expansion.TERM:
                return index.phrase(sought)
            case Expansion.RELAXATION if not term.quoted:
                apart = reduce(frozenset.intersection, (_concept(index, [word]) for word in sought))
                return apart | _concept(index, sought)
            case Expansion.LOSSY if not term.quoted:
                return frozenset().union(*(_concept(index, [word]) for word in sought))
            case _:
                return _concept(index, sought)

    def _verbatim(self, text: str, candidates: frozenset[str], area: str) -> frozenset[str]:
        """Case and accents count; runs of white space do not."""
        needle = re.compile(rf"(?<!\w){re.escape(' '.join(text.split()))}(?!\w)")
        return frozenset(
            nct_id
            for nct_id in candidates
            if any(needle.search(" ".join(str(value).split())) for value in self._area_values(nct_id, area))
        )

    def _covering(self, text: str, scope: Scope) -> frozenset[str]:
        if scope.expansion is Expansion.LOSSY:
            raise QueryRefused("EXPANSION[Lossy] cannot be used with a COVERAGE operator")
        sought = tuple(singulars(text))
        is_term_only = scope.expansion in (Expansion.NONE, Expansion.TERM)
        names = (list(sought),) if is_term_only else _CONCEPT.get(sought, (list(sought),))
        return self._where(
            scope.area,
            lambda values: any(
                covers(singulars(str(value)), name, scope.coverage) for value in values for name in names
            ),
        )

    def _where(self, area: str, holds: Callable[[Sequence[Any]], bool]) -> frozenset[str]:
        return frozenset(nct_id for nct_id in self._studies if holds(self._area_values(nct_id, area)))

    def _area_values(self, nct_id: str, area: str) -> list[Any]:
        study = self._studies[nct_id]
        return [value for piece in AREAS.get(area, (area,)) for value in study.get(piece, ())]

    def _index(self, area: str) -> WordIndex:
        if area not in self._indexes:
            records = ((nct_id, map(str, self._area_values(nct_id, area))) for nct_id in self._studies)
            self._indexes[area] = WordIndex(records, singulars)
        return self._indexes[area]


def _searchable(body: bytes) -> dict[str, tuple[Any, ...]]:
    study = msgspec.json.decode(body)
    found = {name: values_at(study, piece.path) for name, piece in PIECES.items()}
    return {name: values for name, values in found.items() if values}


def _known_area(name: str) -> str:
    if name in AREAS or name in PIECES:
        return name
    for piece_name, piece in PIECES.items():
        if piece.path == name:
            return piece_name
    raise QueryRefused(f"Unknown area name: `{name}`")


def _single_piece(area: str) -> Piece:
    piece = PIECES.get(area)
    if piece is None or piece.type not in ORDERED:
        raise QueryRefused(f"RANGE is of numbers, dates and ages, which {area} is not")
    return piece


def names_of(text: str) -> tuple[str, ...]:
    """Return the names of the concept that a text names, its words joined with spaces, plurals in -s as singulars."""
    sought = singulars(text)
    return tuple(" ".join(name) for name in _CONCEPT.get(tuple(sought), (sought,)))


def _concept(index: WordIndex, sought: list[str]) -> frozenset[str]:
    names = _CONCEPT.get(tuple(sought), (sought,))
    return frozenset().union(*(index.phrase(name) for name in names))
