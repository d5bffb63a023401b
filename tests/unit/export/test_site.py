"""The evidence site as files: the same bytes each time, nothing of others lost, nothing shown unasked."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit import cli, outputs
from ketalit.errors import SettingsError
from ketalit.export.site import assets
from ketalit.export.site.joined import number, readable
from ketalit.export.site.names import study_names
from ketalit.export.site.pages import environment, record, study_file
from ketalit.export.site.passages import field_label, field_order, pieces_of
from ketalit.export.site.tables import data_file
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read


@pytest.fixture(scope="module")
def plain_site(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without abstracts, as it is by default."""
    folder = tmp_path_factory.mktemp("plain") / "site"
    said, noted = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(noted):
        code = cli._run(["site", "--home", str(built.home), "--out", str(folder)])
    assert (code, said.getvalue().strip()) == (0, str(folder / "index.html"))
    assert "Sample data" in noted.getvalue()
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_release_gives_the_same_bytes_and_pages_of_before_are_removed(
    built: Settings, plain_site: Path
) -> None:
    before = _files(plain_site)
    manifest = plain_site / "site.json"
    written = json.loads(manifest.read_bytes())
    written["sha256"]["studies/NCT00000000.html"] = "of an earlier release"
    manifest.write_text(json.dumps(written))
    (plain_site / "studies" / "NCT00000000.html").write_text("gone from the release")
    outputs.site(built, plain_site)
    assert _files(plain_site) == before


def test_a_folder_that_holds_something_else_is_left_alone(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(SettingsError, match="no site of ketalit") as caught:
        outputs.site(built, tmp_path)
    assert "--out" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_abstracts_are_shown_only_when_they_are_asked_for(built: Settings, plain_site: Path) -> None:
    with read(Releases(built.home).current().database) as reader:
        rows = reader.rows("select abstract from core.publication where length(abstract) > 400")
    tails = [row["abstract"][-120:] for row in rows]
    pages = " ".join(path.read_text("utf-8") for path in plain_site.rglob("*.html"))
    assert (len(tails) > 20, [tail for tail in tails if tail in pages]) == (True, [])


def test_every_table_and_every_study_has_a_page(built: Settings, plain_site: Path) -> None:
    with read(Releases(built.home).current().database) as reader:
        studies = {row["study_id"] for row in reader.rows("select study_id from evidence.study_overview")}
        views = {row["v"] for row in reader.rows("select view_name as v from duckdb_views() where not internal")}
    assert {path.name for path in (plain_site / "studies").iterdir()} == {study_file(study) for study in studies}
    assert {path.stem for path in (plain_site / "tables").iterdir()} == {
        view for view in views if view != "cell_source" and not view.startswith("_")
    }


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=6, unique=True)


@given(text=st.text(min_size=40, max_size=60), spans=SPANS)
def test_pieces_are_the_text_and_those_of_a_place_are_its_quote(text: str, spans: list[tuple[int, int]]) -> None:
    numbered = {span: place for place, span in enumerate(spans, 1)}
    pieces = list(pieces_of(text, numbered))
    assert "".join(piece.text for piece in pieces) == text
    for (start, end), place in numbered.items():
        assert "".join(piece.text for piece in pieces if place in piece.readings) == text[start:end]
        if start < end:
            assert [place in piece.ends for piece in pieces].count(True) == 1


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("abstract", "Abstract"),
        ("/protocolSection/armsInterventionsModule/armGroups/0/label", "Arm 1: label"),
        ("/protocolSection/eligibilityModule/eligibilityCriteria", "Criteria"),
        ("/resultsSection/outcomeMeasuresModule/outcomeMeasures/2/timeFrame", "Outcome 3: time frame"),
        ("/protocolSection/statusModule", "Status"),
    ],
)
def test_a_field_of_the_registry_is_said_in_words(field: str, label: str) -> None:
    assert field_label(field) == label


def test_fields_stand_in_the_order_in_which_people_read() -> None:
    fields = [
        "title",
        "abstract",
        "/protocolSection/identificationModule/briefTitle",
        "/protocolSection/armsInterventionsModule/armGroups/2/label",
        "/protocolSection/armsInterventionsModule/armGroups/2/description",
        "/protocolSection/armsInterventionsModule/armGroups/10/label",
        "/protocolSection/outcomesModule/primaryOutcomes/0/measure",
        "/protocolSection/outcomesModule/secondaryOutcomes/0/measure",
        "/resultsSection/adverseEventsModule/timeFrame",
    ]
    assert sorted(sorted(fields), key=field_order) == fields


@given(ids=st.lists(st.text(min_size=1, max_size=80), min_size=2, max_size=2, unique=True))
def test_every_study_has_a_file_of_its_own_with_a_safe_name(ids: list[str]) -> None:
    first, second = map(study_file, ids)
    assert first != second
    assert "/" not in first
    assert not first.startswith(".")


def test_ids_become_links_only_where_they_are_ids() -> None:
    assert "clinicaltrials.gov/study/NCT99999901" in record("NCT99999901")
    assert "pubmed.ncbi.nlm.nih.gov/99999903/" in record("99999903")
    assert record('<script>"') == "&lt;script&gt;&#34;"


def test_templates_escape_what_others_wrote() -> None:
    made = environment().from_string("{{ title | readable }} <a title='{{ title }}'>")
    assert "<script>" not in made.render(title="'><script>alert(1)</script>")


@pytest.mark.parametrize(
    ("value", "text"),
    [(45.0, "45"), (41.25, "41.25"), (0.5, "0.5"), (66.666667, "66.67"), (0.0123, "0.0123"), (7, "7")],
)
def test_numbers_have_no_more_decimals_than_anybody_measured(value: float, text: str) -> None:
    assert number(value) == text


def test_the_registry_s_markdown_is_read_as_text() -> None:
    assert readable(r"MADRS fall \>=50% \[sic\]") == "MADRS fall >=50% [sic]"


def test_choices_stand_in_one_order_whatever_their_capitals() -> None:
    words = ["days", "DAYS", "Days", "dAYS", "mg", "MG"]
    rows = [{"unit": word} for word in words]
    table = json.loads(data_file("durability_of_effect", ["unit"], rows, {}, "x").decode().split(" = ", 1)[1][:-2])
    assert table["columns"][0]["choices"] == ["DAYS", "Days", "dAYS", "days", "MG", "mg"]


def test_a_study_without_a_paper_has_no_name() -> None:
    row: dict[str, Any] = {"study_id": "NCT99999902", "role": "registration", "source": "ctgov", "source_id": "x"}
    assert study_names([row], {}) == {}


def test_another_build_of_the_tables_script_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_bundled", lambda name: "window.DataTable = 1;")
    with pytest.raises(SettingsError, match="itables") as caught:
        assets._datatables()
    assert "requirements.lock" in caught.value.hint
