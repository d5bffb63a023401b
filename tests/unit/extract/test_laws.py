"""Laws of the scanner: quotes equal their spans, and no rule backtracks without bound."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalit.extract import needs
from ketalit.extract.read import facts, units_of
from ketalit.extract.rules import Rule, holds, load, may_match
from ketalit.extract.scan import Document, Normalised
from ketalit.model.evidence import Span, TextUnit
from ketalit.vocabulary import SectionRole, Source
from tests.unit.extract.members import members

PIECES = st.sampled_from(
    [
        "0·5 mg kg⁻¹",
        "0.5‐0.75 mg/kg",
        "&lt;",
        "\\>=",
        "\\[",
        "µg",
        "twenty-eight",
        "One hundred and eight patients",
        "52.17 %",
        " ",
        "\n",
        ".",
        "ketamine",
        "Esketamine",
        "METHODS: ",
        "Ten patients (n = 12) received",
        "–",
        "≥",
        "  ",
        "1,247",
        "İ",
        "ß",
        "ﬁ",
        "½",
        "𝟓",
        "six infusions",
        "per cent",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map("".join)
LONG = 100_000
SEEDS = ("1, ", "a ", " ", "20 patients with ", "0.5 mg/kg or ", "response (50%) and ", "days 1, 2, 3 and ")
"""Pieces of which hostile texts are made; the rule's own literals and examples, repeated, are two more."""
PLAIN = re.compile(r"[a-z]+ (?:[a-z]+|\d+)")
PLAIN_PASSES = 30
"""A rule may cost as much as so many passes of a plain pattern over 100 kB, measured in the same run.

The law is 100 kB of hostile text within 50 ms; where it was set a plain pass took 1.7 ms, so 50 ms are 30 of them. A
rule that backtracks without bound costs thousands.
"""


def unit(text: str) -> TextUnit:
    return TextUnit(Source.PUBMED, "1", "abstract", text, SectionRole.UNLABELLED)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_piece_of_the_normalised_text_has_its_place_in_the_raw_text(raw: str) -> None:
    text = Normalised(raw)

    for start in range(0, len(text.text), 3):
        for end in range(start + 1, min(len(text.text), start + 12)):
            first, last = text.raw_place(start, end)
            assert 0 <= first <= last <= len(raw)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_quote_is_what_stands_at_its_span(title: str, abstract: str) -> None:
    fields = {"title": title, "abstract": abstract}

    for span in spans_in(facts(units_of(title, abstract, "1"))):
        assert fields[span.field][span.start : span.end] == span.quote


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    once = Normalised(raw).text

    assert Normalised(once).text.split() == Normalised(Normalised(once).text).text.split()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_lower_case_has_the_length_of_the_text(raw: str) -> None:
    document = Document([unit(raw)])

    assert len(document.lower) == len(document.text)


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_texts_that_are_read_at_once_are_read_as_each_would_be_alone(raw: list[str]) -> None:
    together, alone = Document(list(map(unit, raw))), [Document([unit(text)]) for text in raw]

    assert together.text == "\n".join(document.text for document in alone)
    assert [s.lower for s in together.sentences] == [s.lower for document in alone for s in document.sentences]
    spans = [document.span(s.start, s.end) for document in alone for s in document.sentences]
    assert [together.span(s.start, s.end) for s in together.sentences] == spans


MEMBERS = 200
"""Texts of each rule that are made by walking its pattern."""


@pytest.mark.parametrize("rule", load().values(), ids=lambda rule: rule.id)
def test_a_rule_is_tried_wherever_its_pattern_matches(rule: Rule) -> None:
    assert [text for text in members(rule, MEMBERS) if not is_tried(rule, text)] == []


def is_tried(rule: Rule, text: str) -> bool:
    """Whether a text passes all that is asked of it before the pattern is."""
    lower = text.lower()
    if rule.around:
        return may_match(rule, lower)
    words = needs.together(needs.TRIED_IN[piece] for piece in lower.split())
    has_second = not rule.also or words >> rule.number + needs.width() & 1 == 1
    return (
        (words >> rule.number & 1 == 1 and has_second)
        and (not rule.numeric or re.search(r"\d", lower) is not None)
        and (not rule.capitals or holds(text, rule.capitals))
        and (not rule.literals or holds(lower, rule.literals))
    )


@pytest.mark.parametrize("rule", load().values(), ids=lambda rule: rule.id)
def test_no_rule_backtracks_without_bound(rule: Rule) -> None:
    own = (" ".join(rule.needs) + " ", *(example["text"] + " " for example in rule.examples[:1]))
    texts = {seed: (seed * (LONG // len(seed) + 1))[:LONG].lower() for seed in (*SEEDS, *own)}

    bound = PLAIN_PASSES * plain_pass()
    assert {seed for seed, text in texts.items() if fastest(rule.regex, text, bound) > bound} == set()


@cache
def plain_pass() -> float:
    """CPU seconds of one pass of a plain pattern, the best of many."""
    return fastest(PLAIN, ("ab cd 12 " * LONG)[:LONG], bound=0.0, runs=15)


def fastest(pattern: re.Pattern[str], text: str, bound: float, runs: int = 15) -> float:
    """CPU seconds of the best run: a busy machine is not the pattern's fault."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        for _found in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - begun)
        if best <= bound:
            break
    return best


def spans_in(value: object) -> list[Span]:
    """Every span anywhere in a value."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for item in value for span in spans_in(item)]
    names = getattr(value, "__struct_fields__", ())
    return [span for name in names for span in spans_in(getattr(value, name))]
