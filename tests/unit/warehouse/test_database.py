"""Building one file: whole or not there, readable by older DuckDB, locked down for readers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ketalit.errors import WarehouseError
from ketalit.model.evidence import SampleSize
from ketalit.vocabulary import NBasis
from ketalit.warehouse import read, rows
from ketalit.warehouse.database import Warehouse
from ketalit.warehouse.messages import warehouse_error
from tests.unit.warehouse.examples import build, facts, publication, reading


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "evidence.duckdb"
    build(path, [publication()], [facts()]).close()
    return path


class TestBuilding:
    def test_nothing_but_the_file_is_left(self, released: Path) -> None:
        assert [path.name for path in released.parent.iterdir()] == ["evidence.duckdb"]

    def test_the_file_says_that_older_versions_can_read_it(self, released: Path) -> None:
        with duckdb.connect(released, read_only=True) as connection:
            [(tags,)] = connection.execute("select tags from duckdb_databases() where not internal").fetchall()
        assert tags["storage_version"] == "v1.2.0+"

    def test_a_build_that_fails_leaves_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(WarehouseError), Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            warehouse.rows("select nothing from nowhere")
        assert list(tmp_path.iterdir()) == []

    def test_a_build_that_is_not_finished_leaves_nothing(self, tmp_path: Path) -> None:
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            warehouse.run_sql()
        assert list(tmp_path.iterdir()) == []

    def test_a_build_never_writes_over_a_file(self, released: Path) -> None:
        with pytest.raises(WarehouseError, match="never built over another"), Warehouse.create(released):
            pass

    def test_an_existing_file_survives_the_refusal(self, released: Path) -> None:
        with pytest.raises(WarehouseError), Warehouse.create(released):
            pass
        assert released.is_file()

    def test_a_row_that_does_not_fit_names_its_table(self, tmp_path: Path) -> None:
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            warehouse.load([("study", {"study_id": "NCT00000001"})])
            with pytest.raises(WarehouseError, match=r"core\.study"):
                warehouse.run_sql()

    def test_a_fraction_of_a_person_is_refused_and_not_cut_off(self, tmp_path: Path) -> None:
        half = SampleSize(reading(20.5, "20"), NBasis.ANALYSED)
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            warehouse.load(rows.of_facts(facts(n_total=half)))
            with pytest.raises(WarehouseError, match=r"core\.sample_size"):
                warehouse.run_sql()

    def test_rows_of_a_table_that_is_not_there_name_it(self, tmp_path: Path) -> None:
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            warehouse.load([("no_such_table", {"a": 1})])
            with pytest.raises(WarehouseError, match=r"core\.no_such_table"):
                warehouse.run_sql()

    def test_rows_beyond_one_batch_all_arrive(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ketalit.warehouse.database.BATCH", 2)
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            for number in range(5):
                warehouse.load(rows.of_publication(publication(str(number))))
            warehouse.run_sql()
            assert warehouse.counts()["core.publication"] == 5

    def test_a_broken_sql_file_is_named_with_its_statement(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = tmp_path / "sql" / "40_bridge" / "broken.sql"
        broken.parent.mkdir(parents=True)
        broken.write_text("-- a story\nselect nothing from nowhere;\n", "utf-8")
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            monkeypatch.setattr("ketalit.warehouse.files.sql_folder", lambda: tmp_path / "sql")
            monkeypatch.setattr("ketalit.warehouse.database.sql_folder", lambda: tmp_path / "sql")
            with pytest.raises(WarehouseError) as caught:
                warehouse.run_sql()
        assert str(caught.value).startswith("sql/40_bridge/broken.sql, `select nothing from nowhere;`: ")


class TestReading:
    def test_a_reader_finds_what_was_loaded(self, released: Path) -> None:
        with read(released) as reader:
            assert reader.rows("select pmid from core.publication") == [{"pmid": "101"}]

    def test_a_frame_has_the_columns_of_the_view(self, released: Path) -> None:
        with read(released) as reader:
            frame = reader.frame("select study_id, n from evidence.study_overview")
        assert list(frame.columns) == ["study_id", "n"]

    def test_counts_are_by_qualified_name(self, released: Path) -> None:
        with read(released) as reader:
            assert reader.counts()["evidence.study_overview"] == 1

    @pytest.mark.parametrize(
        "query",
        [
            "copy core.publication to 'stolen.csv'",
            "select * from read_text('/etc/hostname')",
            "attach 'other.duckdb'",
            "install httpfs",
            "set enable_external_access = true",
            "create table core.more (a integer)",
            "delete from core.publication",
        ],
    )
    def test_a_reader_reaches_nothing_else_and_changes_nothing(self, released: Path, query: str) -> None:
        with read(released) as reader, pytest.raises(WarehouseError):
            reader.execute(query)

    def test_a_person_who_opens_the_file_by_its_name_finds_the_views(self, released: Path) -> None:
        """DuckDB names the database after its file; a schema `evidence` in it would make every such query ambiguous."""
        with duckdb.connect(released, read_only=True) as connection:
            found = connection.execute("select pmid from evidence.dosing_protocols").fetchall()
        assert found == [("101",)]

    def test_two_readers_hold_the_same_file(self, released: Path) -> None:
        with read(released) as one, read(released) as other:
            assert one.counts() == other.counts()

    def test_a_new_file_is_built_and_opened_beside_a_live_reader(self, released: Path, tmp_path: Path) -> None:
        with read(released) as old, build(tmp_path / "evidence.duckdb", [publication("202")], [facts("202")]) as new:
            pmids = [reader.rows("select pmid from core.publication") for reader in (old, new)]
        assert pmids == [[{"pmid": "101"}], [{"pmid": "202"}]]

    def test_a_file_renamed_over_an_open_one_leaves_its_reader_alone(self, tmp_path: Path) -> None:
        current, new = tmp_path / "evidence.duckdb", tmp_path / "new.duckdb"
        build(new, [publication("202")], [facts("202")]).close()
        with build(current, [publication("101")], [facts("101")]) as reader:
            new.replace(current)
            assert reader.rows("select pmid from core.publication") == [{"pmid": "101"}]

    def test_no_file_is_said_so(self, tmp_path: Path) -> None:
        with pytest.raises(WarehouseError, match=r"there is no such file") as caught:
            read(tmp_path / "none.duckdb")
        assert caught.value.hint == "Run `ketalit build` first."

    @pytest.mark.parametrize("content", [b"", b"not a database at all" * 1000])
    def test_a_file_that_is_no_database_is_said_so(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "evidence.duckdb"
        path.write_bytes(content)
        with pytest.raises(WarehouseError, match="it is not a DuckDB file"):
            read(path)

    def test_a_damaged_file_is_found_when_it_is_verified(self, released: Path, tmp_path: Path) -> None:
        damaged = tmp_path / "evidence.duckdb"
        content = bytearray(released.read_bytes())
        # the first three blocks are headers; behind them every block carries data or is free
        for place in range(3 * 4096 + 100, len(content), 4096):
            content[place] ^= 0xFF
        damaged.write_bytes(content)
        with pytest.raises(WarehouseError, match="the file is damaged"), read(damaged) as reader:
            reader.verify()

    def test_a_file_that_another_process_writes_names_that_process(self, tmp_path: Path) -> None:
        path = tmp_path / "busy.duckdb"
        hold = f"import duckdb; c = duckdb.connect({str(path)!r}); print('ready', flush=True); input()"
        with subprocess.Popen(
            [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            try:
                with pytest.raises(WarehouseError, match=f"process {writer.pid} is writing this file"):
                    read(path)
            finally:
                writer.communicate("\n")


class TestMessages:
    @pytest.mark.parametrize(
        ("message", "happened"),
        [
            ('IO Error: Could not set lock on file "x": Conflicting lock is held in python (PID 7).', "process 7"),
            ('The file "x" exists, but it is not a valid DuckDB database file!', "it is not a DuckDB file"),
            ('Cannot open database "x" in read-only mode: database does not exist', "there is no such file"),
            ("Corrupt database file: computed checksum 1 does not match stored checksum 2", "the file is damaged"),
            ('Could not read enough bytes from file "x"', "the file is damaged"),
            (
                "Trying to read a database file with version number 99, but we can only read versions up to 68",
                "a newer version of DuckDB wrote it",
            ),
            ("Could not write file: No space left on device", "the disk is full"),
        ],
    )
    def test_what_duckdb_says_is_said_in_short(self, message: str, happened: str) -> None:
        assert happened in str(warehouse_error("opening x", message))

    def test_an_unknown_message_is_passed_on_with_its_first_line(self) -> None:
        error = warehouse_error("opening x", "Something new\n\nLINE 1: and its surroundings")
        assert str(error) == "opening x: Something new"
