"""What is made of a finished release for people: answers, citations, charts and documents.

Each verb imports what it makes things with, so that `ketalit --help` loads none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ketalit.errors import KetalitError, SettingsError
from ketalit.progress import Report, silent
from ketalit.settings import Settings

if TYPE_CHECKING:
    from ketalit.export.bibliography import Key
    from ketalit.export.dictionary import Relation
    from ketalit.export.facts import Facts
    from ketalit.release import Release, Releases
    from ketalit.warehouse import Reader
    from ketalit.warehouse.cookbook import Recipe
    from ketalit.warehouse.question import Answer

INCLUDED: Final = "select source_id from screening where decision in ('included', 'needs review')"
MOST_CITED: Final = 100_000
"""Rows of a query that are cited: more than both services hold on the subject."""


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


def head(settings: Settings) -> tuple[str, ...]:
    """What must stand with every answer that leaves: release, days of the searches, warnings, retractions."""
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        return _facts(release, reader).head


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
        (found.topic, found.name, found.title, found.question, [p.as_set for p in found.parameters])
        for found in recipes()
    )
    return Answer(columns=("topic", "recipe", "title", "question", "parameters"), rows=rows, is_cut=False)


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


# ---- citations


class Cited(Struct, frozen=True):
    """Citations as text, and what became of the records that were asked for."""

    text: str
    n_records: int
    """Records that the text holds."""
    n_left_out: int
    """Registrations that a format for papers alone has no place for."""
    warnings: tuple[str, ...]
    """What to know before anything is cited: sample data, partial coverage."""


def cite(
    settings: Settings, form: str, *, view: str | None = None, query: str | None = None, with_abstracts: bool = False
) -> Cited:
    """Citations of the records that a view or a query of the current release stands for, in a format.

    Without view and query: of every included record. Raises SettingsError for a view that is not there, a query that
    cannot be run or names no records, and when both are given.
    """
    from ketalit.export import bibliography
    from ketalit.release import Releases
    from ketalit.warehouse import read

    if view and query:
        raise SettingsError("A view and a query were given.", hint="Give one of them; a query may ask the view.")
    release = Releases(settings.home).current()
    with read(release.database) as reader:
        keys = _keys_of_view(reader, view) if view else _keys_of_query(settings, release, reader, query or INCLUDED)
        found = bibliography.references(reader, keys, with_abstracts=with_abstracts)
        warnings = _facts(release, reader).warnings
    written = [key for key in found if form != "nbib" or key[0] == "pubmed"]
    return Cited(
        text=bibliography.bibliography(found.values(), form),
        n_records=len(written),
        n_left_out=len(found) - len(written),
        warnings=warnings,
    )


def _facts(release: Release, reader: Reader) -> Facts:
    from ketalit.export.facts import facts

    manifest = release.manifest
    return facts(reader, release.release_id, manifest.as_of, manifest.accepted)


def _keys_of_view(reader: Reader, view: str) -> list[Key]:
    from ketalit.export.bibliography import keys_of_view
    from ketalit.warehouse.published import published_views

    name = view.removeprefix("evidence.")
    if name not in published_views(reader):
        raise SettingsError(
            f"There is no view {view!r}; there are {', '.join(published_views(reader))}.",
            hint="Name one of them with --view, or give a query.",
        )
    return keys_of_view(reader, name)


def _keys_of_query(settings: Settings, release: Release, reader: Reader, query: str) -> list[Key]:
    from ketalit.export.bibliography import keys_of_rows, names_records
    from ketalit.warehouse.question import ask

    answer = ask(release.database, query, seconds=settings.query_seconds, rows=MOST_CITED)
    if not names_records(answer.columns):
        raise SettingsError(
            f"The query names no records: its columns are {', '.join(answer.columns)}.",
            hint="Select one of pmid, nct_id, source_id or study_id.",
        )
    return keys_of_rows(reader, [dict(zip(answer.columns, row, strict=True)) for row in answer.rows])


# ---- charts and PRISMA


def charts(settings: Settings, out: Path | None = None) -> tuple[Path, ...]:
    """Draw every chart of the current release into a folder; gives the paths of the files.

    Raises SettingsError when the folder cannot be written.
    """
    from ketalit.export.charts.files import chart_files
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        return _write_files(chart_files(reader, _facts(release, reader)), out or settings.home / "charts")


def prisma(settings: Settings, out: Path | None = None) -> tuple[Path, ...]:
    """Write flow diagram and search record of the current release into a folder; gives the paths of the files.

    Raises WarehouseError when the boxes do not add up and SettingsError when the folder cannot be written.
    """
    from ketalit.export import prisma as of_prisma
    from ketalit.release import Releases
    from ketalit.warehouse import read

    releases = Releases(settings.home)
    release = releases.current()
    with read(release.database) as reader, ExitStack() as stack:
        facts = _facts(release, reader)
        flow = of_prisma.flow(reader, _before(stack, releases))
        record = of_prisma.record(reader, facts, flow)
        return _write_files(of_prisma.prisma_files(flow, record, facts), out or settings.home / "prisma")


def _before(stack: ExitStack, releases: Releases) -> tuple[str, str, Reader] | None:
    """The release before the current one with its day and reader; none when it is gone or damaged."""
    from ketalit.warehouse import read

    try:
        previous = releases.previous()
        if previous is None:
            return None
        reader = stack.enter_context(read(previous.database))
    except KetalitError:
        return None
    return previous.release_id, max(previous.manifest.as_of.values(), default=""), reader


def _write_files(files: Iterable[tuple[str, bytes]], out: Path) -> tuple[Path, ...]:
    """Write each file whole or not at all."""
    from ketalit.durable import write_durably

    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            write_durably(out / name, data)
            written.append(out / name)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.", hint="Choose another with --out.") from None
    return tuple(written)


def write_text(text: str, out: Path) -> None:
    """Write a file as it is, line ends included. Raises SettingsError when it cannot be written."""
    from ketalit.durable import write_durably

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_durably(out, text.encode())
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.", hint="Choose another with --out.") from None


# ---- the site


def site(
    settings: Settings, out: Path | None = None, *, with_abstracts: bool = False, report: Report = silent
) -> tuple[Path, tuple[str, ...]]:
    """Write the evidence site of the current release; gives its first page, and what to know before citing it.

    Abstracts stand on the pages only `with_abstracts`. Raises SettingsError when the folder holds something else or
    cannot be written.
    """
    from ketalit.export.site import write_site
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        said = _facts(release, reader)
        folder = out or settings.home / "site"
        return write_site(reader, said, folder, with_abstracts=with_abstracts, report=report), said.warnings


# ---- the report


def report(settings: Settings, form: str, out: Path) -> tuple[Path, ...]:
    """The report of the current release as a document; gives the files, the document first.

    `form` is html, docx, xlsx, md, csv, latex or pdf. CSV is one file a table, named after `out`; LaTeX has a folder of
    figures beside it. Raises SettingsError when `out` cannot be written, or no browser is there to print a PDF.
    """
    from ketalit.durable import write_durably
    from ketalit.export.report import render
    from ketalit.release import Releases
    from ketalit.warehouse import read

    release = Releases(settings.home).current()
    with read(release.database) as reader:
        _refuse_other_versions(reader)
        files = render(reader, _facts(release, reader), form, out.stem)
    # the document is called what was asked for, whatever its ending; what belongs to it is named after it
    first, *others = files
    paths = {out if form != "csv" else out.parent / first: files[first]}
    paths |= {out.parent / name: files[name] for name in others}
    try:
        for path, data in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, data)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.", hint="Choose another with --out.") from None
    return tuple(paths)


def _refuse_other_versions(reader: Reader) -> None:
    """A release that an older ketalit made lacks views that the report shows."""
    from ketalit.export.presentation import VIEWS
    from ketalit.warehouse.published import published_views

    if missing := [view for view in VIEWS if view not in published_views(reader)]:
        raise SettingsError(
            f"The current release was made by another version of ketalit: it has no {', '.join(missing)}.",
            hint="Run `ketalit build` first.",
        )
