"""The verb that writes the report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app, say


class ReportFormat(StrEnum):
    """How the report is written."""

    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"
    MD = "md"
    CSV = "csv"
    LATEX = "latex"
    PDF = "pdf"


ENDINGS = {ReportFormat.LATEX: "tex"}


@app.command()
def report(
    home: Home = None,
    form: Annotated[
        ReportFormat,
        typer.Option("--format", help="xlsx holds every view in full; csv is one file a table; pdf needs Chromium."),
    ] = ReportFormat.DOCX,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; else report/report.docx or the like in the home.")
    ] = None,
) -> None:
    """Write the report as Word, Excel, PDF, HTML, Markdown or LaTeX.

    With title page, methods, figures, tables whose footnotes are citations, and references.

    \b
    Examples:
      ketalit report --out evidence.docx
      ketalit report --format xlsx --out evidence.xlsx
    """
    from ketalit import outputs, settings

    chosen = settings.read(home=home)
    path = out or chosen.home / "report" / f"report.{ENDINGS.get(form, form.value)}"
    for written in outputs.report(chosen, form.value, path):
        say(str(written))
