"""The verb that writes citations."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Home, app


class CitationFormat(StrEnum):
    """How citations are written."""

    RIS = "ris"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    NBIB = "nbib"
    ASREVIEW = "asreview"
    ASREVIEW_CSV = "asreview-csv"
    COVIDENCE = "covidence"


@app.command()
def cite(
    query: Annotated[
        str | None,
        typer.Argument(help="SQL that gives pmid, nct_id, source_id or study_id; without it every included record."),
    ] = None,
    home: Home = None,
    view: Annotated[str | None, typer.Option("--view", help="Cite what a view rests on, e.g. safety.")] = None,
    form: Annotated[
        CitationFormat,
        typer.Option("--format", help="asreview and asreview-csv carry the rules' decisions as labels."),
    ] = CitationFormat.RIS,
    with_abstracts: Annotated[
        bool, typer.Option("--with-abstracts", help="Abstracts too: mind their publishers' terms.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; without it standard output.")] = None,
) -> None:
    """Write citations for reference managers and screening programs.

    \b
    Examples:
      ketalit cite "select pmid from dosing_protocols where route = 'iv'" --format bibtex > iv.bib
      ketalit cite "select source_id from screening" --format asreview --with-abstracts --out screening.ris
    """
    from ketalit import outputs, settings

    cited = outputs.cite(settings.read(home=home), form.value, view=view, query=query, with_abstracts=with_abstracts)
    if out is None:
        sys.stdout.buffer.write(cited.text.encode())
    else:
        outputs.write_text(cited.text, out)
        typer.echo(f"{cited.n_records} citations in {out}")
    if cited.n_left_out:
        typer.echo(
            f"{cited.n_left_out} registrations have no PMID and are left out of NBIB; use another format.", err=True
        )
