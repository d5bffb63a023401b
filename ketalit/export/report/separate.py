"""The printed tables as CSV, one file each, and the reference list that their citations lead to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ketalit.export.cells import spreadsheet
from ketalit.export.report.blocks import Document, References, Table, words

MARK: bytes = b"\xef\xbb\xbf"
"""The byte order mark, without which Excel reads UTF-8 as Latin-1."""


def as_csv(document: Document, stem: str) -> dict[str, bytes]:
    """`<stem>-1-study_overview.csv` and so on, in the order of the report."""
    files = {
        f"{stem}-{number}-{table.name}.csv": _table(table, number) for number, table in enumerate(document.tables, 1)
    }
    lines = [line for block in document.blocks if isinstance(block, References) for line in block.lines]
    rows = [(line.number, line.words, line.url) for line in lines]
    return {**files, f"{stem}-references.csv": _file([("Number", "Reference", "Address"), *rows])}


def _table(table: Table, number: int) -> bytes:
    """Caption and head above, notes below, as on the page; the table stands between two empty lines."""
    above = [(f"Table {number}. {table.caption}",), *((line,) for line in table.head), ()]
    rows = [
        [("RETRACTED " if row.is_retracted and "RETRACTED" not in words(row.cells[0]) else "") + words(row.cells[0])]
        + [words(cell) for cell in row.cells[1:]]
        for row in table.rows
    ]
    below = [(), *((note,) for note in table.notes)]
    return _file([*above, [column.heading for column in table.columns], *rows, *below])


def _file(rows: Iterable[Sequence[object]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([spreadsheet(value) for value in row] for row in rows)
    return MARK + file.getvalue().encode()
