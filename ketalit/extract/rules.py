"""Rules as data: the codebook of the extraction, read from `rules/*.toml`.

A rule is a pattern with a meaning, examples and rejects; when a rule needs an `if`, it becomes a named function in the
module of its topic. Patterns are verbose regular expressions over normalised, lower-case text (see `scan`), so numbers
stand in digits, units in one spelling, and white space is one blank. `<<name>>` stands for a word list of words.toml.

A pattern is tried only at characters with which a match can begin (see `patterns`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache, cached_property
from importlib import resources
from operator import itemgetter
from typing import Any, Final

from ketalit.errors import RuleError
from ketalit.extract import patterns
from ketalit.extract.asked import NOTES

SIGNS_AT_ENDS = " -.,;:()/"
WORD_LIST = re.compile(r"<<(\w+)>>")
HAS_DIGIT = re.compile(r"\d")


class Patterns(dict[bool, re.Pattern[str]]):
    """The compiled pattern of a rule by whether a text is ASCII alone: there a table tells letters and ends of words.

    For those who note what they ask (see `asked`); compiled when first asked for.
    """

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, is_ascii: bool) -> re.Pattern[str]:
        self[is_ascii] = compiled(self._rule, re.ASCII if is_ascii else re.NOFLAG)
        return self[is_ascii]


Search = Callable[..., re.Match[str] | None]
"""Takes a text, and two places of it to look only between them."""


class Searches(dict[bool, Search]):
    """How a rule looks for a match, by whether the text is ASCII alone: one for the start of a text (`^…`) only there.

    A dictionary, as most of what a reading asks is asked here.
    """

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, is_ascii: bool) -> Search:
        pattern = self._rule.compiled[is_ascii]
        at_start = patterns.matches_at_start_only(self._rule.pattern, re.VERBOSE)
        self[is_ascii] = pattern.match if at_start else pattern.search
        return self[is_ascii]


class Rule:
    """One rule of the codebook; its pattern is compiled when it is first used."""

    __slots__ = (
        "also",
        "around",
        "capitals",
        "cased",
        "compiled",
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
        "searches",
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
        self.needs: tuple[str, ...] = tuple(entry.get("needs", ()))
        """Cheap literals: a sentence that holds none of them is never scanned.

        A rule for the words around may do without, where the pattern takes no longer than they.
        """
        self.also: tuple[str, ...] = tuple(entry.get("also", ()))
        """A second list of which a sentence must hold one, where the first is of common words."""
        self.literals: tuple[str, ...] = phrases(self.needs)
        """What to look for in a sentence, where one of the needs is more than a word ("per day")."""
        self.value: str | None = entry.get("value")
        """What a match means, when the meaning does not lie in a named group."""
        self.cased: bool = entry.get("cased", False)
        """Whether the rule reads the text with its capitals (IM, IN, SC)."""
        self.capitals: tuple[str, ...] = tuple(entry.get("capitals", ()))
        """Of a rule that reads capitals, those of which a text must hold one, as words are looked up in lower case."""
        self.numeric: bool = entry.get("numeric", False)
        """Whether every match holds a digit, so that a sentence without one is never scanned."""
        self.around: bool = entry.get("around", False)
        """Whether it reads the words around another match, never a whole text."""
        self.pattern: str = expanded(entry["pattern"], words, f"{file}: rule {self.id}")
        self.examples: tuple[dict[str, Any], ...] = tuple(entry["examples"])
        self.rejects: tuple[str, ...] = tuple(entry["rejects"])
        self.compiled = Patterns(self)
        self.searches = Searches(self)

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, for any use: what it is asked is not known, so this is noted (see `asked`)."""
        notes = NOTES.get()
        if notes is not None:
            notes.freely.add(self.id)
        return self.compiled[False]


def may_match(rule: Rule, text: str) -> bool:
    """Whether a text holds a need of a rule, or the rule has none."""
    return not rule.needs or holds(text, rule.needs)


def holds(text: str, literals: tuple[str, ...]) -> bool:
    """Whether one of several literals stands in a text."""
    for literal in literals:  # noqa: SIM110 - a generator would cost more than what it searches
        if literal in text:
            return True
    return False


def phrases(needs: tuple[str, ...]) -> tuple[str, ...]:
    """The needs without signs at their ends, when one of them has white space inside; else nothing.

    The others are looked for in each piece between blanks (see `needs`).
    """
    plain = tuple(map(bare, needs))
    return plain if any(need.split() != [need] for need in plain) else ()


def bare(need: str) -> str:
    """A need without signs at its ends, unless it is only signs."""
    return need.strip(SIGNS_AT_ENDS) or need


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
        return patterns.compiled(rule.pattern, re.VERBOSE | flag)
    except re.error as problem:
        raise RuleError(f"{rule.file}: the pattern of rule {rule.id} cannot be compiled: {problem}.") from problem


def checked(entry: dict[str, Any], file: str) -> None:
    """Refuse an entry without the parts that every rule has."""
    name = entry.get("id", "without id")
    for key in ("id", "meaning", "needs", "pattern", "examples", "rejects"):
        if not entry.get(key) and not (key == "needs" and entry.get("around")):
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
    for number, rule in enumerate(scanned(book), start=1):
        rule.number = number
    return book


def scanned(book: dict[str, Rule]) -> list[Rule]:
    """The rules that read whole texts, in front those with a second list of needs (see `needs`)."""
    return sorted((rule for rule in book.values() if not rule.around), key=lambda rule: not rule.also)


@cache
def load() -> dict[str, Rule]:
    """The codebook by rule id, in the order of files and of rules within a file."""
    return assembled(files())


class RulesById(dict[str, Rule]):
    """The rules by id, read when the first is asked for. A dictionary, as every question begins here."""

    def __missing__(self, rule_id: str) -> Rule:
        self.update(load())
        return load()[rule_id]


RULES: Final = RulesById()


class Family(tuple[Rule, ...]):
    """The rules of one topic, in their order."""

    @cached_property
    def scanned(self) -> tuple[Rule, ...]:
        """Those that read whole texts."""
        return tuple(rule for rule in self if not rule.around)

    @property
    def noted(self) -> Family:
        """The same rules, for any use of their needs and patterns: what is asked is not known, so all are noted."""
        notes = NOTES.get()
        if notes is not None:
            notes.freely.update(rule.id for rule in self)
        return self

    @cached_property
    def places(self) -> Callable[[bytes], tuple[int, ...]]:
        """Takes from a set of rules, with a byte for each, the bytes of those that read whole texts."""
        return itemgetter(*(rule.number for rule in self.scanned), 0, 0)  # two more, as of one it takes no tuple


@cache
def family(prefix: str) -> Family:
    """The rules whose id begins with `prefix` and a dot."""
    return Family(rule for name, rule in load().items() if name.startswith(prefix + "."))


@cache
def terms(name: str) -> frozenset[str]:
    """A plain list of words or names, such as the drugs that are never the active one."""
    for table in files().values():
        if name in table.get("terms", {}):
            return frozenset(table["terms"][name])
    raise RuleError(f"No rule file holds the list of terms {name}.")


def lists() -> dict[str, dict[str, Any]]:
    """What the files hold besides rules and the word lists of their patterns: terms, labels of sections."""
    of_rules = {"rule", "words"}
    return {name: {key: table[key] for key in table if key not in of_rules} for name, table in files().items()}


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
