"""The SQL files are the data dictionary: complete, in one style, and readable by every DuckDB that we name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ketalit.warehouse import Reader, sql_folder
from tests.unit.warehouse.examples import build, facts, publication

FILES = sorted(sql_folder().rglob("*.sql"))
RELATIONS = [
    path for path in FILES if path.parent.name[:2] in {"10", "30", "35", "40", "42", "45", "46", "47", "48", "49", "50"}
]
VIEWS = [path for path in FILES if path.parent.name == "50_evidence"]
NOT_VALUES = {
    "baseline_characteristics": {
        "arm_id",
        "arm_label",
        "is_total",
        "item",
        "instrument",
        "measure",
        "measure_description",
        "population_description",
        "class_title",
        "category_title",
        "age_group",
        "param_type",
        "dispersion_type",
        "unit",
        "value_comment",
        "denominator_unit",
        "denominator_level",
        "category_sum",
        "sum_note",
    },
    "dosing_protocols": {"arm_label", "agreement", "differs_in", "is_preferred"},
    "patient_selection": set(),
    "topics": {"topic_group", "field"},
    "durability_of_effect": {"arm_label", "treatment_basis"},
    "outcome_comparisons": {"arms_compared", "is_about_mood"},
    "outcome_measures": {"is_posted", "is_about_mood"},
    "participant_flow": {"arm_id", "arm_label", "period_number"},
    "trial_demographics": {"arm_id", "arm_label", "is_total"},
    "safety": {"arm_id", "arm_label", "item", "is_serious"},
    "registry_changes": {
        "item", "element", "change", "old_kind", "new_kind", "old_posted", "new_posted", "old_seen_at", "new_seen_at",
        "timing", "is_after_start", "is_after_completion", "outcome_change", "is_outcome_switch",
        "old_version", "new_version", "old_sha256", "new_sha256",
    },
    "trial_pipeline": {
        "title", "sponsor", "sponsor_class", "phases", "stage", "as_of", "n_expected", "has_results", "n_reports",
        "first_reported_on", "gap", "is_bound_by_fdaaa", "months_overdue", "reason",
    },
}  # fmt: skip
"""Columns that label or rank a row or weigh it; with ids, reasons for absence and standing all that cites nothing."""
IDS_AND_STANDING = {
    "row_id", "study_id", "source", "source_id", "nct_id", "pmid", "integrity", "integrity_source", "needs_review",
    "reported_year",
}  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return build(tmp_path_factory.mktemp("dictionary") / "evidence.duckdb", [publication()], [facts()])


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_table_and_view_is_explained(reader: Reader) -> None:
    silent = reader.rows(
        "select schema_name, name from ("
        " select schema_name, table_name as name, comment from duckdb_tables() where not internal"
        " union all select schema_name, view_name, comment from duckdb_views() where not internal"
        ") where coalesce(comment, '') = '' order by all"
    )
    assert silent == []


def test_every_column_is_explained(reader: Reader) -> None:
    silent = reader.rows(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where not internal and coalesce(comment, '') = '' order by all"
    )
    assert silent == []


def test_every_macro_is_explained(reader: Reader) -> None:
    silent = reader.rows(
        "select function_name from duckdb_functions()"
        " where not internal and schema_name = 'ref' and coalesce(comment, '') = '' order by all"
    )
    assert silent == []


@pytest.mark.parametrize("path", RELATIONS, ids=name)
def test_a_file_makes_the_relation_that_it_is_named_after(path: Path) -> None:
    schema = {"10": "ref", "30": "core", "50": "evidence"}.get(path.parent.name[:2], "bridge")
    made = re.findall(r"^create (?:table|view) (\S+)", path.read_text("utf-8"), re.MULTILINE)
    assert made == [f"{schema}.{path.stem}"]


@pytest.mark.parametrize("path", RELATIONS, ids=name)
def test_a_file_says_its_grain_and_what_it_answers(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith("-- ")
    assert lines[1].startswith("-- grain: one row per ")
    assert any(line.startswith("-- answers: ") for line in lines[2:6])


@pytest.mark.parametrize("path", RELATIONS, ids=name)
def test_a_file_reads_only_from_lower_numbered_folders(path: Path) -> None:
    text = re.sub(r"--.*", "", path.read_text("utf-8"))
    read = {found.removeprefix("from ").removeprefix("join ") for found in re.findall(r"(?:from|join) \w+\.\w+", text)}
    folder_of = {
        f"{schema}.{other.stem}": other.parent.name
        for other in RELATIONS
        for schema in [{"10": "ref", "30": "core", "50": "evidence"}.get(other.parent.name[:2], "bridge")]
    }
    assert sorted(relation for relation in read if folder_of[relation] >= path.parent.name) == []


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_an_evidence_view_has_a_fixed_order(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^order by", text.split("\ncomment on view")[0], re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_uses_the_if_function_that_older_versions_lack(path: Path) -> None:
    """DuckDB 2 stores if(a, b, c) as a call that DuckDB 1.2 to 1.5 do not know, so a view could not be read there."""
    assert re.findall(r"\bif\(", path.read_text("utf-8")) == []


def test_every_view_with_rows_of_papers_says_whether_they_stand_and_what_says_so(reader: Reader) -> None:
    views = reader.rows(
        "select table_name, list(column_name) as columns from duckdb_columns()"
        " where schema_name = 'main' and table_name in"
        " (select view_name from duckdb_views() where schema_name = 'main')"
        " group by table_name having list_has_any(columns, ['pmid', 'pmids', 'source_id']) order by table_name"
    )
    told = {view["table_name"]: {"integrity", "integrity_source"} - set(view["columns"]) for view in views}
    # report_integrity is what says so, and cell_source names the place of a cell that stands in another view
    assert {view for view, lack in told.items() if lack} == {"cell_source", "report_integrity"}


@pytest.mark.parametrize("view", sorted(NOT_VALUES))
def test_each_column_is_a_value_with_a_source_or_says_what_the_row_is(reader: Reader, view: str) -> None:
    columns = {
        row["column_name"]
        for row in reader.rows(
            "select column_name from duckdb_columns() where schema_name = 'main' and table_name = ?", [view]
        )
    }
    values = {
        row["column_name"]
        for row in reader.rows("select column_name from ref.value_column where view_name = ?", [view])
    }
    reasons = {column for column in columns if column.endswith(("_absence", "_status", "_sum_note"))}
    assert columns - values == IDS_AND_STANDING | NOT_VALUES[view] | reasons
    assert values - columns == set()


def test_limits_are_for_columns_that_exist(reader: Reader) -> None:
    assert reader.rows("from ref.plausible_range anti join ref.value_column using (column_name)") == []


def test_terms_fill_columns_that_exist(reader: Reader) -> None:
    assert reader.rows("from ref.baseline_term anti join ref.value_column using (column_name)") == []
