"""The report as an Excel workbook: every view with every column, typed, frozen, filtered and linked; a dictionary.

A text is always a text: nothing that a title holds becomes a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import xlsxwriter
from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from ketalit.export.bibliography import Reference, references, vancouver
from ketalit.export.cells import plain
from ketalit.export.facts import TITLE, WORDS, Facts
from ketalit.export.presentation import ABSENT, NOTE_ON_ABSENCE, VIEWS, Column, columns, shown
from ketalit.export.report.zipped import settled
from ketalit.warehouse import Reader

CUT: Final = " … [cut: more than a cell holds]"
LONGEST: Final = 32_767
"""Characters that a cell of Excel holds."""
MOST_ROWS: Final = 1_000_000
"""Rows that a sheet holds, with room for its head."""
PUBMED_ID: Final = re.compile(r"\d{1,8}")
NCT_ID: Final = re.compile(r"NCT\d{8}")
IDS: Final = frozenset({"pmid", "nct_id", "source_id", "compared_source_id"})
WIDE: Final = frozenset(
    {"title", "compared_title", "reason", "quote", "sentence", "outcome_title", "reasons", "threshold"}
)
MOST_LINKS: Final = 65_000
"""Links that Excel takes on a sheet are 65,530; a sheet that needs more has none."""
LINE, MOST_LINES = 12.5, 8
"""Points of a line, and the lines after which a row grows no more."""
REFERENCE_WIDTHS: Final = (15, 14, 14, 22, 110, 30)
DICTIONARY_WIDTHS: Final = (28, 28, 26, 30, 14, 110)
"""Characters of each column."""
LONG: Final = {"study_id": 22, "row_id": 90}
"""Columns of ids that are not to be broken, with the characters that they need."""
HEAD_ROWS: Final = 4
"""Title, what a row is, release and warnings, and an empty row; then the headings."""


class Formats(Struct, frozen=True):
    """The looks of cells."""

    title: Any
    quiet: Any
    warning: Any
    heading: Any
    name: Any
    cell: Any
    number: Any
    day: Any
    link: Any
    absent: Any
    retracted: Any


def as_xlsx(reader: Reader, facts: Facts) -> bytes:
    """The workbook as a .xlsx file."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False},
    )
    _set_properties(book, facts)
    formats = _formats(book)
    _about(book, formats, facts)
    for view in VIEWS:
        _view(book, formats, reader, facts, view)
    _references(book, formats, reader, facts)
    _dictionary(book, formats, reader, facts)
    book.close()
    return settled(file.getvalue())


def _set_properties(book: Any, facts: Facts) -> None:
    book.set_properties(
        {
            "title": f"{TITLE}: evidence tables",
            "subject": f"ketalit release {facts.release_id}",
            "author": "The ketalit developers",
            "comments": " ".join(facts.warnings),
            "created": datetime.fromisoformat(facts.day or "2000-01-01").replace(tzinfo=UTC),
        }
    )


def _formats(book: Any) -> Formats:
    look = {"font_name": "Arial", "font_size": 9, "valign": "top"}
    return Formats(
        title=book.add_format({**look, "font_size": 14, "bold": True}),
        quiet=book.add_format({**look, "font_color": "#59636E"}),
        warning=book.add_format({**look, "bold": True, "font_color": "#8A1C0E"}),
        heading=book.add_format({**look, "bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#F4F6F8"}),
        name=book.add_format({**look, "bold": True}),
        cell=book.add_format({**look, "text_wrap": True, "align": "left"}),
        number=book.add_format({**look, "align": "right", "indent": 1}),
        day=book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "left"}),
        link=book.add_format({**look, "font_color": "#0B57A4", "underline": 1}),
        absent=book.add_format({**look, "italic": True, "font_color": "#59636E"}),
        retracted=book.add_format({"font_strikeout": True, "font_color": "#8A1C0E"}),
    )


# ---- sheets


def _about(book: Any, formats: Formats, facts: Facts) -> None:
    """The first sheet: which release, what to know, and where everything is."""
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 100, formats.cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"{TITLE}: evidence tables", formats.title)
    row = 1
    for warning in facts.warnings:
        sheet.write_string(row, 0, warning, formats.warning)
        row += 1
    lines = [
        ("Release", facts.release_id),
        *((search.name, search.sentence) for search in facts.searches),
        *((f"Search of {search.name}", search.query) for search in facts.searches if search.query),
        *((WORDS[name], count) for name, count in facts.counts.items()),
        ("Empty cells", NOTE_ON_ABSENCE),
        ("Retracted reports", "Struck through; count them nowhere."),
    ]
    for name, value in lines:
        row += 1
        sheet.write_string(row, 0, name, formats.name)
        written = _write(sheet, row, 1, f"{value:,}" if isinstance(value, int) else value, formats)
        _set_height(sheet, row, [written], [100])
    row += 2
    for view in VIEWS.values():
        sheet.write_url(row, 0, f"internal:'{_sheet_name(view.title)}'!A1", formats.link, view.title)
        sheet.write_string(row, 1, view.about, formats.cell)
        row += 1


def _view(book: Any, formats: Formats, reader: Reader, facts: Facts, view: str) -> None:
    described = VIEWS[view]
    rows = reader.rows(f"select * from evidence.{view} limit {MOST_ROWS}")  # noqa: S608 – a name of our own
    names = reader.rows(
        "select column_name from duckdb_columns() where schema_name = 'main' and table_name = ?"
        " and database_name = current_database() order by column_index",
        [view],
    )
    # the row's id comes last: it is for `ketalit trace`, and nobody reads it
    held = sorted(columns(view, [row["column_name"] for row in names]), key=lambda column: column.name == "row_id")
    is_cut = len(rows) == MOST_ROWS
    about = (
        f"{described.about} Only the first {MOST_ROWS:,} rows fit; the database has all." if is_cut else described.about
    )
    sheet = _headed(book, formats, facts, described.title, about)
    for place, column in enumerate(held):
        sheet.write_string(HEAD_ROWS, place, column.heading, formats.heading)
        sheet.set_column(place, place, _width(column), formats.cell)
    is_linked = len(rows) * len(IDS) < MOST_LINKS
    widths = [_width(column) for column in held]
    for number, row in enumerate(rows, HEAD_ROWS + 1):
        texts = [_cell(sheet, number, n, column, row, formats, is_linked=is_linked) for n, column in enumerate(held)]
        _set_height(sheet, number, texts, widths)
    last = max(HEAD_ROWS + len(rows), HEAD_ROWS + 1)
    sheet.autofilter(HEAD_ROWS, 0, last, len(held) - 1)
    sheet.freeze_panes(HEAD_ROWS + 1, 2)
    if standing := next((place for place, column in enumerate(held) if column.name == "integrity"), None):
        _strike_retracted(sheet, formats, standing, last, len(held) - 1)


def _headed(book: Any, formats: Formats, facts: Facts, title: str, about: str) -> Worksheet:
    """A new sheet with its head: a sheet is copied without the others."""
    sheet: Worksheet = book.add_worksheet(_sheet_name(title))
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, about, formats.quiet)
    is_clean = len(facts.short_head) == 1
    sheet.write_string(2, 0, " ".join(facts.short_head), formats.quiet if is_clean else formats.warning)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROWS)
    return sheet


def _strike_retracted(sheet: Worksheet, formats: Formats, place: int, last: int, width: int) -> None:
    """By a rule on the column Standing, so that it stays right when rows are sorted."""
    letter = xlsxwriter.utility.xl_col_to_name(place)
    rule = {"type": "formula", "criteria": f'=${letter}{HEAD_ROWS + 2}="retracted"', "format": formats.retracted}
    sheet.conditional_format(HEAD_ROWS + 1, 0, last, width, rule)


def _references(book: Any, formats: Formats, reader: Reader, facts: Facts) -> None:
    records = reader.rows("select source, source_id from evidence.screening order by source desc, source_id")
    found = references(reader, [(row["source"], row["source_id"]) for row in records])
    sheet = _headed(book, formats, facts, "References", "One row a record: how to cite it.")
    headings = ("Record", "Decision", "Standing", "Studies", "Citation", "DOI")
    for place, (heading, width) in enumerate(zip(headings, REFERENCE_WIDTHS, strict=True)):
        sheet.write_string(HEAD_ROWS, place, heading, formats.heading)
        sheet.set_column(place, place, width, formats.cell)
    for number, reference in enumerate(found.values(), HEAD_ROWS + 1):
        _reference(sheet, number, reference, formats)
    sheet.autofilter(HEAD_ROWS, 0, max(HEAD_ROWS + len(found), HEAD_ROWS + 1), len(headings) - 1)
    sheet.freeze_panes(HEAD_ROWS + 1, 1)


def _reference(sheet: Worksheet, number: int, reference: Reference, formats: Formats) -> None:
    sheet.write_url(number, 0, reference.url, formats.link, reference.source_id)
    parts = (reference.decision, reference.integrity, ", ".join(reference.study_ids), vancouver(reference))
    written = [_write(sheet, number, n, value, formats) for n, value in enumerate((*parts, reference.doi or ""), 1)]
    _set_height(sheet, number, written, REFERENCE_WIDTHS[1:])


def _dictionary(book: Any, formats: Formats, reader: Reader, facts: Facts) -> None:
    """What each column means and how it is filled: the comments of the database."""
    rows = reader.rows(
        "select table_name as view_name, column_name, data_type, comment from duckdb_columns()"
        " where schema_name = 'main' and database_name = current_database() order by table_name, column_index"
    )
    known = {name: number for number, name in enumerate(VIEWS)}
    rows.sort(key=lambda row: known.get(row["view_name"], len(known)))
    sheet = _headed(book, formats, facts, "Dictionary", "One row a column: its name in SQL and its meaning.")
    by_view = {view: [row["column_name"] for row in rows if row["view_name"] == view] for view in VIEWS}
    headings = {
        (view, column.name): column.heading for view, names in by_view.items() for column in columns(view, names)
    }
    for place, (heading, width) in enumerate(
        zip(("Sheet", "Heading", "View", "Column", "Type", "Meaning"), DICTIONARY_WIDTHS, strict=True)
    ):
        sheet.write_string(HEAD_ROWS, place, heading, formats.heading)
        sheet.set_column(place, place, width, formats.cell)
    for number, row in enumerate(rows, HEAD_ROWS + 1):
        view, name = row["view_name"], row["column_name"]
        title = VIEWS[view].title if view in VIEWS else ""
        values = (title, headings.get((view, name), ""), view, name, row["data_type"].lower(), row["comment"] or "")
        written = [_write(sheet, number, place, value, formats) for place, value in enumerate(values)]
        _set_height(sheet, number, written, DICTIONARY_WIDTHS)
    sheet.autofilter(HEAD_ROWS, 0, max(HEAD_ROWS + len(rows), HEAD_ROWS + 1), 5)
    sheet.freeze_panes(HEAD_ROWS + 1, 2)


# ---- cells


def _cell(
    sheet: Worksheet,
    number: int,
    place: int,
    column: Column,
    row: Mapping[str, Any],
    formats: Formats,
    *,
    is_linked: bool,
) -> str:
    """Write a cell; gives its text, by which the row finds its height."""
    value = row[column.name]
    is_empty = value is None or value == "" or value == []
    if is_empty and column.absence and (said := row[column.absence]) in ABSENT:
        sheet.write_string(number, place, said, formats.absent)
        return str(said)
    if is_linked and column.name in IDS and not is_empty and (url := _url(str(value))):
        sheet.write_url(number, place, url, formats.link, str(value))
        return str(value)
    if isinstance(value, int | float | date):
        return _write(sheet, number, place, value, formats)
    return _write(sheet, number, place, shown(column.name, value), formats)


def _write(sheet: Worksheet, number: int, place: int, value: Any, formats: Formats) -> str:
    """A value by its type; a text never as anything else."""
    written = fitting(plain(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(number, place, value, formats.number)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(number, place, value, formats.day)
    elif written:
        sheet.write_string(number, place, written, formats.cell)
    return written


def _set_height(sheet: Worksheet, number: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """High enough for its longest text: not every program finds that out when it opens a file."""
    lines = max((-(-len(words) // max(1, width - 2)) for words, width in zip(texts, widths, strict=True)), default=1)
    if lines > 1:
        sheet.set_row(number, LINE * min(lines, MOST_LINES))


def _url(name: str) -> str:
    if PUBMED_ID.fullmatch(name):
        return f"https://pubmed.ncbi.nlm.nih.gov/{name}/"
    return f"https://clinicaltrials.gov/study/{name}" if NCT_ID.fullmatch(name) else ""


def _width(column: Column) -> int:
    if column.name in WIDE:
        return 44
    if column.name in LONG:
        return LONG[column.name]
    return max(12, min(24, len(column.heading) + 3))


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters and no colon."""
    return re.sub(r"[\[\]:*?/\\]", "", title)[:31]


def fitting(text: str) -> str:
    """A text that a cell holds; what is longer is cut, and says so where it ends."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
