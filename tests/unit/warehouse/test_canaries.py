"""What we rely on DuckDB, pyarrow, lxml and msgspec to do: a version that does otherwise fails here, by name."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import etree

from ketalit.sources.pubmed.page import parser
from ketalit.warehouse import read
from ketalit.warehouse.database import Warehouse
from ketalit.warehouse.reader import connect


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Path:
    """A file of 20,000 rows, closed and checkpointed."""
    path = tmp_path / "numbers.duckdb"
    connection.execute(f"attach '{path}' as numbers (storage_version 'v1.2.0')")
    connection.execute("create table numbers.n as select i, repeat(i::varchar, 20) as text from range(20_000) as t(i)")
    connection.execute("checkpoint numbers")
    connection.execute("detach numbers")
    return path


# ---- DuckDB


def test_d09_a_checkpointed_and_detached_file_has_no_log_beside_it(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_d14_a_file_of_an_old_storage_version_says_so(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    connection.execute(f"attach '{file}' as numbers (read_only)")
    (tags,) = connection.execute("select tags from duckdb_databases() where database_name = 'numbers'").fetchone() or ()
    assert "v1.2.0" in str(tags["storage_version"])


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "select * from glob('/etc/*')",
        "copy (select 1) to '/tmp/never'",
        "attach '/tmp/never.duckdb'",
        "install httpfs",
        "load httpfs",
        "export database '/tmp/never'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set temp_directory = '/tmp'",
    ],
)
def test_s4_e9_a_locked_connection_reaches_nothing_and_cannot_be_unlocked(
    connection: duckdb.DuckDBPyConnection, statement: str
) -> None:
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        connection.execute(statement)


def test_s4_read_only_alone_is_no_sandbox_which_is_why_there_is_a_lock(
    connection: duckdb.DuckDBPyConnection, file: Path, tmp_path: Path
) -> None:
    connection.execute(f"attach '{file}' as numbers (read_only)")
    connection.execute(f"copy (select 1) to '{tmp_path / 'written'}'")
    assert (tmp_path / "written").exists()


def test_d19_no_extension_is_fetched_or_loaded_by_itself(connection: duckdb.DuckDBPyConnection) -> None:
    names = ("autoinstall_known_extensions", "autoload_known_extensions")
    found = connection.execute(
        "select name, value from duckdb_settings() where list_contains(?, name) order by 1", [names]
    )
    assert found.fetchall() == [(name, "false") for name in names]


def test_d20_nothing_spills_to_where_a_program_happens_to_run(file: Path, tmp_path: Path) -> None:
    with read(file) as reader:
        (setting,) = reader.rows("select current_setting('temp_directory') as folder")
    with Warehouse.create(tmp_path / "evidence.duckdb") as warehouse:
        spill = warehouse._connection.execute("select current_setting('temp_directory')").fetchone()
    assert (setting["folder"], spill) == ("", (str(tmp_path / "evidence.duckdb.spill"),))


def test_d10_d11_a_flipped_or_torn_block_is_an_error_at_the_latest_when_it_is_read(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for number, place in enumerate(range(4096 * 4, len(whole), len(whole) // 12)):
        flipped, torn = tmp_path / f"flipped{number}.duckdb", tmp_path / f"torn{number}.duckdb"
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        torn.write_bytes(whole[:place])
        for damaged in (flipped, torn):
            assert _sum(damaged) in (None, _sum(file))


def _sum(path: Path) -> tuple[object, ...] | None:
    """What stands in a file; None when DuckDB finds it damaged."""
    try:
        with duckdb.connect(path, read_only=True) as opened:
            return opened.execute("select count(*), sum(i), bit_xor(hash(text)) from n").fetchone()
    except duckdb.Error:
        return None


def test_d01_d02_a_file_that_is_written_is_locked_for_every_other_process(file: Path) -> None:
    other = f"import duckdb; duckdb.connect({str(file)!r}, read_only=True)"
    with duckdb.connect(file):
        refused = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert (refused.returncode, "Conflicting lock is held" in refused.stderr, "PID" in refused.stderr) == (
        1,
        True,
        True,
    )


def test_d16_the_commit_of_a_transaction_that_failed_is_no_error_and_keeps_nothing(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Why a build is one file made in one go, read back and counted, and never a commit that is believed."""
    connection.execute("create table t (i integer primary key)")
    connection.execute("begin")
    connection.execute("insert into t values (1)")
    with pytest.raises(duckdb.ConstraintException):
        connection.execute("insert into t values (1)")
    connection.execute("commit")
    assert connection.execute("select count(*) from t").fetchone() == (0,)


def test_a_list_that_is_aggregated_in_an_order_keeps_it_on_any_number_of_threads(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    query = "select i % 7, string_agg(i::varchar, ',' order by i desc) from range(50_000) as t(i) group by 1 order by 1"
    answers = []
    for threads in (1, 2, 8):
        connection.execute(f"set threads = {threads}")
        answers.append(connection.execute(query).fetchall())
    assert answers[0] == answers[1] == answers[2]


def test_d17_decimals_and_whole_numbers_add_up_to_the_same_on_any_number_of_threads(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    query = "select sum(i), sum((i / 10)::decimal(9, 1)) from range(99_999) as t(i)"
    connection.execute("set threads = 1")
    one = connection.execute(query).fetchone()
    connection.execute("set threads = 8")
    assert connection.execute(query).fetchone() == one


def test_s3_a_parameter_is_a_value_whatever_stands_in_it(connection: duckdb.DuckDBPyConnection) -> None:
    text = "'; drop table t; -- \x00 \u202e \U0001f600"
    connection.execute("create table t (x varchar)")
    connection.execute("insert into t values (?)", [text])
    assert connection.execute("select x from t").fetchall() == [(text,)]


# ---- pyarrow


def test_the_same_rows_are_the_same_bytes_of_parquet() -> None:
    def written() -> bytes:
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table({"a": [1, 2, None], "b": ["x", "é", None]}), sink, compression="zstd")
        return bytes(sink.getvalue().to_pybytes())

    assert written() == written()


def test_d10_parquet_does_not_notice_a_flipped_bit_which_is_why_parts_have_digests() -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"a": list(range(1_000))}), sink, compression="none", use_dictionary=False)
    data = bytearray(sink.getvalue().to_pybytes())
    data[200] ^= 1
    assert pq.read_table(pa.BufferReader(bytes(data)))["a"].to_pylist() != list(range(1_000))


def test_o03_a_lone_surrogate_is_refused_and_never_stored_as_something_else() -> None:
    with pytest.raises(UnicodeEncodeError):
        pa.array(["Keta\ud800mine"], pa.string())


def test_a_whole_number_that_does_not_fit_is_refused_and_never_wrapped() -> None:
    with pytest.raises(pa.ArrowInvalid):
        pa.array([2.0**40], pa.float64()).cast(pa.int32())


# ---- msgspec and lxml


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '"\\ud800"', "01", "1.", "'x'", "[1,]", "{} {}"])
def test_c16_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(text)


def test_c16_of_two_values_of_a_name_the_last_one_is_read_as_by_every_other_reader() -> None:
    text = '{"a": 1, "a": 2}'
    assert msgspec.json.decode(text) == json.loads(text) == {"a": 2}


def test_s5_json_of_any_depth_is_an_error_and_no_crash() -> None:
    with pytest.raises(RecursionError):
        msgspec.json.decode("[" * 1_000_000)


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"<a>" * 300 + b"</a>" * 300, "depth"),
        (b"<a>" + b"x" * 10_000_001 + b"</a>", "too long"),
        (b"<a>&x;</a>", "not defined"),
        (b"<a>\x00</a>", "Char"),
        (b"<a>\xff</a>", "not proper UTF-8|Invalid bytes"),
        (b"<a><b></a>", "mismatch"),
        (b"<a>", "end|Premature"),
    ],
)
def test_x02_x03_x04_x05_xml_that_is_broken_or_monstrous_is_refused_and_never_repaired(
    document: bytes, what: str
) -> None:
    with pytest.raises(etree.XMLSyntaxError, match=what):
        etree.fromstring(document, parser())


def test_x01_x02_entities_of_a_document_are_never_read_even_by_the_parser_alone() -> None:
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    root = etree.fromstring(outside, parser())
    assert ("root:" in etree.tostring(root).decode(), root.text) == (False, None)


def test_s6_a_packed_file_that_is_read_in_pieces_can_be_left_in_the_middle(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(50_000_000), 9))
    with gzip.open(tmp_path / "bomb.gz") as packed:
        assert len(packed.read(1_000)) == 1_000
