"""A release in a notebook: typed frames, cells that know their words, and an import that costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import ketalit
from ketalit import Release
from ketalit.errors import SettingsError
from ketalit.export.frames import EvidenceFrame
from ketalit.export.tables import PUBLISHED
from ketalit.settings import Settings

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook" / "evidence.ipynb"
HEAVY = "{'pandas', 'duckdb', 'altair', 'pyarrow', 'numpy', 'lxml', 'requests', 'pydantic', 'msgspec', 'typer', 'rich'}"


@pytest.fixture(scope="module")
def release(built: Settings) -> Release:
    return Release.current(built.home)


@pytest.fixture(scope="module")
def doses(release: Release) -> EvidenceFrame:
    return release.dosing_protocols()


def test_importing_ketalit_imports_nothing_that_is_heavy() -> None:
    code = f"import sys, ketalit; ketalit.__version__; dir(ketalit); print({HEAVY} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


def test_a_release_is_opened_without_pandas_until_a_table_is_asked_for(built: Settings) -> None:
    code = (
        f"import sys; from ketalit import Release; r = Release.current({str(built.home)!r}); r.counts;"
        " print({'pandas', 'altair', 'Bio', 'prefect'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


def test_the_package_names_what_it_offers_and_nothing_else() -> None:
    assert {"Release", "__version__"} <= set(dir(ketalit))
    with pytest.raises(AttributeError, match="no attribute 'Relase'"):
        ketalit.Relase  # noqa: B018 - asking is the test


def test_every_published_view_is_a_method(release: Release) -> None:
    assert {name for name in PUBLISHED if not callable(getattr(Release, name, None))} == set()
    assert set(release.counts) == set(PUBLISHED)


@pytest.mark.parametrize("view", PUBLISHED)
def test_a_view_comes_with_all_its_rows_and_no_untyped_column(release: Release, view: str) -> None:
    frame = getattr(release, view)()
    untyped = [name for name, kind in frame.dtypes.items() if kind == "object" and not _holds_lists(frame[name])]
    assert (len(frame), untyped) == (release.counts[view], [])


def _holds_lists(column: pd.Series) -> bool:
    return all(value is None or isinstance(value, tuple) for value in column)


def test_closed_words_are_categories_whether_or_not_the_sample_has_them(doses: EvidenceFrame) -> None:
    assert list(doses.route.cat.categories) == ["iv", "im", "sc", "intranasal", "oral", "sublingual", "rectal"]
    assert doses.groupby("route", observed=False).size()["rectal"] == 0


def test_severity_of_a_discrepancy_can_be_compared(release: Release) -> None:
    severity = release.registry_discrepancies().severity
    assert (severity.cat.ordered, severity.max()) == (True, "check first")


def test_numbers_days_and_truths_are_nullable(release: Release) -> None:
    studies = release.study_overview()
    assert {str(studies[name].dtype) for name in ("n", "year")} == {"Int64"}
    assert str(studies.is_own_sample.dtype) == "boolean"
    assert pd.api.types.is_datetime64_any_dtype(studies.started_on)


# ---- cells and their words


def test_a_cell_gives_its_quote_by_label_row_or_row_id(doses: EvidenceFrame) -> None:
    known = doses[doses.dose.notna()]
    row = known.iloc[0]
    quotes = [known.quote(name, "dose").quote.iloc[0] for name in (known.index[0], row, row.row_id)]
    assert quotes[0] == quotes[1] == quotes[2]
    assert format(row.dose, "g") in quotes[0]


def test_a_frame_that_was_filtered_sorted_and_cut_still_knows_its_words(doses: EvidenceFrame) -> None:
    cut = doses[doses.dose.notna()].sort_values("dose")[["row_id", "dose"]].head(3)
    assert len(cut.quote(cut.iloc[0], "dose")) >= 1


def test_a_cell_that_a_view_computes_has_no_quote_and_a_trace(release: Release) -> None:
    studies = release.study_overview()
    assert len(studies.quote(0, "n_reports")) == 0
    assert "The row rests on" in repr(studies.trace(0, "n_reports"))


def test_a_trace_shows_the_quote_in_its_context_marked_and_escaped(doses: EvidenceFrame) -> None:
    found = doses[doses.dose.notna()].trace(doses[doses.dose.notna()].iloc[0], "dose")
    html = found._repr_html_()
    assert f"<mark>{found.found.origins[0].quote}</mark>" in html
    assert "[[" not in html


def test_a_table_that_lost_the_name_of_its_rows_says_what_to_keep(doses: EvidenceFrame) -> None:
    with pytest.raises(SettingsError, match="gone") as caught:
        doses[["dose", "route"]].quote(0)
    assert "row_id" in caught.value.hint
    with pytest.raises(SettingsError, match="which view"):
        EvidenceFrame({"a": [1]}).quote(0)


# ---- questions


def test_a_recipe_and_a_query_are_typed_frames(release: Release) -> None:
    above = release.recipe("doses_above", dose=0.3)
    assert (above.dose_unit.eq("mg/kg").all(), str(above.n.dtype)) == (True, "Int64")
    asked = release.query("select 1.5::decimal(3,1) as a, sum(2) as n, getvariable('b') as b", b="x")
    assert (asked.iloc[0].tolist(), str(asked.n.dtype)) == ([1.5, 2, "x"], "Int64")


def test_a_release_is_found_by_the_start_of_its_id_and_a_wrong_name_is_told(release: Release, built: Settings) -> None:
    assert Release.named(release.release_id[:6], built.home).database == release.database
    with pytest.raises(SettingsError, match="There is no view dosage"):
        release.table("dosage")
    with pytest.raises(SettingsError, match="no release zzz"):
        Release.named("zzz", built.home)


def test_a_release_and_its_tables_say_in_a_notebook_that_they_are_sample_data(
    release: Release, doses: EvidenceFrame
) -> None:
    asked = release.recipe("doses_above", dose=0.3)
    assert "Doses above 0.5 mg/kg IV (here: dose = 0.3)" in (asked._repr_html_() or "")
    for html in (release._repr_html_(), doses.head(1)._repr_html_(), asked._repr_html_()):
        assert "Sample data" in (html or "")
        assert "<script" not in (html or "")
    assert "Sample data" in repr(release)


def test_what_records_state_is_no_markup_in_a_notebook(doses: EvidenceFrame) -> None:
    odd = doses.head(1).assign(arm_label="<img src=x onerror=alert(1)>")
    assert "<img" not in (odd._repr_html_() or "")


@pytest.fixture(scope="module")
def notebook(built: Settings) -> Iterator[nbformat.NotebookNode]:
    """The example notebook, run from top to bottom as a reader would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETALIT_HOME", str(built.home))
        patch.setenv("PYTHONPATH", str(NOTEBOOK.parents[2]))
        read = nbformat.read(NOTEBOOK, as_version=4)
        yield NotebookClient(read, timeout=120, kernel_name="python3").execute()


def test_the_example_notebook_runs_and_every_cell_shows_something(notebook: nbformat.NotebookNode) -> None:
    silent = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert (silent, {output.output_type for output in outputs}) == ([], {"execute_result"})


def test_no_answer_of_the_notebook_loads_anything_from_anywhere(notebook: nbformat.NotebookNode) -> None:
    shown = "".join(str(output.data) for cell in notebook.cells for output in cell.get("outputs", ()))
    assert re.findall(r"(?:src|href)=.?https?://|cdn", shown) == []
    assert "<svg" in shown


def test_the_example_notebook_is_stored_without_answers() -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    assert [cell for cell in stored.cells if cell.get("outputs") or cell.get("execution_count")] == []
