"""From a cell back to its words, and what a person is told who asks for something that is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ketalit import pipeline
from ketalit.errors import SettingsError
from ketalit.export.codebook import meaning_of
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.trace import AROUND, as_text
from ketalit.warehouse import Reader, read


@pytest.fixture(scope="module")
def reader(built: Settings) -> Reader:
    return read(Releases(built.home).current().database)


def _cell(reader: Reader, source: str) -> tuple[str, str, str]:
    row = reader.rows(
        "select * from evidence.cell_source where source = ? and rule = 'dose.amount' order by all limit 1", [source]
    )[0]
    return row["view_name"], row["row_id"], row["column_name"]


@pytest.mark.parametrize("source", ["pubmed", "ctgov"])
def test_a_cell_leads_to_its_quote_in_the_stored_record(built: Settings, reader: Reader, source: str) -> None:
    (origin, *_) = pipeline.trace(built, *_cell(reader, source)).origins
    assert origin.context is not None
    before, _, rest = origin.context.partition("[[")
    quote, _, after = rest.partition("]]")
    assert (quote, len(before) <= AROUND + 1, len(after) <= AROUND + 1) == (origin.quote, True, True)
    stored = {document.sha256 for _, document in Store(built.home).documents()}
    assert (origin.sha256 in stored, bool(origin.request), bool(origin.meaning)) == (True, True, True)


def test_a_row_named_by_a_line_of_csv_is_found(built: Settings, reader: Reader) -> None:
    view, row, column = _cell(reader, "pubmed")
    assert pipeline.trace(built, view, f"{row}\r", column) == pipeline.trace(built, view, row, column)


def test_every_source_of_every_cell_is_found_again_in_its_record(built: Settings, reader: Reader) -> None:
    rows = reader.rows(
        "select view_name, row_id from (select distinct view_name, row_id from evidence.cell_source)"
        " order by md5(row_id), view_name limit 40"
    )
    origins = [origin for row in rows for origin in pipeline.trace(built, row["view_name"], row["row_id"]).origins]
    assert len(origins) > 40
    assert [(origin.field, origin.missing) for origin in origins if origin.context is None] == []


def test_the_text_shows_document_place_digest_request_rule_and_code(built: Settings, reader: Reader) -> None:
    found = pipeline.trace(built, *_cell(reader, "pubmed"))
    text = as_text(found)
    origin = found.origins[0]
    for shown in (origin.sha256, origin.fetched_at, origin.request, f"{origin.rule}: {origin.meaning}", "[["):
        assert " ".join(shown.split()) in text
    assert f"release {found.release_id}, ketalit {found.ketalit_version}, code {found.code_digest}" in text


def test_without_the_snapshot_the_quote_stands_alone_and_says_so(
    built: Settings, reader: Reader, tmp_path: Path
) -> None:
    shutil.copytree(built.home / "releases", tmp_path / "releases", symlinks=True)
    elsewhere = built.model_copy(update={"home": tmp_path})
    found = pipeline.trace(elsewhere, *_cell(reader, "ctgov"))
    assert (found.origins[0].context, "is not in" in str(found.origins[0].missing)) == (None, True)
    assert f"[[{found.origins[0].quote}]]\n   (no context: snapshots/" in as_text(found)


def test_a_damaged_snapshot_is_told_and_does_not_hide_the_quote(
    built: Settings, reader: Reader, tmp_path: Path
) -> None:
    shutil.copytree(built.home, tmp_path / "home", symlinks=True)
    for part in (tmp_path / "home" / "snapshots").rglob("part-*.parquet"):
        part.write_bytes(b"torn")
    found = pipeline.trace(built.model_copy(update={"home": tmp_path / "home"}), *_cell(reader, "pubmed"))
    assert "differs from what was written" in str(found.origins[0].missing)


def test_a_cell_that_a_view_computes_says_how_and_names_its_documents(built: Settings, reader: Reader) -> None:
    (row,) = reader.rows("select study_id from evidence.study_overview where n is not null order by all limit 1")
    found = pipeline.trace(built, "study_overview", row["study_id"], "n")
    assert (found.origins, found.meanings["n"].startswith("Number of people")) == ((), True)
    assert found.documents
    assert "The row rests on:" in as_text(found)


@pytest.mark.parametrize(
    ("view", "row", "column", "told", "hint"),
    [
        ("dosing", "x", None, "There is no view dosing", "dosing_protocols"),
        ("dosing_protocols", "NCT/nobody", None, "has no row NCT/nobody", ""),
        ("evidence.study_overview", None, "dosis", "has no column dosis", "There are: "),
        ("study_overview'; drop view safety; --", "x", None, "There is no view", ""),
        ("dosing_protocols", "x' or '1'='1", None, "has no row x' or '1'='1", "row_id"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    built: Settings, reader: Reader, view: str, row: str | None, column: str | None, told: str, hint: str
) -> None:
    row = row or str(reader.rows("select min(study_id) as id from evidence.study_overview")[0]["id"])
    with pytest.raises(SettingsError) as error:
        pipeline.trace(built, view, row, column)
    assert (told in str(error.value), hint in error.value.hint) == (True, True)


def test_a_mistyped_row_is_answered_with_the_nearest(built: Settings, reader: Reader) -> None:
    view, row, _ = _cell(reader, "ctgov")
    with pytest.raises(SettingsError) as error:
        pipeline.trace(built, view, row.replace("regimen", "regimn"))
    assert row in error.value.hint


@pytest.mark.parametrize(
    ("rule", "meaning"),
    [
        ("dose.amount", "One or several doses"),
        ("registry.enrollment", "The registry's own field"),
        ("safety_group.sedation", "The group of an event"),
        ("comparator.absent", "No control is named"),
        ("dose.gone", "A rule of another version"),
    ],
)
def test_whatever_a_cell_names_as_its_rule_has_a_meaning(rule: str, meaning: str) -> None:
    assert meaning_of(rule).startswith(meaning)
