"""The report as one HTML page: it needs no network and runs no script; a browser prints it as PDF."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ketalit.export.cells import plain
from ketalit.export.report.blocks import Block, Document, Heading, numbers
from ketalit.warehouse import Reader

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ketalit.export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
Quotes = Mapping[str, Sequence[dict[str, Any]]]


def as_html(document: Document, quotes: Quotes) -> bytes:
    """The document as a page; `quotes` tells where each value of a row stands."""
    page = _ENVIRONMENT.get_template("report.html").render(
        document=document,
        contents=[block for block in document.blocks if isinstance(block, Heading) and block.level == 1],
        kind=_kind,
        numbers=numbers,
        plain=plain,
        quotes=quotes,
        inline=_inline,
    )
    return page.encode()


def quotes_of(reader: Reader) -> Quotes:
    """Row id → what stands behind its cells."""
    quotes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for cell in reader.rows(
        "select row_id, column_name, quote, field, is_derived from evidence.cell_source"
        " order by row_id, column_name, ordinal, field, span_start, quote"
    ):
        quotes[cell["row_id"]].append(cell)
    return quotes


def _kind(block: Block) -> str:
    return type(block).__name__


def _inline(svg: bytes) -> Markup:
    """A figure inside the page, as an image: what an SVG holds can neither run nor load anything there."""
    return Markup("data:image/svg+xml;base64,{}").format(b64encode(svg).decode())
