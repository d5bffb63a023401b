"""The real records, served and run through the whole corridor once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ketalit import pipeline
from ketalit.release import Release
from ketalit.replay import Corpus, ReplayServer
from ketalit.settings import Settings

EVERYTHING = """
name = "everything"
version = "1"
question = "Does every record pass?"
[[pubmed.block]]
name = "any"
lines = [{ query = "1:99999999[uid]", reason = "every PMID" }]
[[ctgov.block]]
name = "any"
lines = [
    { query = "AREA[StudyType]INTERVENTIONAL", reason = "every kind of study" },
    { query = "AREA[StudyType]OBSERVATIONAL", reason = "every kind of study" },
    { query = "AREA[StudyType]EXPANDED_ACCESS", reason = "every kind of study" },
    { query = "AREA[StudyType]MISSING", reason = "every kind of study" },
]
"""


@pytest.fixture(scope="session")
def real_corpus(shared: Path, wrapped: Callable[[dict[str, Any]], bytes]) -> Corpus:
    """Every PubMed record and every v2 study of ../shared/corpus."""
    folder = shared / "corpus"
    lines = (folder / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    abstracts = {record["pmid"]: wrapped(record) for record in map(json.loads, lines)}
    genuine = Corpus.from_files([*sorted((folder / "pubmed").glob("*.xml")), folder / "ctgov" / "v2_studies.jsonl"])
    partial = Corpus.from_folder(folder / "ctgov" / "partial")
    return Corpus({**abstracts, **genuine.articles}, {**genuine.studies, **partial.studies})


@pytest.fixture(scope="session")
def real_server(real_corpus: Corpus) -> Iterator[ReplayServer]:
    with ReplayServer(real_corpus) as server:
        yield server


@pytest.fixture(scope="session")
def whole_run(
    real_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, Release]:
    """Everything through refresh and build, once."""
    home = tmp_path_factory.mktemp("real")
    strategy = home / "everything.toml"
    strategy.write_text(EVERYTHING, "utf-8")
    chosen = unhurried(real_server, home=home, strategy=str(strategy))
    pipeline.refresh(chosen)
    return chosen, pipeline.build(chosen)
