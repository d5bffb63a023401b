"""Where the SQL files are, and in which order they run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit.errors import WarehouseError
from ketalit.warehouse import files


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package without SQL files."""
    folder = tmp_path / "site-packages" / "ketalit"
    folder.mkdir(parents=True)
    monkeypatch.setattr(files, "files", lambda _name: folder)
    return folder


def test_an_installed_package_carries_its_own(package: Path) -> None:
    (package / "sql").mkdir()
    assert files.sql_folder() == package / "sql"


def test_a_checkout_has_them_beside_the_package(package: Path) -> None:
    (package.parent / "sql").mkdir()
    assert files.sql_folder() == package.parent / "sql"


def test_a_package_without_them_says_what_to_install(package: Path) -> None:
    with pytest.raises(WarehouseError, match="no SQL files beside") as caught:
        files.sql_folder()
    assert "from a wheel" in caught.value.hint


def test_folders_run_by_number_and_files_by_name(package: Path) -> None:
    for name in ("20_macro/b.sql", "20_macro/a.sql", "10_ref/z.sql", "90_audit/c.sql"):
        path = package / "sql" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (package / "sql" / "00_schema.sql").touch()
    assert [path.name for path in files.sql_files(files.TABLES)] == ["00_schema.sql", "z.sql", "a.sql", "b.sql"]


def test_every_folder_of_the_project_is_run_at_some_time() -> None:
    run = {path for stage in (files.TABLES, files.VIEWS, files.AUDITS) for path in files.sql_files(stage)}
    to_ask = set((files.sql_folder() / "cookbook").glob("*.sql"))
    assert run == set(files.sql_folder().rglob("*.sql")) - to_ask
