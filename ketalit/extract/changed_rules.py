"""What changed between two codebooks, and whether it touches what was read in a document.

A document is touched where one of the questions that its reading asked (see `asked`) may have another answer by the
rules of now. Meanings, examples and rejects answer nothing, so they are no part of what is compared; lists of terms and
labels of sections are no rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from msgspec import Struct, structs

from ketalit.errors import RuleError
from ketalit.extract.asked import Asked, Passage
from ketalit.extract.context import is_said
from ketalit.extract.needs import need_of
from ketalit.extract.rules import Rule, bare, holds, load

MOST_CHANGED: Final = 40
"""Rules above which asking all of them again may take as long as reading anew."""


class Entry(Struct, frozen=True, array_like=True):
    """What of a rule decides what is read."""

    id: str
    pattern: str
    """With its word lists."""
    needs: tuple[str, ...]
    also: tuple[str, ...]
    value: str | None
    cased: bool
    numeric: bool
    around: bool
    capitals: tuple[str, ...] = ()

    def rule(self) -> Rule | None:
        """The rule that answered so; None where its pattern is none, so that it never answered."""
        rule = Rule({**structs.asdict(self), "meaning": "", "examples": (), "rejects": ()}, "an earlier codebook", {})
        try:
            rule.compiled[False]
        except RuleError:
            return None
        return rule


Codebook = tuple[Entry, ...]
"""Rules in their order."""


def codebook() -> Codebook:
    """The rules of now."""
    return tuple(Entry(*(getattr(rule, name) for name in Entry.__struct_fields__)) for rule in load().values())


class ChangedRule:
    """One rule as it was and as it is; None where there was none, or is none any more."""

    def __init__(self, rule_id: str, old: Rule | None, new: Rule | None, family: Collection[str]) -> None:
        self._id, self._old, self._new = rule_id, old, new
        self._family = frozenset(family)
        """Ids of the rules beside it before."""
        self._needs = _letters({literal for rule in (old, new) if rule for literal in rule.needs})
        """Without one of them in a text, the rule is tried in no sentence, and was tried in none."""
        self._gates = _letters(_other_gates(old, new) if old and new else set())
        """Without one of them in a text, the rule is tried in the sentences in which it was tried before."""

    def touches(self, asked: Asked) -> bool:
        """Whether an answer to what a reading asked may be another one."""
        return (
            self._is_used_freely(asked.freely)
            or any(map(self._is_said_otherwise, asked.said.get(self._id, ())))
            or any(map(self._is_found_otherwise, asked.passages))
        )

    def _is_used_freely(self, freely: Collection[str]) -> bool:
        """A rule that comes is used as its family is, where all of that was used."""
        return self._id in freely or (self._old is None and bool(self._family) and self._family.issubset(freely))

    def _is_said_otherwise(self, text: str) -> bool:
        old, new = self._old, self._new
        return old is None or new is None or is_said(old, text) is not is_said(new, text)

    def _is_found_otherwise(self, passage: Passage) -> bool:
        lower = passage.text.lower()
        if not holds(lower, self._needs):
            return False
        before, now = _matches(self._old, passage), _matches(self._new, passage)
        return before != now or (bool(now) and (self._means_otherwise() or holds(lower, self._gates)))

    def _means_otherwise(self) -> bool:
        return bool(self._old and self._new and self._old.value != self._new.value)


def changed_rules(old: Codebook, new: Codebook) -> tuple[ChangedRule, ...] | None:
    """What to ask again; None where that would not do: rules stand in another order, or very many changed."""
    before, now = ({entry.id: entry for entry in book} for book in (old, new))
    if [name for name in before if name in now] != [name for name in now if name in before]:
        return None
    changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if len(changed) > MOST_CHANGED or any(_is_read_elsewhere(before.get(name), now.get(name)) for name in changed):
        return None
    earlier = {name: before[name].rule() if name in before else None for name in changed}
    return tuple(ChangedRule(name, rule, load().get(name), _family(name, before)) for name, rule in earlier.items())


def _family(rule_id: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.partition(".")[0] == rule_id.partition(".")[0]]


def _is_read_elsewhere(old: Entry | None, new: Entry | None) -> bool:
    """Whether a rule reads whole texts only now, or only before."""
    return old is not None and new is not None and old.around != new.around


def _other_gates(old: Rule, new: Rule) -> set[str]:
    """Literals that let a rule be tried in a sentence only now or only before; all where the conditions are others."""
    if _conditions(old) != _conditions(new):
        return {*old.needs, *old.also, *new.needs, *new.also}
    return {*old.needs} ^ {*new.needs} | {*old.also} ^ {*new.also}


def _conditions(rule: Rule) -> tuple[object, ...]:
    return rule.numeric, bool(rule.also), bool(rule.literals), rule.capitals


def _letters(literals: Iterable[str]) -> tuple[str, ...]:
    """What stands in every text in lower case in which a literal is found, be it as a phrase or in pieces."""
    return tuple(sorted({need_of(literal, 0).letters or bare(literal).strip() for literal in literals}))


def _matches(rule: Rule | None, passage: Passage) -> list[tuple[object, ...]]:
    """Place and groups of what a rule finds in the sentences of a passage."""
    if rule is None or rule.around:
        return []
    pattern = rule.compiled[passage.text.isascii()]
    text = passage.text if rule.cased else passage.text.lower()
    groups = dict(pattern.groupindex)
    return [
        (found.regs, groups)
        for start, end in zip(passage.starts, passage.ends, strict=True)
        for found in pattern.finditer(text, start, end)
    ]
