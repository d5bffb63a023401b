"""Sections of an abstract: which part speaks of this study, and which of earlier work.

Labels are found in running text in the forms that journals print ("METHODS: …", "Methods Ten patients …",
"Objective.—…"). Where there is none, the role of a sentence is inferred from its wording, and only where that is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ketalit.extract.patterns import compiled
from ketalit.extract.rules import files
from ketalit.model.evidence import TextUnit
from ketalit.vocabulary import SectionRole, Source

UPPER_LABEL = compiled(
    r"(?:(?:^|[.\n)?!\]]\s{0,2})([A-Z][A-Z/&, ()-]{2,60})|\s(BACKGROUND|METHODS?|RESULTS|CONCLUSIONS?))$"
)
LABEL_ENDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ/&, ()-\n")
"""How a label in capitals may end: looked at first, as most colons stand behind other words."""
BEFORE_TITLE = re.compile(r"(?:^|[.)?!\]]\s?|\n\s*)$")
NUMBERED_CASE = re.compile(r"Case \d")
BEHIND_TITLE = re.compile(r"\s?[:.]\s?(?:--?|—|–)?\s*|\s(?=[A-Z0-9])|(?=[A-Z])")
WORD = re.compile(r"[a-z]+")
LONGEST_LABEL = 64


@cache
def roles() -> dict[str, SectionRole]:
    """The role of each section label, from sections.toml."""
    return {word: SectionRole(role) for role, words in files()["sections.toml"]["labels"].items() for word in words}


@cache
def titles() -> re.Pattern[str]:
    """Labels as journals print them, the longest first: each is also an ordinary word, so it counts only in full."""
    words = files()["sections.toml"]["titles"]["words"]
    return one_of(form for word in words for form in forms_of(word))


@cache
def titles_and_capitals() -> re.Pattern[str]:
    """The same, also in capitals: looked for where no label in capitals has a colon."""
    words = files()["sections.toml"]["titles"]["words"]
    return one_of(form for word in words for form in (*forms_of(word), word.upper()))


def one_of(printed: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, the longest first; inside a sentence none is a label, which is seen by the sign in front."""
    longest_first = sorted(set(printed), key=len, reverse=True)
    return compiled(rf"(?<![\w,;:] )(?:{'|'.join(map(re.escape, longest_first))})")


def forms_of(label: str) -> tuple[str, ...]:
    """A label with one capital, and with a capital for each word that is not short; `and` in words or as a sign."""
    each_word = [word if word in ("and", "of") else word.capitalize() for word in label.split()]
    in_words = label.capitalize(), " ".join(each_word)
    return (*in_words, *(form.replace(" and ", " & ") for form in in_words if " and " in form))


def role_of(label: str) -> SectionRole | None:
    """The role that a label names, by its first known word."""
    words = WORD.findall(label.lower())
    if not words or len(words) > 9:
        return None
    return roles().get(" ".join(words)) or next((roles()[word] for word in words if word in roles()), None)


def labels(text: str) -> list[tuple[int, int, SectionRole]]:
    """Start, end and role of each section label in running text, in order."""
    found = list(upper_labels(text))
    found += title_labels(text, titles() if found else titles_and_capitals())
    kept: list[tuple[int, int, SectionRole]] = []
    for start, end, role in sorted((s, e, r) for s, e, r in found if r is not None):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, role))
    return kept


def upper_labels(text: str) -> Iterator[tuple[int, int, SectionRole | None]]:
    """Labels in capitals with a colon: "METHODS: "."""
    colon = text.find(":")
    while colon >= 0:
        may_be_label = colon > 0 and text[colon - 1] in LABEL_ENDS
        label = UPPER_LABEL.search(text[max(0, colon - LONGEST_LABEL) : colon]) if may_be_label else None
        if label:
            name = label[1] or label[2]
            yield colon - len(name), colon + 1 + (text[colon + 1 : colon + 2] == " "), role_of(name)
        colon = text.find(":", colon + 1)


def title_labels(text: str, printed: re.Pattern[str]) -> Iterator[tuple[int, int, SectionRole | None]]:
    """Labels of whole words, with or without a sign behind: "Methods Ten patients", "Objective.—To", "METHODS We"."""
    for title in printed.finditer(text):
        place = title.start()
        behind = BEHIND_TITLE.match(text, title.end())
        if behind and BEFORE_TITLE.search(text[max(0, place - 3) : place]) and not NUMBERED_CASE.match(text, place):
            yield place, behind.end(), role_of(title[0])


def sections(text: str) -> Iterator[tuple[int, int, SectionRole]]:
    """Start, end and role of each part of an abstract."""
    marks = labels(text)
    if not marks:
        yield 0, len(text), SectionRole.UNLABELLED
        return
    if marks[0][0] > 0:
        yield 0, marks[0][0], SectionRole.UNLABELLED
    for (_, start, role), following in zip(marks, [*[mark[0] for mark in marks[1:]], len(text)], strict=True):
        yield start, following, role


def split(unit: TextUnit) -> Iterator[TextUnit]:
    """The unit cut at the section labels in its text, without the labels."""
    if unit.role is not SectionRole.UNLABELLED or unit.field != "abstract":
        yield unit
        return
    for start, end, role in sections(unit.text):
        if unit.text[start:end].strip():
            yield TextUnit(unit.source, unit.source_id, unit.field, unit.text[start:end], role, unit.start + start)


def cut(units: Iterable[TextUnit]) -> list[TextUnit]:
    """The units, each cut at the section labels in its text."""
    return [part for unit in units for part in split(unit)]


def units_of(title: str, abstract: str, source_id: str) -> tuple[TextUnit, TextUnit]:
    """The text units of a publication of which only title and abstract are known, not yet cut into sections."""
    return (
        TextUnit(Source.PUBMED, source_id, "title", title, SectionRole.TITLE),
        TextUnit(Source.PUBMED, source_id, "abstract", abstract, SectionRole.UNLABELLED),
    )
