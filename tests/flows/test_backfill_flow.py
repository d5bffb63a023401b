"""Bulk files on a Dask cluster of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit.snapshot import Store
from tests.unit.test_backfill import FILES, baseline, on_topic, packed

__all__ = ["baseline"]
pytestmark = pytest.mark.flows


@pytest.mark.thorough  # a cluster takes its time to start, and its event loop stays
@pytest.mark.usefixtures("prefect_server")
def test_workers_of_a_cluster_stage_and_one_writer_fills_the_store(
    baseline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import backfill as module

    monkeypatch.setenv("KETALIT_HOME", str(tmp_path / "home"))
    cluster = module.task_runner(None, 1)
    module.backfill.with_options(task_runner=cluster)([f"{baseline}/"])
    staged = sorted(path.name for path in (tmp_path / "home" / "staging").iterdir())
    assert staged == sorted(f"{name}.{ending}" for name in FILES for ending in ("json", "parquet"))
    assert {held.source_id for _, held in Store(tmp_path / "home").documents()} == {"1", "3", "4"}


def test_a_wrong_location_ends_with_a_sentence_and_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import backfill as module

    def without_prefect(**_runner: object) -> object:
        return lambda locations, **_given: [module._files(location) for location in locations]

    monkeypatch.setattr(module.backfill, "with_options", without_prefect)
    assert module.main([f"{tmp_path}/"]) == 2
    assert "holds no file such as" in capsys.readouterr().err
    (tmp_path / FILES[0]).write_bytes(packed(on_topic("1")))
    assert module.main([f"{tmp_path}/"]) == 0
