"""A chart as every output needs it: drawn, described in words, and as a table.

The drawing is a Vega-Lite specification made by Altair. vl-convert turns it into SVG and PNG without a browser; it
carries Liberation Sans, whose widths are those of Arial, so that text takes the same room on every machine.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

import altair as alt
import msgspec
import vl_convert
from msgspec import Struct

VEGA_LITE: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
"""Version of Vega-Lite that Altair writes for and vl-convert is asked to read."""
WIDTH: Final = 660
"""Pixels that a chart fills at most: two columns of a journal (17 cm) at 100 pixels an inch."""
INCH: Final = 100
"""Pixels of the drawing that make an inch in print: with WIDTH, two columns."""
PRINT: Final = 300
"""Pixels of a PNG in an inch; the file says so, and programs that lay out pages take its size from it."""
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, GREY, FAINT = "#222222", "#595959", "#d9d9d9"

# Okabe M, Ito K. Color Universal Design (2008): told apart with every common kind of colour blindness.
BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY = "#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9"

CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": FAINT},
    "axis": {
        "labelFontSize": 11,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#ececec",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelLimit": 320,
    },
    "header": {"labelFontSize": 12, "labelFontWeight": "bold", "labelColor": INK, "titleColor": INK},
    "legend": {
        "orient": "bottom",
        "labelFontSize": 11,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "labelLimit": 320,
        "symbolStrokeWidth": 1.5,
    },
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 15,
        "color": INK,
        "subtitleFontSize": 11,
        "subtitleColor": GREY,
        "subtitleLineHeight": 14,
        "subtitlePadding": 6,
        "offset": 14,
    },
}


class Figure(Struct, frozen=True):
    """One chart."""

    name: str
    """Name of its files and of its anchor on a page."""
    title: str
    counted: str
    """What is counted, and how much was left out and why: one or more sentences that belong under the title."""
    description: str
    """What it shows, for those who cannot see it."""
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Everything that is drawn, in reading order."""
    plot: dict[str, Any]
    """Vega-Lite without title and configuration; see specification()."""

    @property
    def is_empty(self) -> bool:
        """Whether the release holds nothing that the chart could show."""
        return not self.rows


def figure(
    *,
    name: str,
    title: str,
    counted: str,
    description: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    plot: alt.TopLevelMixin,
) -> Figure:
    """A figure of what was drawn; without rows it says so instead of showing empty axes."""
    drawn = plot if rows else _nothing()
    specification = drawn.to_dict()
    specification.pop("config", None)
    return Figure(
        name=name,
        title=title,
        counted=counted,
        description=description if rows else f"{title}: nothing to show. {counted}",
        headings=tuple(headings),
        rows=tuple(tuple(row) for row in rows),
        plot=specification,
    )


def _nothing() -> alt.Chart:
    words = "This release holds nothing that could be drawn here."
    chart: alt.Chart = alt.Chart(values([{"words": words}])).mark_text(fontSize=12, color=GREY).encode(text="words:N")
    return chart.properties(width=WIDTH, height=60)


def values(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as data of a chart. Written into the specification, so that it needs no file."""
    return alt.InlineData(values=list(rows))


def bubble(field: str, title: str, rows: Sequence[dict[str, Any]]) -> alt.Size:
    """Area in proportion to a number, with a legend of round numbers up to the largest."""
    most = max((row[field] or 0 for row in rows), default=1)
    top = next(step for power in range(7) for step in (10**power, 2 * 10**power, 5 * 10**power) if step >= most)
    shown = sorted({max(1, top // 20), max(1, top // 4), top}) if top > 2 else [*range(1, top + 1)]
    scale = alt.Scale(domain=[0, top], range=[0, 600 if top > 5 else 90 * top], zero=True)
    legend = alt.Legend(format=",d", values=shown, symbolFillColor=GREY)
    return alt.Size(f"{field}:Q", title=title, legend=legend).scale(scale)


def specification(figure: Figure, *, is_titled: bool = True, note: str = "", origin: str = "") -> dict[str, Any]:
    """The whole Vega-Lite specification.

    `note` stands first under the title, such as that these are sample data; `origin` last, such as the release.
    """
    found = {**figure.plot, "config": CONFIG, "description": figure.description}
    if is_titled:
        lines = [line for text in (note, figure.counted, origin) for line in _lines(text)]
        found["title"] = {"text": figure.title, "subtitle": lines}
    return found


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, 112)


def svg(figure: Figure, *, is_titled: bool = True, note: str = "", origin: str = "") -> str:
    """The chart as SVG that names and describes itself to a screen reader."""
    drawn = _drawn(msgspec.json.encode(specification(figure, is_titled=is_titled, note=note, origin=origin)))
    names = f'role="img" aria-labelledby="{figure.name}-title {figure.name}-description"'
    head, body = drawn.split(">", 1)
    return (
        f'{head} {names}><title id="{figure.name}-title">{escape(figure.title)}</title>'
        f'<desc id="{figure.name}-description">{escape(figure.description)}</desc>{body}\n'
    )


@lru_cache(maxsize=32)
def _drawn(specification: bytes) -> str:
    """Drawing takes a second; report, site and figures of one release show the same charts."""
    return str(vl_convert.vegalite_to_svg(specification.decode(), vl_version=VEGA_LITE))


def png(figure: Figure, *, is_titled: bool = True, note: str = "", origin: str = "", ppi: int = PRINT) -> bytes:
    """The chart as PNG with so many pixels an inch, for documents that cannot hold SVG."""
    drawn = specification(figure, is_titled=is_titled, note=note, origin=origin)
    return bytes(vl_convert.vegalite_to_png(drawn, vl_version=VEGA_LITE, ppi=ppi, scale=72 / INCH))
