"""What becomes known after a release: a notice, another version of a registration; from the files to the diff."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any

import pytest

from ketalit import pipeline, settings
from ketalit.model.difference import Cell
from ketalit.release import Releases
from ketalit.replay import Corpus, earlier_versions
from ketalit.settings import Settings
from ketalit.trace import Trace
from ketalit.vocabulary import Source
from ketalit.warehouse import database, read
from ketalit.warehouse.cells import cells
from tests.sql.conftest import statements

ARTICLE, NOTICE, TRIAL = "99999901", "99999902", "NCT99999901"
LISTED = (
    "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n"
    f"5,,{ARTICLE},Correction,3/2/2021 0:00\n6,,1,Retraction,3/2/2021 0:00\n"
)
Cells = dict[Cell, str]


def as_it_was(article: bytes) -> bytes:
    """The article's record before PubMed marked it as retracted."""
    text = re.sub(rb"<CommentsCorrectionsList>.*?</CommentsCorrectionsList>", b"", article, flags=re.DOTALL)
    text = re.sub(rb"<PublicationType[^>]*>Retracted Publication</PublicationType>", b"", text)
    assert b"Retract" in article
    assert b"Retract" not in text
    return text


def page(*records: bytes) -> bytes:
    return b"<PubmedArticleSet>" + b"".join(records) + b"</PubmedArticleSet>"


@pytest.fixture(scope="module")
def home(sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two releases: an unmarked article and an early registration; then the notice alone and the later version."""
    folder = tmp_path_factory.mktemp("late")
    chosen = settings.read(home=folder / "home")
    files = {
        "article.xml": page(as_it_was(sample.articles[ARTICLE])),
        "notice.xml": page(sample.articles[NOTICE]),
        "registration.json": sample.studies[TRIAL],
    }
    for name, body in files.items():
        (folder / name).write_bytes(body)
    (earlier,) = (path for path in earlier_versions() if path.stem == TRIAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_statements", statements)
        pipeline.import_files(chosen, Source.PUBMED, [folder / "article.xml"])
        pipeline.import_files(chosen, Source.CTGOV, [earlier])
        pipeline.build(chosen)
        pipeline.import_files(chosen, Source.PUBMED, [folder / "notice.xml"])
        pipeline.import_files(chosen, Source.CTGOV, [folder / "registration.json"])
        (folder / "list.csv").write_text(LISTED)
        pipeline.build(chosen.model_copy(update={"retraction_watch": folder / "list.csv"}))
    return chosen


@pytest.fixture(scope="module")
def before(home: Settings) -> Cells:
    with read(Releases(home.home).named("previous").database) as reader:
        return cells(reader)


@pytest.fixture(scope="module")
def after(home: Settings) -> Cells:
    with read(Releases(home.home).current().database) as reader:
        return cells(reader)


def standing(found: Cells, view: str) -> set[Any]:
    own = {cell.row for cell, value in found.items() if cell.view == view and json.loads(value) == ARTICLE}
    return {
        json.loads(v)
        for cell, v in found.items()
        if (cell.view, cell.column) == (view, "integrity") and cell.row in own
    }


@pytest.mark.parametrize(
    "view", ["study_reports", "dosing_protocols", "durability_of_effect", "trial_demographics", "safety", "topics"]
)
def test_a_notice_that_comes_later_marks_an_article_whose_own_record_is_older(
    before: Cells, after: Cells, view: str
) -> None:
    assert (standing(before, view), standing(after, view)) == ({"current"}, {"retracted"})


def test_a_list_besides_pubmed_is_asked_and_named_in_the_manifest(home: Settings) -> None:
    release = Releases(home.home).current()
    with read(release.database) as reader:
        found = reader.rows("select pmid, says, stated_on from evidence.report_integrity where said_in != 'pubmed'")
    assert found == [{"pmid": ARTICLE, "says": "corrected", "stated_on": date(2021, 3, 2)}]
    assert release.manifest.lists == {"retraction_watch": hashlib.sha256(LISTED.encode()).hexdigest()}


def test_the_diff_tells_that_the_article_was_retracted(home: Settings) -> None:
    found = pipeline.diff(home)
    changed = {(c.cell.view, c.cell.column, c.before, c.after) for c in found.changes if ARTICLE in c.cell.row}
    assert ("screening", "integrity", '"current"', '"retracted"') in changed
    assert ("screening", "decision", '"included"', '"retracted"') in changed


def test_the_diff_tells_what_the_sponsor_changed(home: Settings) -> None:
    new = {(c.cell.view, c.after) for c in pipeline.diff(home).changes if c.before is None}
    assert ("registry_changes", '"Share of patients in remission"') in new


@pytest.mark.parametrize(("column", "day"), [("old_value", "2020-06-08"), ("new_value", "2022-06-01")])
def test_a_trace_shows_each_side_in_its_own_version(home: Settings, after: Cells, column: str, day: str) -> None:
    row = next(
        cell.row
        for cell, value in after.items()
        if (cell.view, cell.column, value) == ("registry_changes", "item", '"dose"')
    )
    found: Trace = pipeline.trace(home, "registry_changes", row, column)
    (origin,) = found.origins
    assert (origin.revised, origin.missing) == (day, None)
    assert f"[[{found.cells[column]}]]" in str(origin.context)
