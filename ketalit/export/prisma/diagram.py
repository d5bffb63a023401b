"""The PRISMA 2020 flow diagram as SVG, in the layout of the official templates.

Template for reviews of databases and registers, new or updated: Page MJ, et al. BMJ 2021;372:n71. The counts are those
of the whole living review up to the last search; what is new since the release before stands in boxes of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape

import vl_convert
from msgspec import Struct

from ketalit.export.charts.figure import INCH, PRINT
from ketalit.export.facts import SOURCES, Facts, long_date
from ketalit.export.prisma.counts import BOXES, KINDS, Flow, Since

REASONS: Final = 8
"""Reasons that a box lists at most; the table has all."""
LINE, PADDING, GAP = 15, 10, 26
BAND, PREVIOUS, MIDDLE, RIGHT = 24, 176, 262, 290
"""Widths: the band that names the stage, and the three columns."""
STAGE: Final = 84
"""Least height of a stage: its name, turned by 90 degrees."""
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
CHARACTER: Final = 5.45
"""Mean width of a character at 11 pixels, on the wide side."""
NO_BREAK: Final = "\u00a0"
"""Keeps `(n = 12)` on one line."""
YELLOW, BLUE, INK = "#ffc000", "#9dc3e6", "#222222"


class Box(Struct, frozen=True):
    """A box with its lines, placed by its upper left corner."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Pixels from edge to edge."""
        return LINE * len(self.lines) + 2 * PADDING - 3

    @property
    def middle(self) -> float:
        """Where arrows from the side meet it."""
        return self.y + self.height / 2

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height


def svg(flow: Flow, facts: Facts, *, is_warned: bool = True) -> str:
    """The diagram, named and described for a screen reader.

    Sample data and partial coverage are said above it, unless the page that shows it has said so already.
    """
    left = BAND + 12
    x = left + (PREVIOUS + GAP if flow.since else 0)
    right = x + MIDDLE + GAP
    width = right + RIGHT + 2
    warnings = facts.warnings if is_warned else ()
    warning = [line for text in warnings for line in textwrap.wrap(text, int(width / CHARACTER) - 4)]
    top = 8 + LINE * len(warning)
    drawn = [_text(2, 14 + LINE * n, line, weight="bold") for n, line in enumerate(warning)]
    title = f"Identification of studies via databases and registers, to {long_date(facts.day)}"
    drawn.append(_header(x, top, MIDDLE + GAP + RIGHT, title))
    rows = _rows(flow, x, right, top + 36)
    for middle, beside in rows:
        drawn += [_box(middle), *([_box(beside), _arrow(middle, beside)] if beside else [])]
    mains = [middle for middle, _ in rows]
    drawn += [_down(upper, lower) for upper, lower in pairwise(mains)]
    if flow.since:
        drawn.append(_header(left, top, PREVIOUS, "Previous version"))
        drawn += _previous(flow.since, left, mains[0], mains[-1])
    stages = (("Identification", rows[:1]), ("Screening", rows[1:4]), ("Included", rows[4:]))
    drawn += [_band(name, [box for row in found for box in row if box]) for name, found in stages]
    end = mains[-1].bottom + 12
    note = _note(facts, int(width / CHARACTER) - 2)
    drawn += [_text(2, end + 12 + 13 * n, line, size=10) for n, line in enumerate(note)]
    return _page(width, end + 16 + 13 * len(note), drawn, _description(flow))


def png(flow: Flow, facts: Facts, *, ppi: int = PRINT) -> bytes:
    """The diagram as PNG, for documents that cannot hold SVG."""
    return bytes(vl_convert.svg_to_png(svg(flow, facts), ppi=ppi, scale=72 / INCH))


def _rows(flow: Flow, x: float, right: float, y: float) -> list[tuple[Box, Box | None]]:
    """The boxes of the middle column from above, each with the one beside it."""
    rows: list[tuple[Box, Box | None]] = []
    for middle, beside in _words(flow):
        main = _boxed(x, y, MIDDLE, middle)
        side = _boxed(right, y, RIGHT, beside) if beside else None
        rows.append((main, side))
        # the first row is as high as the name of its stage is long
        y = max(main.bottom, side.bottom if side else 0, y + (STAGE if not rows[1:] else 0)) + GAP
    return rows


def _words(flow: Flow) -> list[tuple[list[str], list[str]]]:
    sources = [
        f"  {KINDS[source]}: {SOURCES[source]} (n{NO_BREAK}={NO_BREAK}{flow.n('identified', source):,})"
        for source in KINDS
    ]
    studies = _counted(flow, "studies included")
    excluded = flow.n("excluded")
    by_rules = f"by rules (n{NO_BREAK}={NO_BREAK}{excluded:,}), by a person (n{NO_BREAK}={NO_BREAK}0):"
    included = [
        studies,
        f"  {_counted(flow, 'studies with people of their own')}",
        _counted(flow, "reports included"),
        *(f"  {_REPORTS[source]} (n{NO_BREAK}={NO_BREAK}{flow.n('reports included', source):,})" for source in KINDS),
        f"  {_counted(flow, 'reports to be checked')}",
    ]
    return [
        ([_counted(flow, "identified"), *sources], [_counted(flow, "removed"), *_listed(flow, "removed")]),
        ([_counted(flow, "screened")], [_counted(flow, "excluded"), by_rules, *_listed(flow, "excluded")]),
        (
            [_counted(flow, "sought"), "  abstract or registration, no full texts"],
            [_counted(flow, "not retrieved")],
        ),
        ([_counted(flow, "assessed")], [_counted(flow, "reports excluded"), *_listed(flow, "reports excluded")]),
        *([(_new(flow.since), [])] if flow.since else []),
        ([("Total studies" + studies.removeprefix("Studies")) if flow.since else studies, *included[1:]], []),
    ]


_REPORTS: Final = {"pubmed": "papers, by their abstract", "ctgov": "registrations"}


def _new(since: Since) -> list[str]:
    return [
        f"New studies included in review (n{NO_BREAK}={NO_BREAK}{since.new_studies:,})",
        f"New reports of included studies (n{NO_BREAK}={NO_BREAK}{since.new_reports:,})",
        f"  studies no longer included (n{NO_BREAK}={NO_BREAK}{since.gone_studies:,})",
        f"  reports no longer included (n{NO_BREAK}={NO_BREAK}{since.gone_reports:,})",
    ]


def _counted(flow: Flow, box: str) -> str:
    return f"{BOXES[box]} (n{NO_BREAK}={NO_BREAK}{flow.n(box):,})"


def _listed(flow: Flow, box: str) -> list[str]:
    """The reasons of a box; those beyond the most frequent ones as one line."""
    found = flow.reasons(box)
    lines = [f"  {reason} (n{NO_BREAK}={NO_BREAK}{n:,})" for reason, n in found[:REASONS]]
    if rest := found[REASONS:]:
        others = sum(n for _, n in rest)
        lines.append(f"  {len(rest)} other reasons, see table (n{NO_BREAK}={NO_BREAK}{others:,})")
    return lines


def _boxed(x: float, y: float, width: float, paragraphs: Iterable[str]) -> Box:
    lines: list[str] = []
    for text in paragraphs:
        indent = "  " if text.startswith("  ") else ""
        lines += textwrap.wrap(
            text.strip(),
            int((width - 2 * PADDING) / CHARACTER),
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
        )
    return Box(x, y, width, tuple(lines))


def _previous(since: Since, x: float, first: Box, last: Box) -> list[str]:
    box = _boxed(
        x,
        first.y,
        PREVIOUS,
        [
            f"Studies included in previous version of review (n{NO_BREAK}={NO_BREAK}{since.studies:,})",
            f"Reports of studies included in previous version of review (n{NO_BREAK}={NO_BREAK}{since.reports:,})",
            f"Release {since.release_id}, searched to {long_date(since.day)}",
        ],
    )
    middle = x + PREVIOUS / 2
    path = f"M{middle:g},{box.bottom:g} V{last.middle:g} H{last.x - 2:g}"
    return [_box(box), f'<path d="{path}" fill="none" stroke="{INK}" marker-end="url(#arrow)"/>']


def _note(facts: Facts, characters: int) -> list[str]:
    text = (
        f"Release {facts.release_id}. Counts are those of the whole living review up to its last search. A record is a "
        "PMID or NCT id; rules (automation) read titles, abstracts and registrations, and every exclusion is theirs. "
        "Layout: Page MJ, et al. The PRISMA 2020 statement. BMJ 2021;372:n71."
    )
    return textwrap.wrap(text, int(characters * 1.1))


def _description(flow: Flow) -> str:
    """All boxes in words."""
    parts = [f"{BOXES[box].lower()} {flow.n(box):,}" for box in BOXES]
    excluded = ", ".join(f"{reason} {n:,}" for reason, n in flow.reasons("excluded"))
    before = f" The previous version included {flow.since.studies:,} studies." if flow.since else ""
    return f"From top to bottom: {'; '.join(parts)}. Reasons for exclusion: {excluded or 'none'}.{before}"


# ---- drawing


def _page(width: float, height: float, drawn: Sequence[str], description: str) -> str:
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0,0 L8,4 L0,8 z" fill="{INK}"/></marker></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="prisma-title prisma-description" '
        f'font-family="{FONT}">'
        f'<title id="prisma-title">PRISMA 2020 flow diagram</title><desc id="prisma-description">{escape(description)}'
        f'</desc><rect width="100%" height="100%" fill="white"/>{arrow}\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _box(box: Box) -> str:
    words = "".join(
        _text(box.x + PADDING + (10 if line.startswith("  ") else 0), box.y + PADDING + 9 + LINE * n, line.strip())
        for n, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" fill="white" '
        f'stroke="{INK}"/>{words}'
    )


def _header(x: float, y: float, width: float, words: str) -> str:
    text = _text(x + width / 2, y + 17, words, weight="bold", anchor="middle")
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="26" rx="6" fill="{YELLOW}"/>{text}'


def _band(name: str, boxes: Sequence[Box]) -> str:
    top = min(box.y for box in boxes)
    bottom = max(top + STAGE, *(box.bottom for box in boxes))
    middle = (top + bottom) / 2
    return (
        f'<rect x="1" y="{top:g}" width="{BAND}" height="{bottom - top:g}" rx="6" fill="{BLUE}"/>'
        f'<text transform="translate(17,{middle:g}) rotate(-90)" text-anchor="middle" font-size="11" '
        f'font-weight="bold" fill="{INK}">{name}</text>'
    )


def _text(x: float, y: float, words: str, *, size: int = 11, weight: str = "normal", anchor: str = "start") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{INK}">{escape(words)}</text>'
    )


def _arrow(main: Box, beside: Box) -> str:
    y = min(main.middle, beside.middle)
    return _line(main.x + main.width, y, beside.x - 1, y)


def _down(upper: Box, lower: Box) -> str:
    x = upper.x + upper.width / 2
    return _line(x, upper.bottom, x, lower.y - 1)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:g},{y1:g} L{x2:g},{y2:g}" stroke="{INK}" marker-end="url(#arrow)"/>'
