"""Verbs to look into the workings: the rules, what they read in a text, and the services without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import Json, app, say, say_json


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help='JSON lines: {"pmid", "title", "abstract"}; - reads standard input.')],
) -> None:
    """Print what the rules read in titles and abstracts.

    One JSON object a line, with the quote of each value.

    \b
    Examples:
      ketalit extract abstracts.jsonl > facts.jsonl
      echo '{"pmid": "1", "title": "…", "abstract": "…"}' | ketalit extract -
    """
    from ketalit import pipeline

    for line in pipeline.extract(file):
        sys.stdout.write(line + "\n")


def _rule_names(start: str) -> list[str]:
    """The topics and ids of rules that begin so, for the shell to complete."""
    from ketalit.export.codebook import names

    return [name for name in names() if name.startswith(start)]


@app.command()
def rules(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A topic (dosing), how ids begin (dose), or one id, as trace and cell_source name it.",
            autocompletion=_rule_names,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the codebook of extraction rules.

    Each with its meaning, what it takes and what it leaves; one alone also with its file, value and pattern.

    \b
    Examples:
      ketalit rules dosing
      ketalit rules dose.amount
      ketalit rules --json > codebook.json
    """
    from ketalit import pipeline

    if as_json:
        say_json(pipeline.rules(name))
    else:
        sys.stdout.write(pipeline.codebook(name))


@app.command()
def replay(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of PubMed XML and v2 JSON [default: the bundled sample].")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="Serve the snapshots of this home instead.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = 8765,
) -> None:
    """Serve stored records as the two services would, offline.

    \b
    Examples:
      ketalit replay --port 8765
      ketalit replay --home data
    """
    from ketalit import pipeline

    with pipeline.replay_server(corpus, home, port) as server:
        say(f"KETALIT_ENTREZ_URL={server.entrez_url}")
        say(f"KETALIT_CTGOV_URL={server.ctgov_url}")
        say("Stop with Ctrl-C.")
        server.wait()
