"""Compiles a pattern so that a search skips to the characters with which a match can begin.

`re` does so by itself where a pattern begins with a character, but not where it begins with the end of a word, a look
ahead or nested choices (`\\b(?:we|our)`), as most rules do: there it starts the whole pattern at every place of a text,
which takes several times as long. So the characters are worked out here and written where `re` looks for them.

Nothing but the time depends on it: where this Python's `re` is built otherwise, its own `compile` is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from itertools import groupby, takewhile
from typing import Any, Final

Item = tuple[Any, Any]
"""One item of a set of characters, as `re` writes it: a character, a range or a class such as `\\d`."""

Beginning = tuple[list[Item], bool]
"""The characters with which a match can begin, and whether it can also be empty."""


class Unknown(Exception):
    """A match may begin with anything, as far as is known."""


try:
    PARSER: Any = import_module("re._parser")
    COMPILER: Any = import_module("re._compiler")
    SRE: Any = import_module("_sre")
    OP: Any = import_module("re._constants")
except ImportError:  # pragma: no cover - no Python that we support
    OP = None
MAGIC: Final = (20220615, 20221023, 20230612)
"""The builds of `re` for which this was written: Python 3.11, 3.12 and 3.13."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, with the characters with which a match can begin."""
    if OP is None or OP.MAGIC not in MAGIC:  # pragma: no cover - no Python that we support
        return re.compile(pattern, flags)
    tree = PARSER.parse(pattern, flags)
    state = tree.state
    if state.flags & re.IGNORECASE:
        return re.compile(pattern, flags)  # characters have two forms
    by_first_character(tree)
    if state.flags & re.ASCII:
        list_classes(tree)  # such a pattern is for texts of ASCII alone
    code = skipping(tree)
    names = {number: name for name, number in state.groupdict.items()}
    found: re.Pattern[str] = SRE.compile(
        pattern,
        state.flags,
        code,
        state.groups - 1,
        state.groupdict,
        tuple(names.get(number) for number in range(state.groups)),
    )
    return found


def skipping(tree: Any) -> list[int]:
    """The code of a pattern, with what a match begins with where `re` has not found it itself."""
    flags = tree.state.flags
    try:
        items, may_be_empty = beginning(tree)
    except Unknown:
        return written(tree)
    if not may_be_empty:
        leave_out_looks_ahead(tree, items)
    code = written(tree)
    if may_be_empty or code[0] != OP.INFO or code[2] & OP.SRE_INFO_PREFIX:
        return code
    letters, _ = common_beginning(tree)
    if letters:
        begins = [OP.SRE_INFO_PREFIX, *code[3:5], len(letters), 0, *letters]
        begins += COMPILER._generate_overlap_table(letters)
    else:
        begins = [OP.SRE_INFO_CHARSET, *code[3:5]]
        COMPILER._compile_charset(table(items) if flags & re.ASCII else unique(items), flags, begins)
    return [OP.INFO, 1 + len(begins), *begins, *code[1 + code[1] :]]


def written(tree: Any) -> list[int]:
    """The code of a pattern, as `re` writes it."""
    if tree.state.flags & re.ASCII:
        write_tables(tree)
    code: list[int] = COMPILER._code(tree, tree.state.flags)
    return code


def unique(items: list[Item]) -> list[Item]:
    """A set of characters without what stands in it twice."""
    found: list[Item] = COMPILER._optimize_charset(list(dict.fromkeys(items)))[0]
    return found


def common_beginning(tree: Any) -> tuple[list[int], bool]:
    """The characters with which every match of a piece of a pattern begins, and whether they are all of it."""
    letters: list[int] = []
    for op, value in tree:
        found, is_all = common_beginning_of(op, value)
        letters += found
        if not is_all:
            return letters, False
    return letters, True


def common_beginning_of(op: Any, value: Any) -> tuple[list[int], bool]:
    """The same for one operation of a pattern."""
    if op in (OP.AT, OP.ASSERT, OP.ASSERT_NOT):
        return [], True  # it takes up no character
    if op is OP.LITERAL:
        return [value], True
    if op is OP.SUBPATTERN and not (value[1] or value[2]):
        return common_beginning(value[3])
    if op is OP.BRANCH:
        every = [common_beginning(branch) for branch in value[1]]
        at_each_place = zip(*(letters for letters, _ in every), strict=False)
        same = [alike[0] for alike in takewhile(lambda alike: len(set(alike)) == 1, at_each_place)]
        return same, all(is_all and letters == same for letters, is_all in every)
    return [], False


ASCII: Final = [chr(number) for number in range(128)]
CLASSES: Final = {
    f"CATEGORY_{name}": [ord(character) for character in ASCII if re.match(written, character, re.ASCII)]
    for name, written in {
        "DIGIT": r"\d",
        "NOT_DIGIT": r"\D",
        "WORD": r"\w",
        "NOT_WORD": r"\W",
        "SPACE": r"\s",
        "NOT_SPACE": r"\S",
    }.items()
}
"""The ASCII characters of a class."""


def list_classes(tree: Any) -> None:
    """Write each set of characters of a pattern for ASCII as a list of ASCII characters (`\\d` as `0-9`)."""
    for place, (op, value) in enumerate(tree.data):
        if op is OP.IN:
            tree.data[place] = (op, [(OP.LITERAL, number) for number in characters(value)] or value)
        for piece in pieces(op, value):
            list_classes(piece)


def characters(items: list[Item]) -> list[int]:
    """The ASCII characters of a set, by number."""
    held = {number for item in items for number in characters_of(item)}
    is_negated = items[0][0] is OP.NEGATE
    return [number for number in range(len(ASCII)) if (number in held) is not is_negated]


def characters_of(item: Item) -> Sequence[int]:
    """The characters of one item of a set."""
    op, value = item
    if op is OP.CATEGORY:
        return CLASSES[str(value)]
    if op is OP.RANGE:
        return range(value[0], min(value[1] + 1, len(ASCII)))
    return [value] if op is OP.LITERAL else []


def write_tables(tree: Any) -> None:
    """Write each list of ASCII characters as a table: `re` takes one look at it, and as many at a list as it is long.

    It would itself write a table only for a list of three ranges or more.
    """
    for place, (op, value) in enumerate(tree.data):
        if op is OP.IN and value[0][0] is not OP.CHARSET:  # a piece may stand in several places
            tree.data[place] = (op, table(value))
        for piece in pieces(op, value):
            write_tables(piece)


def table(items: list[Item]) -> list[Item]:
    """A list of ASCII characters as a table."""
    held = bytearray(256)
    for number in characters(items):
        held[number] = 1
    return [(OP.CHARSET, COMPILER._mk_bitmap(held))]


def pieces(op: Any, value: Any) -> list[Any]:
    """The pieces of a pattern within one operation, but those with flags of their own."""
    if op is OP.BRANCH:
        return list(value[1])
    if op is OP.SUBPATTERN and not (value[1] or value[2]):
        return [value[3]]
    if op in (OP.ASSERT, OP.ASSERT_NOT):
        return [value[1]]
    if op is OP.ATOMIC_GROUP:
        return [value]
    return [value[2]] if op in (OP.MAX_REPEAT, OP.MIN_REPEAT, OP.POSSESSIVE_REPEAT) else []


def by_first_character(tree: Any) -> None:
    """Join choices that begin with the same character, so that a text is compared with each character once.

    Only one of several first characters can stand in a text, so which of them is tried first does not matter. What
    stands behind choices is written behind each of them, as `re` leaves a choice at once whose character is another.
    """
    found: list[Item] = []
    for op, value in tree:
        for piece in pieces(op, value):
            by_first_character(piece)
        choices = joined(value[1]) if op is OP.BRANCH else []
        if len(choices) == 1:  # all begin alike
            found += choices[0].data
        else:
            found.append((op, (value[0], choices)) if choices else (op, value))
    tree.data[:] = found


def joined(branches: list[Any]) -> list[Any]:
    """Choices with those next to each other that begin alike brought together by what they begin with."""
    found: list[Any] = []
    spread = [choice for branch in branches for choice in spread_out(branch)]
    for begins, run in groupby(spread, key=beginning_alike):
        alike = list(run)
        if begins is OP.LITERAL:
            found += together(alike)
        elif begins is None or len(alike) == 1:
            found += alike
        else:
            found.append(with_choice_behind(alike))
    return found


def spread_out(branch: Any) -> list[Any]:
    """A choice that itself begins with choices (`(?:we|our)[ ]`) as one for each of these."""
    op, value = first_of(branch)
    if op is OP.SUBPATTERN and not (value[0] or value[1] or value[2]) and len(value[3]) == 1:
        op, value = value[3][0]
    if op is not OP.BRANCH:
        return [branch]
    return [PARSER.SubPattern(branch.state, [*choice.data, *branch.data[1:]]) for choice in value[1]]


def beginning_alike(branch: Any) -> Any:
    """What choices next to each other may have in common: that a character comes first, or the same end of a word."""
    op, value = first_of(branch)
    if op is OP.LITERAL:
        return op
    return value if op is OP.AT else None


def first_of(branch: Any) -> Item:
    """The first operation of a choice, which may be empty."""
    return branch[0] if len(branch) else (None, None)


def together(branches: list[Any]) -> list[Any]:
    """Choices that begin with a character, those with the same one as one choice."""
    by_character: dict[int, list[Any]] = {}
    for branch in branches:
        by_character.setdefault(branch[0][1], []).append(branch)
    return [same[0] if len(same) == 1 else with_choice_behind(same) for same in by_character.values()]


def with_choice_behind(branches: list[Any]) -> Any:
    """Choices that begin with the same, such as a character, as that with a choice behind it."""
    state = branches[0].state
    rests = joined([PARSER.SubPattern(state, branch.data[1:]) for branch in branches])
    return PARSER.SubPattern(state, [branches[0][0], (OP.BRANCH, (None, rests))])


def leave_out_looks_ahead(tree: Any, items: list[Item]) -> None:
    """Take from the front of a pattern each `(?=[…])` that every beginning of a match passes: a search skips by it."""
    place = 0
    while tree[place][0] in (OP.AT, OP.ASSERT, OP.ASSERT_NOT):
        op, value = tree[place]
        is_of_one_character = op is OP.ASSERT and value[0] > 0 and len(value[1]) == 1 and value[1][0][0] is OP.IN
        if is_of_one_character and all(is_among(item, value[1][0][1]) for item in items):
            del tree[place]
        else:
            place += 1


def is_among(item: Item, listed: list[Item]) -> bool:
    """Whether every character of an item is one of a set that lists what it holds."""
    op, value = item
    if listed[0][0] is OP.NEGATE or op not in (OP.LITERAL, OP.RANGE):
        return item in listed
    first, last = (value, value) if op is OP.LITERAL else value
    return all(any(holds_character(other, char) for other in listed) for char in range(first, last + 1))


def holds_character(item: Item, character: int) -> bool:
    """Whether a character is that of an item or in its range; classes are left to others."""
    op, value = item
    return (op is OP.LITERAL and value == character) or (op is OP.RANGE and value[0] <= character <= value[1])


def matches_at_start_only(pattern: str, flags: int = 0) -> bool:
    """Whether every match begins where the text does (`^…`), so that no other place needs a look."""
    return OP is not None and is_at_start(PARSER.parse(pattern, flags))


def is_at_start(tree: Any) -> bool:
    """The same of a piece of a pattern, or of each of its branches."""
    if not len(tree):
        return False
    op, value = tree[0]
    if op is OP.BRANCH:
        return all(map(is_at_start, value[1]))
    return op is OP.AT and value is OP.AT_BEGINNING


def beginning(tree: Any) -> Beginning:
    """The characters with which a match of a piece of a pattern can begin."""
    items: list[Item] = []
    for op, value in tree:
        if op in (OP.AT, OP.ASSERT, OP.ASSERT_NOT):
            continue  # it takes up no character
        found, may_be_empty = beginning_of(op, value)
        items += found
        if not may_be_empty:
            return items, False
    return items, True


def beginning_of(op: Any, value: Any) -> Beginning:
    """The same for one operation of a pattern."""
    if op is OP.LITERAL:
        return [(op, value)], False
    if op is OP.IN and value[0][0] is not OP.NEGATE:
        return list(value), False
    if op is OP.BRANCH:
        every = [beginning(branch) for branch in value[1]]
        return [item for items, _ in every for item in items], any(may_be_empty for _, may_be_empty in every)
    if op is OP.SUBPATTERN and not (value[1] or value[2]):
        return beginning(value[3])
    if op is OP.ATOMIC_GROUP:
        return beginning(value)
    if op in (OP.MAX_REPEAT, OP.MIN_REPEAT, OP.POSSESSIVE_REPEAT):
        items, may_be_empty = beginning(value[2])
        return items, may_be_empty or value[0] == 0
    raise Unknown
