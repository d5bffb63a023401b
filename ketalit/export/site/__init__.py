"""The evidence site: a folder of static pages that opens from disk and asks no server for anything.

    index.html            what is in the release, search, flow, coverage, accuracy, limits
    tables/<view>.html    one page for each evidence table; its rows lie in data/<view>.js
    charts.html           every chart, with the numbers that are drawn
    searches.html         the record of the searches (PRISMA-S)
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

from ketalit.durable import digest
from ketalit.errors import SettingsError
from ketalit.export import prisma
from ketalit.export.bibliography import references
from ketalit.export.charts import Figure, figures, specification, svg
from ketalit.export.facts import Facts
from ketalit.export.presentation import NOTE_ON_ABSENCE, VIEWS, presented
from ketalit.export.site.assets import asset_files
from ketalit.export.site.names import study_names
from ketalit.export.site.overview import accuracy, coverage, grouped, search_file
from ketalit.export.site.pages import environment
from ketalit.export.site.passages import read_cells, texts_of
from ketalit.export.site.studies import Studies
from ketalit.export.site.tables import data_file, table_page
from ketalit.progress import Report, silent
from ketalit.warehouse import Reader
from ketalit.warehouse.published import published_views

__all__ = ["write_site"]

MANIFEST: Final = "site.json"
NOT_PAGES: Final = frozenset({"cell_source"})
"""Views without a page: every page of a study shows its part of it, as marks in the text."""
BETWEEN_RELEASES: Final = "L4"
"""What changed since the release before is no part of a release; `ketalit diff` and `ketalit prisma` say it."""
Files = Iterator[tuple[str, bytes]]


def write_site(
    reader: Reader, facts: Facts, out: Path, *, with_abstracts: bool = False, report: Report = silent
) -> Path:
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
        files = _files(reader, facts, with_abstracts=with_abstracts)
        for number, (name, data) in enumerate(files, 1):
            report("writing pages", number, None)
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
    listed = [presented(view) for view in _tables(reader)]
    templates.globals |= {
        "facts": facts,
        "tables": listed,
        "note_on_absence": NOTE_ON_ABSENCE,
        "with_abstracts": with_abstracts,
    }
    views = {view: reader.rows(f"select * from evidence.{view}") for view in _tables(reader)}  # noqa: S608 - our names
    reports = views["study_reports"]
    cited = references(reader, ((row["source"], row["source_id"]) for row in reports))
    names = study_names(reports, cited)
    yield from sorted(asset_files().items())
    yield from _charts(templates, figures(reader), facts)
    flow = prisma.flow(reader)
    yield "charts/prisma-flow.svg", prisma.svg(flow, facts).encode()
    record = [item for item in prisma.record(reader, facts, flow) if item.number != BETWEEN_RELEASES]
    yield "searches.html", _page(templates, "searches.html", root="", record=record)
    yield from _table_files(templates, reader, views, names, facts)
    studies = Studies(views, read_cells(reader), texts_of(reader, with_abstracts=with_abstracts), names, cited)
    for page in studies.pages():
        yield f"studies/{page.file}", _page(templates, "study.html", root="../", page=page)
    yield "data/studies.js", search_file(views["study_overview"], reports, names)
    yield (
        "index.html",
        _page(
            templates,
            "overview.html",
            root="",
            groups=grouped(listed),
            flow_head=prisma.HEADINGS,
            flow_rows=prisma.table(flow),
            coverage=coverage(reader),
            accuracy=accuracy(),
            counts={view: len(rows) for view, rows in views.items()},
        ),
    )


def _tables(reader: Reader) -> list[str]:
    """The views that have a page: those with a place in reading order first, then any that is new."""
    known = [view for view in published_views(reader) if view not in NOT_PAGES]
    order = list(VIEWS)
    return sorted(known, key=lambda view: (order.index(view) if view in order else len(order), view))


def _page(templates: Environment, template: str, **context: Any) -> bytes:
    return templates.get_template(template).render(context).encode()


def _table_files(
    templates: Environment, reader: Reader, views: Mapping[str, Any], names: Mapping[str, str], facts: Facts
) -> Files:
    for view in _tables(reader):
        meanings = _meanings(reader, view)
        page = table_page(view, views[view], meanings)
        yield f"tables/{view}.html", _page(templates, "table.html", root="../", page=page)
        yield f"data/{view}.js", data_file(view, meanings, views[view], names, facts.release_id)


def _meanings(reader: Reader, view: str) -> dict[str, str]:
    """Column → what it means and how it is filled, as the database says."""
    rows = reader.rows(
        "select column_name, comment from duckdb_columns() where database_name = current_database()"
        " and schema_name = 'main' and table_name = ? order by column_index",
        [view],
    )
    return {row["column_name"]: row["comment"] or "" for row in rows}


def _charts(templates: Environment, drawn: tuple[Figure, ...], facts: Facts) -> Files:
    note = " ".join(facts.warnings)
    yield "charts.html", _page(templates, "charts.html", root="", figures=drawn)
    for figure in drawn:
        yield f"charts/{figure.name}.svg", svg(figure, note=note).encode()
    specifications = {figure.name: specification(figure, is_titled=False) for figure in drawn}
    yield "data/charts.js", b"window.ketalitCharts = " + msgspec.json.encode(specifications) + b";\n"
