"""The report of a release, in every format that committees and writers hand on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ketalit.export.facts import Facts
from ketalit.export.report.compose import compose
from ketalit.export.report.html import as_html, quotes_of
from ketalit.export.report.latex import as_latex
from ketalit.export.report.markdown import as_markdown
from ketalit.export.report.pdf import as_pdf
from ketalit.export.report.separate import as_csv
from ketalit.export.report.word import as_docx
from ketalit.export.report.workbook import as_xlsx
from ketalit.warehouse import Reader

Files = dict[str, bytes]
"""Name of a file, relative to the folder of the first → its bytes."""
Writer = Callable[[Reader, Facts, str], Files]


def render(reader: Reader, facts: Facts, form: str, stem: str) -> Files:
    """The report in one of FORMATS as files; the first is the report, others belong beside it."""
    return FORMATS[form](reader, facts, stem)


def _html(reader: Reader, facts: Facts, stem: str) -> Files:
    return {f"{stem}.html": as_html(compose(reader, facts, "svg"), quotes_of(reader))}


def _docx(reader: Reader, facts: Facts, stem: str) -> Files:
    return {f"{stem}.docx": as_docx(compose(reader, facts, "png"))}


def _xlsx(reader: Reader, facts: Facts, stem: str) -> Files:
    return {f"{stem}.xlsx": as_xlsx(reader, facts)}


def _markdown(reader: Reader, facts: Facts, stem: str) -> Files:
    return {f"{stem}.md": as_markdown(compose(reader, facts, None))}


def _csv(reader: Reader, facts: Facts, stem: str) -> Files:
    return as_csv(compose(reader, facts, None), stem)


def _latex(reader: Reader, facts: Facts, stem: str) -> Files:
    document = compose(reader, facts, "png")
    figures = {f"{stem}-figures/{picture.name}.png": picture.image for picture in document.pictures}
    return {f"{stem}.tex": as_latex(document, f"{stem}-figures"), **figures}


def _pdf(reader: Reader, facts: Facts, stem: str) -> Files:
    """Without the quotes that a click unfolds on the page: paper has no room for them."""
    return {f"{stem}.pdf": as_pdf(as_html(compose(reader, facts, "svg"), {}), facts.day)}


FORMATS: Final[dict[str, Writer]] = {
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "md": _markdown,
    "csv": _csv,
    "latex": _latex,
    "pdf": _pdf,
}
"""Name of a format → what writes it."""
