"""Rules as data: the codebook of the extraction, read from `rules/*.toml`.

A rule is a pattern with a meaning, examples and rejects; when a rule needs an `if`, it becomes a named function in the
module of its topic. Patterns are verbose regular expressions over normalised, lower-case text (see `scan`), so numbers
stand in digits, units in one spelling, and white space is one blank. `<<name>>` stands for a word list of words.toml.

Where a pattern has many branches, `(?=[…])` in front of it names the characters with which they begin, for speed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from importlib import resources
from itertools import compress
from operator import or_
from typing import Any, Final

from ketalit.errors import RuleError

SIGNS_AT_ENDS = " -.,;:()/"
WORD = re.compile("[a-z]+")
NEEDED = re.compile("[a-z]{2,}|(?<= )[a-z](?= )")
"""What a need asks of a word: two letters or more, or one that is all of the word (" h " finds "24h" and "h,")."""
WORD_LIST = re.compile(r"<<(\w+)>>")
LONGEST_WORD = 24
"""Letters of a word that are looked at: no rule needs more, and no text can make the search long."""


class Rule:
    """One rule of the codebook; its pattern is compiled when it is first used."""

    __slots__ = (
        "_plain",
        "_regex",
        "around",
        "bit",
        "cased",
        "examples",
        "file",
        "id",
        "literals",
        "meaning",
        "needs",
        "number",
        "numeric",
        "pattern",
        "rejects",
        "value",
    )

    def __init__(self, entry: dict[str, Any], file: str, words: dict[str, str]) -> None:
        self.file = file
        self.number = 0
        """Its bit in a set of rules: such sets are whole numbers, so that those of many words are joined at once.

        0 where it reads only the words around another match.
        """
        self.id: str = entry["id"]
        self.meaning: str = entry["meaning"]
        self.needs: tuple[str, ...] = tuple(entry["needs"])
        """Cheap literals: a sentence that holds none of them is never scanned."""
        self.literals: tuple[str, ...] = phrases(self.needs)
        """What to look for in a sentence, where the words of the needs alone do not tell ("per day")."""
        self.value: str | None = entry.get("value")
        """What a match means, when the meaning does not lie in a named group."""
        self.cased: bool = entry.get("cased", False)
        """Whether the rule reads the text with its capitals (IM, IN, SC)."""
        self.numeric: bool = entry.get("numeric", False)
        """Whether every match holds a digit, so that a sentence without one is never scanned."""
        self.around: bool = entry.get("around", False)
        """Whether it reads the words around another match, never a whole text."""
        self.pattern: str = expanded(entry["pattern"], words, f"{file}: rule {self.id}")
        self.examples: tuple[dict[str, Any], ...] = tuple(entry["examples"])
        self.rejects: tuple[str, ...] = tuple(entry["rejects"])
        self._regex: re.Pattern[str] | None = None
        self._plain: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._regex is None:
            self._regex = compiled(self)
        return self._regex

    def regex_for(self, is_ascii: bool) -> re.Pattern[str]:
        """The pattern for a text: where all is ASCII, a table tells letters and ends of words, not all of Unicode."""
        if not is_ascii:
            return self.regex
        if self._plain is None:
            self._plain = compiled(self, re.ASCII)
        return self._plain


def holds(text: str, literals: tuple[str, ...]) -> bool:
    """Whether one of several literals stands in a text."""
    for literal in literals:  # noqa: SIM110 - a generator would cost more than what it searches
        if literal in text:
            return True
    return False


def phrases(needs: tuple[str, ...]) -> tuple[str, ...]:
    """The needs without signs at their ends, when one of them is more than a word; else nothing."""
    bare = tuple(need.strip(SIGNS_AT_ENDS) or need for need in needs)
    return () if all(need.isalpha() for need in bare) else bare


def expanded(pattern: str, words: dict[str, str], place: str) -> str:
    """The pattern with every `<<name>>` replaced by its word list."""

    def word_list(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise RuleError(f"{place} names the word list <<{found[1]}>>, which words.toml does not define.")
        return f"(?:{WORD_LIST.sub(word_list, words[found[1]])})"

    return WORD_LIST.sub(word_list, pattern)


def compiled(rule: Rule, flag: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The rule's regular expression, or the reason why it is none."""
    try:
        return re.compile(rule.pattern, re.VERBOSE | flag)
    except re.error as problem:
        raise RuleError(f"{rule.file}: the pattern of rule {rule.id} cannot be compiled: {problem}.") from problem


def checked(entry: dict[str, Any], file: str) -> None:
    """Refuse an entry without the parts that every rule has."""
    name = entry.get("id", "without id")
    for key in ("id", "meaning", "needs", "pattern", "examples", "rejects"):
        if not entry.get(key):
            raise RuleError(f"{file}: rule {name} has no {key}.")
    for example in entry["examples"]:
        if "text" not in example:
            raise RuleError(f"{file}: an example of rule {name} has no text.")


def check_groups(rule: Rule) -> None:
    """Refuse a rule whose named groups are not the keys of its examples."""
    stated = {key for example in rule.examples for key in example if key != "text"}
    if stated != set(rule.regex.groupindex):
        groups = ", ".join(sorted(rule.regex.groupindex)) or "none"
        shown = ", ".join(sorted(stated)) or "none"
        raise RuleError(f"{rule.file}: rule {rule.id} has the groups {groups}, but its examples show {shown}.")


def parsed(name: str, text: str) -> dict[str, Any]:
    """One rule file as a table."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise RuleError(f"{name}: not a TOML file: {problem}.") from problem


@cache
def files() -> dict[str, dict[str, Any]]:
    """Every rule file of the package, parsed, in the order of its name."""
    folder = resources.files("ketalit.extract") / "rules"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name: parsed(name, (folder / name).read_text(encoding="utf-8")) for name in names}


def assembled(tables: dict[str, dict[str, Any]]) -> dict[str, Rule]:
    """The rules of all files by id; every id stands once."""
    words = tables.get("words.toml", {}).get("words", {})
    book: dict[str, Rule] = {}
    for name, table in tables.items():
        for entry in table.get("rule", ()):
            checked(entry, name)
            if entry["id"] in book:
                raise RuleError(f"{name}: rule {entry['id']} stands twice; the other is in {book[entry['id']].file}.")
            book[entry["id"]] = Rule(entry, name, words)
    for number, rule in enumerate((rule for rule in book.values() if not rule.around), start=1):
        rule.number = number
    return book


@cache
def load() -> dict[str, Rule]:
    """The codebook by rule id, in the order of files and of rules within a file."""
    return assembled(files())


Need = tuple[str, bool, bool, str]
"""Letters of a word, whether the word must begin or end with them, and the rule that needs it."""


@cache
def needs() -> tuple[tuple[Need, ...], tuple[tuple[str, str], ...]]:
    """What rules need to be tried: parts of words, and signs that are no words (each with its rule)."""
    words: list[Need] = []
    signs: list[tuple[str, str]] = []
    for rule in (rule for rule in load().values() if not rule.around):
        for literal in rule.needs:
            found = max(NEEDED.finditer(literal), key=lambda part: len(part[0]), default=None)
            if found is None:
                signs.append((literal, rule.id))
            else:
                words.append((found[0], found.start() > 0, found.end() < len(literal), rule.id))
    return tuple(words), tuple(signs)


@cache
def needs_by_part() -> dict[str, tuple[Need, ...]]:
    """What rules need, by the letters that must stand in a word."""
    parts: dict[str, list[Need]] = {}
    for need in needs()[0]:
        parts.setdefault(need[0], []).append(need)
    return {part: tuple(found) for part, found in parts.items()}


@lru_cache(maxsize=200_000)
def tried_at(word: str) -> tuple[str, ...]:
    """The rules that are tried in a sentence because this word stands in it."""
    parts, length = needs_by_part(), len(word)
    found: dict[str, None] = {}
    for start in range(min(length, LONGEST_WORD)):
        for end in range(start + 1, min(length, start + LONGEST_WORD) + 1):
            for _, begins, ends, rule_id in parts.get(word[start:end], ()):
                if (not begins or start == 0) and (not ends or end == length):
                    found[rule_id] = None
    return tuple(found)


class TriedIn(dict[str, int]):
    """The rules that are tried in a sentence because a piece without white space stands in it, for pieces met so far.

    Rules are sets of bits. A dictionary, as every word of every text is looked up here.
    """

    MOST = 100_000

    def __missing__(self, piece: str) -> int:
        if len(self) >= self.MOST:
            self.clear()
        by_word = {rule_id for word in WORD.findall(piece) for rule_id in tried_at(word)}
        rules = together(by_word.union(rule_id for sign, rule_id in needs()[1] if sign in piece))
        self[piece] = rules | DIGIT if HAS_DIGIT.search(piece) else rules
        return self[piece]


TRIED_IN: Final = TriedIn()
DIGIT: Final = 1
"""The bit of a digit among those of rules."""
HAS_DIGIT: Final = re.compile(r"\d")


def together(rule_ids: Iterable[str]) -> int:
    """A set of rules as bits."""
    return reduce(or_, (1 << load()[rule_id].number for rule_id in rule_ids), 0)


@cache
def needs_with_white_space() -> tuple[tuple[str, int], ...]:
    """The signs that no piece between blanks can hold, each with its rules as bits."""
    rules_of: dict[str, list[str]] = {}
    for sign, rule_id in needs()[1]:
        if sign.split() != [sign]:
            rules_of.setdefault(sign, []).append(rule_id)
    return tuple((sign, together(rule_ids)) for sign, rule_ids in rules_of.items())


@cache
def numeric() -> int:
    """The rules of which every match holds a digit, as bits."""
    return together(rule.id for rule in load().values() if rule.numeric)


def tried_rules(lower: str) -> int:
    """The rules of which a word or sign stands in a sentence, and a digit where they need one, as bits."""
    tried = reduce(or_, filter(None, map(TRIED_IN.__getitem__, lower.split())), 0)
    for sign, rules in needs_with_white_space():
        if sign in lower:
            tried |= rules
    return tried if tried & DIGIT else tried & ~numeric()


IS_SET: Final = bytes.maketrans(b"01", b"\0\1")


@cache
def scanned() -> tuple[str, ...]:
    """The ids of the rules that read whole texts, by their number."""
    return tuple(rule.id for rule in load().values() if not rule.around)


@cache
def width() -> int:
    """The bytes of one set of rules where each rule has a byte of its own."""
    return len(scanned()) + 1


def unfolded(sets: Sequence[int]) -> bytes:
    """Sets of bits with a byte for each rule, set after set: `[rule.number :: width()]` are those of a rule."""
    return "".join([f"{rules:0{width()}b}"[::-1] for rules in sets]).encode().translate(IS_SET)


def named_by(rules: int) -> frozenset[str]:
    """The ids of the rules of a set of bits."""
    return frozenset(compress(scanned(), unfolded([rules])[1:]))


@cache
def family(prefix: str) -> tuple[Rule, ...]:
    """The rules whose id begins with `prefix` and a dot, in their order."""
    return tuple(rule for name, rule in load().items() if name.startswith(prefix + "."))


@cache
def terms(name: str) -> frozenset[str]:
    """A plain list of words or names, such as the drugs that are never the active one."""
    for table in files().values():
        if name in table.get("terms", {}):
            return frozenset(table["terms"][name])
    raise RuleError(f"No rule file holds the list of terms {name}.")


def codebook() -> list[dict[str, Any]]:
    """Every rule with id, file, meaning, value, pattern, examples and rejects: what `ketalit rules` prints."""
    return [
        {
            "id": rule.id,
            "file": rule.file,
            "meaning": rule.meaning,
            "value": rule.value,
            "pattern": rule.pattern.strip(),
            "examples": [dict(example) for example in rule.examples],
            "rejects": list(rule.rejects),
        }
        for rule in load().values()
    ]
