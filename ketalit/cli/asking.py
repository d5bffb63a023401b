"""Verbs that ask a finished release: what it holds, where it comes from, what changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from ketalit.cli.app import Home, Json, app, chosen, say

if TYPE_CHECKING:
    from ketalit.warehouse.question import Answer


def _names(start: str) -> list[str]:
    """The recipes whose names begin so, for the shell to complete."""
    from ketalit import outputs

    return [name for name in outputs.recipe_names() if name.startswith(start)]


def _views(start: str) -> list[str]:
    """The published views whose names begin so, likewise."""
    from ketalit.export.presentation import VIEWS

    return [name for name in VIEWS if name.startswith(start)]


class DiffFormat(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command()
def diff(
    before: Annotated[
        str | None, typer.Argument(help="Release id, its folder or a .duckdb file [default: the one before].")
    ] = None,
    after: Annotated[str | None, typer.Argument(help="The same [default: the current release].")] = None,
    home: Home = None,
    form: Annotated[
        DiffFormat,
        typer.Option("--format", help="A summary, a digest for a mail, or every changed cell as CSV or JSON."),
    ] = DiffFormat.TEXT,
) -> None:
    """Say what is new, changed or gone between two releases.

    \b
    Examples:
      ketalit diff
      ketalit diff 43d707 f1b973 --format csv > changes.csv
      ketalit diff --format markdown > what-changed.md
    """
    from ketalit import pipeline, settings
    from ketalit.export import digest

    write = {
        DiffFormat.TEXT: digest.as_text,
        DiffFormat.CSV: digest.as_csv,
        DiffFormat.MARKDOWN: digest.as_markdown,
        DiffFormat.JSON: digest.as_json,
    }
    sys.stdout.write(write[form](pipeline.diff(settings.read(home=home), before, after)))


@app.command()
def trace(
    view: Annotated[str, typer.Argument(help="View, such as dosing_protocols.", autocompletion=_views)],
    row: Annotated[str, typer.Argument(help="Its row_id.")],
    column: Annotated[str | None, typer.Argument(help="Only this column.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show the words behind a cell: quote, document, request, rule.

    A row is named by its row_id; where a view has none, by the values that name it.

    \b
    Examples:
      ketalit trace dosing_protocols NCT01627782/ctgov:NCT01627782/regimen/1 dose
      ketalit trace screening "pubmed | 23982301"
    """
    import msgspec

    from ketalit import pipeline, settings
    from ketalit.trace import as_text

    found = pipeline.trace(settings.read(home=home), view, row, column)
    say(msgspec.json.format(msgspec.json.encode(found)).decode() if json else as_text(found).rstrip())


@app.command()
def query(
    sql: Annotated[
        str | None, typer.Argument(help='One statement that reads, such as "show tables"; - reads standard input.')
    ] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="Ask a question of the cookbook, by its name.", autocompletion=_names)
    ] = None,
    recipes: Annotated[bool, typer.Option("--recipes", help="List the cookbook: names and questions.")] = False,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter of the recipe, as name=value; may be repeated.")
    ] = None,
    show_sql: Annotated[bool, typer.Option("--show-sql", help="Print the recipe, to change it.")] = False,
    home: Home = None,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV that is safe to open in a spreadsheet.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As a JSON list of rows.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As a Markdown table.")] = False,
    seconds: Annotated[float | None, typer.Option("--seconds", help="Longest time [KETALIT_QUERY_SECONDS].")] = None,
    rows: Annotated[int | None, typer.Option("--rows", help="Most rows [KETALIT_QUERY_ROWS].")] = None,
) -> None:
    """Ask the release with SQL or a question of the cookbook.

    It can be read, and nothing else: no files, no network, and an end after some seconds and rows.

    \b
    Examples:
      ketalit query --recipes
      ketalit query --recipe doses_above --set dose=0.75 --markdown
      ketalit query "select study_id, drug, dose from dosing_protocols where route = 'iv' limit 10" --csv > iv.csv
    """
    from ketalit import outputs, settings

    form = chosen(csv=csv, json=json, markdown=markdown)
    if sum((sql is not None, recipe is not None, recipes)) != 1:
        raise typer.BadParameter("Give one of: a statement, --recipe NAME, or --recipes.")
    if (change or show_sql) and recipe is None:
        raise typer.BadParameter("--set and --show-sql belong to --recipe NAME.")
    if recipes and not form:
        _list(outputs.cookbook())
    elif recipes:
        _print(outputs.cookbook(), form)
    elif show_sql and recipe:
        sys.stdout.write(outputs.recipe(recipe).sql)
    else:
        limits = settings.read(home=home, query_seconds=seconds, query_rows=rows)
        found = outputs.recipe(recipe) if recipe else None
        given = dict(map(_pair, change or ()))
        answer = outputs.answer(limits, found or _statement(sql or ""), given)
        is_for_readers = form == "markdown" or (found is not None and not form)
        notes = (found.note if found else "", *(outputs.head(limits) if is_for_readers else ()))
        _print(answer, form, title=found.title_with(given) if found else "", notes=tuple(filter(None, notes)))


def _statement(sql: str) -> str:
    return sys.stdin.read() if sql == "-" else sql


def _list(cookbook: Answer) -> None:
    """Chapter by chapter, a line for each recipe: its name, its title, and what can be set."""
    width = max(len(row[1]) for row in cookbook.rows)
    for topic, rows in groupby(cookbook.rows, key=lambda row: str(row[0])):
        say(topic.capitalize())
        for _, name, title, _, parameters in rows:
            say(f"  {name:{width}}  {title}{_settable(parameters)}")
    say("\nA question in full: `ketalit query --recipe NAME --show-sql`; its answer: `ketalit query --recipe NAME`.")


def _settable(parameters: Sequence[str]) -> str:
    return f" [{' '.join(parameters)}]" if parameters else ""


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"--set takes name=value, not {text}.")
    return name.strip(), value.strip()


def _print(answer: Answer, form: str, *, title: str = "", notes: Sequence[str] = ()) -> None:
    from ketalit.export.answers import answer_as_csv, answer_as_json, answer_as_markdown

    if form == "csv":
        sys.stdout.write(answer_as_csv(answer))
    elif form == "json":
        sys.stdout.write(answer_as_json(answer))
    elif form == "markdown":
        sys.stdout.write(answer_as_markdown(answer, title=title, notes=notes))
    else:
        from ketalit.cli.screen import show

        show(answer.columns, answer.rows, title=title, notes=notes)
    if answer.is_cut:
        typer.echo(f"Only the first {len(answer.rows)} rows; --rows gives more.", err=True)


@app.command()
def dictionary(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Only these views or tables [default: all views].", autocompletion=_views),
    ] = None,
    is_whole: Annotated[bool, typer.Option("--all", help="Also the tables that the views are made of.")] = False,
    home: Home = None,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV, one line a column.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, with every rule and reason.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown tables.")] = False,
) -> None:
    """Say what each column means and how it is filled.

    With the rules that fill it, the rows in which it is, and why it is empty in the others.

    \b
    Examples:
      ketalit dictionary dosing_protocols
      ketalit dictionary --csv > dictionary.csv
    """
    from ketalit import outputs, settings
    from ketalit.export import dictionary as explained

    write = {
        "": explained.as_text,
        "csv": explained.as_csv,
        "json": explained.as_json,
        "markdown": explained.as_markdown,
    }[chosen(csv=csv, json=json, markdown=markdown)]
    sys.stdout.write(write(outputs.dictionary(settings.read(home=home), names or (), is_whole=is_whole)))
