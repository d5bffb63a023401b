"""Text × rules → matches, each with its place in the raw text.

Text is normalised before rules read it: one spelling of dashes, signs, units and numbers, number words in digits, HTML
entities and markdown escapes undone, one blank between words. Every edit remembers where it stood, so that a match
found in the normalised text gives the exact quote of the raw text: `field[start:end] == quote`, always.

A rule is tried only in sentences that hold one of its `needs`; a cheap literal in front of a pattern is worth more than
a faster engine.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress
from operator import attrgetter

from msgspec import Struct

from ketalit.extract.asked import NOTES, Passage
from ketalit.extract.needs import ids_in, together, tried_rules, unfolded
from ketalit.extract.numbers import NUMBER_WORDS, digits
from ketalit.extract.rules import RULES, Family, Rule, holds, load
from ketalit.model.evidence import Span, TextUnit
from ketalit.vocabulary import SectionRole

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣-­"), "-")
SIGNS = {
    **DASHES,
    **dict.fromkeys(map(ord, "·⋅∙"), "."),
    **dict.fromkeys(map(ord, "’‘"), "'"),
    **dict.fromkeys(map(ord, "“”"), '"'),
    **dict.fromkeys(map(ord, "≥⩾"), ">="),
    **dict.fromkeys(map(ord, "≤⩽"), "<="),
    **dict.fromkeys(map(ord, "µμ"), "u"),
    ord("İ"): "I",
    ord("˚"): "",
    ord("×"): "x",
}

LOOKED_BACK_AT = 40
"""Characters in front of a sentence that a pattern may look back at; no rule looks further."""
UNIT_END = "\0"
"""Stands between the text units of a document while they are brought to one spelling: no pattern reaches across."""

Edit = tuple[int, int, str]
"""From, to, and what stands there instead."""


def by_place(edit: Edit) -> tuple[int, int]:
    """Order of edits: from left to right, the longer first."""
    return edit[0], -edit[1]


class Edits:
    """Where each rewritten piece of a text stood before."""

    __slots__ = ("new_ends", "new_starts", "old_ends", "old_starts")

    def __init__(self) -> None:
        self.new_starts: list[int] = []
        self.new_ends: list[int] = []
        self.old_starts: list[int] = []
        self.old_ends: list[int] = []

    def apply(self, text: str, edits: list[Edit]) -> str:
        """Rewrite the text from left to right, the longer edit first; one that overlaps an earlier one is left out."""
        if not edits:
            return text
        pieces: list[str] = []
        done = length = 0
        for start, end, new in sorted(edits, key=by_place):
            if start < done:
                continue
            pieces += (text[done:start], new)
            length += start - done
            self.new_starts.append(length)
            length += len(new)
            self.new_ends.append(length)
            self.old_starts.append(start)
            self.old_ends.append(end)
            done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def old_place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece stood that now stands from `start` to `end`; an edit at one of its ends belongs to it whole."""
        if not self.new_starts:
            return start, end
        first, last = bisect_right(self.new_starts, start) - 1, bisect_right(self.new_starts, end - 1) - 1
        if first >= 0:
            behind = start - self.new_ends[first]
            start = self.old_starts[first] if behind < 0 else self.old_ends[first] + behind
        if last >= 0:
            behind = end - self.new_ends[last]
            end = self.old_ends[last] + (behind if behind > 0 else 0)
        return start, end


@lru_cache(maxsize=4096)
def plain(characters: str) -> str:
    """A run of non-ASCII characters in the one spelling that rules know."""
    return unicodedata.normalize("NFKC", characters.translate(SIGNS)).translate(SIGNS)


def unescaped(found: re.Match[str]) -> str:
    """What an HTML entity stands for."""
    return plain(html.unescape(found[0] if found[0] != "%3C;" else "&lt;"))


CHARACTERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("&", re.compile(r"&(?:\#\d{1,6}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"), unescaped),
    ("%3C;", re.compile("%3C;"), unescaped),
    ("\\", re.compile(r"\\([\[\]<>=~*_#+.-])"), lambda found: found[1]),
)
NON_ASCII = re.compile(r"[^\x00-\x7f][^\x00-\x7f]*")  # not `+`, with which `re` would try every place
WHITE_SPACE = re.compile(r"\s{2,}|[\n\t\r\f\v]")

SPELLINGS: tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ((".",), re.compile(r"\.(?=\d)(?<![\w.)]\.)"), "0."),
    (("0. ",), re.compile(r"0\. (?=\d)(?<![\d.]0\. )"), "0."),
    ((",",), re.compile(r",(?=\d{3}(?!\d))(?<=\d,)"), ""),
    (("0,",), re.compile(r",(?=\d{1,3} ?-?mg)(?<=\b0,)"), "."),
    ((" 000",), re.compile(r" 000\b(?<=\d 000)"), "000"),
    ((" %",), re.compile(r" %"), "%"),
    (("percent", "per cent"), re.compile(r"[ -]?(?<![a-z])per ?cent\b"), "%"),
    (
        ("kg",),
        re.compile(
            r"mg(?:s? ?(?:/|\bper\b|x|\.) ?(?:kg|kilograms?)\b(?: of body ?weight| body ?weight)?"
            r"| ?[.*]? ?kg ?\(?-1\)?)"
        ),
        "mg/kg",
    ),
    (("kg/mg",), re.compile("kg/mg"), "mg/kg"),
    (("kilogram",), re.compile(r"(?:milligrams?|mg) per kilogram\b(?: of body ?weight)?"), "mg/kg"),
    (("milligram",), re.compile(r"milligrams?\b(?: \(mg\))?(?! per)"), "mg"),
    (("mcg", "microg"), re.compile(r"mcg\b|micrograms?\b"), "ug"),
    (("or =", "or="), re.compile(r"([<>]) or ?="), lambda found: found[1] + "="),
    (("  ", *"\n\t\r\f\v\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"), WHITE_SPACE, " "),
)
"""Literals that must stand in the text, what is rewritten, and how. Patterns begin with a letter or sign, for speed."""


def character_edits(text: str) -> list[Edit]:
    """Entities, escapes and signs beyond ASCII."""
    edits = [
        (found.start(), found.end(), new(found))
        for guard, pattern, new in CHARACTERS
        if guard in text
        for found in pattern.finditer(text)
    ]
    if not text.isascii():
        signs = [(found.start(), found.end(), plain(found[0]), found[0]) for found in NON_ASCII.finditer(text)]
        edits += [(start, end, new) for start, end, new, old in signs if new != old]
    return edits


def spelling_edits(lowered: str) -> list[Edit]:
    """Number words, numbers, units and white space in one spelling."""
    edits = [(found.start(), found.end() - 1, digits(found[1])) for found in NUMBER_WORDS.finditer(" " + lowered)]
    edits += [
        (found.start(), found.end(), new if isinstance(new, str) else new(found))
        for guards, pattern, new in SPELLINGS
        if holds(lowered, guards)
        for found in pattern.finditer(lowered)
    ]
    return edits


class Normalised:
    """A raw text as rules read it, with the way back."""

    __slots__ = ("signs", "spelling", "text")

    def __init__(self, raw: str) -> None:
        self.signs = Edits()
        signed = self.signs.apply(raw, character_edits(raw))
        self.spelling = Edits()
        self.text = self.spelling.apply(signed, spelling_edits(signed.lower()))

    def raw_place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the raw text a piece stands."""
        return self.signs.old_place(*self.spelling.old_place(start, end))


SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)(?P<line>)|[\"')\]]*+ (?=[\"'(\[]?[A-Z0-9])|(?<=[a-z)][.])(?P<run_on>(?=[A-Z][a-z])))"
)
"""The end of a sentence, with the blank behind it; `line` where a text ends, `run_on` where the blank is left out.

One first sign, for speed.
"""
ENDS_OF_LONG_ABBREVIATIONS = frozenset({"prox", "incl", "resp"})
"""The last four letters of those of more than three (approx)."""
ABBREVIATION = re.compile(
    r"(?:\b(?:vs|e\.?g|i\.?e|cf|fig|no|approx|ca|al|dr|st|incl|resp|sd|ed)|\b[a-z](?:\.[a-z])+|(?:^|[ (\n])[a-z])\.$",
    re.IGNORECASE,
)


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of normalised texts, each of which stands in a line."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        sign, end = found.span()
        kind = found.lastgroup
        if kind is None and is_abbreviated(text, sign):
            continue
        yield start, sign if kind == "line" else end
        start = end
    yield start, len(text)


def is_abbreviated(text: str, place: int) -> bool:
    """Whether an abbreviation stands in front of a point; most longer words are none, and need no closer look."""
    last_letters = text[place - 4 : place]
    if last_letters.isalpha() and last_letters.lower() not in ENDS_OF_LONG_ABBREVIATIONS:
        return False
    return ABBREVIATION.search(text, max(0, place - 8), place + 1) is not None


class Sentence(Struct, eq=False, gc=False):
    """One sentence of a document: its place in the normalised text and the role of its section."""

    number: int
    start: int
    end: int
    lower: str
    unit: TextUnit
    role: SectionRole
    tried: int
    """The rules that may match in it, as bits."""
    is_ascii: bool
    """Whether it is ASCII alone, with what a pattern may look back at."""
    own: bool = True
    """Whether it speaks of this study, not of earlier work (see `context`)."""


class Match(Struct, eq=False, gc=False):
    """A rule that fired: `start` and `end` are places in the document's normalised text."""

    document: Document
    rule: Rule
    sentence: Sentence
    found: re.Match[str]
    start: int
    end: int
    known_span: Span | None = None

    def __getitem__(self, group: str) -> str | None:
        """The text of a named group, None when it took no part."""
        return self.found[group]

    def groups(self) -> tuple[str | None, ...]:
        """The texts of all groups, None for those that took no part."""
        return self.found.groups()

    def number(self, group: str) -> float | None:
        """A named group as a number."""
        text = self.found[group]
        return None if text is None else float(text)

    def place(self, group: str) -> tuple[int, int]:
        """Start and end of a named group in the document."""
        return self.found.span(group)

    @property
    def text(self) -> str:
        """The matched text, normalised."""
        return self.found[0]

    @property
    def span(self) -> Span:
        """The place of the match in the raw text; several readings share it."""
        if self.known_span is None:
            self.known_span = self.document.span(self.start, self.end)
        return self.known_span

    def before(self, width: int) -> str:
        """Up to `width` characters of the sentence in front of the match, in lower case."""
        first, start = self.sentence.start, self.start
        return self.document.lower[start - width if start - width > first else first : start]

    def after(self, width: int) -> str:
        """Up to `width` characters of the sentence behind the match, in lower case."""
        last, end = self.sentence.end, self.end
        return self.document.lower[end : end + width if end + width < last else last]


by_start = attrgetter("start")
"""Order of matches: by place."""


def overlaps(match: Match, others: Iterable[Match]) -> bool:
    """Whether one of other matches stands in the same place."""
    for other in others:  # noqa: SIM110 - asked so often that a generator would cost more
        if other.start < match.end and match.start < other.end:
            return True
    return False


class Document:
    """The text units of one publication or registration, normalised once, scanned by each rule at most once."""

    def __init__(self, units: Sequence[TextUnit], mark_own: Callable[[Document], None] | None = None) -> None:
        """`mark_own` marks the sentences that do not speak of this study; without it all are taken to do so."""
        self.units = units
        raw = [unit.text.replace(UNIT_END, " ") for unit in units]
        self.raw_starts = [0, *accumulate(len(text) + 1 for text in raw)]
        self.normalised = Normalised(UNIT_END.join(raw))  # all at once: what is looked for in each costs more
        text = self.normalised.text
        self.unit_starts = [0, *(found.end() for found in re.finditer(UNIT_END, text))]
        self.text = text.replace(UNIT_END, "\n")
        self.lower = self.text.lower()
        self.is_ascii = self.text.isascii()
        self.sentences = self.split_sentences()
        self.sentence_places = [sentence.start for sentence in self.sentences]
        self.titles = [sentence for sentence in self.sentences if sentence.role is SectionRole.TITLE]
        if mark_own is not None:
            mark_own(self)
        self.own_sentences = [sentence for sentence in self.sentences if sentence.own]
        self.others = [sentence for sentence in self.sentences if not sentence.own]
        own_sets = [sentence.tried for sentence in self.own_sentences]
        own, rest = together(own_sets), together([sentence.tried for sentence in self.others])
        self.tried_in = unfolded(own_sets)
        """For each sentence of this study and each rule, whether it may match there."""
        self.tried = unfolded([own | rest])
        """For each rule, whether it may match anywhere."""
        self.matches: dict[str, tuple[Match, ...]] = {}
        self.own_matches: dict[str, tuple[Match, ...] | None] = dict.fromkeys(ids_in(own))
        """Those in sentences of this study, by rule that may match there; None as long as they were not looked for."""
        self.sentence_matches: dict[str, dict[int, list[Match]]] = {}
        """What is known of single sentences, by rule and by the number of the sentence."""
        notes = NOTES.get()
        if notes is not None:
            ends = [sentence.end for sentence in self.sentences]
            notes.passages[Passage(self.text, tuple(self.sentence_places), tuple(ends))] = None

    def split_sentences(self) -> list[Sentence]:
        """The sentences of every unit, in order."""
        sentences: list[Sentence] = []
        for number, (start, end) in enumerate(sentence_places(self.text) if self.units else ()):
            unit, lower = self.units[bisect_right(self.unit_starts, start) - 1], self.lower[start:end]
            is_ascii = self.is_ascii or self.text[max(0, start - LOOKED_BACK_AT) : end].isascii()
            sentences.append(Sentence(number, start, end, lower, unit, unit.role, tried_rules(lower), is_ascii))
        return sentences

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that covers a place."""
        return self.sentences[bisect_right(self.sentence_places, place) - 1]

    def span(self, start: int, end: int) -> Span:
        """The raw place of a piece of the normalised text; blanks at its ends do not count."""
        piece = self.text[start:end]
        if piece != piece.strip():
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        number = bisect_right(self.unit_starts, start) - 1
        unit, origin = self.units[number], self.raw_starts[number]
        before = unit.start
        first, last = self.normalised.raw_place(start, end)
        quote = unit.text[first - origin : last - origin]
        return Span(unit.source, unit.source_id, unit.field, before + first - origin, before + last - origin, quote)

    def own(self, rule_id: str) -> tuple[Match, ...]:
        """The matches of one rule in sentences that speak of this study, in order of place."""
        known = self.own_matches.get(rule_id, ())
        if known is None:
            known = self.own_matches[rule_id] = tuple(self.own_anywhere(RULES[rule_id]))
        return known

    def own_anywhere(self, rule: Rule) -> list[Match]:
        """The same, looked for; those that are known from single sentences are the same objects."""
        sentences = compress(self.own_sentences, self.tried_in[rule.number :: len(self.tried)])
        if rule.id in self.sentence_matches:
            return [match for sentence in sentences for match in self.own_in(sentence, rule.id)]
        return self.matches_in(sentences, rule)

    def find(self, rule_id: str) -> tuple[Match, ...]:
        """Every match of one rule, in order of place."""
        known = self.matches.get(rule_id)
        if known is None:
            own, rest = self.own(rule_id), self.of_others(rule_id)
            known = self.matches[rule_id] = tuple(sorted([*own, *rest], key=by_start)) if rest else own
        return known

    def of_others(self, rule_id: str) -> list[Match]:
        """The matches of one rule in sentences that do not speak of this study."""
        rule = load().get(rule_id)
        if rule is None:
            return []
        sentences = [sentence for sentence in self.others if sentence.tried >> rule.number & 1]
        return self.matches_in(sentences, rule) if sentences else []

    def titled(self, rule_id: str) -> Match | None:
        """The first match of a rule in the title."""
        if rule_id not in self.own_matches:
            return None
        for title in self.titles:
            found = self.own_in(title, rule_id)
            if found:
                return found[0]
        return None

    def own_in(self, sentence: Sentence, rule_id: str) -> Sequence[Match]:
        """The matches of a rule in one sentence of this study; the rest of the text is not looked at for them."""
        found = self.own_matches.get(rule_id, ())
        if found is not None:
            return [match for match in found if match.sentence is sentence] if found else ()
        rule = RULES[rule_id]
        if not (sentence.own and sentence.tried >> rule.number & 1):
            return ()
        known = self.sentence_matches.setdefault(rule_id, {})
        if sentence.number not in known:
            known[sentence.number] = self.matches_in((sentence,), rule)
        return known[sentence.number]

    def own_of(self, rules: Family) -> list[Match]:
        """The matches of several rules in sentences that speak of this study, in order of place."""
        return sorted([match for rule in self.tried_of(rules) for match in self.own(rule.id)], key=by_start)

    def all_of(self, rules: Family) -> list[Match]:
        """Every match of several rules, in order of place."""
        return sorted([match for rule in self.tried_of(rules) for match in self.find(rule.id)], key=by_start)

    def tried_of(self, rules: Family) -> Iterable[Rule]:
        """Of several rules those that may match anywhere, which are few of a large family."""
        return compress(rules.scanned, rules.places(self.tried))

    def is_tried(self, rule_id: str) -> bool:
        """Whether a rule may match anywhere, for those who go on to ask it in another way: noted (see `asked`)."""
        notes = NOTES.get()
        if notes is not None:
            notes.freely.add(rule_id)
        rule = load().get(rule_id)
        return rule is not None and self.tried[rule.number] == 1

    def forget(self) -> None:
        """Let go of the matches: they name the document and it names them, which only the garbage collector undoes."""
        self.matches.clear()
        self.own_matches.clear()
        self.sentence_matches.clear()

    def matches_in(self, sentences: Iterable[Sentence], rule: Rule) -> list[Match]:
        """The matches of a rule in some sentences, where they hold what the rule needs."""
        text = self.text if rule.cased else self.lower
        if rule.capitals and not holds(text, rule.capitals):
            return []
        literals, searches = rule.literals, rule.searches
        matches: list[Match] = []
        for sentence in sentences:
            if literals and not holds(sentence.lower, literals):
                continue
            search = searches[sentence.is_ascii]
            found = search(text, sentence.start, end := sentence.end)
            while found is not None:  # `finditer` would be shorter, but costs twice as much where nothing is found
                start, behind = found.span()
                matches.append(Match(self, rule, sentence, found, start, behind))
                found = search(text, behind, end)
        return matches
