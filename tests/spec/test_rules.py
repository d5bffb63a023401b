"""Every example and every reject of the codebook, as a test: the rule files are the specification."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ketalit.extract import rules
from ketalit.extract.needs import tried_rules
from ketalit.extract.patterns import OP, PARSER
from ketalit.extract.rules import Rule, check_groups, codebook, holds, load, may_match
from ketalit.extract.scan import LOOKED_BACK_AT, Normalised

BOOK = load()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}: {example['text']}")
    for rule in BOOK.values()
    for example in rule.examples
]
REJECTS = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in BOOK.values() for text in rule.rejects]


def as_read(rule: Rule, text: str) -> str:
    """A text as rules see it: normalised, and in lower case unless the rule reads capitals."""
    normal = Normalised(text).text
    return normal if rule.cased else normal.lower()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_reads_its_example(rule: Rule, example: dict[str, Any]) -> None:
    found = rule.regex.search(as_read(rule, example["text"]))

    assert found is not None
    expected = {key: value for key, value in example.items() if key != "text"}
    assert {key: value for key, value in found.groupdict().items() if value is not None} == expected


@pytest.mark.parametrize(("rule", "text"), REJECTS)
def test_a_rule_leaves_its_reject_alone(rule: Rule, text: str) -> None:
    assert rule.regex.search(as_read(rule, text)) is None


@pytest.mark.parametrize("rule", BOOK.values(), ids=lambda rule: rule.id)
def test_a_rule_reads_ascii_with_its_pattern_for_ascii_as_with_the_other(rule: Rule) -> None:
    texts = [as_read(rule, text) for text in (*(example["text"] for example in rule.examples), *rule.rejects)]

    for text in filter(str.isascii, texts):
        found, expected = rule.compiled[True].search(text), rule.regex.search(text)
        assert (found and (found.span(), found.groupdict())) == (expected and (expected.span(), expected.groupdict()))


@pytest.mark.parametrize("rule", BOOK.values(), ids=lambda rule: rule.id)
def test_a_rule_matches_where_its_pattern_does_when_every_place_is_tried(rule: Rule) -> None:
    text = "; ".join(as_read(rule, text) for text in (*(example["text"] for example in rule.examples), *rule.rejects))
    every_place = re.compile(rule.pattern, re.VERBOSE)

    found = [(match.span(), match.groupdict()) for match in rule.regex.finditer(text)]
    assert found == [(match.span(), match.groupdict()) for match in every_place.finditer(text)]


@pytest.mark.parametrize("rule", BOOK.values(), ids=lambda rule: rule.id)
def test_no_rule_looks_back_further_than_a_sentence_is_known_to_be_ascii(rule: Rule) -> None:
    assert looks_back(PARSER.parse(rule.pattern, re.VERBOSE)) < LOOKED_BACK_AT


def looks_back(tree: Any) -> int:
    """How many characters in front of a match a pattern may look at, at most."""
    furthest = 0
    for op, value in tree:
        parts = [value] if isinstance(value, PARSER.SubPattern) else _parts(value) if isinstance(value, tuple) else []
        behind = op in (OP.ASSERT, OP.ASSERT_NOT) and value[0] < 0
        furthest = max(furthest, *(looks_back(part) + behind * part.getwidth()[1] for part in parts), 0)
    return furthest


def _parts(value: tuple[Any, ...]) -> list[Any]:
    """The patterns within an operation: choices, or the one that is repeated, grouped or looked for."""
    listed = [part for part in value if isinstance(part, list)]
    return [
        part for part in (*value, *(choice for one in listed for choice in one)) if isinstance(part, PARSER.SubPattern)
    ]


WHOLE_TEXT = [case for case in EXAMPLES if not case.values[0].around]


@pytest.mark.parametrize(("rule", "example"), WHOLE_TEXT)
def test_a_rule_is_tried_on_its_example(rule: Rule, example: dict[str, Any]) -> None:
    written = as_read(rule, example["text"])
    text = written.lower()

    assert tried_rules(text) >> rule.number & 1
    assert not rule.capitals or holds(written, rule.capitals)
    assert not rule.literals or holds(text, rule.literals)


@pytest.mark.parametrize("rule", BOOK.values(), ids=lambda rule: rule.id)
def test_the_named_groups_of_a_rule_are_those_of_its_examples(rule: Rule) -> None:
    check_groups(rule)


@pytest.mark.parametrize("rule", [rule for rule in BOOK.values() if rule.numeric], ids=lambda rule: rule.id)
def test_every_match_of_a_numeric_rule_holds_a_digit(rule: Rule) -> None:
    assert all(re.search(r"\d", as_read(rule, example["text"])) for example in rule.examples)


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[0].around])
def test_a_rule_for_the_words_around_finds_its_literal(rule: Rule, example: dict[str, Any]) -> None:
    assert may_match(rule, as_read(rule, example["text"]))


def test_the_codebook_shows_every_rule_with_meaning_and_examples() -> None:
    shown = codebook()

    assert [entry["id"] for entry in shown] == list(BOOK)
    assert all(entry["meaning"] and entry["examples"] and entry["rejects"] for entry in shown)


def test_every_rule_is_used_by_a_decision() -> None:
    source = "".join(path.read_text("utf-8") for path in rules_folder().glob("*.py"))
    families = set(re.findall(r'family\("(\w+)"\)', source))
    unused = [name for name in BOOK if f'"{name}"' not in source and name.partition(".")[0] not in families]

    assert [name for name in unused if not name.startswith("basis.")] == []


def rules_folder() -> Any:
    from pathlib import Path

    return Path(rules.__file__).parent
