"""PubMed's query language: from text to a tree, and from a tree to the QueryTranslation that PubMed reports.

After the PubMed User Guide. Operators are upper case and are worked off from left to right, whatever they are;
parentheses nest; what stands side by side is joined with AND; a tag follows its term; words before one tag are a
phrase; a truncated word has four letters or more before its `*` and ends its phrase.

Known to PubMed and refused here: automatic term mapping of untagged words (they are looked up in all fields, without
synonyms and headings), `*` within a word, relative dates ("last 30 days"), `#1` of a search history, and any tag that
`pubmed_fields` does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from ketalit.replay.index import words
from ketalit.replay.pubmed_fields import ALL_FIELDS, FIELD_NAMED, FIELD_OF_TAG, FILTER, Match, SearchField
from ketalit.replay.refusal import QueryRefused

STOPWORDS = frozenset(
    """a about again all almost also although always among an and another any are as at be because been before being
    between both but by can could did do does done due during each either enough especially etc for found from further
    had has have having here how however i if in into is it its itself just kg km made mainly make may mg might ml mm
    most mostly must nearly neither no nor obtained of often on or our overall perhaps pmid quite rather really
    regarding seem seen several should show showed shown shows significantly since so some such than that the their
    theirs them then there therefore these they this those through thus to upon use used using various very was we were
    what when which while with within without would""".split()  # noqa: SIM905  a list of 132 literals is no easier to read
)
"""Words that PubMed drops from an untagged search; lower-case `and` and `or` are among them."""


class Operator(StrEnum):
    """How two sets of records are joined."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


class Term(Struct, frozen=True):
    """One word or phrase in one field; `text` is as written, without its quotation marks."""

    text: str
    field: str
    quoted: bool = False

    @property
    def truncated(self) -> bool:
        """Whether the last word may go on."""
        return self.text.endswith("*")


class Proximity(Struct, frozen=True):
    """Words in any order with at most `distance` other words among them."""

    text: str
    field: str
    distance: int


class DateRange(Struct, frozen=True):
    """From one day, month or year to another, both included, as written: YYYY, YYYY/MM or YYYY/MM/DD."""

    first: str
    last: str
    field: str


class IdRange(Struct, frozen=True):
    """From one PMID to another, both included."""

    first: int
    last: int


class Combination(Struct, frozen=True):
    """Two or more parts joined from left to right by one operator; NOT takes each later part away from the first."""

    operator: Operator
    parts: tuple[Query, ...]


Leaf = Term | Proximity | DateRange | IdRange
Query = Leaf | Combination


class ParsedQuery(Struct, frozen=True):
    """A query and the stop words that were dropped on the way to it."""

    query: Query
    ignored: tuple[str, ...] = ()


def parse(text: str, *, field: str = ALL_FIELDS.name) -> ParsedQuery:
    """Return the tree of a query; untagged terms are looked up in `field` (the official name of a field).

    Raises QueryRefused where the query is malformed or beyond what can be evaluated here.
    """
    parser = _Parser(list(_tokens(text)), field)
    query = parser.read_all()
    return ParsedQuery(query, tuple(parser.ignored))


def field_of(tag: str) -> SearchField:
    """Return the field that a tag selects; raises QueryRefused for a tag that is not known here."""
    name = " ".join(tag.casefold().split())
    if name not in FIELD_OF_TAG:
        raise QueryRefused(f"Field tag [{tag}] is not known to the replay.")
    return FIELD_OF_TAG[name]


def terms(query: Query) -> Iterator[Leaf]:
    """Yield the leaves of a query from left to right."""
    if isinstance(query, Combination):
        for part in query.parts:
            yield from terms(part)
    else:
        yield query


def translation(query: Query) -> str:
    """Return the query as PubMed reports to have understood it."""
    match query:
        case Combination(operator=operator, parts=parts):
            return f" {operator} ".join(_bracketed(part) for part in parts)
        case DateRange(first=first, last=last, field=field):
            return f"{first}:{last}[{field}]"
        case IdRange(first=first_id, last=last_id):
            return f"{first_id:08}:{last_id:08}[UID]"
        case Proximity(text=text, field=field, distance=distance):
            return f'"{text.casefold()}"[{field}:~{distance}]'
        case Term(text=text, field=field):
            return f'"{text.casefold()}"[{field}]'


def _bracketed(query: Query) -> str:
    return f"({translation(query)})" if isinstance(query, Combination) else translation(query)


class _Kind(StrEnum):
    WORD = "word"
    QUOTED = "quoted"
    TAG = "tag"
    SIGN = "sign"
    OPERATOR = "operator"


class _Token(Struct, frozen=True):
    kind: _Kind
    text: str


_TOKEN = re.compile(
    r"""
    \s*(?:
        "(?P<quoted>[^"]*)"               # "treatment-resistant depression"
      | \[\s*(?P<tag>[^\[\]]*?)\s*\]      # [tiab]  [mesh:noexp]  [tiab:~3]
      | (?P<sign>[():])                   # grouping, and the colon of a range
      | (?P<word>[^\s()\[\]":]+)          # ketamin*  2020/01/01  AND
    )\s*""",
    re.VERBOSE,
)
_OPERATORS = frozenset(Operator)
_OPEN, _CLOSE, _COLON = (_Token(_Kind.SIGN, sign) for sign in "():")


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    text = text.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise QueryRefused(f"A quotation mark or bracket has no partner in the query, from: {text[position:]}")
        kind = _Kind(found.lastgroup or "")
        value = found[kind]
        yield _Token(_Kind.OPERATOR if kind is _Kind.WORD and value in _OPERATORS else kind, value)
        position = found.end()


class _Parser:
    """Reads tokens from left to right; each method reads one thing and leaves the position after it."""

    def __init__(self, tokens: list[_Token], field: str) -> None:
        self._tokens = tokens
        self._position = 0
        self._field = field
        self.ignored: list[str] = []

    def read_all(self) -> Query:
        query = self._combination() if self._tokens else None
        if self._next is not None:
            raise QueryRefused("A closing parenthesis has no partner in the query.")
        if query is None:
            raise QueryRefused("The query holds no term to search for.")
        return query

    @property
    def _next(self) -> _Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _ahead(self, distance: int) -> _Token | None:
        position = self._position + distance
        return self._tokens[position] if position < len(self._tokens) else None

    def _take(self) -> _Token:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def _combination(self) -> Query | None:
        joined = self._operand()
        while self._next is not None and self._next != _CLOSE:
            operator = self._operator()
            right = self._operand()
            if joined is None and operator is Operator.NOT:
                raise QueryRefused("NOT has only stop words before it, so there is nothing to take away from.")
            joined = _join(joined, operator, right) if joined and right else joined or right
        return joined

    def _operator(self) -> Operator:
        if self._next and self._next.kind is _Kind.OPERATOR:
            return Operator(self._take().text)
        return Operator.AND

    def _operand(self) -> Query | None:
        """Return a term, a range or a group; None where only stop words stood."""
        token = self._next
        if token is None or token.kind is _Kind.OPERATOR or token == _CLOSE:
            raise QueryRefused(f"A term is missing before {token.text if token else 'the end of the query'}.")
        if token == _OPEN:
            return self._group()
        if token.kind is _Kind.TAG or token == _COLON:
            raise QueryRefused(f"Nothing stands before {token.text} in the query.")
        if self._starts_range():
            return self._range()
        if token.kind is _Kind.QUOTED:
            return self._tagged(self._take().text, quoted=True)
        return self._words()

    def _group(self) -> Query | None:
        self._take()
        inner = self._combination()
        if self._next != _CLOSE:
            raise QueryRefused("An opening parenthesis has no partner in the query.")
        self._take()
        if self._next and self._next.kind is _Kind.TAG:
            raise QueryRefused(f"A tag follows a term, not a parenthesis: [{self._next.text}]")
        return inner

    def _starts_range(self) -> bool:
        after = self._ahead(1)
        if after and after.kind is _Kind.TAG:
            after = self._ahead(2)
        return after == _COLON

    def _range(self) -> DateRange | IdRange:
        first = self._take().text
        if self._next != _COLON:
            self._take()
        self._take()
        if self._next is None or self._next.kind not in (_Kind.WORD, _Kind.QUOTED):
            raise QueryRefused(f"The range that begins with {first} has no end.")
        last = self._take().text
        tag = self._tag()
        field = field_of(tag) if tag else None
        if field is FIELD_NAMED["PMID"] and first.isdecimal() and last.isdecimal():
            return IdRange(int(first), int(last))
        if field is None or field.match is not Match.DATE:
            raise QueryRefused(f"A range is of dates or ids and ends with the tag of such a field, not [{tag}].")
        return DateRange(_date(first), _date(last), field.name)

    def _tag(self) -> str:
        return self._take().text if self._next and self._next.kind is _Kind.TAG else ""

    def _words(self) -> Query | None:
        run = [self._take().text]
        while self._next and self._next.kind is _Kind.WORD and not self._starts_range():
            run.append(self._take().text)
        if self._next and self._next.kind is _Kind.TAG:
            return self._tagged(" ".join(run), quoted=False)
        return self._untagged(run)

    def _untagged(self, run: list[str]) -> Query | None:
        joined: Query | None = None
        for word in run:
            if word.casefold() in STOPWORDS:
                self.ignored.append(word)
                continue
            term = self._term(word, FILTER.name if word.casefold() == "hasabstract" else self._field, quoted=False)
            joined = _join(joined, Operator.AND, term) if joined else term
        return joined

    def _tagged(self, text: str, *, quoted: bool) -> Query:
        if not (self._next and self._next.kind is _Kind.TAG):
            return self._term(text, self._field, quoted=quoted)
        tag = self._take().text
        name, is_proximity, distance = tag.partition(":~")
        if is_proximity:
            return _proximity(text, field_of(name), distance, quoted=quoted)
        return self._term(text, field_of(tag).name, quoted=quoted)

    def _term(self, text: str, field: str, *, quoted: bool) -> Term | DateRange:
        if FIELD_NAMED[field].match is Match.DATE:
            return DateRange(_date(text), _date(text), field)
        _check_words(text)
        _check_truncation(text)
        _check_known(text, FIELD_NAMED[field])
        return Term(" ".join(text.split()), field, quoted)


def _join(left: Query, operator: Operator, right: Query) -> Query:
    """Join from left to right; a run of one operator stays one flat combination, so long queries do not nest."""
    if isinstance(left, Combination) and left.operator is operator:
        return Combination(operator, (*left.parts, right))
    return Combination(operator, (left, right))


def _proximity(text: str, field: SearchField, distance: str, *, quoted: bool) -> Proximity:
    if field.name not in ("Title", "Title/Abstract") or not quoted or not distance.isdecimal():
        raise QueryRefused('Proximity is written "two words"[tiab:~N], in the title or in title and abstract.')
    if "*" in text or len(words(text)) < 2:
        raise QueryRefused(f"Proximity takes two or more whole words: {text}")
    return Proximity(text, field.name, int(distance))


def _check_words(text: str) -> None:
    if text.startswith("#"):
        raise QueryRefused(f"The search history is not held: {text}")
    if not words(text):
        raise QueryRefused(f"There is no word to search for in: {text or 'an empty pair of quotation marks'}")


def _check_truncation(text: str) -> None:
    if "*" not in text:
        return
    stem, _, after = text.partition("*")
    if after or not stem[-4:].isalnum() or len(words(stem)[-1]) < 4:
        raise QueryRefused(f"A truncated word has four letters or more before its * and ends the phrase: {text}")


def _check_known(text: str, field: SearchField) -> None:
    if field.known is not None and " ".join(words(text)) not in field.known:
        raise QueryRefused(f"A record does not tell whether it belongs to the filter: {text}")


_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")


def _date(text: str) -> str:
    """Return the date as PubMed writes it: YYYY, YYYY/MM or YYYY/MM/DD."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise QueryRefused(f"A date is written YYYY, YYYY/MM or YYYY/MM/DD: {text}")
    year, month, day = found.groups()
    return "/".join([year, *(part.zfill(2) for part in (month, day) if part)])
