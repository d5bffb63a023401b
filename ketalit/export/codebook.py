"""The codebook as a text: each extraction rule, what it means, what it takes and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import groupby
from typing import Any, Final

from ketalit.errors import SettingsError
from ketalit.extract.rules import codebook, load

OTHER_SOURCES: Final = {
    "registry.": "The registry's own field, as posted",
    "safety_group.": "The group of an event by its words, as the table ref.safety_group has it, with the reason",
    "comparator.absent": "No control is named",
}
"""What the database names beside rules as the source of a cell, or how such names begin → what that means."""


def render_codebook(name: str | None = None) -> str:
    """Every rule, those of one topic, or one rule with its pattern, in the order in which they stand in their files.

    Raises SettingsError when no rule is named so.
    """
    rules = rules_of(name)
    if [rule["id"] for rule in rules] == [name]:
        return _in_full(rules[0])
    return "\n".join(_chapter(topic, list(chapter)) for topic, chapter in groupby(rules, key=_topic))


def rules_of(name: str | None = None) -> list[dict[str, Any]]:
    """Every rule as values, those of one file (`dosing`), those whose ids begin alike (`dose`), or one (`dose.amount`).

    Raises SettingsError when no rule is named so.
    """
    rules = sorted(codebook(), key=_topic)
    if name is None:
        return rules
    for named in (_topic, _beginning, _id):
        found = [rule for rule in rules if named(rule) == name]
        if found:
            return found
    raise _unknown(name, rules)


def names() -> list[str]:
    """What `rules_of` can be asked for: topics and beginnings of ids, then the ids."""
    rules = codebook()
    return list(dict.fromkeys(named(rule) for named in (_topic, _beginning, _id) for rule in rules))


def meaning_of(name: str) -> str:
    """What it means that the database names this rule, or something else, as the source of a cell."""
    if name in load():
        return load()[name].meaning
    return _other_source(name) or "A rule of another version"


def _other_source(name: str) -> str | None:
    return next((meaning for start, meaning in OTHER_SOURCES.items() if name.startswith(start)), None)


def _unknown(name: str, rules: list[dict[str, Any]]) -> SettingsError:
    """The refusal of a name: what else it is, or which names are spelt much like it."""
    what = f"There is no rule {name}." if "." in name else f"There are no rules on {name}."
    other = _other_source(name)
    if other:
        return SettingsError(what, hint=f"{other}; it is not read by a rule of the codebook.")
    near = get_close_matches(name, names(), n=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return SettingsError(what, hint=f"{meant}Topics: {', '.join(dict.fromkeys(map(_topic, rules)))}.")


def _topic(rule: Mapping[str, Any]) -> str:
    return str(rule["file"]).removesuffix(".toml")


def _beginning(rule: Mapping[str, Any]) -> str:
    return _id(rule).partition(".")[0]


def _id(rule: Mapping[str, Any]) -> str:
    return str(rule["id"])


def _chapter(topic: str, rules: list[Mapping[str, Any]]) -> str:
    return f"{topic}: {len(rules)} rules\n\n" + "\n".join(_entry(rule) for rule in rules)


def _entry(rule: Mapping[str, Any]) -> str:
    return "\n".join([f"{rule['id']}", f"  {rule['meaning']}", *_shown(rule)]) + "\n"


def _in_full(rule: Mapping[str, Any]) -> str:
    """One rule with the file in which it stands, the value that it gives, and its pattern."""
    lines = [f"{rule['id']}", f"  {rule['meaning']}", f"  file    {rule['file']}"]
    lines += [f"  value   {rule['value']}"] if rule["value"] else []
    pattern = [f"    {line}".rstrip() for line in rule["pattern"].splitlines()]
    return "\n".join([*lines, *_shown(rule), "  pattern", *pattern]) + "\n"


def _shown(rule: Mapping[str, Any]) -> list[str]:
    """What a rule takes and what it leaves, a line each."""
    lines = []
    for example in rule["examples"]:
        read = ", ".join(f"{name} = {value}" for name, value in example.items() if name != "text")
        lines.append(f"  takes   {example['text']}" + (f"  →  {read}" if read else ""))
    return lines + [f"  leaves  {text}" for text in rule["rejects"]]
