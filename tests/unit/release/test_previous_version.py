"""The flow diagram of an update shows the release before it."""

from __future__ import annotations

from pathlib import Path

from ketalit import outputs
from ketalit.release import Releases
from ketalit.settings import Settings


def test_the_release_before_is_taken_when_there_is_one_and_the_bytes_are_the_same(
    grown: Settings, tmp_path: Path
) -> None:
    outputs.prisma(grown, tmp_path / "one")
    outputs.prisma(grown, tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    before = Releases(grown.home).previous()
    assert before is not None
    assert f"Release {before.release_id}," in one["prisma-flow.svg"].decode()
    assert f"Since release {before.release_id} " in one["prisma.md"].decode()
    assert "1 new reports" in one["prisma.md"].decode()
