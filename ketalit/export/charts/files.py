"""The charts as files: SVG and PNG to print, CSV and Vega-Lite to work on, and one page of words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from ketalit.export.cells import markdown, spreadsheet
from ketalit.export.charts import figures
from ketalit.export.charts.figure import Figure, png, specification, svg
from ketalit.export.facts import Facts
from ketalit.warehouse import Reader


def chart_files(reader: Reader, facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file; the same release gives the same bytes."""
    drawn = figures(reader)
    note, origin = " ".join(facts.warnings), f"ketalit release {facts.release_id}. {facts.searched}."
    for figure in drawn:
        yield f"{figure.name}.svg", svg(figure, note=note, origin=origin).encode()
        yield f"{figure.name}.png", png(figure, note=note, origin=origin)
        yield f"{figure.name}.csv", _csv(figure)
        yield f"{figure.name}.vl.json", _specification(figure, note, origin)
    yield "charts.md", _page(drawn, facts)


def _csv(figure: Figure) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads it as Latin-1."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(figure.headings)
    writer.writerows([spreadsheet(value) for value in row] for row in figure.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _specification(figure: Figure, note: str, origin: str) -> bytes:
    return msgspec.json.format(msgspec.json.encode(specification(figure, note=note, origin=origin)), indent=1) + b"\n"


def _page(drawn: tuple[Figure, ...], facts: Facts) -> bytes:
    parts = ["# Charts", *(markdown(line) for line in facts.head)]
    for figure in drawn:
        parts += [
            f"## {markdown(figure.title)}",
            f"![{markdown(figure.description)}]({figure.name}.svg)",
            markdown(figure.counted),
            f"In words: {markdown(figure.description)}",
            f"Data: [{figure.name}.csv]({figure.name}.csv).",
        ]
    return ("\n\n".join(parts) + "\n").encode()
