"""Verbs to look into the workings: the rules, what they read in a text, and the services without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ketalit.cli.app import app, say


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help='JSON lines: {"pmid", "title", "abstract"}; - reads standard input.')],
) -> None:
    """Print what the rules read in each title and abstract, one JSON object a line.

    Example: ketalit extract abstracts.jsonl > facts.jsonl
    """
    from ketalit import pipeline

    for line in pipeline.extract(file):
        sys.stdout.write(line + "\n")


@app.command()
def rules(
    topic: Annotated[str | None, typer.Argument(help="Only the rules of this file, e.g. dosing.")] = None,
) -> None:
    """Print the codebook: each extraction rule, what it means, what it takes and what it leaves.

    Example: ketalit rules dosing
    """
    from ketalit import pipeline

    sys.stdout.write(pipeline.codebook(topic))


@app.command()
def replay(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of PubMed XML and v2 JSON [default: the bundled sample].")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="Serve the snapshots of this home instead.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = 8765,
) -> None:
    """Serve stored records on this machine as the two services would, to try things out without the network.

    Example: ketalit replay --port 8765
    """
    from ketalit import pipeline

    with pipeline.replay_server(corpus, home, port) as server:
        say(f"KETALIT_ENTREZ_URL={server.entrez_url}")
        say(f"KETALIT_CTGOV_URL={server.ctgov_url}")
        say("Stop with Ctrl-C.")
        server.wait()
