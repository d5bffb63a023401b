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
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, reduce
from itertools import compress
from operator import attrgetter, or_

from ketalit.extract.asked import NOTES, Passage
from ketalit.extract.needs import named_by, tried_rules, unfolded, width
from ketalit.extract.numbers import NUMBER_WORDS, digits
from ketalit.extract.rules import Rule, holds
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

    def old_start(self, place: int) -> int:
        """The old place of the character that now stands at `place`."""
        if not self.new_starts:
            return place
        last = bisect_right(self.new_starts, place) - 1
        if last < 0:
            return place
        if place < self.new_ends[last]:
            return self.old_starts[last]
        return self.old_ends[last] + place - self.new_ends[last]

    def old_end(self, place: int) -> int:
        """The old place behind the character that now ends at `place`."""
        if not self.new_starts:
            return place
        last = bisect_right(self.new_starts, place - 1) - 1
        if last < 0:
            return place
        if place <= self.new_ends[last]:
            return self.old_ends[last]
        return self.old_ends[last] + place - self.new_ends[last]


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
NON_ASCII = re.compile(r"[^\x00-\x7f]+")
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
            r"mgs? ?(?:/|\bper\b|x|\.) ?(?:kg|kilograms?)\b(?: of body ?weight| body ?weight)?"
            r"|mg ?[.*]? ?kg ?\(?-1\)?|kg/mg"
        ),
        "mg/kg",
    ),
    (("kilogram",), re.compile(r"(?:milligrams?|mg) per kilogram\b(?: of body ?weight)?"), "mg/kg"),
    (("milligram",), re.compile(r"milligrams?\b(?: \(mg\))?(?! per)"), "mg"),
    (("mcg", "microg"), re.compile(r"mcg\b|micrograms?\b"), "ug"),
    (("or =", "or="), re.compile(r"([<>]) or ?="), lambda found: found[1] + "="),
    (("  ", "\n", "\t", "\r", "\f", "\v"), WHITE_SPACE, " "),
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

    def raw_start(self, place: int) -> int:
        """Where in the raw text the character at `place` stands."""
        return self.signs.old_start(self.spelling.old_start(place))

    def raw_end(self, place: int) -> int:
        """Where in the raw text a piece that ends at `place` ends."""
        return self.signs.old_end(self.spelling.old_end(place))


SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)|[\"')\]]*+ (?=[\"'(\[]?[A-Z0-9])|(?<=[a-z)][.])(?P<run_on>(?=[A-Z][a-z])))"
)
"""The end of a sentence, with the blank behind it; `run_on` where the blank is left out. One first sign, for speed."""
ABBREVIATION = re.compile(
    r"(?:\b(?:vs|e\.?g|i\.?e|cf|fig|no|approx|ca|al|dr|st|incl|resp|sd|ed)|\b[a-z](?:\.[a-z])+|(?:^|[ (])[a-z])\.$",
    re.IGNORECASE,
)
LONG_WORD = 7
"""Letters of a word that is no abbreviation."""


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a normalised text begin."""
    return [
        0,
        *(
            found.end()
            for found in SENTENCE_END.finditer(text)
            if found["run_on"] is not None or not is_abbreviated(text, found.start())
        ),
    ]


def is_abbreviated(text: str, place: int) -> bool:
    """Whether an abbreviation stands in front of a point; a long word is none, and needs no closer look."""
    if place >= LONG_WORD and text[place - LONG_WORD : place].isalpha():
        return False
    return ABBREVIATION.search(text, max(0, place - 8), place + 1) is not None


class Sentence:
    """One sentence of a document: its place in the normalised text and the role of its section."""

    __slots__ = ("end", "lower", "number", "own", "role", "start", "tried")

    def __init__(self, number: int, start: int, end: int, lower: str, role: SectionRole) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.lower = lower
        self.role = role
        self.tried = tried_rules(lower)
        """The rules that may match in it, as bits."""
        self.own = True
        """Whether it speaks of this study, not of earlier work (see `context`)."""


class Match:
    """A rule that fired: `start` and `end` are places in the document's normalised text."""

    __slots__ = ("_found", "_span", "document", "end", "rule", "sentence", "start")

    def __init__(self, document: Document, rule: Rule, sentence: Sentence, found: re.Match[str]) -> None:
        self.document = document
        self.rule = rule
        self.sentence = sentence
        self._found = found
        self._span: Span | None = None
        self.start, self.end = found.span()

    def __getitem__(self, group: str) -> str | None:
        """The text of a named group, None when it took no part."""
        return self._found[group]

    def groups(self) -> tuple[str | None, ...]:
        """The texts of all groups, None for those that took no part."""
        return self._found.groups()

    def number(self, group: str) -> float | None:
        """A named group as a number."""
        text = self._found[group]
        return None if text is None else float(text)

    def place(self, group: str) -> tuple[int, int]:
        """Start and end of a named group in the document."""
        return self._found.span(group)

    @property
    def text(self) -> str:
        """The matched text, normalised."""
        return self._found[0]

    @property
    def span(self) -> Span:
        """The place of the match in the raw text; several readings share it."""
        if self._span is None:
            self._span = self.document.span(self.start, self.end)
        return self._span

    def before(self, width: int) -> str:
        """Up to `width` characters of the sentence in front of the match, in lower case."""
        return self.document.lower[max(self.sentence.start, self.start - width) : self.start]

    def after(self, width: int) -> str:
        """Up to `width` characters of the sentence behind the match, in lower case."""
        return self.document.lower[self.end : min(self.sentence.end, self.end + width)]


by_start = attrgetter("start")
"""Order of matches: by place."""


class Document:
    """The text units of one publication or registration, normalised once, scanned by each rule at most once."""

    def __init__(self, units: Sequence[TextUnit]) -> None:
        self.units = units
        self.parts = [Normalised(unit.text) for unit in units]
        self.part_starts: list[int] = []
        length = 0
        for part in self.parts:
            self.part_starts.append(length)
            length += len(part.text) + 1
        self.text = "\n".join(part.text for part in self.parts)
        self.lower = self.text.lower()
        self.is_ascii = self.text.isascii()
        self.sentences = self.split_sentences()
        self.sentence_places = [sentence.start for sentence in self.sentences]
        self.titles = [sentence for sentence in self.sentences if sentence.role is SectionRole.TITLE]
        self.tried = named_by(reduce(or_, [sentence.tried for sentence in self.sentences], 0))
        """The rules that may match in one of the sentences, by id."""
        self.tried_in = unfolded([sentence.tried for sentence in self.sentences])
        """For each sentence and rule, whether it may match there."""
        self.matches: dict[str, tuple[Match, ...]] = {}
        self.own_matches: dict[str, tuple[Match, ...]] = {}
        self.sentence_matches: dict[str, dict[int, list[Match]]] = {}
        """What is known of single sentences, by rule and by the number of the sentence."""
        notes = NOTES.get()
        if notes is not None:
            ends = [sentence.end for sentence in self.sentences]
            notes.passages[Passage(self.text, tuple(self.sentence_places), tuple(ends))] = None

    def split_sentences(self) -> list[Sentence]:
        """The sentences of every unit, in order."""
        sentences: list[Sentence] = []
        for unit, part, origin in zip(self.units, self.parts, self.part_starts, strict=True):
            starts = sentence_starts(part.text)
            for start, end in zip(starts, [*starts[1:], len(part.text)], strict=True):
                lower = self.lower[origin + start : origin + end]
                sentences.append(Sentence(len(sentences), origin + start, origin + end, lower, unit.role))
        return sentences

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that covers a place."""
        return self.sentences[bisect_right(self.sentence_places, place) - 1]

    def unit_of(self, sentence: Sentence) -> TextUnit:
        """The text unit that a sentence stands in."""
        return self.units[bisect_right(self.part_starts, sentence.start) - 1]

    def span(self, start: int, end: int) -> Span:
        """The raw place of a piece of the normalised text; blanks at its ends do not count."""
        piece = self.text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        number = bisect_right(self.part_starts, start) - 1
        unit, part, origin = self.units[number], self.parts[number], self.part_starts[number]
        first, last = part.raw_start(start - origin), part.raw_end(end - origin)
        return Span(
            unit.source, unit.source_id, unit.field, unit.start + first, unit.start + last, unit.text[first:last]
        )

    def own(self, rule_id: str) -> tuple[Match, ...]:
        """The matches of one rule in sentences that speak of this study, in order of place."""
        known = self.own_matches.get(rule_id)
        if known is None:
            rule = self.tried.get(rule_id)
            known = self.own_matches[rule_id] = tuple(self.own_anywhere(rule)) if rule else ()
        return known

    def own_anywhere(self, rule: Rule) -> list[Match]:
        """The same, looked for; those that are known from single sentences are the same objects."""
        if rule.id in self.sentence_matches:
            return [match for sentence in self.sentences_for(rule) for match in self.own_in(sentence, rule.id)]
        return self.matches_in(self.sentences_for(rule), rule, own=True)

    def find(self, rule_id: str) -> tuple[Match, ...]:
        """Every match of one rule, in order of place."""
        known = self.matches.get(rule_id)
        if known is None:
            rule = self.tried.get(rule_id)
            if rule is None:
                return ()
            own, rest = self.own(rule_id), self.matches_in(self.sentences_for(rule), rule, own=False)
            known = self.matches[rule_id] = tuple(sorted([*own, *rest], key=by_start)) if rest else own
        return known

    def titled(self, rule_id: str) -> Match | None:
        """The first match of a rule in the title."""
        return next((match for title in self.titles for match in self.own_in(title, rule_id)), None)

    def own_in(self, sentence: Sentence, rule_id: str) -> Sequence[Match]:
        """The matches of a rule in one sentence of this study; the rest of the text is not looked at for them."""
        rule = self.tried.get(rule_id)
        if rule is None or not (sentence.own and sentence.tried >> rule.number & 1):
            return ()
        if rule_id in self.own_matches:
            return [match for match in self.own_matches[rule_id] if match.sentence is sentence]
        known = self.sentence_matches.setdefault(rule_id, {})
        if sentence.number not in known:
            known[sentence.number] = self.matches_in((sentence,), rule, own=True)
        return known[sentence.number]

    def own_of(self, rules: Iterable[Rule]) -> list[Match]:
        """The matches of several rules in sentences that speak of this study, in order of place."""
        return sorted([match for rule in self.tried_of(rules) for match in self.own(rule.id)], key=by_start)

    def all_of(self, rules: Iterable[Rule]) -> list[Match]:
        """Every match of several rules, in order of place."""
        return sorted([match for rule in self.tried_of(rules) for match in self.find(rule.id)], key=by_start)

    def tried_of(self, rules: Iterable[Rule]) -> list[Rule]:
        """Of several rules those that may match anywhere, which are few of a large family."""
        tried = self.tried
        return [rule for rule in rules if rule.id in tried]

    def is_tried(self, rule_id: str) -> bool:
        """Whether a rule may match anywhere, for those who go on to ask it in another way: noted (see `asked`)."""
        notes = NOTES.get()
        if notes is not None:
            notes.freely.add(rule_id)
        return rule_id in self.tried

    def forget(self) -> None:
        """Let go of the matches: they name the document and it names them, which only the garbage collector undoes."""
        self.matches.clear()
        self.own_matches.clear()
        self.sentence_matches.clear()

    def sentences_for(self, rule: Rule) -> Iterable[Sentence]:
        """The sentences in which the words of a rule stand."""
        return compress(self.sentences, self.tried_in[rule.number :: width()])

    def matches_in(self, sentences: Iterable[Sentence], rule: Rule, own: bool) -> list[Match]:
        """The matches of a rule in those of some sentences that are own, or are not, and hold what the rule needs."""
        text = self.text if rule.cased else self.lower
        literals, finditer = rule.literals, rule.regex_for(self.is_ascii).finditer
        return [
            Match(self, rule, sentence, found)
            for sentence in sentences
            if sentence.own is own and (not literals or holds(sentence.lower, literals))
            for found in finditer(text, sentence.start, sentence.end)
        ]
