"""The evidence site: a folder of static pages that opens from disk and asks no server for anything.

    index.html            what is in the release, search, flow, coverage, accuracy, limits
    tables/<view>.html    one page for each evidence table; its rows lie in data/<view>.js
    charts.html           every chart, with the numbers that are drawn
    studies/<id>.html     one page a study, with the passages that each value was read from
    assets/, data/        scripts, styles and rows; copied from installed packages or made here
    site.json             the release and the SHA-256 of each file

The same release gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import Environment

from ketalit.errors import SettingsError
from ketalit.export.charts import Figure, figures, specification, svg
from ketalit.export.facts import Facts
from ketalit.export.presentation import NOTE_ON_ABSENCE, VIEWS, presented
from ketalit.export.site.assets import asset_files
from ketalit.export.site.overview import accuracy, coverage, search_file
from ketalit.export.site.pages import environment
from ketalit.export.site.passages import texts_of
from ketalit.export.site.studies import Studies
from ketalit.export.site.tables import data_file, table_page
from ketalit.snapshot import digest
from ketalit.warehouse import Reader
from ketalit.warehouse.published import published_views

__all__ = ["write_site"]

MANIFEST: Final = "site.json"
NOT_PAGES: Final = frozenset({"cell_source"})
"""Views without a page: every page of a study shows its part of it, as marks in the text."""
Files = Iterator[tuple[str, bytes]]


def write_site(reader: Reader, facts: Facts, out: Path, *, with_abstracts: bool = False) -> Path:
    """Write the site of a release into `out`; gives the path of its first page.

    A site that stands there is replaced, and pages that the release no longer has are removed. Raises SettingsError for
    a folder that holds something else, or cannot be written.
    """
    try:
        before = _files_of_last_time(out)
        out.mkdir(parents=True, exist_ok=True)
        # from here on the folder is known to be a site, so that an interrupted one can be written again
        (out / MANIFEST).write_bytes(_manifest(facts, dict.fromkeys(before, "")))
        digests: dict[str, str] = {}
        for name, data in _files(reader, facts, with_abstracts=with_abstracts):
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digests[name] = digest(data)
        for name in before - digests.keys():
            (out / name).unlink(missing_ok=True)
        # written last: a site without it, or with other digests, was interrupted
        (out / MANIFEST).write_bytes(_manifest(facts, digests))
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.", hint="Choose another with --out.") from None
    return out / "index.html"


def _files_of_last_time(out: Path) -> set[str]:
    """The files of the site that stands in `out`. Raises SettingsError when something else stands there."""
    if not out.is_dir() or not any(out.iterdir()):
        return set()
    try:
        listed = msgspec.json.decode((out / MANIFEST).read_bytes())["sha256"]
    except (FileNotFoundError, msgspec.DecodeError, KeyError, TypeError):
        raise SettingsError(
            f"{out} holds files that are no site of ketalit.", hint="Choose an empty or new folder with --out."
        ) from None
    # a manifest that somebody else wrote deletes nothing outside the folder
    return {name for name in listed if not Path(name).is_absolute() and ".." not in Path(name).parts}


def _manifest(facts: Facts, digests: Mapping[str, str]) -> bytes:
    return msgspec.json.format(
        msgspec.json.encode({"release_id": facts.release_id, "sha256": dict(sorted(digests.items()))}), indent=1
    )


def _files(reader: Reader, facts: Facts, *, with_abstracts: bool) -> Files:
    """Every file of the site; the first page comes last."""
    templates = environment()
    drawn = figures(reader)
    templates.globals |= {
        "facts": facts,
        "tables": [presented(view) for view in _tables(reader)],
        "note_on_absence": NOTE_ON_ABSENCE,
        "with_abstracts": with_abstracts,
    }
    views = {view: reader.rows(f"select * from evidence.{view}") for view in VIEWS}  # noqa: S608 - names of our own
    yield from sorted(asset_files().items())
    yield from _charts(templates, drawn, facts)
    yield from _table_files(templates, reader, views, facts)
    yield from _study_files(templates, reader, views, with_abstracts=with_abstracts)
    yield "data/studies.js", search_file(views["study_overview"], views["study_reports"])
    yield (
        "index.html",
        _page(
            templates,
            "overview.html",
            root="",
            coverage=coverage(reader),
            accuracy=accuracy(),
            counts={view: len(rows) for view, rows in views.items()},
        ),
    )


def _tables(reader: Reader) -> list[str]:
    """The views that have a page, in reading order."""
    known = set(published_views(reader))
    return [view for view in VIEWS if view in known and view not in NOT_PAGES]


def _page(templates: Environment, template: str, **context: Any) -> bytes:
    return templates.get_template(template).render(context).encode()


def _table_files(templates: Environment, reader: Reader, views: Mapping[str, Any], facts: Facts) -> Files:
    for view in _tables(reader):
        meanings = _meanings(reader, view)
        page = table_page(view, views[view], meanings)
        yield f"tables/{view}.html", _page(templates, "table.html", root="../", page=page)
        yield f"data/{view}.js", data_file(view, meanings, views[view], facts.release_id)


def _meanings(reader: Reader, view: str) -> dict[str, str]:
    """Column → what it means and how it is filled, as the database says."""
    rows = reader.rows(
        "select column_name, comment from duckdb_columns() where database_name = current_database()"
        " and schema_name = 'main' and table_name = ? order by column_index",
        [view],
    )
    return {row["column_name"]: row["comment"] or "" for row in rows}


def _study_files(templates: Environment, reader: Reader, views: Mapping[str, Any], *, with_abstracts: bool) -> Files:
    texts = texts_of(reader, with_abstracts=with_abstracts)
    for page in Studies(views, views["cell_source"], texts).pages():
        yield f"studies/{page.file}", _page(templates, "study.html", root="../", page=page)


def _charts(templates: Environment, drawn: tuple[Figure, ...], facts: Facts) -> Files:
    note = " ".join(facts.warnings)
    yield "charts.html", _page(templates, "charts.html", root="", figures=drawn)
    for figure in drawn:
        yield f"charts/{figure.name}.svg", svg(figure, note=note).encode()
    specifications = {figure.name: specification(figure, is_titled=False) for figure in drawn}
    yield "data/charts.js", b"window.ketalitCharts = " + msgspec.json.encode(specifications) + b";\n"
