"""The cookbook: questions that committees ask, as SQL files that anybody can run, read and change.

A recipe is one statement over the published views, with a head that says what it asks and what it gives:

    -- title: Doses above 0.5 mg/kg IV
    -- topic: dosing
    -- question: Who was given more than the usual dose, and how much?
    -- parameter dose: dose that must be exceeded
    -- note: Of a range or a titration the highest dose counts.
    -- answer: study_id varchar, dose double
    select … where dose > coalesce(getvariable('dose'), 0.5)

Lines that begin with blanks go on with the entry above them. The default of a parameter stands once, in the statement:
so a recipe runs as it is in any client of DuckDB, and `set variable dose = 1` changes it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from msgspec import Struct

from ketalit.errors import SettingsError, WarehouseError
from ketalit.warehouse.files import sql_folder

FOLDER: Final = "cookbook"
TOPICS: Final = ("dosing", "durability", "people", "safety", "registry", "evidence")
"""The chapters, in reading order."""
_ENTRY: Final = re.compile(r"^-- (title|topic|question|note|answer|empty in the sample|parameter \w+): (.+)$")
_DEFAULT: Final = r"coalesce\(getvariable\('{name}'\), ('(?:[^']|'')*'|-?\d+(?:\.\d+)?)\)"

Value = str | float


class Parameter(Struct, frozen=True):
    """What a reader may change of a recipe."""

    name: str
    meaning: str
    default: Value

    @property
    def as_set(self) -> str:
        """As it is set: name=value."""
        return f"{self.name}={self.default if isinstance(self.default, str) else format(self.default, 'g')}"


class Recipe(Struct, frozen=True):
    """One question with the statement that answers it."""

    name: str
    title: str
    topic: str
    question: str
    note: str
    """How to read the answer; empty where it speaks for itself."""
    parameters: tuple[Parameter, ...]
    answer: tuple[tuple[str, str], ...]
    """Column and type, in order."""
    empty_in_the_sample: str
    """Why the bundled sample answers with no row; empty where it has some."""
    sql: str

    def title_with(self, given: Mapping[str, object]) -> str:
        """The title, and what was changed: that of `doses above 0.5 mg/kg` stays when another dose is asked for."""
        changed = ", ".join(f"{name} = {value}" for name, value in given.items())
        return f"{self.title} (here: {changed})" if changed else self.title

    def values(self, given: Mapping[str, str]) -> dict[str, Value]:
        """The parameters that a person gave, as numbers where the recipe's default is one.

        Raises SettingsError for one that the recipe does not have, and for a word where a number is needed.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given.keys() - known.keys():
            there = f"It has {', '.join(known)}." if known else "It has none."
            raise SettingsError(f"Recipe {self.name} has no parameter {name}.", hint=there)
        return {name: _like(known[name].default, name, text) for name, text in given.items()}


def recipes() -> tuple[Recipe, ...]:
    """Every recipe, chapter by chapter and by name. Raises WarehouseError for a file whose head is malformed."""
    found = [_read(path) for path in sorted((sql_folder() / FOLDER).glob("*.sql"))]
    return tuple(sorted(found, key=lambda recipe: (TOPICS.index(recipe.topic), recipe.name)))


def recipe(name: str) -> Recipe:
    """The recipe of that name. Raises SettingsError naming those that are spelt much like it."""
    path = sql_folder() / FOLDER / f"{name}.sql"
    known = sorted(other.stem for other in path.parent.glob("*.sql"))
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise SettingsError(
            f"There is no recipe {name}.", hint=f"{meant}`ketalit query --recipes` lists all {len(known)}."
        )
    return _read(path)


def _read(path: Path) -> Recipe:
    text = path.read_text("utf-8")
    head = dict(_entries(path, text))
    try:
        return Recipe(
            name=path.stem,
            title=head["title"],
            topic=TOPICS[TOPICS.index(head["topic"])],
            question=head["question"],
            note=head.get("note", ""),
            parameters=tuple(_parameters(head, text)),
            answer=tuple(_columns(head["answer"])),
            empty_in_the_sample=head.get("empty in the sample", ""),
            sql=text,
        )
    except (KeyError, ValueError) as error:
        raise _malformed(path, f"{error} is missing or not known") from None


def _entries(path: Path, text: str) -> Iterator[tuple[str, str]]:
    entry: tuple[str, str] | None = None
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if found := _ENTRY.match(line):
            if entry:
                yield entry
            entry = (found[1], found[2])
        elif entry and line.startswith("--   "):
            entry = (entry[0], f"{entry[1]} {line[2:].strip()}")
        else:
            raise _malformed(path, f"`{line}` is no entry of a recipe's head")
    if entry:
        yield entry


def _malformed(path: Path, problem: str) -> WarehouseError:
    return WarehouseError(
        f"{FOLDER}/{path.name}: {problem}.", hint="The head of ketalit/warehouse/cookbook.py shows how a recipe begins."
    )


def _parameters(head: Mapping[str, str], text: str) -> Iterator[Parameter]:
    for entry, meaning in head.items():
        if entry.startswith("parameter "):
            name = entry.removeprefix("parameter ")
            default = re.search(_DEFAULT.format(name=name), text)
            if default is None:
                raise KeyError(f"coalesce(getvariable('{name}'), …)")
            yield Parameter(name=name, meaning=meaning, default=_literal(default[1]))


def _literal(text: str) -> Value:
    return text[1:-1].replace("''", "'") if text.startswith("'") else float(text)


def _columns(text: str) -> Iterator[tuple[str, str]]:
    for column in text.split(", "):
        name, kind = column.split(" ", 1)
        yield name, kind


def _like(default: Value, name: str, text: str) -> Value:
    if isinstance(default, str):
        return text
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"{name} is a number, not {text}.", hint=f"Such as {name}={default:g}.") from None
