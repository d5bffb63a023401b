"""Flow diagram and search record as files: SVG, PNG, CSV, Markdown, and one HTML page that needs nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ketalit.export.cells import markdown, spreadsheet
from ketalit.export.facts import Facts
from ketalit.export.prisma.counts import HEADINGS, Flow, table
from ketalit.export.prisma.diagram import png, svg
from ketalit.export.prisma.search import Item

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ketalit.export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_RECORD_HEADINGS: Final = ("Item", "Section", "Name", "Answer", "Basis")


def prisma_files(flow: Flow, record: Sequence[Item], facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file; the same release gives the same bytes."""
    yield "prisma-flow.svg", svg(flow, facts).encode()
    yield "prisma-flow.png", png(flow, facts)
    yield "prisma-flow.csv", _csv(HEADINGS, table(flow))
    yield "prisma-search.csv", _csv(_RECORD_HEADINGS, [_row(item) for item in record])
    yield "prisma.md", _markdown(flow, record, facts)
    yield "prisma.html", _html(flow, record, facts)


def _row(item: Item) -> tuple[str, ...]:
    texts = [*item.answers, *(f"{label}: {text}" for label, text in item.verbatim)]
    return item.number, item.section, item.name, "\n".join(texts), item.basis


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads it as Latin-1."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _cell(value: Any) -> Any:
    """A cell for a spreadsheet, line by line, so that a paragraph stays one."""
    return value if isinstance(value, int) else "\n".join(spreadsheet(line) for line in str(value).split("\n"))


def _html(flow: Flow, record: Sequence[Item], facts: Facts) -> bytes:
    page = _ENVIRONMENT.get_template("prisma.html").render(
        diagram=Markup(svg(flow, facts, is_warned=False)),  # noqa: S704 - drawn by this package, which escapes every word
        headings=HEADINGS,
        rows=table(flow),
        record=record,
        facts=facts,
    )
    return page.encode()


def _markdown(flow: Flow, record: Sequence[Item], facts: Facts) -> bytes:
    parts = [
        "# Flow of records and search record",
        *(markdown(line) for line in facts.head),
        "## Flow of records (PRISMA 2020)",
        "![PRISMA 2020 flow diagram; the table has the same numbers](prisma-flow.svg)",
        "\n".join(_table(HEADINGS, table(flow))),
        "## Search record (PRISMA-S, with items of a living review)",
    ]
    for item in record:
        parts += [f"### {item.number} {markdown(item.name)}", f"*{item.basis}*", *map(markdown, item.answers)]
        for label, text in item.verbatim:
            parts += [f"{markdown(label)}:", _fenced(text)]
    return ("\n\n".join(parts) + "\n").encode()


def _table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *([markdown(value) for value in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def _fenced(text: str) -> str:
    """Text as it is, in a fence that it cannot close."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"
