"""What is made from a finished release, for people to look at, ask and cite.

Each verb opens the current release, and imports what it needs when it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ketalit.settings import Settings

if TYPE_CHECKING:
    from ketalit.export.dictionary import Relation
    from ketalit.warehouse.cookbook import Recipe
    from ketalit.warehouse.question import Answer


# ---- asking


def answer(settings: Settings, asked: str | Recipe, given: Mapping[str, str] | None = None) -> Answer:
    """What the current release answers to a statement or a recipe, within the settings' time and number of rows.

    `given` are parameters of the recipe. Raises SettingsError for a statement that cannot be run and for a parameter
    that the recipe does not have, WarehouseError when the answer takes too long.
    """
    from ketalit.release import Releases
    from ketalit.warehouse.question import ask

    statement, variables = (asked, {}) if isinstance(asked, str) else (asked.sql, asked.values(given or {}))
    database = Releases(settings.home).current().database
    return ask(database, statement, seconds=settings.query_seconds, rows=settings.query_rows, variables=variables)


def recipe(name: str) -> Recipe:
    """A question of the cookbook. Raises SettingsError when there is none of that name."""
    from ketalit.warehouse import cookbook

    return cookbook.recipe(name)


def recipe_names() -> tuple[str, ...]:
    """The names of all recipes, for the shell to complete."""
    from ketalit.warehouse.cookbook import recipes

    return tuple(recipe.name for recipe in recipes())


def cookbook() -> Answer:
    """Every recipe with what it asks and what may be set, as a table."""
    from ketalit.warehouse.cookbook import recipes
    from ketalit.warehouse.question import Answer

    rows = tuple(
        (found.topic, found.name, found.question, [f"{p.name}={p.default}" for p in found.parameters])
        for found in recipes()
    )
    return Answer(columns=("topic", "recipe", "question", "parameters"), rows=rows, is_cut=False)


def dictionary(settings: Settings, names: Sequence[str] = (), *, is_whole: bool = False) -> tuple[Relation, ...]:
    """What the tables and columns of the current release mean, and how they are filled.

    All published views, with `is_whole` also the tables below them, or those that are named. Raises SettingsError for
    a name that is none.
    """
    from ketalit.export import dictionary as explaining
    from ketalit.release import Releases
    from ketalit.warehouse import read

    with read(Releases(settings.home).current().database) as reader:
        return explaining.dictionary(reader, names, is_whole=is_whole)
