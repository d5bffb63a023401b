"""Short ways to read one text in tests."""

from __future__ import annotations

from typing import Any

from ketalit.extract.gold import gold_record
from ketalit.extract.read import facts, units_of
from ketalit.model.evidence import Facts


def read(abstract: str, title: str = "Ketamine for depression.") -> Facts:
    """The facts of a title and an abstract."""
    return facts(units_of(title, abstract, "1"))


def record(abstract: str, title: str = "Ketamine for depression.") -> dict[str, Any]:
    """The same in the flat shape of annotators."""
    return gold_record(read(abstract, title))


def follow_up(abstract: str) -> tuple[Any, Any]:
    """Days of follow-up of a text, and from where they are counted."""
    found = record(abstract)
    return found["follow_up_days"], found["follow_up_anchor"]


def regimens(abstract: str, title: str = "Ketamine for depression.") -> list[dict[str, Any]]:
    """The regimens of a text, without the slots that are not stated."""
    found = record(abstract, title)["regimens"]
    return [{key: value for key, value in regimen.items() if value is not None} for regimen in found]


def slot(name: str, abstract: str, title: str = "Ketamine for depression.") -> list[Any]:
    """One slot of every regimen."""
    return [regimen.get(name) for regimen in regimens(abstract, title)]
