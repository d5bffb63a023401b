"""Differences: laws of cells, and what people and programs get to see."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import pipeline
from ketalit.errors import SettingsError
from ketalit.export.digest import Comparison, as_csv, as_markdown, as_text, comparison
from ketalit.export.tables import PUBLISHED
from ketalit.model.difference import Cell, Change, Kind, apply, difference
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read
from ketalit.warehouse.cells import NOT_COMPARED, cells, key_of
from ketalit.warehouse.published import table_of

PLACES = st.builds(Cell, st.sampled_from("ab"), st.sampled_from("123"), st.sampled_from("xyz"))
CELLS = st.dictionaries(PLACES, st.text(max_size=2), max_size=12)


@given(before=CELLS, after=CELLS)
def test_applying_the_difference_to_the_first_gives_the_second(before: dict[Cell, str], after: dict[Cell, str]) -> None:
    assert apply(difference(before, after), before) == after


@given(before=CELLS, after=CELLS)
def test_the_way_back_is_the_way_there_turned_round(before: dict[Cell, str], after: dict[Cell, str]) -> None:
    turned = [Change(change.cell, change.after, change.before) for change in difference(before, after)]
    assert list(difference(after, before)) == turned


@given(same=CELLS)
def test_what_is_the_same_has_no_difference(same: dict[Cell, str]) -> None:
    assert difference(same, dict(same)) == ()


def test_changes_are_not_applied_to_other_cells_than_they_start_from() -> None:
    cell = Cell("safety", "row", "n")
    with pytest.raises(ValueError, match="in safety, row row, column n is not what the change starts from"):
        apply([Change(cell, "1", "2")], {cell: "3"})


# ---- of real releases


@pytest.fixture(scope="module")
def found(grown: Settings) -> Comparison:
    return pipeline.diff(grown)


def test_the_difference_of_two_releases_leads_from_one_to_the_other(grown: Settings, found: Comparison) -> None:
    releases = Releases(grown.home)
    with read(releases.named("previous").database) as old, read(releases.named("current").database) as new:
        assert apply(found.changes, cells(old)) == cells(new)


@pytest.mark.parametrize("view", [view for view in PUBLISHED if view not in NOT_COMPARED])
def test_each_row_of_a_published_view_has_a_name_of_its_own(grown: Settings, view: str) -> None:
    with read(Releases(grown.home).current().database) as reader:
        table = table_of(reader, view)
    key = key_of(view, table.column_names)
    rows = table.select(list(key)).to_pylist()
    assert (len(key) < len(table.column_names), len({tuple(row.values()) for row in rows})) == (True, len(rows))


def test_a_new_paper_is_a_new_link_of_its_study(found: Comparison) -> None:
    assert found.links == {("NCT01627782", "pubmed:99"): Kind.NEW}
    assert "NCT01627782" in found.studies
    assert {change.kind for change in found.changes if f"{change.cell.row}/".count("pubmed:99/")} == {Kind.NEW}


def test_a_study_changed_only_when_a_cell_of_its_own_did() -> None:
    overview, offer = Cell("study_overview", "S1", "study_id"), Cell("link_candidates", "S1/pubmed:1", "study_id")
    score = Cell("link_candidates", "S1/pubmed:1", "score")
    same = {overview: '"S1"', offer: '"S1"'}
    assert comparison("a", {**same, score: "1"}, "b", {**same, score: "2"}).studies == {}


@pytest.mark.parametrize(("first", "second", "kind"), [("S1", None, Kind.GONE), (None, "S1", Kind.NEW)])
def test_a_study_that_is_in_one_release_only_is_new_or_gone(first: str | None, second: str | None, kind: Kind) -> None:
    def base(study: str | None) -> dict[Cell, str]:
        return {Cell("study_overview", study, "study_id"): f'"{study}"'} if study else {}

    assert comparison("a", base(first), "b", base(second)).studies == {"S1": kind}


def test_the_csv_has_every_change_and_runs_no_formula(found: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert len(rows) == len(found.changes)
    assert {row["after"] for row in rows if row["view"] == "study_reports" and row["column"] == "title"} == {
        "'=Ketamine | in <b>depression: a randomised trial"
    }


def test_the_digest_is_markdown_that_no_title_can_break(found: Comparison) -> None:
    digest = as_markdown(found)
    assert "- NCT01627782 – pubmed:99" in digest
    assert ("<b>" in digest, "| links | 1 | 0 | 0 |" in digest) == (False, True)


def test_the_text_counts_what_is_new_changed_and_gone(found: Comparison) -> None:
    text = as_text(found)
    assert "links of papers to studies: 1 new, 0 changed, 0 gone" in text
    assert "+ NCT01627782 – pubmed:99" in text


def test_a_release_beside_itself_says_the_same(grown: Settings) -> None:
    same = pipeline.diff(grown, "current", "current")
    assert (as_text(same).splitlines()[-1], "say the same" in as_markdown(same)) == ("Both say the same.", True)


def test_a_release_is_found_by_id_start_of_id_folder_and_file(grown: Settings) -> None:
    releases = Releases(grown.home)
    current = releases.current()
    names = (current.release_id, current.release_id[:6], str(current.folder), str(current.database), "current")
    assert {releases.named(name).database.resolve() for name in names} == {current.database.resolve()}


def test_a_release_that_is_not_there_is_told_with_those_that_are(grown: Settings) -> None:
    with pytest.raises(SettingsError, match="There is no release nowhere") as told:
        pipeline.diff(grown, "nowhere")
    assert Releases(grown.home).current().release_id in told.value.hint


def test_without_an_earlier_release_there_is_nothing_to_compare(built: Settings) -> None:
    with pytest.raises(SettingsError, match="No release was current before"):
        pipeline.diff(built)
