"""A compiled pattern finds what the same pattern of `re` finds, whatever it begins with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.extract.patterns import compiled, matches_at_start_only

PATTERNS = (
    r"\b(?:we|our)\b",
    r"(?<!e)(?:o(?P<rest>ur)|(?:x|y)?w)",
    r"(?=[a-w])(?:(?:re)?our|[^w])",
    r"(?=[ow])(?:our|we)",
    r"(?=[n-w])\b(?=[\do])(?:our|[o-w]e)",
    r"(?=[o])(?:our|we)",
    r"(?=[^w])(?:our|we)",
    r"(?=[\dw])[1w]e?",
    r"(?<=[ow])(?=[eu])[eu]r?",
    r"(?:w|)e",
    r"x?",
    r"(?P<n>\d)?+[a-c]",
    r"(?>our|w)e?",
    r"(?:(?:we|our?)(?P<rest>a|b)|\b(?:wx|o)y?|\bw|(?:|x)e)",
    r"(?:\b(?:wo|we)|\b(?:o|(?:w|y)e)(?P<n>r)?)+",
    r"(?i:W)e",
    r".u",
    r"\b(?:wear?|wex|we(?P<n>u))\b",
    r"(?<!o)(?:we(?=a)a|(?:wea|web)r)",
    r"\bw(?:e|)(?:eu|e)",
)
OF_CLASSES = (
    r"\w+",
    r"[^\W\d]\s",
    r"[\d\s]\w?",
    r"[^\s\d]+",
    r"(?<![€\d])[ou€]",
    r"\b[€]|\D\d",
    r"(?:[\w€]|\S)\b",
    r"[-_]\w|[^-_\s]{2}",
    r"(?:[we](?![^ou])|(?i:[WE])x)+",
    r"[^\x00-\x7f]|[a-€]1",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("weourxyabc 1", max_size=30))
def test_the_same_is_found_as_when_every_place_is_tried(pattern: str, text: str) -> None:
    found = [(match.span(), match.groupdict()) for match in compiled(pattern, re.NOFLAG).finditer(text)]

    assert found == [(match.span(), match.groupdict()) for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("pattern", [*PATTERNS, *OF_CLASSES])
@given(text=st.text(st.sampled_from("weourxyabc 1_-\t\n"), max_size=30))
def test_a_pattern_for_ascii_finds_the_same_in_ascii(pattern: str, text: str) -> None:
    found = [(match.span(), match.groupdict()) for match in compiled(pattern, re.ASCII).finditer(text)]

    assert found == [(match.span(), match.groupdict()) for match in re.finditer(pattern, text, re.ASCII)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("^we", True), ("^we|^our", True), ("^(?:we|our)", True), ("^we|our", False), ("(?:^|x)we", False), ("", False)],
)
def test_a_pattern_for_the_start_of_a_text_is_known(pattern: str, expected: bool) -> None:
    assert matches_at_start_only(pattern) is expected


def test_a_pattern_that_cannot_be_compiled_is_refused_as_by_re() -> None:
    with pytest.raises(re.error, match="missing"):
        compiled("(we", re.NOFLAG)
