"""Which records of a bulk file a search strategy finds: the services' search, done here.

The same lines of the same TOML are read as queries and looked up as the replay server does it, whose search follows the
two services. Most records of psychiatry's, let alone of all, are not on the topic, so their bytes are first looked
through for words without which a query cannot find a record; only what holds them is parsed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from ketalit.replay import Corpus, essie, pubmed_query
from ketalit.replay.essie import AllOf, AnyOf, Covering, Expanded, InArea, Words
from ketalit.replay.index import without_accents, words
from ketalit.replay.pubmed_fields import FIELD_NAMED, Match, narrower
from ketalit.replay.pubmed_query import Combination, Operator, Proximity, Term
from ketalit.replay.registry_search import Scope, names_of
from ketalit.strategy import SearchStrategy
from ketalit.vocabulary import Source

Needs = tuple[frozenset[str], ...]
"""Sets of words: a record that the query finds holds, of each set, some word (perhaps within a longer one)."""

_INLINE: Final = re.compile(rb"</?(?:i|b|u|sup|sub)\s*/?>")
"""Markup within words, such as (<i>S</i>)-ketamine; the search does not see it."""
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_SHORTEST: Final = 3
"""Letters of a word that is worth looking for."""


class Selector:
    """The search strategy for one source, as a predicate on records."""

    def __init__(self, source: Source, strategy: SearchStrategy) -> None:
        self._source = source
        text = strategy.query(source).text
        if source is Source.PUBMED:
            self._query = pubmed_query.parse(text).query
            self.needs = _of_query(self._query)
        else:
            self._expression = essie.parse(text)
            self.needs = _of_expression(self._expression)

    def find(self, records: Mapping[str, bytes]) -> frozenset[str]:
        """The ids of the records that the strategy finds."""
        likely = {source_id: body for source_id, body in records.items() if self._may_be_found(body)}
        if self._source is Source.PUBMED:
            return Corpus(likely, {}).library.search(self._query)
        return Corpus({}, likely).registry.search(self._expression, Scope(SEARCHED_AREA))

    def _may_be_found(self, body: bytes) -> bool:
        text = plain(body)
        return all(any(word in text for word in one_of) for one_of in self.needs)


SEARCHED_AREA: Final = "BasicSearch"
"""The fields in which the registry looks for a query.term without an area."""


def plain(body: bytes) -> str:
    """The bytes of a record as the search compares them: lower case, without accents, escapes and inline markup."""
    if b"<i" in body or b"<b" in body or b"<su" in body or b"<u>" in body:
        body = _INLINE.sub(b"", body)
    text = body.decode("utf-8", "replace")
    if "&" in text:
        text = html.unescape(text)
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return without_accents(text).casefold()


# ---- what a record must hold


def _of_query(query: pubmed_query.Query) -> Needs:
    match query:
        case Combination(operator=Operator.AND, parts=parts):
            return tuple(need for part in parts for need in _of_query(part))
        case Combination(operator=Operator.OR, parts=parts):
            return _either(_of_query(part) for part in parts)
        case Combination(parts=parts):  # NOT takes away from the first
            return _of_query(parts[0])
        case Term(text=text, field=field):
            return _of_term(text, field)
        case Proximity(text=text):
            return _longest(text)
        case _:
            return ()


def _of_term(text: str, field: str) -> Needs:
    match FIELD_NAMED[field].match:
        case Match.HEADING if not text.endswith("*"):
            return _either(_longest(heading) for heading in narrower(" ".join(words(text))))
        case Match.WORDS | Match.VALUE | Match.HEADING if field not in _MADE:
            return _longest(text)
        case _:
            return ()


_MADE: Final = frozenset({"Filter", "Language", "Secondary Source ID"})
"""Fields whose values do not stand in the record as they are searched for."""


def _of_expression(expression: essie.Expression) -> Needs:
    match expression:
        case AllOf(parts=parts):
            return tuple(need for part in parts for need in _of_expression(part))
        case AnyOf(parts=parts):
            return _either(_of_expression(part) for part in parts)
        case InArea(part=part) | Expanded(part=part) | Covering(part=part):
            return _of_expression(part) if not isinstance(expression, InArea) else ()
        case Words(text=text, quoted=quoted):
            return _of_words(text, quoted=quoted)
        case _:
            return ()


def _of_words(text: str, *, quoted: bool) -> Needs:
    """The words together may be any name of their concept; unless quoted they may stand apart, each by any of its."""
    together = _either(_longest(name) for name in names_of(text))
    if quoted or len(words(text)) < 2:
        return together
    apart = tuple(need for word in words(text) for need in _either(_longest(name) for name in names_of(word)))
    return _either([together, apart])


def _either(alternatives: Iterable[Needs]) -> Needs:
    """Of several queries one must find the record: it holds, of each, the words of some set."""
    joined: set[str] = set()
    for needs in alternatives:
        if not needs:
            return ()
        joined |= min(needs, key=len)
    return (frozenset(joined),)


def _longest(text: str) -> Needs:
    """The longest word of a phrase, which tells most; a plural in -s may stand as its singular."""
    word = max(words(text), key=len)
    word = word.removesuffix("s") if len(word) > _SHORTEST + 1 else word
    return (frozenset({word}),) if len(word) >= _SHORTEST else ()
