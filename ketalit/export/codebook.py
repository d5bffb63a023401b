"""The codebook as a text: each extraction rule, what it means, what it takes and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from ketalit.errors import SettingsError
from ketalit.extract.rules import codebook


def render_codebook(topic: str | None = None) -> str:
    """Every rule, or those of one file (`dosing`), in the order in which they stand there.

    Raises SettingsError when there is no such file.
    """
    return "\n".join(_chapter(name, list(chapter)) for name, chapter in groupby(rules_of(topic), key=_topic))


def rules_of(topic: str | None = None) -> list[dict[str, Any]]:
    """Every rule, or those of one file, as values. Raises SettingsError when there is no such file."""
    rules = sorted(codebook(), key=_topic)
    topics = list(dict.fromkeys(_topic(rule) for rule in rules))
    if topic is not None and topic not in topics:
        raise SettingsError(f"There are no rules on {topic}.", hint=f"Topics: {', '.join(topics)}.")
    return [rule for rule in rules if topic in {None, _topic(rule)}]


def _topic(rule: Mapping[str, Any]) -> str:
    return str(rule["file"]).removesuffix(".toml")


def _chapter(topic: str, rules: list[Mapping[str, Any]]) -> str:
    return f"{topic}: {len(rules)} rules\n\n" + "\n".join(_entry(rule) for rule in rules)


def _entry(rule: Mapping[str, Any]) -> str:
    lines = [f"{rule['id']}", f"  {rule['meaning']}"]
    for example in rule["examples"]:
        read = ", ".join(f"{name} = {value}" for name, value in example.items() if name != "text")
        lines.append(f"  takes   {example['text']}" + (f"  →  {read}" if read else ""))
    lines += [f"  leaves  {text}" for text in rule["rejects"]]
    return "\n".join(lines) + "\n"
