"""Questions of a person: answered, locked down, and ended."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from ketalit.errors import FAILED, USAGE, SettingsError, WarehouseError
from ketalit.export.answers import answer_as_csv, answer_as_json
from ketalit.warehouse.question import Answer, ask


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("question") / "evidence.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create table numbers as select i from range(10) as t(i)")
        connection.execute("create view safety as select i as n from numbers order by i")
    return path


def question(base: Path, query: str, *, seconds: float = 30, rows: int = 100) -> Answer:
    return ask(base, query, seconds=seconds, rows=rows)


def test_a_query_is_answered_with_names_and_rows(base: Path) -> None:
    answer = question(base, "select n, n * 2 as twice from evidence.safety where n > 7")
    assert answer == Answer(columns=("n", "twice"), rows=((8, 16), (9, 18)), is_cut=False)


@pytest.mark.parametrize(
    "query", ["show tables", "describe safety", "from safety", "explain select 1", "summarize safety"]
)
def test_what_only_reads_is_answered(base: Path, query: str) -> None:
    assert question(base, query).rows


def test_more_rows_than_the_limit_are_cut_and_that_is_said(base: Path) -> None:
    assert (question(base, "from safety", rows=3).is_cut, len(question(base, "from safety", rows=3).rows)) == (True, 3)
    assert question(base, "from safety", rows=10).is_cut is False


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from read_parquet('https://example.org/x.parquet')",
        "select * from read_json('/etc/hostname')",
        "select * from glob('/*')",
        "select * from '/etc/passwd'",
        "select * from sniff_csv('/etc/passwd')",
        "select * from parquet_metadata('/tmp/x.parquet')",
    ],
)
def test_no_file_and_no_address_can_be_read(base: Path, query: str) -> None:
    with pytest.raises(SettingsError) as told:
        question(base, query)
    assert told.value.exit_code == USAGE


@pytest.mark.parametrize(
    "query",
    [
        "copy safety to 'stolen.csv'",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
        "export database 'stolen'",
        "create table numbers_2 as select 1",
        "insert into numbers values (1)",
        "drop view safety",
        "pragma database_size",
        "select 1; drop view safety",
        "call duckdb_functions()",
        "reset enable_external_access",
        "",
    ],
)
def test_nothing_but_one_reading_statement_is_run(
    base: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the queries would write
    with pytest.raises(SettingsError, match=r"only read; this statement|statements were given"):
        question(base, query)
    assert list(tmp_path.iterdir()) == []


def test_variables_of_the_program_are_no_tables(base: Path) -> None:
    secret = duckdb.connect().sql("select 'canary'").to_arrow_table()
    with pytest.raises(SettingsError, match="secret"):
        question(base, "from secret")
    assert secret.num_rows == 1


def test_a_query_that_takes_too_long_is_ended(base: Path) -> None:
    with pytest.raises(WarehouseError, match=r"longer than 0\.2 s") as told:
        question(base, "select count(*) from range(1000000000) as a, range(1000000) as b", seconds=0.2)
    assert (told.value.exit_code, "--seconds" in told.value.hint) == (FAILED, True)


def test_a_query_that_needs_too_much_memory_is_ended(base: Path) -> None:
    with pytest.raises(WarehouseError, match=r"memory|longer"):
        question(base, "select list(i::varchar || repeat('x', 1000)) from range(100000000) as t(i)", seconds=60)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("selec 1", 'syntax error at or near "selec"'),
        ("select nothing from safety", 'column "nothing" not found'),
        ("from nobody", "nobody does not exist"),
        ("select 'x'::integer", "Could not convert string 'x'"),
        ("select missing_function(1)", "missing_function does not exist"),
    ],
)
def test_a_mistake_is_told_in_the_database_s_words_with_what_to_look_up(base: Path, query: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        question(base, query)
    assert (told in str(error.value), "show tables" in error.value.hint) == (True, True)


def test_two_columns_of_one_name_are_told_apart(base: Path) -> None:
    assert question(base, "select 1 as a, 2 as a").columns == ("a", "a (2)")


def test_every_type_has_a_spelling_in_json_and_csv() -> None:
    row = (1, Decimal("1.50"), date(2026, 1, 2), [1, 2], None, "=1+1", b"x")
    answer = Answer(columns=("i", "d", "day", "list", "none", "text", "bytes"), rows=(row,), is_cut=False)
    (read_back,) = json.loads(answer_as_json(answer))
    assert (read_back["d"], read_back["day"], read_back["list"], read_back["none"]) == (
        "1.50",
        "2026-01-02",
        [1, 2],
        None,
    )
    assert answer_as_csv(answer).splitlines()[1].startswith("1,1.50,2026-01-02,1; 2,,'=1+1,")
