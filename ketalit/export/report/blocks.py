"""A document before it is written in any format: headings, paragraphs, tables, figures and references.

Text comes in runs, so that each writer escapes it in its own way and nothing of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

PLAIN: Final = ""
STRONG: Final = "strong"
QUIET: Final = "quiet"
"""Said of a cell that holds no value: not reported and the like."""


class Run(Struct, frozen=True):
    """A piece of text; or, with `cited`, the numbers of references, which lead to them."""

    text: str = ""
    style: str = PLAIN
    cited: tuple[int, ...] = ()
    href: str | None = None


Text = tuple[Run, ...]


def text(*parts: str | Run) -> Text:
    """Runs of plain strings and runs."""
    return tuple(Run(text=part) if isinstance(part, str) else part for part in parts if part != "")


class Heading(Struct, frozen=True, tag=True):
    """A heading; level 1 starts a chapter."""

    words: str
    level: int = 1
    anchor: str = ""


class Paragraph(Struct, frozen=True, tag=True):
    """A paragraph: plain, a warning, or code that stands as it is."""

    runs: Text
    kind: str = PLAIN


class Column(Struct, frozen=True):
    """A printed column: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    width: int
    is_number: bool = False


class Row(Struct, frozen=True):
    """A row of a printed table."""

    cells: tuple[Text, ...]
    is_retracted: bool = False
    row_id: str | None = None
    """Row of the view, by which evidence.cell_source tells where each value stands."""


class Table(Struct, frozen=True, tag=True):
    """A table with everything that must stand above and below it."""

    name: str
    caption: str
    head: tuple[str, ...]
    """Lines above: release, searches, warnings."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    """Lines below: abbreviations, what was left out."""
    sources: tuple[int, ...] = ()
    """The references that the rows rest on: the footnote that cites them."""


class Picture(Struct, frozen=True, tag=True):
    """A figure, drawn in the format that the writer asked for."""

    name: str
    caption: str
    note: str
    description: str
    image: bytes
    """SVG or PNG."""


class Line(Struct, frozen=True):
    """One reference of the list."""

    number: int
    words: str
    url: str
    is_retracted: bool


class References(Struct, frozen=True, tag=True):
    """The numbered reference list."""

    lines: tuple[Line, ...]


Block = Heading | Paragraph | Table | Picture | References


class Document(Struct, frozen=True):
    """The whole report."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    """Lines of the title page, each with its name."""
    warnings: tuple[str, ...]
    marks: tuple[str, ...]
    """The warnings in few words, for the head of every page."""
    release_id: str
    day: str
    """ISO day that the release tells of: the date of every file, so that the same release gives the same bytes."""
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in order; a table's number is its place here."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its figures in order."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))


def numbers(cited: Iterable[int]) -> str:
    """`1, 3–5`: as Vancouver style writes several citations."""
    spans: list[list[int]] = []
    for number in sorted(set(cited)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(_span(first, last) for first, last in spans)


def _span(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}–{last}" if last > first + 1 else f"{first}, {last}"


def words(runs: Text) -> str:
    """The text of runs alone, citations in brackets."""
    return "".join(f" [{numbers(run.cited)}]" if run.cited else run.text for run in runs).strip()
