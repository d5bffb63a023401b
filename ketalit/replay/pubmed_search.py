"""Searching a collection of publications as PubMed would, without network or server.

A phrase that PubMed's phrase index lacks is broken up there and finds more than it says. That index is drawn from all
of PubMed and not known here: a phrase that stands in none of these publications finds nothing, and is reported.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from functools import reduce

from ketalit.replay.index import WordIndex, whole_value, words
from ketalit.replay.pubmed_fields import FIELD_NAMED, Article, Match, narrower
from ketalit.replay.pubmed_query import Combination, DateRange, IdRange, Leaf, Operator, Proximity, Query, Term, terms


class Library:
    """Publications, searchable by PubMed queries.

    Fields are indexed when they are first asked for, each in one pass. What was found for a term is kept, since a
    client that slices by date asks for the same terms again and again.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.publication.pmid: article for article in articles}
        self._indexes: dict[str, WordIndex] = {}
        self._found: dict[Query, frozenset[str]] = {}

    @property
    def pmids(self) -> frozenset[str]:
        """The ids of all publications."""
        return frozenset(self._articles)

    def search(self, query: Query) -> frozenset[str]:
        """Return the PMIDs of the publications that a query finds."""
        if isinstance(query, Combination):
            return reduce(_JOINED[query.operator], (self.search(part) for part in query.parts))
        if query not in self._found:
            self._found[query] = self._look_up(query)
        return self._found[query]

    def unmatched(self, query: Query) -> tuple[Term, ...]:
        """Return the terms of a query that stand in no publication as written: PubMed warns of each."""
        return tuple(term for term in terms(query) if isinstance(term, Term) and not self._as_written(term))

    def published(self, pmid: str) -> str:
        """Return the first day on which a publication may have been published; empty when none is known."""
        return self._articles[pmid].publication.published.earliest or ""

    def _look_up(self, query: Leaf) -> frozenset[str]:
        match query:
            case DateRange():
                return self._between(query)
            case IdRange(first=first, last=last):
                return frozenset(pmid for pmid in self._articles if first <= int(pmid) <= last)
            case Proximity(text=text, field=field, distance=distance):
                return self._index(field).near(words(text), distance)
            case Term():
                return self._as_written(query)

    def _as_written(self, term: Term) -> frozenset[str]:
        index = self._index(term.field)
        match FIELD_NAMED[term.field].match:
            case Match.WORDS:
                return index.phrase(words(term.text), truncated=term.truncated)
            case Match.HEADING if not term.truncated:
                return frozenset().union(*(index.phrase([heading]) for heading in narrower(*whole_value(term.text))))
            case Match.AUTHOR:
                return _by_author(index, *whole_value(term.text))
            case _:
                return index.phrase(whole_value(term.text), truncated=term.truncated)

    def _between(self, dates: DateRange) -> frozenset[str]:
        # ISO dates compare as text; a year alone spans 00 to 99, so no month has to be counted out.
        first, last = dates.first.replace("/", "-"), dates.last.replace("/", "-") + "-99"
        values = FIELD_NAMED[dates.field].values
        return frozenset(
            pmid for pmid, article in self._articles.items() if any(first <= day <= last for day in values(article))
        )

    def _index(self, name: str) -> WordIndex:
        if name not in self._indexes:
            field = FIELD_NAMED[name]
            records = ((pmid, field.values(article)) for pmid, article in self._articles.items())
            self._indexes[name] = WordIndex(records, words if field.match is Match.WORDS else whole_value)
        return self._indexes[name]


_JOINED: dict[Operator, Callable[[frozenset[str], frozenset[str]], frozenset[str]]] = {
    Operator.AND: operator.and_,
    Operator.OR: operator.or_,
    Operator.NOT: operator.sub,
}


def _by_author(index: WordIndex, name: str) -> frozenset[str]:
    """`smith` finds every Smith, `smith j` also Smith JA; `smithson` is found by neither."""
    if " " in name:
        return index.phrase([name], truncated=True)
    return index.phrase([name]) | index.phrase([f"{name} "], truncated=True)
