"""Reading by other rules than those of the package, in this process."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from ketalit import extract
from ketalit.extract import needs, patterns, rules

Tables = dict[str, dict[str, Any]]
"""Rule file → what stands in it."""

MODULES = [import_module(f"ketalit.extract.{found.name}") for found in pkgutil.iter_modules(extract.__path__)]
COMPILED_ONCE = cache(patterns.compiled)
STAYS_TRUE = {COMPILED_ONCE, rules.files}


@contextmanager
def reading_by(change: Callable[[Tables], object]) -> Iterator[None]:
    """Meanwhile, rules are those of files that were changed so."""
    book, tables = rules.load(), deepcopy(rules.files())
    change(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "compiled", COMPILED_ONCE)
        patch.setattr(rules, "files", lambda: tables)
        _forget()
        yield
        patch.setattr(rules, "assembled", lambda _tables: book)  # with the patterns that are compiled already
        _forget()
        rules.load()


def entry(tables: Tables, rule_id: str) -> dict[str, Any]:
    """One rule, to be changed."""
    return next(rule for table in tables.values() for rule in table.get("rule", ()) if rule["id"] == rule_id)


def siblings(tables: Tables, rule_id: str) -> list[dict[str, Any]]:
    """The rules of the file in which a rule stands, to be changed."""
    return next(t["rule"] for t in tables.values() if any(rule["id"] == rule_id for rule in t.get("rule", ())))


def _forget() -> None:
    """Let modules look at the rules anew."""
    for module in MODULES:
        for known in vars(module).values():
            if hasattr(known, "cache_clear") and known not in STAYS_TRUE:
                known.cache_clear()
    needs.TRIED_IN.clear()
    rules.RULES.clear()
